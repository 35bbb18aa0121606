"""Sees to it that grades of two keys, or points of two maxima, are not mixed without a word."""

from sqlalchemy import select

from course.desk.screen import console
from course.desk.words import write_count
from course.errors import CourseError
from course.grader.book.state import GradingState
from course.grader.coursedir import Course
from course.grader.run.pack import read_digest


def find_other_keys(course: Course, assignment: str) -> dict[str, str]:
    """Return the students whose grade was not made by the checks and points that are there now.

    Returns:
        By student, whose key it is: "an older key", or "a key that is not known" where the note of
        it is lost (.grading/ is not there, or a gradebook came without it).
    """
    digest = read_digest(course, assignment)
    known = GradingState(course.root, assignment).read_outcomes()
    found = {
        name: "an older key"
        for name, one in known.items()
        if one.fault is None and one.questions != digest
    }
    unknown = _list_scored(course, assignment) - known.keys()
    return dict(sorted((found | dict.fromkeys(unknown, "a key that is not known")).items()))


def _list_scored(course: Course, assignment: str) -> set[str]:
    """Return the students who have points that the computer gave."""
    from nbgrader.api import Grade, MissingEntry, SubmittedAssignment, SubmittedNotebook

    with course.gradebook() as gradebook:
        try:
            row = gradebook.find_assignment(assignment)
        except MissingEntry:
            return set()
        scored = (
            select(SubmittedAssignment.student_id)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .where(SubmittedAssignment.assignment_id == row.id, Grade.auto_score.is_not(None))
        )
        return set(gradebook.db.scalars(scored.distinct()))


def require_one_key(course: Course, *assignments: str) -> None:
    """Refuse to give out grades of which some were made by another key.

    Raises:
        CourseError: naming the assignment, how many they are and the command that mends it.
    """
    for assignment in assignments:
        if other := find_other_keys(course, assignment):
            raise CourseError(
                where=f"the grades of '{assignment}'",
                expected="grades that were all made by the checks and points that are there now",
                found=f"{len(other)} that {_name_keys(other)} made: {_list_few([*other])}",
                todo=f"grade these again: course grade {assignment} (before a key changes, course "
                f"regrade {assignment} shows who would gain or lose)",
            )


def say_other_keys(course: Course, assignment: str, then: str) -> None:
    """Say in one line how many grades another key made, and what comes of it."""
    if other := find_other_keys(course, assignment):
        grades = write_count(len(other), "grade was", "grades were")
        made = f"made by {_name_keys(other)} ({_list_few([*other])})"
        console.say(f"{assignment}: {grades} {made}; {then}")


def _name_keys(other: dict[str, str]) -> str:
    return " or ".join(sorted(set(other.values()), reverse=True))


def _list_few(names: list[str]) -> str:
    """Return the first names of a list."""
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
