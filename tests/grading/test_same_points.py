"""`nbgrader autograde`, the formgrader's button and `course grade` give the same points."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.classroom import load_cases
from course.grading.autograde import grade_class, grade_one
from course.grading.coursedir import Course
from course.grading.state import GradingState
from tests.conftest import ClassRun
from tests.notebooks import ROOT

CASES = load_cases(ROOT, "votes")
Rows = dict[tuple[str, str, str], Any]


@pytest.fixture(scope="module")
def two_ways(
    class_run: ClassRun, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Course, Course]:
    """The class's submissions graded by `course grade`, and by stock `nbgrader autograde`."""
    ours, stock = (
        _ungraded(class_run.folder, tmp_path_factory.mktemp(name) / "course")
        for name in ("ours", "stock")
    )
    list(grade_class(ours, "votes", jobs=2))
    command = [str(Path(sys.executable).parent / "nbgrader"), "autograde", "votes"]
    done = subprocess.run(command, cwd=stock.root, capture_output=True, text=True)
    assert "Traceback (most recent call last)" not in done.stdout
    # Three files are no notebooks, so nbgrader ends with 1, after all others.
    assert done.returncode == 1, done.stderr[-2000:]
    return ours, stock


def _ungraded(class_folder: Path, folder: Path) -> Course:
    """Return a copy of the class with nothing graded, and with a short time for a cell."""
    folder.mkdir()
    for name in ("source", "submitted", "release"):
        shutil.copytree(class_folder / name, folder / name, symlinks=True)
    settings = (ROOT / "nbgrader_config.py").read_text("utf-8")
    (folder / "nbgrader_config.py").write_text(settings + "\nc.Sandbox.cell_seconds = 2\n", "utf-8")
    course = Course(folder)
    course.api().generate_assignment("votes")
    return course


def _grades(course: Course) -> Rows:
    """Return what the gradebook holds of each student's questions."""
    with course.gradebook() as gradebook:
        return {
            (submission.student.id, kind, row.name): _content(row, kind)
            for submission in gradebook.assignment_submissions("votes")
            for notebook in submission.notebooks
            for kind in ("grades", "comments")
            for row in getattr(notebook, kind)
        } | {
            (submission.student.id, "submission", ""): (
                submission.timestamp,
                [notebook.late_submission_penalty for notebook in submission.notebooks],
            )
            for submission in gradebook.assignment_submissions("votes")
        }


def _content(row: Any, kind: str) -> tuple[Any, ...]:
    if kind == "comments":
        return row.auto_comment, row.manual_comment
    return row.auto_score, row.manual_score, row.needs_manual_grade, row.extra_credit


def test_the_gradebooks_hold_the_same_rows(two_ways: tuple[Course, Course]) -> None:
    """Scores, what waits for a person, comments and times are the same, row by row."""
    ours, stock = (_grades(course) for course in two_ways)
    unreadable = {case.student for case in CASES if case.fault}
    # Where nothing could be graded, nbgrader has made empty rows and `course grade` none.
    empty = {key for key in stock if key[0] in unreadable}
    assert all(stock[key][0] is None for key in empty if key[1] == "grades")
    assert ours == {key: row for key, row in stock.items() if key not in empty}
    assert len({key[0] for key in ours}) == len(CASES) - len(unreadable)


@pytest.mark.parametrize("case", [case for case in CASES if not case.fault], ids=lambda c: c.name)
def test_the_notebooks_show_the_same(two_ways: tuple[Course, Course], case: Any) -> None:
    """Each cell of the graded notebook has the same text and the same outputs."""
    one, other = (
        nbformat.read(course.folder("autograded", case.student, "votes") / "votes.ipynb", 4)
        for course in two_ways
    )
    assert [_shown(cell) for cell in one.cells] == [_shown(cell) for cell in other.cells]
    assert one.metadata == other.metadata


def test_what_was_mended_and_what_failed_is_noted_both_ways(
    two_ways: tuple[Course, Course],
) -> None:
    """The class report finds the same remarks and faults, whichever command graded."""
    ours, stock = (GradingState(course.root, "votes").outcomes() for course in two_ways)
    graded = {case.student for case in CASES if not case.fault}
    for student in graded:
        one, other = ours[student], stock[student]
        assert sorted(one.remarks) == sorted(other.remarks), student
        assert one.faults == other.faults, student
    assert any(ours[student].remarks for student in graded)
    assert any(ours[student].faults for student in graded)


def _shown(cell: Any) -> Any:
    """Return a cell without addresses in memory, which differ from process to process."""
    import json
    import re

    text = json.dumps({k: v for k, v in cell.items() if k != "id"}, sort_keys=True)
    return re.sub(r"0x[0-9a-f]{6,}", "0x", text)


@pytest.mark.parametrize("name", ["hugo-vargas", "quique-ortiz", "teresa-vega"])
def test_the_formgraders_button_gives_the_same_points(
    two_ways: tuple[Course, Course], name: str
) -> None:
    """What the button calls, in a server that goes on running, changes no row."""
    ours, _ = two_ways
    before = _grades(ours)
    result = ours.api().autograde("votes", name, force=True)
    assert result["success"], result
    assert _grades(ours) == before
    assert grade_one(ours, "votes", name).skipped, "what the button graded is graded"
