"""A task has a time limit from outside: its worker is ended and replaced, and the others go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import psutil
import pytest
from nbgrader.preprocessors import NbGraderPreprocessor

from course.grader.run import autograde
from course.grader.run.autograde import grade_class
from course.grader.run.pool import local_executor
from course.grader.run.task import seconds_allowed
from course.grader.run.warm import warm_process
from course.grader.run.zygote import Zygote
from tests.smallclass import make_small_class

SETTINGS = """
from tests.grading.test_pool import Stuck
c.Autograde.sanitize_preprocessors = [Stuck, *c.Autograde.sanitize_preprocessors]
c.Sandbox.total_seconds = 60
"""


class Stuck(NbGraderPreprocessor):
    """A step that never comes back for one student, and dies for another."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Hang, die, or do nothing."""
        if resources["nbgrader"]["student"] == "elena-torres":
            hang()
        if resources["nbgrader"]["student"] == "luis-campos":
            os.kill(os.getpid(), signal.SIGKILL)
        return nb, resources


def hang() -> None:
    """Never end, and hear no signal that can be ignored."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT, signal.SIGALRM})
    while True:
        time.sleep(60)


def hang_with_runner(told: str) -> None:
    """Never end, with a student's process that runs on; write its number down."""
    child = warm_process().spawn_child("judge")
    Path(told).write_text(str(child.pid), encoding="utf-8")
    hang()


def rest(seconds: float) -> float:
    """Take so long."""
    time.sleep(seconds)
    return seconds


def die() -> None:
    """End the worker."""
    os.kill(os.getpid(), signal.SIGKILL)


def make_folder() -> str:
    """Leave a temporary folder behind, as a task that is killed does."""
    import tempfile

    return tempfile.mkdtemp()


def test_a_task_that_takes_too_long_is_ended_and_the_others_go_on(tmp_path: Path) -> None:
    """Its neighbour of the same moment is not disturbed, and a new worker takes the next ones."""
    with local_executor(2, tmp_path / "log", warm=False, seconds=4) as pool:
        stuck = pool.submit(hang)
        beside = pool.submit(rest, 2.0)
        after = [pool.submit(rest, 0.0) for _ in range(4)]
        assert beside.result(60) == 2.0
        with pytest.raises(TimeoutError):
            stuck.result(60)
        assert [one.result(60) for one in after] == [0.0] * 4


def test_a_worker_that_dies_loses_only_its_task(tmp_path: Path) -> None:
    """The task beside it and the ones after it give their results."""
    with local_executor(2, tmp_path / "log", warm=False) as pool:
        dead = pool.submit(die)
        beside = pool.submit(rest, 1.0)
        with pytest.raises(OSError, match="Abnormal termination"):
            dead.result(60)
        assert beside.result(60) == 1.0
        assert pool.submit(rest, 0.0).result(60) == 0.0


def test_what_a_task_had_started_ends_with_it(tmp_path: Path) -> None:
    """The warm process ends the student's process of a worker that was killed."""
    told = tmp_path / "pid"
    with local_executor(1, tmp_path / "log", seconds=5) as pool:
        with pytest.raises(TimeoutError):
            pool.submit(hang_with_runner, str(told)).result(60)
        pid = int(told.read_text(encoding="utf-8"))
        end = time.monotonic() + 10
        while psutil.pid_exists(pid):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert pool.submit(rest, 0.0).result(60) == 0.0, "and the warm process serves the next"


def test_a_request_that_breaks_off_does_not_hold_the_warm_process(zygote: Zygote) -> None:
    """A worker that is killed while it asks for something leaves half a line behind."""
    broken = Zygote(zygote.address)
    broken._sock.sendall(b'{"do": "he')
    broken._sock.close()
    assert all(zygote.is_alive() for _ in range(3)), "more than the one that came in first"


def test_no_file_of_a_worker_stays(tmp_path: Path) -> None:
    """What workers put into temporary folders, the questions with their keys, goes with them."""
    with local_executor(1, tmp_path / "log", warm=False) as pool:
        folder = pool.submit(make_folder).result(60)
        assert os.path.isdir(folder)
    assert not os.path.exists(folder)
    assert not os.path.exists(os.path.dirname(folder))


def test_a_class_goes_on_past_what_hangs_or_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who took too long is named so, whose worker died is named so, the others have their points.

    What is stuck here is a step outside of the session that runs the cells.
    """
    course = make_small_class(tmp_path / "course", graded=False, settings=SETTINGS)
    monkeypatch.setattr(autograde, "GRACE", 10.0 - seconds_allowed(course.config))
    faults = {o.student: o.fault for o in grade_class(course, "votes", jobs=2)}
    assert faults["ana-quispe"] is None
    assert faults["nestor-leon"] is None
    assert "time for the whole submission was used up" in str(faults["elena-torres"])
    assert "10 seconds" in str(faults["elena-torres"])
    assert "the grading process ended while it graded this" in str(faults["luis-campos"])


def test_workers_of_a_pool_are_an_executor(tmp_path: Path) -> None:
    """Whatever takes an executor can be given them."""
    with local_executor(1, tmp_path / "log", warm=False) as pool:
        assert isinstance(pool, Executor)
        assert list(pool.map(rest, [0.0, 0.1])) == [0.0, 0.1]


@pytest.mark.parametrize("key", ["", "forkserver._forkserver._forkserver_authkey = b''"])
def test_workers_start_with_any_python(tmp_path: Path, key: str) -> None:
    """They are forks of the command; where Python starts their server in another way, of that."""
    program = f"""
import os, psutil
from multiprocessing import forkserver
from pathlib import Path
from course.grader.run.pool import local_executor, start_early
{key}
start_early(Path("log"))
with local_executor(1, Path("log")) as pool:
    worker = pool.submit(os.getpid).result()
    print(psutil.Process(worker).parent().cmdline() == psutil.Process().cmdline())
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == [str(not key)], done.stderr
