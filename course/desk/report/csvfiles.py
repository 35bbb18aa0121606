"""The numbers of the report as CSV files: students, questions and mistakes of each assignment."""

from collections.abc import Iterable, Iterator, Sequence

from course.desk.csvtable import safe_text, write_csv
from course.desk.report.classdata import ClassResult
from course.desk.report.columns import COLUMNS
from course.desk.report.statistics import Figure


def csv_files(result: ClassResult) -> dict[str, str]:
    """Return the files of an assignment, by name.

    Shares are fractions from 0 to 1, points are points, times are UTC. An empty field stands for
    what is not known; the page says why.
    """
    name = result.assignment
    return {
        f"{name}-students.csv": _write_rows(_student_rows(result)),
        f"{name}-questions.csv": _write_rows(_question_rows(result)),
        f"{name}-mistakes.csv": _write_rows(_mistake_rows(result)),
    }


def _student_rows(result: ClassResult) -> Iterator[Sequence[object]]:
    columns = [column for column in COLUMNS if column.heading]
    yield ("student", "name", *(column.heading for column in columns))
    for line in result.lines:
        values = [column.read(line) for column in columns]
        yield (line.student, line.name, *("" if value is None else value for value in values))


def _question_rows(result: ClassResult) -> Iterator[Sequence[object]]:
    yield (
        *("question", "title", "maximum", "by_hand", "full", "part", "wrong", "no_answer"),
        *("waiting", "difficulty", "discrimination", "points_lost", "remark", "practiced"),
        *("practiced_right", "can_be_forged"),
    )
    for q in result.questions:
        yield (
            *(q.name, q.title, q.maximum, "yes" if q.by_hand else "no"),
            *(q.full, q.part, q.wrong, q.unanswered, q.waiting),
            *(_figure_cell(q.difficulty), _figure_cell(q.discrimination)),
            *("" if q.lost is None else q.lost, q.difficulty.reason or q.discrimination.reason),
            *(q.practiced, q.practiced_right, "yes" if q.ordinary else "no"),
        )


def _mistake_rows(result: ClassResult) -> Iterator[Sequence[object]]:
    yield (
        *("question", "part", "piece", "given", "mistake", "message", "general", "students"),
        "share",
    )
    for q in result.questions:
        for m in q.mistakes:
            yield (
                *(q.name, m.part, m.mistake.piece, m.given, m.mistake.id, m.mistake.text),
                *("yes" if m.mistake.general else "no", m.students, round(m.share, 4)),
            )


def _figure_cell(figure: Figure) -> object:
    return "" if figure.value is None else round(figure.value, 4)


def _write_rows(rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV; a text that a spreadsheet would run gets an apostrophe before it."""
    return write_csv([safe_text(v) if isinstance(v, str) else v for v in row] for row in rows)
