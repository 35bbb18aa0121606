"""The pages on Canvas and Moodle, followed from start to finish with that system's files."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest

from course.desk.simulated.students import do_the_work, load_cases
from tests.docsblocks import check_blocks
from tests.lms.conftest import archive, work
from tests.notebooks import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project's folder as it is before the first command: settings and a source."""
    root = tmp_path / "course"
    root.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "source" / "votes", root / "source" / "votes")
    return root


def done_by(student: str, folder: Path) -> bytes:
    """Return the notebook of a student of the simulated class."""
    (case,) = (case for case in load_cases(ROOT, "votes") if case.student == student)
    folder.mkdir(parents=True)
    (folder / "votes.ipynb").write_bytes(work())
    do_the_work(case, nbformat.read(ROOT / "source/votes/votes.ipynb", as_version=4), folder)
    return (folder / "votes.ipynb").read_bytes()


def test_the_canvas_page_is_followed_from_start_to_finish(folder: Path, tmp_path: Path) -> None:
    """Canvas's gradebook, a download with a late upload and an unknown number, the grades."""
    (folder / "gradebook.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,votes (4711)\n"
        "    Points Possible,,,,,30\n"
        '"Quispe, Ana",101,s-17,ana-quispe,Section 1,\n'
        '"Núñez Sáenz, Beatriz",102,s-18,bea-nunez,Section 2,\n'
        '"Pérez, José",103,s-19,jose-perez,Section 2,\n',
        encoding="utf-8",
    )
    archive(
        folder / "submissions.zip",
        {
            "quispeana_LATE_101_9001_votes-1.ipynb": done_by("ana-quispe", tmp_path / "ana"),
            "quispeana_LATE_101_9002_answers.json": b'{"format": 1, "answers": {}}',
            "núñezsáenzbeatriz_102_9003_votes.ipynb": done_by("elena-torres", tmp_path / "bea"),
            "perezpepe_777_9004_votes.ipynb": work("jose"),
        },
    )
    assert check_blocks(ROOT / "docs" / "canvas.md", folder) == 9


def test_the_moodle_page_is_followed_from_start_to_finish(folder: Path, tmp_path: Path) -> None:
    """A class list, a download in folders with its worksheet, the grades."""
    (folder / "people.csv").write_text(
        "Username,First name,Last name,Email address\n"
        "ana-quispe,Ana,Quispe,ana@uni.example\n"
        "bea-nunez,Beatriz,Núñez Sáenz,bea@uni.example\n"
        "jose-perez,José,Pérez,jose@uni.example\n",
        encoding="utf-8",
    )
    (folder / "worksheet.csv").write_text(
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,"
        "Last modified (submission)\n"
        'Participant 501,Ana Quispe,ana@uni.example,Submitted,,30,"Monday, 5 May 2025, 9:30 AM"\n'
        "Participant 502,Beatriz Núñez Sáenz,bea@uni.example,Submitted,,30,"
        '"Monday, 5 May 2025, 11:05 PM"\n'
        "Participant 503,José Pérez,jose@uni.example,No submission,,30,-\n",
        encoding="utf-8",
    )
    archive(
        folder / "submissions.zip",
        {
            "Ana Quispe_501_assignsubmission_file_/votes.ipynb": done_by(
                "ana-quispe", tmp_path / "ana"
            ),
            "Beatriz Núñez Sáenz_502_assignsubmission_file_/votes.ipynb": done_by(
                "elena-torres", tmp_path / "bea"
            ),
        },
    )
    assert check_blocks(ROOT / "docs" / "moodle.md", folder) == 8
