"""The warm process: waits for requests on a socket and forks the processes that run cells.

Started by `course.grader.run.zygote.launch_zygote` as `python -m course.grader.run.zygote_server
SOCKET`. It says "ready" on standard output once it listens, and ends when its standard input does.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import threading
from typing import TYPE_CHECKING, Any

from course.grader import sandbox
from course.grader.run.wire import Channel
from course.grader.sandbox import Means

if TYPE_CHECKING:
    from course.grader.run.keys import Built

# A client that stops in the middle of a request may hold up the others so long, and no longer.
CLIENT_SECONDS = 30.0


class _Server:
    """Waits for requests, and forks."""

    def __init__(self, means: Means, address: str = "") -> None:
        self._means = means
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        if address:
            self._listener.bind(address)
            self._listener.listen(64)
        self._built: dict[str, Built] = {}  # by the source of a check
        self._clients: dict[int, socket.socket] = {}
        # By connection: the process ids as the client knows them, and as this namespace does.
        self._children: dict[int, dict[int, int]] = {}

    def serve_clients(self) -> None:
        """Answer whoever connects, until standard input ends."""
        while True:
            # One thread for all of it: a process with several may not be forked safely.
            watched = {0: None, self._listener.fileno(): self._listener, **self._clients}
            ready, _, _ = select.select(list(watched), [], [])
            for number in ready:
                one = watched[number]
                if one is None:
                    if not os.read(0, 1):
                        return
                elif one is self._listener:
                    self._take_client(self._listener.accept()[0])
                else:
                    self._hear_client(one)

    def serve_one(self, client: socket.socket) -> int:
        """Answer one client, until it is gone; return the exit code."""
        self._take_client(client)
        while self._clients:
            select.select([client], [], [])
            self._hear_client(client)
        return 0

    def _take_client(self, client: socket.socket) -> None:
        client.settimeout(CLIENT_SECONDS)
        self._clients[client.fileno()] = client
        self._children[client.fileno()] = {}

    def _hear_client(self, client: socket.socket) -> None:
        """Answer one request; a client that is gone takes its processes along."""
        number = client.fileno()
        try:
            text, passed, _, _ = socket.recv_fds(client, 1 << 20, 1)
            while text and not text.endswith(b"\n"):
                more = client.recv(1 << 20)
                text = text + more if more else b""  # it was killed while it asked
        except OSError:
            text, passed = b"", []
        if not text:
            self._kill_children(*self._children.pop(number).values())
            del self._clients[number]
            client.close()
            return
        try:
            answer = self._answer_request(number, json.loads(text), passed)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        finally:
            for fd in passed:
                os.close(fd)
        with contextlib.suppress(OSError):
            client.sendall(json.dumps(answer).encode() + b"\n")

    def _answer_request(
        self, number: int, request: dict[str, Any], passed: list[int]
    ) -> dict[str, Any]:
        """Do what a request asks for."""
        if request["do"] == "spawn":
            own = self._fork_child(request["kind"], request["options"], passed[0])
            pid = sandbox.outer_pid(own)
            self._children[number][pid] = own
            return {"pid": pid}
        if request["do"] == "end":
            found = [self._children[number].pop(pid, None) for pid in request["pids"]]
            return self._kill_children(*(own for own in found if own is not None))
        return {"hello": True, "means": self._means.to_json()}

    def _fork_child(self, kind: str, options: dict[str, Any], fd: int) -> int:
        """Fork one process and return its id; the child never comes back."""
        # The judge runs the instructor's code alone, so it stays in the namespace of this process.
        confined = kind == "runner"
        with sandbox.fork_bracket(self._means) if confined else contextlib.nullcontext():
            pid = os.fork()
            if pid == 0:
                self._never_return(kind, options, fd)
        return pid

    def _never_return(self, kind: str, options: dict[str, Any], fd: int) -> None:
        """Be the child, and end."""
        # Whatever happens in the child, it must not return into the server's loop: two
        # processes would then answer the same requests.
        code = 1
        try:
            code = self._be_child(kind, options, fd)
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            # Not sys.exit: the handlers that the parent registered are not this process's to run.
            os._exit(code)

    def _be_child(self, kind: str, options: dict[str, Any], fd: int) -> int:
        """Be the child: keep nothing of the zygote but memory and one socket."""
        sock = socket.socket(fileno=os.dup(fd))
        _keep_only(sock.fileno())
        # The server ignores Ctrl-C; its children are interrupted by it when a cell takes too long.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if kind == "runner":
            from course.grader.run.runner import Runner

            return Runner(Channel(sock), options, self._means).serve_requests()
        sandbox.end_with_parent()
        if kind == "keys":
            return _KeyServer(self._means).serve_one(sock)
        from course.grader.run.judge import Judge

        return Judge(Channel(sock), options, self._built).serve_requests()

    def _kill_children(self, *pids: int) -> dict[str, Any]:
        """Kill children and what they started; wait for them."""
        # What belongs to submissions that still run must not be taken for something left behind.
        known = [one for family in self._children.values() for one in family.values()]
        for pid in pids:
            sandbox.sweep_process(pid, self._means, known)
        cpu, memory = 0.0, 0.0
        # ru_maxrss is in bytes on macOS and in kilobytes elsewhere.
        unit = 1 if sys.platform == "darwin" else 1024
        for pid in pids:
            with contextlib.suppress(ChildProcessError):
                _, _, used = os.wait4(pid, 0)
                cpu += used.ru_utime + used.ru_stime
                memory = max(memory, float(used.ru_maxrss * unit))
        return {"cpu": cpu, "memory": memory}


class _KeyServer(_Server):
    """Builds the keys of a notebook's checks, and forks the judges that know them."""

    def __init__(self, means: Means) -> None:
        super().__init__(means)
        # Before anything of a key is here.
        sandbox.not_dumpable()

    def _answer_request(
        self, number: int, request: dict[str, Any], passed: list[int]
    ) -> dict[str, Any]:
        """Do what a request asks for."""
        if request["do"] != "build":
            return super()._answer_request(number, request, passed)
        from course.grader.run.keys import build_keys
        from course.grader.run.shell import CellShell

        shell = CellShell.instance()
        for source, python in request["checks"].items():
            self._built[source] = build_keys(shell, python)
        if _count_threads() != 1:  # see `main`
            raise RuntimeError("building the keys has started threads")
        gc.freeze()  # see `warm_up`
        return {"built": len(self._built)}


