"""Runs a command in a session of its own and tells what is left of it afterwards.

    python -m tests.hostile_tools.supervise RESULT SECONDS COMMAND ...

Every process that loses its parent becomes a child of this one (Linux: "child subreaper"), also
one that left its session, so that what the command left running is found and ended, and nothing
else is.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

__all__ = ["Supervised", "supervise"]

_SET_CHILD_SUBREAPER = 36
# How long processes that are already ending may take.
GRACE_SECONDS = 10.0


@dataclass(frozen=True)
class Supervised:
    """What became of a command.

    Attributes:
        code: its exit code, or None when it was stopped after its time.
        seconds: how long it ran.
        left: a line for each process that it left running: "PID NAME COMMAND LINE".
    """

    code: int | None
    seconds: float
    left: list[str]


def main(result: str, seconds: str, *command: str) -> None:
    """Run the command and write a Supervised into the file `result`, as JSON."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    began = time.monotonic()
    child = subprocess.Popen(command, start_new_session=True)
    code = _wait(child.pid, began + float(seconds))
    taken = time.monotonic() - began
    if code is None:
        left: list[str] = []
    else:
        left = _left_after(GRACE_SECONDS)
    _end_all()
    Path(result).write_text(json.dumps(asdict(Supervised(code, taken, left))), "utf-8")


def _wait(pid: int, until: float) -> int | None:
    """Wait for a child; return its exit code, or None after the time."""
    while time.monotonic() < until:
        while True:
            with contextlib.suppress(ChildProcessError):
                done, status = os.waitpid(-1, os.WNOHANG)
                if done == pid:
                    return os.waitstatus_to_exitcode(status)
                if done:
                    continue
            break
        time.sleep(0.1)
    return None


def _left_after(seconds: float) -> list[str]:
    """Return what still runs after some seconds, at once when nothing does."""
    until = time.monotonic() + seconds
    while (left := [line for pid in _descendants() if (line := _describe(pid))]) and (
        time.monotonic() < until
    ):
        _reap()
        time.sleep(0.1)
    return left


def _reap() -> None:
    """Take the exit codes of children that ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _end_all() -> None:
    """End every descendant, also those that it starts meanwhile."""
    for _ in range(50):
        running = [pid for pid in _descendants() if _describe(pid)]
        if not running:
            return
        for pid in running:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
        _reap()


def _descendants() -> list[int]:
    """Return the ids of all processes that descend from this one."""
    parents: dict[int, list[int]] = {}
    for entry in os.listdir("/proc") if sys.platform == "linux" else ():
        if entry.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                stat = Path(f"/proc/{entry}/stat").read_text("utf-8", "replace")
                parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry))
    found, todo = [], [os.getpid()]
    while todo:
        children = parents.get(todo.pop(), [])
        found += children
        todo += children
    return found


def _describe(pid: int) -> str:
    """Return a line on a process, or "" when it has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
    except OSError:
        return ""
    name, _, rest = stat.partition("(")[2].rpartition(")")
    if rest.split()[0] in "ZX":
        return ""
    return f"{pid} {name} {words.decode('utf-8', 'replace')[:200]}"


def supervise(
    command: list[str], *, seconds: float, cwd: Path, env: dict[str, str], scratch: Path
) -> Supervised:
    """Run a command through this module in a process of its own.

    Args:
        command: what to run.
        seconds: after this time it is stopped with all that it started.
        cwd: its working directory.
        env: its environment.
        scratch: a folder for the result and for what it prints (supervised.log).
    """
    result = scratch / "supervised.json"
    result.unlink(missing_ok=True)
    whole = [sys.executable, "-m", __name__, str(result), str(seconds), *command]
    with (scratch / "supervised.log").open("ab") as log:
        subprocess.run(
            whole,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            timeout=seconds + 60,
            check=False,
        )
    if not result.is_file():
        return Supervised(None, seconds, ["the supervisor itself was ended"])
    content: dict[str, Any] = json.loads(result.read_text("utf-8"))
    return Supervised(**content)


if __name__ == "__main__":
    main(*sys.argv[1:])
