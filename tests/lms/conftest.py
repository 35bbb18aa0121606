"""A course with a roster, and downloads as Canvas and Moodle make them."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from course.desk import steps
from course.grader.coursedir import Course
from tests.notebooks import ROOT

ROSTER = (  # id, first name, last name, e-mail, number in the LMS
    ("ana-quispe", "Ana", "Quispe", "ana.quispe@uni.example", "101"),
    ("bea-nunez", "Beatriz", "Núñez Sáenz", "bea@uni.example", "102"),
    ("jose-1", "José", "Pérez", "jose1@uni.example", "103"),
    ("jose-2", "José", "Pérez", "jose2@uni.example", "104"),
    ("pat", "Pat", "O'Brien-Lee", "pat@uni.example", ""),
    ("luis-campos", "Luis", "Campos", "luis@uni.example", ""),
)

Collect = Callable[..., str]


@pytest.fixture(scope="session")
def rostered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with the votes assignment and a roster; to be copied."""
    root = tmp_path_factory.mktemp("lms") / "course"
    root.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "source" / "votes", root / "source" / "votes")
    course = Course(root)
    steps.generate_assignment(course, "votes")
    with course.gradebook() as gradebook:
        for student, first, last, email, number in ROSTER:
            gradebook.add_student(
                student, first_name=first, last_name=last, email=email, lms_user_id=number or None
            )
    return root


@pytest.fixture
def course(rostered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A fresh copy of that course; the working directory is in it."""
    root = tmp_path / "course"
    shutil.copytree(rostered, root)
    for name in ("BACKYARD_EXCHANGE", "BACKYARD_DB", "BACKYARD_COURSE_ID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(root)
    return Course(root)


def work(text: str = "mine") -> bytes:
    """Return a notebook of the votes assignment that holds a text."""
    content = json.loads((ROOT / "release" / "votes" / "votes.ipynb").read_text("utf-8"))
    content["metadata"]["mine"] = text
    return json.dumps(content).encode()


def archive(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a ZIP file."""
    with zipfile.ZipFile(path, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path
