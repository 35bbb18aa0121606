"""What several test files share: a copy of the course, and one run of the whole class."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbgrader.api
import pytest
from filelock import FileLock
from sqlalchemy import Engine, event

from course import scoring
from course.desk.commands.demo import run_demo
from course.desk.screen import console
from course.grader.coursedir import Course
from course.grader.run import pool, zygote
from course.grader.run.zygote import Launched
from tests.docsblocks import SETTINGS
from tests.notebooks import ROOT, fetch_files, run_all, source
from tests.smallclass import share_classes

# Files that take a minute or more begin first: at the end one process would run one of them alone,
# while the others had nothing left to do. Those that need the class's run begin apart.
FIRST = (
    "tests/grading/test_same_points.py",
    "tests/test_regrade.py",
    "tests/grading/test_resume.py",
    "tests/test_docs_instructor.py",
    "tests/browser",
    "tests/hub",
    "tests/test_hostile.py",
    "tests/test_classroom.py",
    "tests/ordinary/test_ordinary.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first; else the order stays."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT).as_posix()
        return next((i for i, name in enumerate(FIRST) if path.startswith(name)), len(FIRST))

    items.sort(key=place)


@dataclass(frozen=True)
class ClassRun:
    """One run of `course demo`: its course folder, exit code and what it printed."""

    folder: Path
    code: int
    printed: str


@pytest.fixture(scope="session")
def class_run(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> ClassRun:
    """The whole simulated class, taken once through release, submission, grading and feedback.

    Where tests run in several processes, these share one run: the first makes it, others wait.
    """
    place = _find_shared_folder(tmp_path_factory, request)
    outcome = place / "class.json"
    with FileLock(place / "class.lock"):
        if not outcome.is_file():
            code, printed = _run_class(place / "class")
            outcome.write_text(json.dumps([code, printed]), encoding="utf-8")
    code, printed = json.loads(outcome.read_text(encoding="utf-8"))
    return ClassRun(place / "class", code, printed)


def _find_shared_folder(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Path:
    """Return the folder that all processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    together = hasattr(request.config, "workerinput")  # one of pytest-xdist's processes
    return base.parent if together else base


@pytest.fixture(scope="session", autouse=True)
def small_classes(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    """Let `make_small_class` make each class once."""
    share_classes(_find_shared_folder(tmp_path_factory, request))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The wheel of the package, made once for all processes."""
    place = _find_shared_folder(tmp_path_factory, request) / "wheel"
    with FileLock(f"{place}.lock"):
        if not any(place.glob("*.whl")):
            pip: list[Any] = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
            subprocess.run([*pip, "-w", place, ROOT], check=True, capture_output=True, timeout=300)
    (made,) = place.glob("*.whl")
    return made


def _run_class(folder: Path) -> tuple[int, str]:
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed):
        patch.setattr(console, "_width", 200)
        return run_demo(ROOT, folder, jobs=2), printed.getvalue()


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


@pytest.fixture(scope="session", autouse=True)
def alembic_asked_once() -> Iterator[None]:
    """Let nbgrader ask for the version of its tables once: it starts a program for each gradebook.

    The program needs two seconds of a processor, and the suite makes hundreds of gradebooks.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nbgrader.api, "get_alembic_version", cache(nbgrader.api.get_alembic_version))
        yield


launch_alone = zygote.launch_zygote  # for who counts what a warm process has forked


class _StaysWarm(Launched):
    """A warm process that outlives the run which asked for it."""

    def end(self) -> None:
        """Leave it to the next run: what the last one started ended with its connection."""


@pytest.fixture(scope="session", autouse=True)
def warm_processes_stay() -> Iterator[None]:
    """Let all runs of grading fork from one warm process: to start one takes seconds.

    Each environment has its own, as it decides on the rung of the sandbox. One that ended is
    started again.
    """
    running: dict[tuple[tuple[str, str], ...], _StaysWarm] = {}

    def share() -> Launched:
        key = tuple(sorted(zygote.clean_environment().items()))
        if key not in running or running[key].process.poll() is not None:
            made = launch_alone()
            running[key] = _StaysWarm(made.process, made.address)
        return running[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zygote, "launch_zygote", share)
        patch.setattr(pool, "launch_zygote", share)
        yield
    for one in running.values():
        Launched.end(one)


@pytest.fixture(scope="session", autouse=True)
def no_wait_for_the_disk() -> Iterator[None]:
    """Let nothing wait until the disk has what was written: no test cuts the power.

    What has to be asked for, and in which order, some tests look at by functions of their own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        event.listen(Engine, "connect", _trust_memory)
        yield
        event.remove(Engine, "connect", _trust_memory)


def _trust_memory(connection: Any, record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(autouse=True)
def no_figure_left() -> Iterator[None]:
    """Close what a test drew with pyplot: its current figure is shared by all tests."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture(autouse=True)
def no_run_of_nbgrader_left() -> Iterator[None]:
    """Take away by what nbgrader, run in this process, tells widgets that they are being graded."""
    yield
    os.environ.pop("NBGRADER_EXECUTION", None)


Keys = dict[tuple[str, str], tuple[Any, tuple[Any, ...], dict[str, Any]]]
"""By question and part: the kind, what was given as the key, and the options."""


class Recorder(scoring.Question):
    """A question that remembers its keys."""

    found: Keys

    def key(self, name: str, *key: Any, **options: Any) -> None:
        """Remember a key and set it."""
        self.found[self.name, name] = (self._parts[name].kind, key, options)
        super().key(name, *key, **options)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Every key of every notebook, by question and part: its kind, its arguments, its options."""
    found: Keys = {}
    recorder = type("Recording", (Recorder,), {"found": found})
    for folder in sorted((ROOT / "source").glob("*/*.ipynb")):
        names: dict[str, Any] = {"__name__": "__main__"}
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(fetch_files(folder.stem, tmp_path_factory.mktemp("desk")))
            patch.setattr("course.scoring.checkcell.Question", recorder)
            run_all(source(folder.stem), names)
        for question, part in found:
            found[question, part][2].setdefault("right", names.get(part))
    return found
