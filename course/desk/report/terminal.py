"""The two tables shown after grading: one line a student, one line a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rich.table import Table

from course.desk.report.columns import COLUMNS, read_lines
from course.desk.report.grades import StudentReport
from course.desk.words import write_number, write_percent

if TYPE_CHECKING:  # which needs numpy; who only grades does not
    from course.desk.report.classdata import ClassResult


def students_table(
    report: StudentReport,
    faults: Mapping[str, str],
    names: Mapping[str, str],
    verdicts: Mapping[str, str] | None = None,
) -> Table:
    """Return the table of students.

    Args:
        report: the grades of the class.
        faults: why a student's submission could not be graded, by student id; `fault_lines` gives
            the reasons in full.
        names: the students' names by id; no column where there is none.
        verdicts: in a demo, whether each student got what was expected.
    """
    table = Table(title=f"{report.assignment}: grades", title_justify="left")
    shown = add_people(table, names)
    columns = [column for column in COLUMNS if column.in_terminal]
    for column in columns:
        table.add_column(
            column.shown.format(maximum=write_number(report.maximum)),
            justify="right" if column.is_number else "left",
            no_wrap=bool(column.heading),
            overflow="fold",
        )
    if verdicts is not None:
        table.add_column("came out")
    for line in read_lines(report, faults, names):
        row = [column.text(line) for column in columns]
        came_out = [] if verdicts is None else [verdicts.get(line.student, "")]
        table.add_row(*shown(line.student), *row, *came_out)
    return table


def add_people(table: Table, names: Mapping[str, str]) -> Callable[[str], tuple[str, ...]]:
    """Begin a table with the student's id and, where any is known, name; return who fills both."""
    # Folded, not cut: an id may be an e-mail address, and the terminal narrow.
    table.add_column("student", overflow="fold")
    if not any(names.values()):
        return lambda student: (student,)
    table.add_column("name", overflow="fold")
    return lambda student: (student, names.get(student, ""))


def fault_lines(faults: Mapping[str, str]) -> list[str]:
    """Return one line a submission that could not be graded: who, and why."""
    return [f"  {student}: {fault}" for student, fault in sorted(faults.items())]


def questions_table(result: ClassResult) -> Table:
    """Return the table of questions: how the class did, and what was said most often."""
    table = Table(title=f"{result.assignment}: questions", title_justify="left")
    table.add_column("question", no_wrap=True)
    for name in ("points", "mean", "full", "none"):
        table.add_column(name, justify="right")
    table.add_column("said most often where points were lost", overflow="fold")
    for q in result.questions:
        often = max(q.mistakes, key=lambda count: count.students, default=None)
        table.add_row(
            f"{q.name} (can be forged)" if q.ordinary else q.name,
            write_number(q.maximum),
            write_percent(q.difficulty.value),
            str(q.full),
            str(q.wrong + q.unanswered),
            q.difficulty.reason or (often.words if often else ""),
        )
    return table
