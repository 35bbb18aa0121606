"""A warm process that forks the processes which run cells.

Starting Python and importing numpy, pandas, matplotlib and IPython takes about a second, running a
student's notebook a tenth of it. So one process, the zygote, does all that once, in a single thread
and without reading anything of a course; it then forks, for each submission, a *runner* (confined,
runs the student's cells) and a *judge* (runs the grade cells). Neither can leave anything behind
for the next one.

`Zygote` is the grading process's side. The other side, `python -m course.grading.zygote SOCKET`,
listens on a socket in a folder that only this user may enter, and ends when its standard input
does.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.grading import sandbox
from course.grading.sandbox import Means, View
from course.grading.wire import Channel

__all__ = ["Child", "Zygote", "ZygoteError", "clean_environment"]

START_SECONDS = 60.0
ANSWER_SECONDS = 30.0
SCRATCH = "/submission"


class ZygoteError(RuntimeError):
    """The warm process cannot be started, or no longer answers."""


@dataclass
class Child:
    """A forked process and the channel to it.

    Attributes:
        pid: its process id, as this process sees it; valid until `Zygote.end` was called.
        channel: the frames to and from it.
    """

    pid: int
    channel: Channel

    def interrupt(self) -> None:
        """Interrupt what it runs, as Ctrl-C does."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(self.pid, signal.SIGINT)


class Zygote:
    """The grading process's connection to a warm process.

    Args:
        address: the socket of one that runs already, e.g. one that a pool shares; None starts one.

    Attributes:
        missing: what the sandbox cannot protect on this machine, a sentence each; mostly empty.

    Raises:
        ZygoteError: it cannot be started.
    """

    def __init__(self, address: str | None = None) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: str | None = None
        self._lock = threading.Lock()
        self._owner = os.getpid()
        if address is None:
            address = self._start()
        self.address = address
        self._sock = self._connect(address)
        hello = self._ask({"do": "hello"})
        self.missing: tuple[str, ...] = tuple(hello["missing"])
        self._namespaces = bool(hello["namespaces"])

    def require(self, required: bool) -> None:
        """Raise when a complete sandbox is required and this machine has none.

        Raises:
            CourseError: naming what is not protected.
        """
        if required and self.missing:
            raise CourseError(
                where="c.Sandbox.required in nbgrader_config.py",
                expected="a sandbox that protects everything",
                found="not protected: " + "; ".join(self.missing),
                todo="run `course doctor`, which says how to mend it; or set it to False",
            )

    @contextlib.contextmanager
    def view(self, read_only: tuple[str, ...], hidden: tuple[str, ...]) -> Iterator[View]:
        """Give the view of the file system for one submission, with a scratch folder of its own.

        Args:
            read_only: paths that its cells may read.
            hidden: files in these that they may not.
        """
        if self._namespaces:  # then the folder exists in the sandbox only
            yield View(read_only, hidden, SCRATCH)
            return
        folder = tempfile.mkdtemp(prefix="backyard-submission-")
        try:
            yield View(read_only, hidden, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def spawn(self, kind: str, **options: Any) -> Child:
        """Fork a process.

        Args:
            kind: "runner" or "judge".
            options: what it needs to know, as JSON.

        Raises:
            ZygoteError: the warm process does not answer.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            try:
                answer = self._ask({"do": "spawn", "kind": kind, "options": options}, theirs)
            except ZygoteError:
                ours.close()
                raise
        return Child(int(answer["pid"]), Channel(ours))

    def end(self, child: Child) -> dict[str, float]:
        """Kill a process and all that it started; return what it used.

        Returns:
            "cpu" (seconds) and "memory" (bytes, the most at one time).
        """
        child.channel.close()
        return self._ask({"do": "end", "pid": child.pid})

    def alive(self) -> bool:
        """Tell whether the warm process still answers."""
        if self._owner != os.getpid():  # a fork of the grading process shares no connection
            return False
        try:
            return bool(self._ask({"do": "hello"})["hello"])
        except ZygoteError:
            return False

    def close(self) -> None:
        """End the connection, and the warm process if this one started it."""
        self._sock.close()
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> str:
        """Start a warm process and return its address once it listens."""
        self._folder = tempfile.mkdtemp(prefix="backyard-")
        address = os.path.join(self._folder, "zygote")
        command = [sys.executable, "-s", "-P", "-m", "course.grading.zygote", address]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None,
            env=clean_environment(),
            cwd="/",
            start_new_session=True,
        )
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], START_SECONDS)
        line = self._process.stdout.readline() if ready else b""
        self._process.stdout.close()
        if line.strip() != b"ready":
            self._process.kill()
            raise ZygoteError(
                "the process that runs students' cells could not be started; see nbgrader.log, "
                "and try: course doctor"
            )
        return address

    def _connect(self, address: str) -> socket.socket:
        """Connect to a warm process."""
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.settimeout(ANSWER_SECONDS)
        try:
            sock.connect(address)
        except OSError as error:
            sock.close()
            raise ZygoteError(f"the warm process does not answer: {error}") from error
        return sock

    def _ask(self, request: dict[str, Any], passed: socket.socket | None = None) -> dict[str, Any]:
        """Send a request and return the answer."""
        text = json.dumps(request).encode() + b"\n"
        with self._lock:
            try:
                if passed is None:
                    self._sock.sendall(text)
                else:
                    sent = socket.send_fds(self._sock, [text], [passed.fileno()])
                    self._sock.sendall(text[sent:])
                answer = _read_line(self._sock)
            except OSError as error:
                raise ZygoteError(f"the warm process does not answer: {error}") from error
        if "error" in answer:
            raise ZygoteError(str(answer["error"]))
        return answer


def clean_environment() -> dict[str, str]:
    """Return the environment for the processes that run cells: nothing of the user's own."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # One thread a library: the class is what runs in parallel. Sets print alike in every run.
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    fixed = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "NBGRADER_EXECUTION": "autograde",
        "HOME": "/tmp",
    }
    return {**kept, **single, **fixed}


