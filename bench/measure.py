"""Runs a command and measures its time, and work and memory of all its processes together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["Measured", "course_command", "run"]


@dataclass(frozen=True)
class Measured:
    """What a command used."""

    seconds: float  # on the clock
    worked: float  # seconds of the processor, of all its processes
    memory: int  # bytes at its worst


def course_command(*words: str) -> list[str]:
    """Return a command of this environment, e.g. `course_command("nbgrader", "autograde")`."""
    return [str(Path(sys.executable).parent / words[0]), *words[1:]]


def run(command: list[str], folder: Path, log: Path) -> Measured:
    """Run a command to its end.

    Memory counts what the processes do not share in full and what they share once (PSS). On Linux
    the work of processes that outlive the command is counted, too.

    Raises:
        RuntimeError: it failed; the log's end is in the message.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    _adopt_orphans()
    before = _count_work()
    with log.open("ab") as out:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=out, env={**os.environ, "PATH": path}
        )
        most = _Most(process.pid)
        code = process.wait()
        seconds = time.perf_counter() - begin
        most.stop()
    _wait_for_orphans()
    if code:
        end = log.read_text("utf-8", "replace")[-2000:]
        raise RuntimeError(f"{' '.join(command)} ended with code {code}:\n{end}")
    return Measured(seconds, _count_work() - before, most.bytes)


def _adopt_orphans() -> None:
    """Let what a command leaves become a child of this process, so that its work is counted."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def _wait_for_orphans() -> None:
    """Wait for what a command left; it ends when it sees that the command has."""
    end = time.monotonic() + 20
    while time.monotonic() < end and psutil.Process().children():
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)
        time.sleep(0.01)


def _count_work() -> float:
    """Return the seconds that the processor worked for children of this process that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Most:
    """Looks once a second how much memory a process and its children use; keeps the most.

    A look takes some milliseconds for each process, which slows what is measured.
    """

    def __init__(self, pid: int) -> None:
        self.bytes = 0
        self._root = psutil.Process(pid)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop looking."""
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.wait(1.0):
            total = 0
            try:
                family = [self._root, *self._root.children(recursive=True)]
            except psutil.Error:
                continue
            for process in family:
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            self.bytes = max(self.bytes, total)
