"""Sees to it that grades of two keys, or points of two maxima, are not mixed without a word."""

from rich.console import Console

from course.errors import CourseError
from course.grader.book.state import GradingState
from course.grader.coursedir import Course
from course.grader.run.pack import read_digest


def find_other_keys(course: Course, assignment: str) -> list[str]:
    """Return the students whose grade was made by checks or points that are no longer so."""
    digest = read_digest(course, assignment)
    known = GradingState(course.root, assignment).read_outcomes()
    return [name for name, one in known.items() if one.fault is None and one.questions != digest]


def require_one_key(course: Course, *assignments: str) -> None:
    """Refuse to give out grades of which some were made by an older key.

    Raises:
        CourseError: naming the assignment, how many they are and the command that mends it.
    """
    for assignment in assignments:
        if older := find_other_keys(course, assignment):
            raise CourseError(
                where=f"the grades of '{assignment}'",
                expected="grades that were all made by the checks and points that are there now",
                found=f"{len(older)} that an older key made: {_list_few(older)}",
                todo=f"grade these again: course grade {assignment} (before a key changes, course "
                f"regrade {assignment} shows who would gain or lose)",
            )


def say_other_keys(console: Console, course: Course, assignment: str, then: str) -> None:
    """Say in one line how many grades an older key made, and what comes of it."""
    if older := find_other_keys(course, assignment):
        grades = "1 grade was" if len(older) == 1 else f"{len(older)} grades were"
        console.print(
            f"{assignment}: {grades} made by an older key ({_list_few(older)}); {then}",
            markup=False,
            soft_wrap=True,
        )


def _list_few(names: list[str]) -> str:
    """Return the first names of a list."""
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