# Where libraries keep what they need to start fast or to be right on this machine.
_KEPT = (
    "TZ",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "OPENBLAS_CORETYPE",
    "OPENBLAS_L2_SIZE",
    "BACKYARD_DATA",
    "BACKYARD_SANDBOX",
    "COVERAGE_PROCESS_START",
)


def _read_line(sock: socket.socket) -> dict[str, Any]:
    """Read one line of JSON."""
    text = b""
    while not text.endswith(b"\n"):
        chunk = sock.recv(65536)
        if not chunk:
            raise OSError("the connection was closed")
        text += chunk
    answer: dict[str, Any] = json.loads(text)
    return answer


# --- the warm process ---------------------------------------------------------------------------


class _Server:
    """The warm process: waits for requests, forks."""

    def __init__(self, address: str, means: Means) -> None:
        self._means = means
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(address)
        self._listener.listen(64)
        self._clients: dict[int, socket.socket] = {}
        self._children: dict[int, dict[int, int]] = {}

    def serve(self) -> None:
        """Answer requests until standard input ends."""
        while True:
            watched = {0: None, self._listener.fileno(): self._listener, **self._clients}
            ready, _, _ = select.select(list(watched), [], [])
            for number in ready:
                one = watched[number]
                if one is None:
                    if not os.read(0, 1):
                        return
                elif one is self._listener:
                    client, _ = self._listener.accept()
                    client.settimeout(ANSWER_SECONDS)
                    self._clients[client.fileno()] = client
                    self._children[client.fileno()] = {}
                else:
                    self._hear(one)

    def _hear(self, client: socket.socket) -> None:
        """Answer one request; a client that is gone takes its processes along."""
        number = client.fileno()
        try:
            text, passed, _, _ = socket.recv_fds(client, 1 << 20, 1)
            while text and not text.endswith(b"\n"):
                text += client.recv(1 << 20)
        except OSError:
            text, passed = b"", []
        if not text:
            for pid in self._children.pop(number).values():
                self._kill(pid)
            del self._clients[number]
            client.close()
            return
        try:
            answer = self._answer(number, json.loads(text), passed)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        finally:
            for fd in passed:
                os.close(fd)
        with contextlib.suppress(OSError):
            client.sendall(json.dumps(answer).encode() + b"\n")

    def _answer(self, number: int, request: dict[str, Any], passed: list[int]) -> dict[str, Any]:
        """Do what a request asks for."""
        if request["do"] == "spawn":
            own = self._fork(request["kind"], request["options"], passed[0])
            pid = sandbox.outer_pid(own)
            self._children[number][pid] = own
            return {"pid": pid}
        if request["do"] == "end":
            child = self._children[number].pop(request["pid"], None)
            return {} if child is None else self._kill(child)
        return {
            "hello": True,
            "missing": list(sandbox.unprotected(self._means)),
            "namespaces": self._means.namespaces,
        }

    def _fork(self, kind: str, options: dict[str, Any], fd: int) -> int:
        """Fork one process and return its id; the child never comes back."""
        confined = kind == "runner"
        with sandbox.fork_bracket(self._means) if confined else contextlib.nullcontext():
            pid = os.fork()
            if pid == 0:
                self._never_return(kind, options, fd)
        return pid

    def _never_return(self, kind: str, options: dict[str, Any], fd: int) -> None:
        """Be the child, and end."""
        code = 1
        try:
            code = self._be(kind, options, fd)
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)

    def _be(self, kind: str, options: dict[str, Any], fd: int) -> int:
        """Be the child: keep nothing of the zygote but memory and one socket."""
        sock = socket.socket(fileno=os.dup(fd))
        _keep_only(sock.fileno())
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        channel = Channel(sock)
        if kind == "runner":
            from course.grading.runner import Runner

            return Runner(channel, options, self._means).serve()
        from course.grading.judge import Judge

        return Judge(channel, options).serve()

    def _kill(self, pid: int) -> dict[str, Any]:
        """Kill a child and what it started; wait for it."""
        known = [one for family in self._children.values() for one in family.values()]
        sandbox.sweep(pid, self._means, known)
        try:
            _, _, used = os.wait4(pid, 0)
        except ChildProcessError:
            return {}
        unit = 1 if sys.platform == "darwin" else 1024
        return {"cpu": used.ru_utime + used.ru_stime, "memory": float(used.ru_maxrss * unit)}


