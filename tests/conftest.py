"""What several test files share: a copy of the course, and one run of the whole class."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from course.demo import run_demo
from course.grading.coursedir import Course
from tests.docsblocks import SETTINGS
from tests.notebooks import ROOT


@dataclass(frozen=True)
class ClassRun:
    """One run of `course demo`: its course folder, exit code and what it printed."""

    folder: Path
    code: int
    printed: str


@pytest.fixture(scope="session")
def class_run(tmp_path_factory: pytest.TempPathFactory) -> ClassRun:
    """The whole simulated class, taken once through release, submission, grading and feedback."""
    folder = tmp_path_factory.mktemp("class") / "demo"
    printed = io.StringIO()
    console = Console(file=printed, width=200, force_terminal=False)
    code = run_demo(ROOT, folder, jobs=2, console=console)
    return ClassRun(folder, code, printed.getvalue())


@pytest.fixture
def course_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course of its own, with nothing released yet; the working directory is in it."""
    folder = tmp_path / "course"
    folder.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "source", folder / "source")
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(folder)
    return Course(folder)


@pytest.fixture(autouse=True)
def no_figure_left() -> Iterator[None]:
    """Close what a test drew with pyplot: its current figure is shared by all tests."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
