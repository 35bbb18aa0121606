"""`nbgrader autograde`, the formgrader's button and `course grade` give the same points."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.desk import steps
from course.desk.simulated.students import Case, load_cases
from course.grader.book.state import GradingState
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_class, grade_one
from tests.conftest import ClassRun
from tests.notebooks import ROOT

pytestmark = pytest.mark.long

# All of one assignment, and of the others what is answered, hindered or tampered with differently.
SOME = ("right", "half-done", "widgets-only", "edited-test", "endless-loop")
CASES = {
    name: [case for case in load_cases(ROOT, name) if name == "votes" or case.name in SOME]
    for name in ("votes", "argument", "timeline", "verdict")
}
# How far a loop counts until it is stopped is another number each time.
COUNTS = {("argument", "endless-loop"), ("timeline", "endless-loop")}
READABLE = [
    (name, case)
    for name, cases in CASES.items()
    for case in cases
    if not case.fault and (name, case.name) not in COUNTS
]
Rows = dict[tuple[str, str, str], Any]


@pytest.fixture(scope="module")
def two_ways(
    class_run: ClassRun, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Course, Course]:
    """Submissions graded by `course grade`, and by nbgrader's own commands as they stand."""
    ours, stock = (
        _ungraded(class_run.folder, tmp_path_factory.mktemp(name) / "course")
        for name in ("ours", "stock")
    )
    for assignment in CASES:
        steps.generate_assignment(ours, assignment)
        list(grade_class(ours, assignment, jobs=2))
        steps.generate_assignment(stock, assignment)
        # Three files of votes are no notebooks, so nbgrader ends with 1, after all others.
        _nbgrader(stock, "autograde", assignment, ends=1 if assignment == "votes" else 0)
    return ours, stock


def _ungraded(class_folder: Path, folder: Path) -> Course:
    """Return a copy of the class with nothing graded, and with a short time for a cell."""
    folder.mkdir()
    shutil.copytree(class_folder / "source", folder / "source")
    for assignment, cases in CASES.items():
        for case in cases:
            place = f"submitted/{case.student}/{assignment}"
            shutil.copytree(class_folder / place, folder / place, symlinks=True)
    settings = (ROOT / "nbgrader_config.py").read_text("utf-8")
    (folder / "nbgrader_config.py").write_text(settings + "\nc.Sandbox.cell_seconds = 2\n", "utf-8")
    return Course(folder)


def _nbgrader(course: Course, command: str, assignment: str, ends: int = 0) -> None:
    """Run a command of nbgrader; `ends`: the exit code that it must end with."""
    tools = Path(sys.executable).parent
    done = subprocess.run(
        [str(tools / "nbgrader"), command, assignment],
        cwd=course.root,
        capture_output=True,
        text=True,
        timeout=600,
        env={**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"},
    )
    assert done.returncode == ends, done.stderr[-2000:]
    assert "Traceback (most recent call last)" not in done.stdout


def _grades(course: Course, assignment: str) -> Rows:
    """Return what the gradebook holds of each student's questions."""
    with course.gradebook() as gradebook:
        return {
            (submission.student.id, kind, row.name): _content(row, kind)
            for submission in gradebook.assignment_submissions(assignment)
            for notebook in submission.notebooks
            for kind in ("grades", "comments")
            for row in getattr(notebook, kind)
        } | {
            (submission.student.id, "submission", ""): (
                submission.timestamp,
                [notebook.late_submission_penalty for notebook in submission.notebooks],
            )
            for submission in gradebook.assignment_submissions(assignment)
        }


def _content(row: Any, kind: str) -> tuple[Any, ...]:
    if kind == "comments":
        return row.auto_comment, row.manual_comment
    return row.auto_score, row.manual_score, row.needs_manual_grade, row.extra_credit


@pytest.mark.parametrize("assignment", CASES)
def test_the_gradebooks_hold_the_same_rows(
    two_ways: tuple[Course, Course], assignment: str
) -> None:
    """Scores, what waits for a person, comments and times are the same, row by row."""
    ours, stock = (_grades(course, assignment) for course in two_ways)
    cases = CASES[assignment]
    unreadable = {case.student for case in cases if case.fault}
    # Where nothing could be graded, nbgrader has made empty rows and `course grade` none.
    empty = {key for key in stock if key[0] in unreadable}
    assert all(stock[key][0] is None for key in empty if key[1] == "grades")
    assert ours == {key: row for key, row in stock.items() if key not in empty}
    assert len({key[0] for key in ours}) == len(cases) - len(unreadable) > 3


@pytest.mark.parametrize(("assignment", "case"), READABLE, ids=lambda p: getattr(p, "name", p))
def test_the_notebooks_show_the_same(
    two_ways: tuple[Course, Course], assignment: str, case: Case
) -> None:
    """Each cell of the graded notebook has the same text and the same outputs."""
    one, other = (
        nbformat.read(
            course.folder("autograded", case.student, assignment) / f"{assignment}.ipynb", 4
        )
        for course in two_ways
    )
    assert [_shown(cell) for cell in one.cells] == [_shown(cell) for cell in other.cells]
    assert one.metadata == other.metadata


@pytest.mark.parametrize("assignment", CASES)
def test_what_was_mended_and_what_failed_is_noted_both_ways(
    two_ways: tuple[Course, Course], assignment: str
) -> None:
    """The class report finds the same remarks and faults, whichever command graded."""
    ours, stock = (GradingState(course.root, assignment).read_outcomes() for course in two_ways)
    graded = {case.student for case in CASES[assignment] if not case.fault}
    for student in graded:
        one, other = ours[student], stock[student]
        assert sorted(one.remarks) == sorted(other.remarks), student
        assert one.faults == other.faults, student
    assert any(ours[student].remarks for student in graded)
    assert any(ours[student].faults for student in graded)


def test_nbgraders_own_command_writes_our_feedback_pages(two_ways: tuple[Course, Course]) -> None:
    """`nbgrader generate_feedback` needs no option to write a page for each student."""
    _, stock = two_ways
    _nbgrader(stock, "generate_feedback", "timeline")
    pages = sorted(stock.root.glob("feedback/*/timeline/timeline.html"))
    students = sorted(case.student for case in CASES["timeline"])
    assert [page.parent.parent.name for page in pages] == students
    assert all("<h3>What the check says</h3>" in page.read_text("utf-8") for page in pages)


def _shown(cell: Any) -> Any:
    """Return a cell without addresses in memory, which differ from process to process."""
    text = json.dumps({k: v for k, v in cell.items() if k != "id"}, sort_keys=True)
    return re.sub(r"0x[0-9a-f]{6,}", "0x", text)


@pytest.mark.parametrize("name", ["hugo-vargas", "quique-ortiz", "teresa-vega"])
def test_the_formgraders_button_gives_the_same_points(
    two_ways: tuple[Course, Course], name: str
) -> None:
    """What the button calls, in a server that goes on running, changes no row."""
    ours, _ = two_ways
    before = _grades(ours, "votes")
    result = ours.api().autograde("votes", name, force=True)
    assert result["success"], result
    assert _grades(ours, "votes") == before
    assert grade_one(ours, "votes", name).skipped, "what the button graded is graded"
