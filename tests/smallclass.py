"""A small class that tests share: some of the simulated students, handed in, graded or not."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest
from filelock import FileLock

from course.desk import steps
from course.desk.simulated.students import do_the_work, load_cases
from course.grader.coursedir import CONFIG_NAME, Course
from course.grader.run.autograde import grade_class
from tests.docsblocks import SETTINGS
from tests.notebooks import ROOT

__all__ = [
    "STUDENTS",
    "edit_source",
    "hand_in",
    "keep_questions",
    "make_small_class",
    "share_classes",
    "snapshot",
]

# Everything right; another whole; stops half way; answers in the panels only.
STUDENTS = ("ana-quispe", "elena-torres", "luis-campos", "nestor-leon")
STAMP = "2025-05-04 12:00:00.000000 UTC"


def make_small_class(
    folder: Path, students: Sequence[str] = STUDENTS, *, graded: bool = True, settings: str = ""
) -> Course:
    """Make a course with a few submissions of `votes`.

    Args:
        folder: where to; must not exist.
        students: which of the simulated students.
        graded: whether they are graded, too.
        settings: what to write below the settings of nbgrader_config.py.
    """
    made = _known.place / sha256(repr((tuple(students), graded, settings)).encode()).hexdigest()
    with FileLock(f"{made}.lock"):
        if not made.is_dir():
            half = made.with_suffix(".half")
            with pytest.MonkeyPatch.context() as patch:
                for name in SETTINGS:
                    patch.delenv(name, raising=False)
                _make_class(half, students, graded, settings)
            half.rename(made)
    return Course(shutil.copytree(made, folder))


@dataclass
class _Known:
    """Where classes are kept that were made already; see tests/conftest.py."""

    place: Path


_known = _Known(Path())


def share_classes(place: Path) -> None:
    """Make each class once for all tests that ask for it, in whichever process: in this folder."""
    _known.place = place


def _make_class(folder: Path, students: Sequence[str], graded: bool, settings: str) -> None:
    folder.mkdir(parents=True)
    text = (ROOT / CONFIG_NAME).read_text("utf-8")
    (folder / CONFIG_NAME).write_text(f"{text}\n{settings}\n", "utf-8")
    shutil.copytree(ROOT / "source" / "votes", folder / "source" / "votes")
    course = Course(folder)
    steps.generate_assignment(course, "votes")
    for student in students:
        hand_in(course, student)
    if graded:
        outcomes = list(grade_class(course, "votes", jobs=2))
        assert [o.fault for o in outcomes] == [None] * len(students)


def hand_in(course: Course, student: str, stamp: str = STAMP) -> Path:
    """Put a simulated student's work into submitted/; return its folder."""
    (case,) = (case for case in load_cases(ROOT, "votes") if case.student == student)
    desk = course.folder("submitted", student, "votes")
    desk.mkdir(parents=True)
    shutil.copy(course.root / "release/votes/votes.ipynb", desk)
    do_the_work(case, nbformat.read(ROOT / "source/votes/votes.ipynb", as_version=4), desk)
    (desk / "timestamp.txt").write_text(stamp, encoding="utf-8")
    return desk


def keep_questions(course: Course, *questions: str) -> None:
    """Take all but some questions out of source/votes: these are graded in a second."""
    path = course.root / "source/votes/votes.ipynb"
    notebook = nbformat.read(path, as_version=4)
    kept = {"votes-setup", *questions, *(f"{question}-answer" for question in questions)}
    notebook.cells = [
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") in kept
    ]
    nbformat.write(notebook, path)


def edit_source(course: Course, cell: str, old: str, new: str) -> None:
    """Replace a text in one cell of source/votes."""
    path = course.root / "source/votes/votes.ipynb"
    notebook = nbformat.read(path, as_version=4)
    (found,) = (c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == cell)
    assert old in found.source
    found.source = found.source.replace(old, new)
    nbformat.write(notebook, path)


def snapshot(course: Course, *places: str) -> dict[str, bytes]:
    """Return the content of each file of a course, or of some places in it; the log left out."""
    found = {}
    for place in places or (".",):
        for path in sorted((course.root / place).rglob("*")):
            if path.is_file() and path.suffix != ".log":
                found[str(path.relative_to(course.root))] = path.read_bytes()
    return found
