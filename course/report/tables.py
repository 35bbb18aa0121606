"""The two tables shown after grading: one line a student, one line a question."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table

from course.report.gradebook import StudentGrade, StudentReport

__all__ = ["questions", "students"]


def _number(value: float) -> str:
    """Write points without needless zeros: 12, 7.5, 3.67."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def students(report: StudentReport, faults: Mapping[str, str]) -> Table:
    """Return the table of students.

    Args:
        report: the grades of the class.
        faults: why a student's submission could not be graded, by student id.
    """
    table = Table(title=f"{report.assignment}: grades", title_justify="left")
    table.add_column("student", no_wrap=True)
    table.add_column(f"points of {_number(report.maximum)}", justify="right", no_wrap=True)
    table.add_column("by hand", no_wrap=True)
    table.add_column("what happened", overflow="fold")
    by_name = {grade.student: grade for grade in report.students}
    for name in sorted(set(by_name) | set(faults)):
        grade = by_name.get(name, StudentGrade(name))
        if name in faults:
            table.add_row(name, "–", "", f"NOT GRADED: {faults[name]}")
        elif not grade.questions:
            table.add_row(name, "–", "", "not graded yet")
        else:
            waiting = f"{grade.waiting} to grade" if grade.waiting else "done"
            table.add_row(name, _number(grade.points), waiting, "; ".join(grade.remarks))
    return table


def questions(report: StudentReport) -> Table:
    """Return the table of questions: how the class did, and what was said most often."""
    table = Table(title=f"{report.assignment}: questions", title_justify="left")
    table.add_column("question", no_wrap=True)
    table.add_column("points", justify="right")
    table.add_column("mean", justify="right")
    table.add_column("full", justify="right")
    table.add_column("none", justify="right")
    table.add_column("said most often where points were lost", overflow="fold")
    for name in report.question_names():
        grades = [q for s in report.students for q in s.questions if q.question == name]
        given = [q for q in grades if q.points is not None]
        maximum = grades[0].maximum
        points = [q.points or 0.0 for q in given]
        waiting = len(grades) - len(given)
        said = f"{waiting} wait for the instructor" if waiting else report.frequent_message(name)
        table.add_row(
            name,
            _number(maximum),
            f"{100 * sum(points) / (maximum * len(points)):.0f} %" if points else "–",
            str(sum(p >= maximum for p in points)),
            str(sum(p == 0 for p in points)),
            said,
        )
    return table
