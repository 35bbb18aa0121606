"""What `course report` and `course grade --all` do, over one assignment or all of them."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rich.table import Table

from course.desk.commands.context import console, open_course
from course.desk.csvtable import safe_text, write_csv
from course.desk.deadlines.telling import say_late, settle_all
from course.desk.onekey import say_other_keys
from course.desk.report import terminal
from course.desk.report.classdata import ClassResult, read_class
from course.desk.report.classpage import html_page
from course.desk.report.columns import COLUMNS
from course.desk.report.statistics import Figure
from course.errors import CourseError
from course.grader.book.state import Outcome
from course.grader.coursedir import Course

FOLDER = "report"  # of the course; git ignores it


def with_submissions(course: Course, student: str | None = None) -> list[str]:
    """Return the assignments that have a submission, of one student when given.

    Raises:
        CourseError: if none has.
    """
    found = []
    for name in course.assignments():
        students = course.submitted_students(name)
        if student in students if student else students:
            found.append(name)
    if not found:
        raise CourseError(
            where=f"submissions in {course.root / 'submitted'}",
            expected=f"a folder submitted/{student or 'STUDENT'}/ASSIGNMENT",
            found="none",
            todo="collect them first: course collect ASSIGNMENT",
        )
    return found


def say_all(course: Course, outcomes: Mapping[str, Sequence[Outcome]]) -> None:
    """Show one table of what came out of grading assignments, by name."""
    table = Table(title="all assignments", title_justify="left")
    for title in ("assignment", "submissions", "graded now", "unchanged", "not graded", "by hand"):
        table.add_column(title, justify="left" if title == "assignment" else "right")
    for name, found in outcomes.items():
        faults = sum(o.fault is not None for o in found)
        skipped = sum(o.skipped for o in found)
        waiting = sum(read_class(course, name).waiting.values())
        now = len(found) - faults - skipped
        table.add_row(name, *map(str, (len(found), now, skipped, faults, waiting)))
    console.print(table)
    for name, found in outcomes.items():
        lines = terminal.fault_lines({o.student: o.fault for o in found if o.fault})
        if lines:
            console.print(f"{name}: could not be graded:")
        console.say(*lines)
    console.print("What the class did: course report")


def show_report(course: Course, assignment: str | None, folder: Path | None) -> Path:
    """Show the tables of one assignment or of all, and write the page; return its path."""
    names = [assignment] if assignment else with_submissions(course)
    results = [read_class(course, name) for name in names]
    for result in results:
        faults = {name: fault for name, fault in result.faults.items() if fault}
        console.print(terminal.students_table(result.report, faults, result.names))
        console.print(terminal.questions_table(result))
    name = f"{assignment}.html" if assignment else "index.html"
    page = write_report(course, results, folder or course.root / FOLDER, name)
    console.say(f"the report as a page:  {page}")
    console.say(f"its numbers as CSV:    {page.parent}/*.csv")
    return page


def write_report(
    course: Course, results: Sequence[ClassResult], folder: Path, name: str = "index.html"
) -> Path:
    """Write the page and the CSV files into a folder; return the page's path."""
    files = {name: html_page(results, course.course_id, zone=course.zone)}
    for result in results:
        files |= csv_files(result)
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder / name


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


def report(options: Namespace) -> int:
    """Show what the class did and found hard, and write it as a page."""
    course = open_course()
    names = [options.assignment] if options.assignment else course.assignments()
    settle_all(course, names)
    show_report(course, options.assignment, options.to)
    for name in names:
        say_late(course, name)
        say_other_keys(course, name, f"the report mixes them: course grade {name}")
    return 0
