"""The columns of the class report, once for all that show them: CSV file, page and terminal.

The student's id and name come before them everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from course.desk.report.attention import Looks
from course.desk.report.grades import HandedIn, StudentGrade, StudentReport
from course.desk.words import write_number


@dataclass(frozen=True)
class StudentLine:
    """What is known of a student who handed in."""

    student: str
    name: str  # "" when not known
    when: HandedIn  # when it was handed in
    graded: StudentGrade | None  # the grades; None where nothing is graded
    maximum: float  # the points of the assignment
    fault: str = ""  # why the submission could not be graded
    look: str = ""  # why the student needs a look
    beside: Mapping[str, str] = field(default_factory=dict)  # what roster.csv says of them


def _write_penalty(points: float) -> str:
    return f"−{write_number(points)}" if points else "–"


def _write_waiting(amount: int) -> str:
    return f"{amount} to grade" if amount else "done"


def _write_moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _say_what_happened(line: StudentLine) -> str:
    if line.fault:
        return "NOT GRADED"
    return "; ".join(line.graded.remarks) if line.graded else "not graded yet"


@dataclass(frozen=True)
class Column:
    """A column of the class report; without a `heading` no file has it, without `shown` no page."""

    heading: str
    read: Callable[[StudentLine], object]  # None where it is not known
    shown: str = ""  # its heading on the page
    write: Callable[[Any], str] = str  # how it is shown there
    in_terminal: bool = False  # whether the table in the terminal has it, too

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right."""
        return self.write in (write_number, _write_penalty)

    def text(self, line: StudentLine) -> str:
        """Return what the page and the terminal show."""
        value = self.read(line)
        return "–" if value is None else self.write(value)


_POINTS = "points of {maximum}"
COLUMNS = (
    Column("group", lambda s: s.beside.get("group")),
    Column("graded", lambda s: "yes" if s.graded else "no"),
    Column("points", lambda s: s.graded and s.graded.points, _POINTS, write_number, True),
    Column("maximum", lambda s: s.maximum),
    Column("late_penalty", lambda s: s.graded and s.when.penalty, "late", _write_penalty),
    Column("points_that_count", lambda s: s.graded and s.graded.counting, "counts", write_number),
    Column(
        "waiting_for_hand_grade",
        lambda s: s.graded and s.graded.waiting,
        "by hand",
        _write_waiting,
        in_terminal=True,
    ),
    Column("due", lambda s: _write_moment(s.when.due)),
    Column("extension_hours", lambda s: s.when.extension_hours),
    Column("handed_in", lambda s: _write_moment(s.when.at)),
    Column("seconds_late", lambda s: round(s.when.seconds_late) if s.when.at else None),
    Column("needs_a_look", lambda s: s.look),
    Column("", _say_what_happened, "what happened", in_terminal=True),
)


def read_lines(
    report: StudentReport,
    faults: Mapping[str, str],
    names: Mapping[str, str],
    looks: Looks | None = None,
    beside: Mapping[str, Mapping[str, str]] | None = None,
) -> list[StudentLine]:
    """Return a line for each student who handed in, by id.

    Args:
        report: the grades of the class.
        faults: why a submission could not be graded, by student; "" where that is not known.
        names: the students' names by id.
        looks: why students need a look.
        beside: what roster.csv says of students, by id and field.
    """
    grades = {grade.student: grade for grade in report.students}
    looks, beside = looks or {}, beside or {}
    return [
        StudentLine(
            student,
            names.get(student, ""),
            grade.handed_in if (grade := grades.get(student)) else HandedIn(),
            grade if grade and grade.questions else None,
            report.maximum,
            faults.get(student, ""),
            "; ".join(reason.text for reason in looks.get(student, ())),
            beside.get(student, {}),
        )
        for student in sorted({*grades, *faults})
    ]
