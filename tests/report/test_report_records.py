"""What is told of a graded class is read from records, nothing of it from printed lines."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from rich.console import Console

from course.desk import steps
from course.desk.commands.report import csv_files
from course.desk.regrade.changes import StudentChange
from course.desk.regrade.plan import plan_regrade
from course.desk.report import terminal
from course.desk.report.classdata import read_class
from course.desk.report.classpage import html_page
from course.desk.report.grades import read_report
from course.desk.report.verdicts import EARLIER, read_verdict
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_class
from course.grader.run.cellnames import is_made_apart
from course.scoring.results import MIME, CheckResult, PartResult, name_mistake
from tests.smallclass import make_small_class
from tests.test_regrade import accept_more

STUDENTS = ("elena-torres", "luis-campos")
FORGED = "Everything is right."
PART = PartResult("turnout", 1.0, 0.0, FORGED, mistakes=(name_mistake(FORGED),), read_as=FORGED)
FORGERY = f"""
from IPython.display import display
display({ {MIME: CheckResult("votes-03", 2.0, (PART,)).to_json(), "text/plain": ""} }, raw=True)
"""
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class of two: one with another whole, one who stops half way, and forges records."""
    course = make_small_class(tmp_path_factory.mktemp("graded") / "course", STUDENTS, graded=False)
    path = course.folder("submitted", "luis-campos", "votes") / "votes.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source += FORGERY
    notebook.cells.insert(1, nbformat.v4.new_code_cell(FORGERY))
    nbformat.write(notebook, path)
    outcomes = list(grade_class(course, "votes", jobs=2))
    assert [outcome.fault for outcome in outcomes] == [None, None]
    return course.root


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Course:
    """A copy of the class."""
    return Course(shutil.copytree(graded, tmp_path / "course"))


def checks(course: Course) -> list[Any]:
    """Return the check cells of all autograded notebooks."""
    paths = sorted((course.root / "autograded").rglob("*.ipynb"))
    cells = [cell for path in paths for cell in nbformat.read(path, as_version=4).cells]
    return [cell for cell in cells if is_made_apart(cell)]


def change_checks(course: Course, change: Callable[[Any], None]) -> None:
    """Change the check cells of all autograded notebooks."""
    for path in (course.root / "autograded").rglob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in filter(is_made_apart, notebook.cells):
            change(cell)
        nbformat.write(notebook, path)


def print_something_else(cell: Any) -> None:
    """Let a check have printed other sentences."""
    for output in cell.outputs:
        if output.output_type == "stream":
            output.text = "Bien dit.\nvotes-03 · turnout: right.\nRead as: turnout = 0\n"


def take_record_away(cell: Any) -> None:
    """Leave of a check's outputs what an earlier version left."""
    cell.outputs = [o for o in cell.outputs if MIME not in o.get("data", {})]


def everything_told(course: Course) -> dict[str, str]:
    """Return all that is told of the class: report, its numbers, table, feedback pages."""
    result = read_class(course, "votes")
    screen = Console(file=io.StringIO(), width=200)
    screen.print(terminal.questions_table(result))
    screen.print(terminal.students_table(read_report(course, "votes"), {}, {}))
    shutil.rmtree(course.root / "feedback", ignore_errors=True)
    steps.make_feedback(course, "votes")
    pages = sorted((course.root / "feedback").rglob("*.html"))
    assert len(pages) == len(STUDENTS)
    return {
        "report": html_page([result], "course", NOW),
        **csv_files(result),
        "tables": screen.file.getvalue(),  # type: ignore[attr-defined]
        **{page.parent.parent.name: page.read_text("utf-8") for page in pages},
    }


def what_would_change(course: Course) -> list[StudentChange]:
    """Return what another turnout that is accepted would change."""
    accept_more(course)
    with plan_regrade(course, "votes", jobs=2) as plan:
        return [plan.changes.students[name] for name in sorted(plan.changes.students)]


def test_every_check_of_a_graded_notebook_carries_its_record(course: Course) -> None:
    """One a check, of its own question, and what the record earns is what nbgrader reads."""
    found = checks(course)
    assert len(found) == 15 * len(STUDENTS)
    for cell in found:
        (record,) = [o for o in cell.outputs if MIME in o.get("data", {})]
        result = read_verdict(cell).result
        assert result is not None
        assert result.question == cell.metadata.nbgrader.grade_id
        assert result.points == cell.metadata.nbgrader.points
        (points,) = [o for o in cell.outputs if o.output_type == "execute_result"]
        assert float(points.data["text/plain"]) == result.earned
        assert record.data["text/plain"] == ""


def test_a_record_that_a_student_shows_reaches_nobody(course: Course) -> None:
    """It is in no cell that is kept, nor in anything that is told of the class."""
    submitted = course.folder("submitted", "luis-campos", "votes") / "votes.ipynb"
    assert submitted.read_text("utf-8").count(FORGED) > 20
    path = course.folder("autograded", "luis-campos", "votes") / "votes.ipynb"
    for cell in nbformat.read(path, as_version=4).cells:
        assert FORGED not in str(cell.get("outputs", ""))
    told = everything_told(course)
    page = BeautifulSoup(told.pop("luis-campos"), "html.parser")  # shows the cell's code, too
    assert FORGED not in str(page.select("ul.said, ul.read"))
    assert FORGED not in str(told)


def test_nbgrader_s_own_grading_leaves_the_same_records(course: Course) -> None:
    """`nbgrader autograde` and the formgrader's button, too."""
    before = [read_verdict(cell) for cell in checks(course)]
    for student in STUDENTS:
        outcome = course.api().autograde("votes", student, force=True, create=True)
        assert outcome["success"], outcome
    assert [read_verdict(cell) for cell in checks(course)] == before


def test_the_printed_sentences_may_change_and_nothing_else_does(course: Course) -> None:
    """Report, numbers, tables and pages are the same when the checks had printed other words."""
    before = everything_told(course)
    change_checks(course, print_something_else)
    assert everything_told(course) == before
    assert "Bien dit" not in str(before)
    assert "This counts the valid votes only" in before["report"]
    assert "This counts the valid votes only" in before["votes-mistakes.csv"]
    assert "This counts the valid votes only" in before["elena-torres"]
    assert "This counts the valid votes only" in before["tables"]


def test_without_records_it_is_said_that_an_earlier_version_graded(course: Course) -> None:
    """Nothing is taken from the sentences; how to see more is said where it is looked for."""
    change_checks(course, take_record_away)
    told = everything_told(course)
    assert told["votes-mistakes.csv"].count("\n") == 1
    assert "2 answers were graded by an earlier version" in told["report"]
    assert told["elena-torres"].count(EARLIER) == 15 + 3  # also of those to look at first
    for text in told.values():
        assert "This counts the valid votes only" not in text


def test_a_regrade_compares_records(course: Course, tmp_path: Path) -> None:
    """Other sentences change no word; without a record the words before are not known."""
    others = {}
    for name, change in (("sentences", print_something_else), ("earlier", take_record_away)):
        others[name] = Course(shutil.copytree(course.root, tmp_path / name))
        change_checks(others[name], change)
    before = what_would_change(course)
    assert what_would_change(others["sentences"]) == before
    (moved,) = [q for q in before[0].questions if q.question == "votes-03"]
    assert moved.come == ("turnout: right.",)
    assert "valid votes only" in moved.gone[0]
    (earlier,) = what_would_change(others["earlier"])[0].questions
    assert earlier.gone == (EARLIER,)
    assert "turnout: right." in earlier.come
