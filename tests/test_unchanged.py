"""`course grade` where nothing has changed: said at once, and only then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course.desk import cli, steps
from course.desk.commands.context import console
from course.desk.unchanged import has_new_work, keep_said, stamp_inputs
from course.grader.coursedir import Course
from tests.notebooks import ROOT
from tests.smallclass import keep_questions, make_small_class

GRADE = ["grade", "votes", "--jobs", "1"]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of one whose only question is graded, and what the command said twice."""
    folder = tmp_path_factory.mktemp("unchanged") / "course"
    course = make_small_class(folder, ["ana-quispe"], graded=False)
    keep_questions(course, "votes-01")
    steps.generate_assignment(course, "votes")
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert cli.main(GRADE) == 0
    finally:
        os.chdir(before)
    return folder


@pytest.fixture
def course(graded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same class, with the working directory in it and the command itself out of reach."""
    monkeypatch.chdir(graded)
    monkeypatch.setattr("course.desk.commands.grade.grade", lambda options: 77)
    monkeypatch.setattr(cli, "_start_early", lambda options: None)
    return graded


def test_what_is_graded_is_said_without_the_command(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table and the count are there, and neither nbgrader nor the gradebook was asked."""
    assert cli.main(GRADE) == 0
    said = capsys.readouterr().out
    assert "ana-quispe" in said
    assert "0 graded, 1 unchanged since the last time, 0 could not be graded" in said


def test_it_is_what_the_command_itself_says(
    graded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Word by word."""
    monkeypatch.chdir(graded)
    monkeypatch.setattr(cli, "_start_early", lambda options: None)
    cli.main(GRADE)
    at_once = capsys.readouterr().out
    monkeypatch.setattr(cli, "_say_unchanged", lambda options: False)
    cli.main(GRADE)
    assert capsys.readouterr().out.strip() == at_once.strip()


@pytest.mark.parametrize(
    "place",
    [
        "nbgrader_config.py",
        "gradebook.db",
        "source/votes/votes.ipynb",
        "submitted/ana-quispe/votes/votes.ipynb",
        "submitted/ana-quispe/votes/said",
        "submitted/ben/votes/votes.ipynb",
        "autograded/ana-quispe/votes/votes.ipynb",
        ".grading/votes/ana-quispe.json",
        "extensions.csv",
    ],
)
def test_a_change_is_looked_at(course: Path, place: str) -> None:
    """Whatever the command depends on: a file that is written again, or new, lets it run."""
    inputs = stamp_inputs(course, "votes")  # the tests before this one have changed files
    keep_said(Course(course), "votes", console, inputs, lambda: console.print("as before"))
    assert cli.main(GRADE) == 0
    path = course / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file():
        path.chmod(0o644)
    path.write_bytes(path.read_bytes() if path.is_file() else b"")  # as long as it was
    assert cli.main(GRADE) == 77


@pytest.mark.parametrize("more", ["--force", "--student=ana-quispe", "--json", "--all"])
def test_who_asks_for_more_gets_it(course: Path, more: str) -> None:
    """Only the plain command is answered from what was kept."""
    assert cli.main([*GRADE, more]) == 77


def test_processes_are_started_for_new_work_alone(graded: Path) -> None:
    """Nothing is started where all is graded; what came later counts, whosever it is."""
    course = Course(graded)
    shutil.rmtree(graded / "submitted/ben", ignore_errors=True)
    os.utime(graded / ".grading/votes/ana-quispe.json")  # the tests above have changed files
    assert not has_new_work(course.root, "votes")
    assert not has_new_work(course.root, "*")
    late = course.folder("submitted", "ben", "votes")
    try:
        shutil.copytree(course.folder("submitted", "ana-quispe", "votes"), late)
        assert has_new_work(course.root, "votes")
    finally:
        shutil.rmtree(late.parent)


@pytest.mark.parametrize("closed", ["2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_ends_no_grading(graded: Path, closed: str) -> None:
    """As a scheduler may start it: with nowhere to write to, which is then nobody's file either."""
    graded_at = graded / ".grading/votes/ana-quispe.json"
    before = graded_at.stat().st_mtime_ns
    command = f'exec "{sys.executable}" -m course.desk.cli {" ".join(GRADE)} --force {closed}'
    done = subprocess.run(["sh", "-c", command], cwd=graded)
    assert done.returncode == 0
    assert graded_at.stat().st_mtime_ns > before


def test_grading_needs_no_tables() -> None:
    """What students compute with is loaded where their notebooks run, and only there."""
    asked = "import sys, course.desk.commands.grade, course.desk.commands.feedback as f"
    asked += "; from course.grader.coursedir import Course, Path; Course(Path(sys.argv[1]))"
    asked += "; import course.grader.run.preload"
    asked += "; print({'numpy', 'pandas', 'matplotlib'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", asked, str(ROOT)], capture_output=True, text=True)
    assert said.stdout == "set()\n", said.stderr
