"""What an export says of one student and one assignment: points, or why there are none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from course.desk.classlist.people import Person, Roster, read_roster


class Status(Enum):
    """How far a submission is; the words stand in the CSV files."""

    GRADED = "graded"
    BY_HAND = "to grade by hand"
    NOT_GRADED = "not graded"
    NOT_SUBMITTED = "not submitted"


@dataclass(frozen=True)
class Mark:
    """One student's mark for one assignment."""

    status: Status  # how far the submission is
    # points before the late penalty, so far; None where nothing was graded
    raw: float | None = None
    penalty: float = 0.0  # points lost for being late
    waiting: int = 0  # questions that wait for a grade by hand
    timestamp: Any = None  # when it was handed in (UTC), or None
    # points by question; None while a question waits
    questions: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def points(self) -> float | None:
        """Points so far less the late penalty, never below 0; None where nothing was graded."""
        return None if self.raw is None else round(max(0.0, self.raw - self.penalty), 4)


@dataclass
class Marks:
    """The marks of one assignment."""

    assignment: str  # its name
    maximum: float  # points that can be had
    duedate: Any = None  # the deadline (UTC), or None
    questions: dict[str, float] = field(default_factory=dict)  # points that can be had, by question
    # the marks; every student of the roster has one
    by_student: dict[str, Mark] = field(default_factory=dict)


def read_marks(
    gradebook: Any,
    submitted: Path,
    assignments: Iterable[str] = (),
    students: Iterable[str] = (),
) -> tuple[Roster, list[Marks]]:
    """Read roster and marks.

    Args:
        gradebook: nbgrader's.
        submitted: the folder submitted/, which tells who handed in what is not graded yet.
        assignments: only these, when given.
        students: only these, when given.

    Returns:
        The roster, and the marks of each assignment, in alphabetical order.
    """
    chosen, wanted = set(assignments), set(students)
    people = dict(read_roster(gradebook).people)
    for folder in submitted.glob("*/*"):  # who handed in and is not in the gradebook yet
        if folder.is_dir() and not folder.parent.name.startswith("."):
            people.setdefault(folder.parent.name, Person(folder.parent.name))
    if wanted:
        people = {name: person for name, person in people.items() if name in wanted}
    roster = Roster(people[name] for name in sorted(people))
    found = []
    for row in sorted(gradebook.assignments, key=lambda assignment: assignment.name):
        if not chosen or row.name in chosen:
            found.append(_read_assignment(gradebook, row, submitted, roster))
    return roster, found


def _read_assignment(gradebook: Any, row: Any, submitted: Path, roster: Roster) -> Marks:
    """Read the marks of one assignment."""
    marks = Marks(row.name, float(row.max_score), row.duedate)
    for notebook in row.notebooks:
        for cell in notebook.grade_cells:
            marks.questions[cell.name] = float(cell.max_score)
    marks.questions = dict(sorted(marks.questions.items()))
    known = {s.student_id: s for s in gradebook.assignment_submissions(row.name)}
    for student in roster.people:
        if student in known:
            marks.by_student[student] = _read_submission(known[student])
        elif (submitted / student / row.name).is_dir():
            marks.by_student[student] = Mark(Status.NOT_GRADED)
        else:
            marks.by_student[student] = Mark(Status.NOT_SUBMITTED)
    return marks


def _read_submission(submission: Any) -> Mark:
    """Read one submission of the gradebook."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    if all(grade.auto_score is None and grade.manual_score is None for grade in grades):
        return Mark(Status.NOT_GRADED, timestamp=submission.timestamp)
    # Those that a person has to give.
    waits = [g for g in grades if g.needs_manual_grade and g.manual_score is None]
    return Mark(
        Status.BY_HAND if waits else Status.GRADED,
        raw=round(sum(float(grade.score or 0) for grade in grades), 4),
        penalty=float(submission.late_submission_penalty or 0),
        waiting=len(waits),
        timestamp=submission.timestamp,
        questions={g.name: None if g in waits else round(float(g.score), 4) for g in grades},
    )
