"""The page on learning management systems shows what the commands print."""

from __future__ import annotations

from pathlib import Path

import nbformat

from course.desk.simulated.students import do_the_work, load_cases
from course.grader.coursedir import Course
from tests.docsblocks import check_blocks
from tests.lms.conftest import archive, work
from tests.notebooks import ROOT


def done_by(student: str, folder: Path) -> bytes:
    """Return the notebook of a student of the simulated class."""
    (case,) = (case for case in load_cases(ROOT, "votes") if case.student == student)
    folder.mkdir(parents=True)
    (folder / "votes.ipynb").write_bytes(work())
    do_the_work(case, nbformat.read(ROOT / "source/votes/votes.ipynb", as_version=4), folder)
    return (folder / "votes.ipynb").read_bytes()


def test_the_page_shows_what_is_printed(course: Course, tmp_path: Path) -> None:
    """Collecting from both, grading and exporting, block by block in one course."""
    root = course.root
    with course.gradebook() as gradebook:
        gradebook.add_student(
            "nora-soto", first_name="Nora", last_name="Soto", email="nora@uni.example"
        )
    archive(
        root / "submissions.zip",
        {
            "quispeana_LATE_101_9001_votes-1.ipynb": done_by("ana-quispe", tmp_path / "ana"),
            "quispeana_LATE_101_9002_answers.json": b'{"format": 1, "answers": {}}',
            "núñezsáenzbeatriz_102_9003_votes.ipynb": done_by("elena-torres", tmp_path / "bea"),
            "pérezjosé_103_9004_votes.ipynb": work("jose"),
            "pérezjosé_777_9005_votes.ipynb": work("jose 2"),
            "campuslius_778_9006_votes.ipynb": work("luis"),
        },
    )
    archive(
        root / "moodle.zip",
        {"Pat O'Brien-Lee_504_assignsubmission_file_/votes.ipynb": work("pat")},
    )
    (root / "worksheet.csv").write_text(
        "Identifier,Full name,Email address,Last modified (submission)\n"
        'Participant 504,Pat O\'Brien-Lee,pat@uni.example,"Monday, 4 May 2026, 9:30 AM UTC"\n',
        encoding="utf-8",
    )
    (root / "gradebook.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Votes (4711)\n"
        "    Points Possible,,,,,30\n"
        '"Quispe, Ana",101,s-17,aquispe,Section 1,\n'
        '"Núñez Sáenz, Beatriz",102,s-18,bnunez,Section 2,\n',
        encoding="utf-8",
    )
    assert check_blocks(ROOT / "docs" / "lms.md", root) == 12
