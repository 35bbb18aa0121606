"""Deadlines, extensions and what lateness costs, read from and written to nbgrader's gradebook."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from course.desk.deadlines.clock import from_gradebook, to_gradebook
from course.desk.deadlines.extensions import read_extensions, set_extension
from course.grader.book.row import enter_extension, late_penalty
from course.grader.coursedir import Course
from course.grader.intake.stamp import count_seconds_late, read_stamp_file


@dataclass(frozen=True)
class StudentDeadline:
    """One student's deadline for one assignment."""

    student: str  # the student's id
    due: datetime | None  # the deadline with the extension in it, in UTC; None when there is none
    extension: timedelta  # how much later than the others' it is
    # when the newest submission was handed in, in UTC; None when unknown
    submitted: datetime | None
    seconds_late: float  # how long after `due` that was; 0 for in time or unknown
    penalty: float  # the points that the gradebook takes for it
    handed_in: bool  # whether there is a submission


@dataclass(frozen=True)
class Deadlines:
    """The deadline of an assignment (in UTC, or None) and those of its students, by id."""

    assignment: str
    due: datetime | None
    students: dict[str, StudentDeadline]


@dataclass(frozen=True)
class PenaltyChange:
    """A late penalty that is no longer what it was, in points."""

    student: str
    before: float
    after: float


def read_deadlines(course: Course, assignment: str) -> Deadlines:
    """Return who has to hand in by when, who was late, and what that costs.

    All students of the gradebook appear, and who handed in or has an extension without being in it.
    """
    from nbgrader.api import MissingEntry

    # Also whom nobody has graded or enrolled yet: an extension is asked for early.
    handed_in = {p.parent.name for p in course.root.glob(f"submitted/*/{assignment}")}
    with course.gradebook() as gradebook:
        known = {student.id for student in gradebook.students} | handed_in
        granted = read_extensions(course.root, assignment, known)
        names = known | set(granted)
        try:
            due = from_gradebook(gradebook.find_assignment(assignment).duedate)
            rows = {s.student_id: s for s in gradebook.assignment_submissions(assignment)}
        except MissingEntry:
            due, rows = None, {}
        found = {}
        for name in sorted(names):
            more, row = granted.get(name), rows.get(name)
            if more is None and row is not None:
                # Granted in the Formgrader, which knows nothing of our table.
                more = row.extension
            mine = None if due is None else due + (more or timedelta())
            submitted = from_gradebook(row.timestamp) if row is not None else None
            if row is None:
                folder = course.folder("submitted", name, assignment)
                submitted = read_stamp_file(folder, course.zone)
            late = (submitted - mine).total_seconds() if submitted and mine else 0.0
            found[name] = StudentDeadline(
                student=name,
                due=mine,
                extension=more or timedelta(),
                submitted=submitted,
                seconds_late=max(0.0, late),
                penalty=float(row.late_submission_penalty) if row is not None else 0.0,
                handed_in=row is not None or name in handed_in,
            )
    return Deadlines(assignment, due, found)


def set_due(course: Course, assignment: str, when: datetime | None) -> list[PenaltyChange]:
    """Set the deadline of an assignment, or take it away; return the penalties that it changes."""
    course.require_assignment(assignment)
    with course.gradebook() as gradebook:
        row = gradebook.update_or_create_assignment(assignment)
        if when is None:
            # nbgrader asks for no extension without a deadline, see `enter_extension`.
            _keep_extensions(course, row)
        row.duedate = to_gradebook(when)
        gradebook.db.commit()
    return settle_penalties(course, assignment)


def _keep_extensions(course: Course, assignment: Any) -> None:
    """Take the extensions out of the gradebook; they stay in the table, for the next deadline."""
    granted = read_extensions(course.root, assignment.name)
    for submission in assignment.submissions:
        if submission.extension is not None and submission.student_id not in granted:
            set_extension(course.root, assignment.name, submission.student_id, submission.extension)
        submission.extension = None


def extend_deadline(
    course: Course, assignment: str, student: str, more: timedelta | None
) -> list[PenaltyChange]:
    """Give a student more time in place of what was given before; return the changed penalties.

    Args:
        course: the course.
        assignment: its name.
        student: the student's id; there need not be a submission yet.
        more: how much later than the others the student may hand in; None: no later.
    """
    from nbgrader.api import MissingEntry

    set_extension(course.root, assignment, student, more)
    with course.gradebook() as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except MissingEntry:
            return []
        enter_extension(submission, more)
        gradebook.db.commit()
    return settle_penalties(course, assignment)


def settle_penalties(course: Course, assignment: str) -> list[PenaltyChange]:
    """Bring the late penalties in step with deadline, extensions, settings and points.

    They are a part of the points reached, so they change when points are given by hand; nbgrader
    works them out when a submission is autograded. All are written at once or none.

    Returns:
        What changed, by student; empty where nothing did or nothing is graded.
    """
    from nbgrader.api import MissingEntry

    changes = []
    with course.gradebook() as gradebook:
        known = [student.id for student in gradebook.students]
        granted = read_extensions(course.root, assignment, known)
        try:
            rows = gradebook.assignment_submissions(assignment)
        except MissingEntry:
            return []
        for submission in rows:
            name = submission.student_id
            if name in granted:
                enter_extension(submission, granted[name])
            before, after = _settle_submission(course, submission)
            # Less than a hundredth of a point is arithmetic, not a change.
            if round(before - after, 2):
                changes.append(PenaltyChange(name, before, after))
        gradebook.db.commit()
    return sorted(changes, key=lambda change: change.student)


def _settle_submission(course: Course, submission: Any) -> tuple[float, float]:
    """Work out the penalties of one submission; return those of before and of now."""
    before = after = 0.0
    late = count_seconds_late(submission.duedate, submission.timestamp, course.zone)
    for notebook in submission.notebooks:
        old = notebook.late_submission_penalty
        # The common case; a row that nobody touches is not written.
        if not late and old is None:
            continue
        new = late_penalty(course.config, submission.student_id, notebook.score, late)
        before, after = before + (old or 0.0), after + (new or 0.0)
        if new != old:
            notebook.late_submission_penalty = new
    return before, after
