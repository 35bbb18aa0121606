"""Finds the students who need a look, and says why, the most urgent first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from course.desk.report.grades import HandedIn, StudentGrade
from course.desk.words import first_few, write_duration, write_number
from course.grader.book.state import Outcome
from course.grader.faults import Fault

VERY_LATE = 24 * 3600  # seconds; less is named in the table of late submissions only
UNFINISHED = 1 / 3  # of the questions without an answer

NOT_GRADED, STOPPED, UNFINISHED_WORK, LATE, MENDED = range(5)


@dataclass(frozen=True, order=True)
class Reason:
    """Why a student needs a look; `urgency` 0 is the most urgent."""

    urgency: int
    label: str
    text: str


Looks = dict[str, list[Reason]]  # by student, the most urgent reason first


def students_to_look_at(
    submissions: Iterable[StudentGrade], faults: Mapping[str, str], outcomes: Mapping[str, Outcome]
) -> Looks:
    """Return the students who need a look, the most urgent first, then by id.

    Args:
        submissions: all whom the gradebook knows a submission of.
        faults: why a submission has no points, by student; "" where that is not known.
        outcomes: what grading noted, by student; empty for what it never saw.
    """
    known = {s.student: s for s in submissions}
    looks = {}
    for student, fault in faults.items():
        text = fault or "It is collected but not graded yet, or nbgrader could not grade it."
        reasons = [Reason(NOT_GRADED, "not graded", text)]
        looks[student] = reasons + _find_late(known.get(student, StudentGrade(student)).handed_in)
    for student, grade in known.items():
        if grade.questions:
            reasons = _of_cells(grade, outcomes.get(student)) + _find_unfinished(grade)
            reasons = sorted(reasons + _find_late(grade.handed_in), key=lambda r: r.urgency)
            if reasons:
                looks[student] = reasons
    return dict(sorted(looks.items(), key=lambda look: (look[1][0].urgency, look[0])))


def _of_cells(grade: StudentGrade, outcome: Outcome | None) -> list[Reason]:
    """Return what failed in single cells, and what was mended before it ran."""
    mended = [] if outcome is None else outcome.remarks
    faults = [Fault(**fault) for fault in (outcome.faults if outcome else ())]
    # The notebook and the state may both tell of it; once is enough.
    seen = "\n".join(grade.remarks)
    told = [one.as_line() for one in faults if not one.question or one.question not in seen]
    stopped = first_few([*grade.remarks, *told])
    reasons = [Reason(STOPPED, "stopped or failed", text) for text in stopped]
    return reasons + [Reason(MENDED, "changed", text) for text in mended]


def _find_unfinished(grade: StudentGrade) -> list[Reason]:
    """Return that much of the work is not answered."""
    empty = [q for q in grade.questions if q.unanswered]
    if len(empty) < UNFINISHED * len(grade.questions):
        return []
    what = "every question" if len(empty) == len(grade.questions) else f"{len(empty)} questions"
    text = f"There is no answer to {what} of {len(grade.questions)}."
    return [Reason(UNFINISHED_WORK, "unfinished", text.replace("every question of", "any of the"))]


def _find_late(when: HandedIn) -> list[Reason]:
    """Return that a submission came very late."""
    if when.seconds_late <= VERY_LATE:
        return []
    costs = f"; {write_number(when.penalty)} points are taken off" if when.penalty else ""
    return [Reason(LATE, "very late", f"It came {write_duration(when.seconds_late)} late{costs}.")]
