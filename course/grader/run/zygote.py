"""A warm process that forks the processes which run cells.

Starting Python and importing numpy, pandas, matplotlib and IPython takes about a second, running a
student's notebook a tenth of it. So one process, the zygote, does all that once, in a single thread
and without reading anything of a course; it then forks, for each submission, a *runner* (confined,
runs the student's cells) and a *judge* (runs the grade cells). Neither can leave anything behind
for the next one. The judges of one notebook are forked by way of a process that has built its keys
(see `keys`); the warm process itself is never told one.

Here is the grading process's side; the other one is `course.grader.run.zygote_server`. They talk
over a socket in a folder that only this user may enter.
"""

import contextlib
import functools
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
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.grader.run.wire import Channel
from course.grader.sandbox import Means, View

# Bounds, not measures: the first imports on a cold disk, or on a busy machine, take a minute.
START_SECONDS = 180.0
ANSWER_SECONDS = 30.0
HELD = 3  # notebooks whose keys stay built; each takes some megabytes
# The same path for every submission, so that no output or traceback depends on who is graded.
SCRATCH = "/submission"


class ZygoteError(RuntimeError):
    """The warm process cannot be started, or no longer answers."""


@dataclass
class Child:
    """A forked process and the channel to it."""

    # its process id, as this process sees it; valid until `Forks.end_children` was called
    pid: int
    channel: Channel  # the frames to and from it
    forks: "Forks"  # the connection over which it was spawned

    def interrupt(self) -> None:
        """Interrupt what it runs, as Ctrl-C does."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(self.pid, signal.SIGINT)


@dataclass
class Launched:
    """A warm process that was started."""

    process: subprocess.Popen[bytes]  # it
    address: str  # the socket on which it will listen
    ready: bool = False

    def wait(self) -> None:
        """Wait until it listens.

        Raises:
            ZygoteError: it does not.
        """
        if self.ready:
            return
        out = self.process.stdout
        assert out is not None
        # readline alone would wait for ever for a server that hangs while it imports.
        heard, _, _ = select.select([out], [], [], START_SECONDS)
        line = out.readline() if heard else b""
        if line.strip() != b"ready":
            self.end()
            raise ZygoteError(
                "the process that runs students' cells could not be started; see nbgrader.log, "
                "and try: course doctor"
            )
        self.ready = True

    def leave(self) -> None:
        """Close the pipes to it: once nobody has them any more, it ends."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def end(self) -> None:
        """End it and all that it forked."""
        self.leave()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(os.path.dirname(self.address), ignore_errors=True)


def launch_zygote() -> Launched:
    """Start a warm process; it takes about a second until it is ready."""
    # mkdtemp makes a folder that only this user may enter, and with it the socket.
    address = os.path.join(tempfile.mkdtemp(prefix="backyard-"), "zygote")
    # -s and -P: no package of the user's home and no module of the working folder is imported,
    # however it is called.
    command = [sys.executable, "-s", "-P", "-m", "course.grader.run.zygote_server", address]
    process = subprocess.Popen(
        command,
        # Its end is how the server learns that we are gone, also when we were killed.
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=clean_environment(),
        cwd="/",
        # Ctrl-C in the terminal reaches this process alone, which then decides what to end.
        start_new_session=True,
    )
    return Launched(process, address)