def _keep_only(fd: int) -> None:
    """Close all file descriptors but `fd`; standard input, output and error lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    top = max(256, *(int(name) for name in os.listdir("/dev/fd"))) if _has_fds() else 4096
    os.closerange(3, fd)
    os.closerange(fd + 1, top + 1)


def _has_fds() -> bool:
    return os.path.isdir("/dev/fd")


def _warm_up() -> None:
    """Import what notebooks import and let the shell rehearse, so that no child has to."""
    import gc
    import random
    import sqlite3  # noqa: F401 - pandas and IPython look for it

    import ipywidgets  # noqa: F401
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd

    import course.column
    import course.data
    import course.grading.judge
    import course.grading.runner
    import course.grading.travel
    import course.scoring
    import course.widgets.votes
    from course.grading.shell import make_shell

    for table in course.data.TABLES:  # read here once, for all children
        getattr(course.data, table)()
    shell = make_shell()
    for cell in _REHEARSAL:
        shell.run(cell)
    reset: Any = shell.reset
    reset(new_session=True)
    plt.close("all")
    del random, np, pd
    gc.collect()
    gc.freeze()


# Each line wakes something that is slow the first time: a traceback, a figure, a table. None may
# await anything: an event loop does not survive a fork.
_REHEARSAL = (
    "1 / 0",
    "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['x', 'y']})",
    "pd.Series([1.5, 2]).map(lambda v: unknown)",
    "import matplotlib.pyplot as plt\nf, ax = plt.subplots()\nax.bar(['a', 'b'], [1, 2])\n"
    "ax.set_title('x')\nax.set_xlabel('x')",
    "def f(:",
)


def _threads() -> int:
    """Return how many threads this process has (1 where that cannot be known)."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return threading.active_count()


def _main(address: str) -> int:
    """Warm up, say "ready" on standard output, serve."""
    said = os.dup(1)
    log = os.dup(2)
    os.dup2(log, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    means = sandbox.probe()
    sandbox.nest(means)
    _warm_up()
    if _threads() != 1:
        print("the warm process has more than one thread", file=sys.stderr)
        return 1
    server = _Server(address, means)
    os.write(said, b"ready\n")
    os.close(said)
    server.serve()
    return 0


if __name__ == "__main__":
    # The classes of this file have to be those that other modules import.
    from course.grading import zygote

    sys.exit(zygote._main(sys.argv[1]))
