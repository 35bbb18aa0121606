"""The two tables shown after grading: one line a student, one line a question."""

from collections.abc import Callable, Mapping

from rich.table import Table

from course.desk.report.grades import StudentGrade, StudentReport
from course.desk.words import write_number


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
    table.add_column(f"points of {write_number(report.maximum)}", justify="right", no_wrap=True)
    table.add_column("by hand", no_wrap=True)
    table.add_column("what happened")
    if verdicts is not None:
        table.add_column("came out")
    by_name = {grade.student: grade for grade in report.students}
    for name in sorted(set(by_name) | set(faults)):
        grade = by_name.get(name, StudentGrade(name))
        row = _student_row(grade, faults.get(name))
        table.add_row(*shown(name), *row, *([] if verdicts is None else [verdicts.get(name, "")]))
    return table


def add_people(table: Table, names: Mapping[str, str]) -> Callable[[str], tuple[str, ...]]:
    """Begin a table with the student's id and, where any is known, name; return who fills both."""
    table.add_column("student", no_wrap=True)
    if not any(names.values()):
        return lambda student: (student,)
    table.add_column("name", overflow="fold")
    return lambda student: (student, names.get(student, ""))


def fault_lines(faults: Mapping[str, str]) -> list[str]:
    """Return one line a submission that could not be graded: who, and why."""
    return [f"  {student}: {fault}" for student, fault in sorted(faults.items())]


def _student_row(grade: StudentGrade, fault: str | None) -> tuple[str, str, str]:
    """Return points, hand grading and what happened, for one student."""
    if fault is not None:
        return "–", "", "NOT GRADED, see below"
    if not grade.questions:
        return "–", "", "not graded yet"
    waiting = f"{grade.waiting} to grade" if grade.waiting else "done"
    return write_number(grade.points), waiting, "; ".join(grade.remarks)


def questions_table(report: StudentReport) -> Table:
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
        forged = " (can be forged)" if any(q.verdict.ordinary for q in grades) else ""
        table.add_row(
            f"{name}{forged}",
            write_number(maximum),
            f"{100 * sum(points) / (maximum * len(points)):.0f} %" if points and maximum else "–",
            str(sum(p >= maximum for p in points)),
            str(sum(p == 0 for p in points)),
            said,
        )
    return table
