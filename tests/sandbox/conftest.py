"""The sandbox on each rung of its ladder, for root and for an ordinary user.

full      own files, processes and network, and all that follows
landlock  Landlock, refused calls, and all that follows
limits    refused calls, limits of memory, time, files; as root an account of its own
bare      the same without refused calls
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import course
from course.grader.sandbox import Means

WARM = Path(__file__).parent / "warm.py"
ENVIRONMENT = (sys.prefix, sys.base_prefix, str(Path(course.__file__).parent))
NOBODY = 65534
NEEDS = {"full": "namespaces", "landlock": "landlock", "limits": "seccomp", "bare": "limits"}


@dataclass
class Outcome:
    """What came of a piece of code: its `result`, or the error, or that it did not end."""

    result: Any = None
    error: str = ""
    trace: str = ""
    died: bool = False
    status: int = 0
    inner: int = 0
    sweep: float = 0.0


@dataclass
class Jail:
    """A warm process with one rung of the sandbox and one account, and the world around it."""

    process: subprocess.Popen[str]
    means: Means
    outside: Path
    uid: int
    read_only: tuple[str, ...] = ENVIRONMENT
    hidden: tuple[str, ...] = ()
    given: dict[str, Any] = field(default_factory=dict)

    def run(self, code: str, *, seconds: float = 20, beside: str = "", **limits: int) -> Outcome:
        """Run code in a new sandbox, `beside` in another that was there first."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        request = self.request(code, seconds=seconds, **limits) | {"beside": beside}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "broken" not in answer, answer["broken"]
        return Outcome(**answer)

    def request(self, code: str, *, seconds: float = 20, **limits: int) -> dict[str, Any]:
        """Return what the warm process has to be told to run code."""
        scratch = "/tmp/scratch" if self.means.namespaces else self.outside / uuid.uuid4().hex
        return {
            "code": code,
            "beside": "",
            "given": self.given,
            "read_only": self.read_only,
            "hidden": self.hidden,
            "scratch": str(scratch),
            "limits": limits,
            "seconds": seconds,
        }

    def result(self, code: str, **options: Any) -> Any:
        """Run code that has to succeed and return its `result`."""
        outcome = self.run(code, **options)
        assert not outcome.error, outcome.trace
        assert not outcome.died, f"it ended with {outcome.status}"
        return outcome.result

    def place(self, name: str, text: str) -> str:
        """Write a file of the same account outside, for all to read, and return its path."""
        path = self.outside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        for one in (path, path.parent):
            os.chmod(one, 0o777 if one.is_dir() else 0o644)
            if os.geteuid() == 0:
                os.chown(one, self.uid, self.uid)
        return str(path)


def launch(rung: str, account: str, outside: Path) -> subprocess.Popen[str]:
    """Start a warm process without waiting for it."""
    environment = {name: value for name, value in os.environ.items() if name != "BACKYARD_SANDBOX"}
    if rung != "full":
        environment["BACKYARD_SANDBOX"] = rung
    # Without Landlock root grades only where students' code can reach Python without its rights.
    asked = {
        "nobody": _becomes_nobody(account),
        "open": rung in ("limits", "bare") and os.geteuid() == 0,
        "paths": ENVIRONMENT,
    }
    return subprocess.Popen(
        [sys.executable, "-P", str(WARM), json.dumps(asked)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**environment, "MPLCONFIGDIR": str(outside)},
        cwd="/",
    )


def ready(process: subprocess.Popen[str], account: str, outside: Path) -> Jail:
    """Wait until a warm process is ready."""
    assert process.stdout is not None
    means = Means.from_json(process.stdout.readline())
    return Jail(process, means, outside, NOBODY if _becomes_nobody(account) else os.getuid())


def _becomes_nobody(account: str) -> bool:
    return account == "user" and os.geteuid() == 0


@pytest.fixture(scope="session")
def open_jail() -> Iterator[Callable[[str, str], Jail]]:
    """A function that returns the warm process of a rung and an account."""
    # Not below pytest's own folder, which another account cannot enter.
    outside = Path(tempfile.mkdtemp(prefix="sandbox-tests-"))
    outside.chmod(0o777)
    accounts = ["root", "user"] if os.geteuid() == 0 else ["user"]
    started = {(rung, who): launch(rung, who, outside) for rung in NEEDS for who in accounts}
    found: dict[tuple[str, str], Jail] = {}

    def get(rung: str, account: str) -> Jail:
        if (rung, account) not in started:
            pytest.skip("the tests do not run as root")
        if (rung, account) not in found:
            found[rung, account] = ready(started[rung, account], account, outside)
        jail = found[rung, account]
        if not getattr(jail.means, NEEDS[rung]):
            pytest.skip(f"this machine lacks it: {jail.means.reasons}")
        return jail

    yield get
    for process in started.values():
        assert process.stdin is not None
        process.stdin.close()
    for process in started.values():
        end(process)
    shutil.rmtree(outside)


def end(process: subprocess.Popen[str]) -> None:
    """End a warm process."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


@pytest.fixture(params=["root", "user"])
def account(request: pytest.FixtureRequest) -> str:
    """Who grades."""
    return str(request.param)


def _fresh(jail: Jail) -> Jail:
    jail.read_only, jail.hidden, jail.given = ENVIRONMENT, (), {}
    return jail


@pytest.fixture
def full(open_jail: Callable[[str, str], Jail], account: str) -> Jail:
    """The complete sandbox."""
    return _fresh(open_jail("full", account))


@pytest.fixture(params=["full", "landlock"])
def walled(request: pytest.FixtureRequest, open_jail: Callable[..., Jail], account: str) -> Jail:
    """A sandbox with a wall round the files."""
    return _fresh(open_jail(request.param, account))


@pytest.fixture(params=["full", "landlock", "limits"])
def filtered(request: pytest.FixtureRequest, open_jail: Callable[..., Jail], account: str) -> Jail:
    """A sandbox in which calls are refused."""
    return _fresh(open_jail(request.param, account))


@pytest.fixture(params=list(NEEDS))
def every(request: pytest.FixtureRequest, open_jail: Callable[..., Jail], account: str) -> Jail:
    """The sandbox on each rung."""
    return _fresh(open_jail(request.param, account))
