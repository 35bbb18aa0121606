"""Questions that are tested in nbgrader's ordinary way are named, marked and can be refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course.desk import cli, steps
from course.desk.commands.report import csv_files
from course.desk.report.classdata import read_class
from course.desk.report.classpage import html_page
from course.errors import CourseError
from course.grader.coursedir import CONFIG_NAME, Course
from course.grader.run.autograde import grade_one
from tests.notebooks import ROOT
from tests.ordinary.building import SmallCourse, Work
from tests.ordinary.test_ordinary import GUIDE

# nbgrader leaves the sockets of autotests' kernels to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed socket:ResourceWarning")

SAYING = "is tested in nbgrader's ordinary way: it can be forged and its key read"
REFUSE = '\nc.Sandbox.ordinary_tests = "refuse"\n'
MIXED = SmallCourse(
    "mixed",
    "a question of each kind",
    [
        {"solution": "answer", "source": "x = 3"},
        {"tests": "mixed-01", "points": 1, "source": "assert x == 3"},
        {
            "tests": "mixed-02",
            "points": 1,
            "source": "from course.scoring import Question, number\n"
            'q = Question("mixed-02", points=1)\n'
            'q.part("x", number())\n'
            "q.check()\n"
            "### BEGIN HIDDEN TESTS\n"
            'q.key("x", 3)\n'
            "q.grade()\n"
            "### END HIDDEN TESTS",
        },
        {"manual": "mixed-03", "points": 2, "type": "markdown", "source": "Because."},
    ],
    {"ana": Work(earns=1)},
)


@pytest.fixture
def mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course with a question of each kind; the working directory is in it."""
    shutil.copy(ROOT / CONFIG_NAME, tmp_path)
    MIXED.write_source(tmp_path)
    monkeypatch.chdir(tmp_path)
    return Course(tmp_path)


def refusing(course: Course) -> Course:
    """Return the course with ordinary tests refused."""
    settings = course.root / CONFIG_NAME
    settings.write_text(settings.read_text("utf-8") + REFUSE, "utf-8")
    return Course(course.root)


def graded(course: Course) -> str | None:
    """Hand in the right answers and grade them; return what the submission has as a fault."""
    MIXED.hand_in(course.root, "ana", course.folder("submitted", "ana", "mixed"))
    return grade_one(course, "mixed", "ana").fault


@pytest.mark.parametrize("words", [["generate", "mixed"], ["generate", "mixed", "--unchecked"]])
def test_generate_names_each_of_them(
    mixed: Course, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """One line a question, whether or not the model answers are graded; others are not named."""
    assert cli.main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "ordinary way" in line] == [f"question mixed-01 {SAYING}"]


def test_the_report_marks_them(mixed: Course) -> None:
    """The page says which and why; the table of questions says it of each."""
    steps.generate_assignment(mixed, "mixed")
    assert graded(mixed) is None
    result = read_class(mixed, "mixed")
    assert result.ordinary == ["mixed-01"]
    page = html_page([result], "a course")
    assert "Tested in nbgrader's ordinary way: mixed-01." in page.replace("&#39;", "'")
    assert page.count("can be forged") == 2, "in its row, and below the table"
    head, *rows = csv_files(result)["mixed-questions.csv"].splitlines()
    assert head.endswith(",can_be_forged")
    assert [row.rpartition(",")[2] for row in rows] == ["yes", "no", "no"]


def test_refused_they_are_not_handed_out(mixed: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither with nor without a look at the model answers is anything made."""
    course = refusing(mixed)
    for words in (["generate", "mixed"], ["generate", "mixed", "--unchecked"]):
        assert cli.main(words) == 1
        said = " ".join(capsys.readouterr().err.split())
        assert "the check of mixed-01" in said
        assert "c.Sandbox.ordinary_tests" in said
    with pytest.raises(CourseError, match="mixed-01"):
        steps.generate_assignment(course, "mixed")
    assert not (course.root / "release").exists()


def test_refused_they_are_not_graded(mixed: Course) -> None:
    """A course that was handed out before the setting was made gets no points by them."""
    steps.generate_assignment(mixed, "mixed")
    fault = graded(refusing(mixed))
    assert fault is not None
    assert "mixed-01" in fault


def test_nbgraders_own_way_names_them(mixed: Course) -> None:
    """`nbgrader generate_assignment`, and so the formgrader's button, says it in its log."""
    result = mixed.api().generate_assignment("mixed")
    assert result["success"]
    assert f"question mixed-01 {SAYING}" in result["log"]


def test_refused_nbgraders_own_way_makes_nothing(mixed: Course) -> None:
    """The formgrader's button hands out nothing that the course refuses, and says why."""
    result = refusing(mixed).api().generate_assignment("mixed")
    assert not result["success"]
    assert "the check of mixed-01" in result["log"]
    assert not (mixed.root / "release" / "mixed").exists()


def test_the_look_at_the_model_answers_finds_the_courses_autotests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """nbgrader looks for autotests.yml beside the settings when an assignment has none."""
    shutil.copy(ROOT / CONFIG_NAME, tmp_path)
    shutil.copy(GUIDE / "autotests.yml", tmp_path)
    course = SmallCourse(
        "tested",
        "a test that nbgrader writes",
        [
            {"solution": "answer", "source": "x = 3"},
            {"tests": "tested-01", "points": 1, "source": "### AUTOTEST x"},
        ],
        {},
    )
    course.write_source(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert cli.main(["generate", "tested"]) == 0
    assert "the model answers earn 1 of 1 points" in capsys.readouterr().out
