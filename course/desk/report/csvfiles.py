"""The numbers of the report as CSV files: students, questions and mistakes of each assignment."""

from collections.abc import Iterable, Sequence

from course.desk.csvtable import safe_text, write_csv
from course.desk.report.classdata import ClassResult
from course.desk.report.statistics import Figure


def csv_files(result: ClassResult) -> dict[str, str]:
    """Return the files of an assignment, by name.

    Shares are fractions from 0 to 1, points are points, times are UTC. An empty field stands for
    what is not known; the page says why.
    """
    name = result.assignment
    return {
        f"{name}-students.csv": _write_rows(*_student_rows(result)),
        f"{name}-questions.csv": _write_rows(*_question_rows(result)),
        f"{name}-mistakes.csv": _write_rows(*_mistake_rows(result)),
    }


def _student_rows(result: ClassResult) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    head = (
        *("student", "name", "graded", "points", "maximum", "late_penalty", "points_that_count"),
        *("waiting_for_hand_grade", "due", "extension_hours", "handed_in", "seconds_late"),
        "needs_a_look",
    )
    looks = {look.student: "; ".join(r.text for r in look.reasons) for look in result.looks}
    known = {student.student: student for student in result.report.students}
    rows = []
    for name in sorted({*known, *result.faults}):
        student = known.get(name)
        graded = student is not None and bool(student.questions)
        row: list[object] = [name, result.names.get(name, ""), "yes" if graded else "no"]
        if student is None or not graded:
            row += ["", result.report.maximum, "", "", ""]
        else:
            penalty = student.handed_in.penalty
            counts = round(max(0.0, student.points - penalty), 2)
            row += [student.points, result.report.maximum, penalty, counts, student.waiting]
        when = student.handed_in if student else None
        row += [
            when.due.isoformat() if when and when.due else "",
            when.extension.total_seconds() / 3600 if when and when.extension else "",
            when.at.isoformat() if when and when.at else "",
            round(when.seconds_late) if when else "",
            looks.get(name, ""),
        ]
        rows.append(row)
    return head, rows


def _question_rows(result: ClassResult) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    head = (
        *("question", "title", "maximum", "by_hand", "full", "part", "wrong", "no_answer"),
        *("waiting", "difficulty", "discrimination", "points_lost", "remark", "practiced"),
        *("practiced_right", "can_be_forged"),
    )
    rows = [
        (
            *(q.name, q.title, q.maximum, "yes" if q.by_hand else "no"),
            *(q.full, q.part, q.wrong, q.unanswered, q.waiting),
            *(_figure_cell(q.difficulty), _figure_cell(q.discrimination)),
            *("" if q.lost is None else q.lost, q.difficulty.reason or q.discrimination.reason),
            *(q.practiced, q.practiced_right, "yes" if q.ordinary else "no"),
        )
        for q in result.questions
    ]
    return head, rows


def _mistake_rows(result: ClassResult) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    head = (
        *("question", "part", "piece", "given", "mistake", "message", "general", "students"),
        "share",
    )
    rows = [
        (
            *(q.name, m.part, m.mistake.piece, m.given, m.mistake.id, m.mistake.text),
            *("yes" if m.mistake.general else "no", m.students, round(m.share, 4)),
        )
        for q in result.questions
        for m in q.mistakes
    ]
    return head, rows


def _figure_cell(figure: Figure) -> object:
    return "" if figure.value is None else round(figure.value, 4)


def _write_rows(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV; a text that a spreadsheet would run gets an apostrophe before it."""
    safe = ([safe_text(v) if isinstance(v, str) else v for v in row] for row in rows)
    return write_csv([head, *safe])
