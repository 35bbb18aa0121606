"""A class graded on other machines: a real scheduler, two workers that share no folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.classroom import make_class, points
from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.run import pool
from course.grader.run.autograde import grade_class

pytestmark = pytest.mark.long

DASK = str(Path(sys.executable).parent / "dask")
SIZE = 4


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A small class that has handed in."""
    return make_class(tmp_path_factory.mktemp("cluster") / "course", SIZE)


@pytest.fixture(scope="module")
def scheduler(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, each in a folder of its own.

    Where the machine allows it, the course folder is covered for them: another machine has none.
    """
    folder = tmp_path_factory.mktemp("machines")
    file = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    plain = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    running = [subprocess.Popen([DASK, "scheduler", *plain], cwd=folder, **quiet)]  # type: ignore[call-overload]
    try:
        _wait(file.is_file)
        address = _address(file)
        for name in ("one", "two"):
            place = folder / name
            place.mkdir()
            command = [DASK, "worker", address, "--nthreads", "1", "--no-dashboard", "--name", name]
            command += ["--local-directory", str(place), "--host", "127.0.0.1"]
            running.append(
                subprocess.Popen(_without(course.root, command), cwd=place, **quiet)  # type: ignore[call-overload]
            )
        _wait(lambda: _workers(address) == 2)
        yield address
    finally:
        for process in reversed(running):
            process.kill()
        for process in running:
            process.wait(timeout=20)


def _without(folder: Path, command: list[str]) -> list[str]:
    """Return a command that runs where `folder` is empty, if this machine can do that."""
    own = [] if os.getuid() == 0 else ["--map-root-user"]
    trial = ["unshare", "--mount", *own, "mount", "-t", "tmpfs", "none", str(folder)]
    if shutil.which("unshare") is None or subprocess.run(trial, capture_output=True).returncode:
        return command
    line = 'mount -t tmpfs none "$0" && exec "$@"'
    return ["unshare", "--mount", *own, "sh", "-c", line, str(folder), *command]


def _address(file: Path) -> str:
    import json

    return str(json.loads(file.read_text())["address"])


def _workers(address: str) -> int:
    from distributed import Client

    with Client(address, timeout="5s", set_as_default=False) as client:
        return len(client.scheduler_info()["workers"])


def _wait(ready: object) -> None:
    assert callable(ready)
    end = time.monotonic() + 40
    while not ready():
        assert time.monotonic() < end, "the scheduler or a worker did not start"
        time.sleep(0.2)


def test_workers_that_share_no_folder_grade_the_class(course: Course, scheduler: str) -> None:
    """Both workers take part, and the points are those of local grading."""
    outcomes = list(grade_class(course, "votes", scheduler=scheduler))
    assert [outcome.fault for outcome in outcomes] == [None] * SIZE
    there = points(course)
    assert len(there) == SIZE
    list(grade_class(course, "votes", force=True, jobs=2))
    assert points(course) == there


def test_a_class_graded_elsewhere_is_not_graded_again(course: Course, scheduler: str) -> None:
    """Where it was graded makes no difference to what is done already."""
    list(grade_class(course, "votes", scheduler=scheduler))
    assert all(outcome.skipped for outcome in grade_class(course, "votes"))


def test_a_scheduler_that_does_not_answer_is_named(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says which address, and how to start one."""
    monkeypatch.setattr(pool, "ANSWER_SECONDS", 1.0)
    with pytest.raises(CourseError, match=r"dask scheduler") as error:
        list(grade_class(course, "votes", force=True, scheduler="tcp://127.0.0.1:9"))
    assert "tcp://127.0.0.1:9" in str(error.value)