class Forks:
    """The grading process's connection to a process that forks others.

    Args:
        sock: the connection; this owns it from now on.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._lock = threading.Lock()
        self._sock = sock
        self._sock.settimeout(ANSWER_SECONDS)

    def spawn_child(self, kind: str, **options: Any) -> Child:
        """Fork a process.

        Args:
            kind: "runner" or "judge".
            options: what it needs to know, as JSON.

        Raises:
            ZygoteError: the process that forks does not answer.
        """
        pid, ours = self._spawn(kind, options)
        return Child(pid, Channel(ours, ANSWER_SECONDS), self)

    def end_children(self, *children: Child) -> dict[str, float]:
        """Kill processes and all that they started; return what they used.

        Args:
            children: what this connection spawned.

        Returns:
            "cpu" (seconds, of all) and "memory" (bytes, the most of one at one time).
        """
        # Closed first: a child that waits in a send ends by itself, and none can still be heard.
        for child in children:
            child.channel.close()
        return self._ask_server({"do": "end", "pids": [child.pid for child in children]})

    def close(self) -> None:
        """End the connection; what was spawned over it ends, too."""
        self._sock.close()

    def _spawn(self, kind: str, options: dict[str, Any]) -> tuple[int, socket.socket]:
        """Fork a process; return its id and the connection to it."""
        # The child gets an end of a fresh pair, never a path to connect to: so nothing else can
        # pretend to be it.
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            try:
                answer = self._ask_server({"do": "spawn", "kind": kind, "options": options}, theirs)
            except ZygoteError:
                ours.close()
                raise
        return int(answer["pid"]), ours

    def _ask_server(
        self, request: dict[str, Any], passed: socket.socket | None = None
    ) -> dict[str, Any]:
        """Send a request and return the answer."""
        text = json.dumps(request).encode() + b"\n"
        with self._lock:
            try:
                if passed is None:
                    self._sock.sendall(text)
                else:
                    # The descriptor rides on the first bytes; what a short send left over
                    # follows without it.
                    sent = socket.send_fds(self._sock, [text], [passed.fileno()])
                    self._sock.sendall(text[sent:])
                answer = _read_line(self._sock)
            except OSError as error:
                raise ZygoteError(f"the warm process does not answer: {error}") from error
        if "error" in answer:
            raise ZygoteError(str(answer["error"]))
        return answer


class KeyHolder(Forks):
    """The connection to a process that has built the keys of a notebook and forks its judges.

    Args:
        sock: the connection; this owns it from now on.
        checks: the notebook's checks, as plain Python, by their source.

    Raises:
        ZygoteError: the process ends, or takes too long.
    """

    def __init__(self, sock: socket.socket, checks: dict[str, str]) -> None:
        super().__init__(sock)
        weakref.finalize(self, sock.close)  # when nobody keeps it and no session is at work with it
        # To itself, never by way of the warm process: whatever that one has held, a student's
        # process may find in its memory.
        self._ask_server({"do": "build", "checks": checks})


class Zygote(Forks):
    """The grading process's connection to a warm process.

    Args:
        address: the socket of one that runs already, e.g. one that a pool shares.
        launched: one that was launched and may not be ready yet; without both, one is launched.

    Attributes:
        means: what of the sandbox this machine has.

    Raises:
        ZygoteError: it cannot be started.
    """

    def __init__(self, address: str | None = None, launched: Launched | None = None) -> None:
        # Two processes that speak on one connection would get each other's answers.
        self._owner = os.getpid()
        if address is None and launched is None:
            launched = launch_zygote()
        self._launched = launched
        if launched is not None:
            launched.wait()
        self.address = address or (launched.address if launched else "")
        super().__init__(_connect_to(self.address))
        hello = self._ask_server({"do": "hello"})
        self.means = Means.from_json(hello["means"])
        self._latest = functools.lru_cache(HELD)(self._hold)
        self._holders = weakref.WeakSet[KeyHolder]()
        self._holding = threading.Lock()

    @contextlib.contextmanager
    def open_view(self, read_only: tuple[str, ...], hidden: tuple[str, ...]) -> Iterator[View]:
        """Give the view of the file system for one submission, with a scratch folder of its own.

        Args:
            read_only: paths that its cells may read.
            hidden: files in these that they may not.
        """
        if self.means.namespaces:  # then the folder exists in the sandbox only
            yield View(read_only, hidden, SCRATCH)
            return
        folder = tempfile.mkdtemp(prefix="backyard-submission-")
        try:
            yield View(read_only, hidden, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def find_judges(self, checks: Mapping[str, str]) -> Forks:
        """Return what forks a notebook's judges: a process that has built the keys of its checks.

        It is kept for the next submission, whose checks are the same. Where there is none, because
        building the keys ends the process or takes too long, this one forks the judges.

        Args:
            checks: the notebook's checks, as plain Python, by their source.
        """
        with self._holding:
            return self._latest(tuple(checks.items())) or self

    def _hold(self, checks: tuple[tuple[str, str], ...]) -> KeyHolder | None:
        """Start a process that builds the keys of some checks."""
        if not checks:
            return None
        _, sock = self._spawn("keys", {})
        try:
            holder = KeyHolder(sock, dict(checks))
        except ZygoteError:
            sock.close()
            return None
        self._holders.add(holder)
        return holder

    def is_alive(self) -> bool:
        """Tell whether the warm process still answers."""
        if self._owner != os.getpid():  # a fork of the grading process shares no connection
            return False
        try:
            return bool(self._ask_server({"do": "hello"})["hello"])
        except ZygoteError:
            return False

    def close(self) -> None:
        """End the connection, and the warm process if this one started it."""
        for holder in self._holders:
            holder.close()
        super().close()
        if self._launched is not None:
            self._launched.end()


def _connect_to(address: str) -> socket.socket:
    """Connect to a warm process."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.settimeout(ANSWER_SECONDS)
    try:
        sock.connect(address)
    except OSError as error:
        sock.close()
        raise ZygoteError(f"the warm process does not answer: {error}") from error
    return sock


def clean_environment() -> dict[str, str]:
    """Return the environment for the processes that run cells: nothing of the user's own."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # One thread a library: the class is what runs in parallel. Sets print alike in every run.
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    fixed = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        # The same notebook graded twice shows the same text.
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        # What nbgrader sets while it grades; the checks of form are silent then.
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