def _keep_only(fd: int) -> None:
    """Close all file descriptors but `fd`; standard input, output and error lead nowhere."""
    # A descriptor that stays open here is a way out of the sandbox: a log, another child's socket.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    top = max(256, *(int(name) for name in os.listdir("/dev/fd"))) if _has_fds() else 4096
    os.closerange(3, fd)
    os.closerange(fd + 1, top + 1)


def _has_fds() -> bool:
    return os.path.isdir("/dev/fd")


def warm_up() -> None:
    """Import what notebooks import and let the shell rehearse, so that no child has to."""
    gc.disable()  # all of it stays, and to look for what does not takes time
    import sqlite3  # noqa: F401 - pandas and IPython look for it

    import ipywidgets  # noqa: F401
    import matplotlib.pyplot as plt

    from course.grader.installed import find_courses
    from course.grader.run import judge, keys, runner  # noqa: F401 - imported to be there
    from course.grader.run.shell import make_shell

    for found in find_courses():
        found.warm_up()
    shell = make_shell()
    for cell in _REHEARSAL:
        shell.run_source(cell)
    shell.end()
    plt.close("all")
    # Frozen objects are never touched by the collector, so the pages stay shared among all forks.
    gc.freeze()
    # What the rehearsal defined must not be there when a student's cell asks for it. To look for
    # what nobody needs any more, as this does besides, takes no time now.
    reset: Any = shell.reset
    reset(new_session=True)
    gc.freeze()
    gc.enable()


# Each line wakes something that is slow the first time: a traceback, a figure, a table.
_REHEARSAL = (
    "1 / 0",
    "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['x', 'y']})",
    "import matplotlib.pyplot as plt\nf, ax = plt.subplots()\nax.bar(['a', 'b'], [1, 2])\n"
    "ax.set_title('x')\nax.set_xlabel('x')\npd.Series([1, 2], ['a', 'b']).plot.barh(ax=ax)",
    "def f(:",
)


def _count_threads() -> int:
    """Return how many threads this process has (1 where that cannot be known)."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return threading.active_count()


def main(address: str) -> int:
    """Warm up, say "ready" on standard output, serve."""
    # "ready" has to be alone on standard output; what libraries print while they load goes to
    # the log.
    said = os.dup(1)
    log = os.dup(2)
    os.dup2(log, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    means = sandbox.probe_means()
    # Before anything heavy is imported: it forks once more, and only a process with one thread may.
    sandbox.nest_namespaces(means)
    warm_up()
    # A lock that another thread holds at the fork would stay locked in every child for ever.
    if _count_threads() != 1:
        print("the warm process has more than one thread", file=sys.stderr)
        return 1
    server = _Server(means, address)
    os.write(said, b"ready\n")
    os.close(said)
    server.serve_clients()
    return 0


if __name__ == "__main__":
    # The classes of this file have to be those that other modules import.
    from course.grader.run import zygote_server

    sys.exit(zygote_server.main(sys.argv[1]))
