"""Runs tasks several at once: on this machine's cores, or on a Dask cluster.

Both are a `concurrent.futures.Executor`; what runs on it is a module's function with plain
arguments. On this machine a task has a time limit that nothing in it can put off: its worker
process is killed and replaced, and the other tasks go on.
"""

import atexit
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pebble import ProcessPool

from course.errors import CourseError
from course.grader.run.zygote import Launched, Zygote, launch_zygote

# How long a scheduler may take to answer at first.
ANSWER_SECONDS = 15.0


def worker_count(jobs: int | None, tasks: int) -> int:
    """Return how many workers to start: `jobs` (default: one a core), no more than tasks."""
    if hasattr(os, "sched_getaffinity"):
        # In a container this process may be allowed fewer cores than the machine has.
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return max(1, min(jobs or cores, tasks))


class _Workers(Executor):
    """Gives tasks to worker processes; one that takes too long raises TimeoutError.

    Args:
        pool: the processes.
        seconds: how long a task may take, from when a worker takes it up; None for ever.
    """

    def __init__(self, pool: ProcessPool, seconds: float | None) -> None:
        self._pool, self._seconds = pool, seconds

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Let a worker call a function; see `concurrent.futures.Executor`."""
        # Pebble, because `concurrent.futures` has no way to end a task that hangs.
        return self._pool.schedule(fn, args, kwargs, self._seconds)


@contextmanager
def local_executor(
    jobs: int, log: Path, warm: bool = True, seconds: float | None = None
) -> Iterator[Executor]:
    """Give worker processes; end all of them afterwards.

    Args:
        jobs: how many.
        log: where they write what libraries say.
        warm: whether they need a warm process that runs notebooks; they share one.
        seconds: how long a task may take. Past it, its worker is killed with all that it started,
            and another takes its place.
    """
    context = _worker_context()
    with _log_to(log):
        # One for all workers: its warm libraries are in memory once.
        zygote = Zygote(launched=_early.pop() if _early else None) if warm else None
    address = zygote.address if zygote is not None else None
    with tempfile.TemporaryDirectory(prefix="backyard-workers-", ignore_cleanup_errors=True) as own:
        os.chmod(own, 0o711)  # the account that runs students' cells has to pass through
        pool = ProcessPool(
            jobs, initializer=_begin_worker, initargs=(address, str(log), own), context=context
        )
        try:
            yield _Workers(pool, seconds)
        finally:
            pool.stop()  # its threads end meanwhile
            if zygote is not None:
                zygote.close()  # what still runs there ends now, so that nobody has to wait for it
            pool.join()


_early: list[Launched] = []


def start_early(log: Path) -> None:
    """Start what `local_executor` will need, while this process still imports what it needs.

    What libraries say is written to `log`.
    """
    with _log_to(log):
        if not _early:
            _early.append(launch_zygote())
            atexit.register(_end_early)
        if _worker_context().get_start_method() == "forkserver":
            _fork_server()


def _fork_server() -> None:
    """Fork the server that forks the workers: what they import, this process imports as well.

    `multiprocessing` would start a new Python, which imports all of it a second time.
    """
    from multiprocessing import connection, forkserver, resource_tracker

    import course.grader.run.preload  # noqa: F401 - so that it is there

    server: Any = forkserver._forkserver
    if hasattr(server, "_forkserver_authkey"):  # Python 3.14 and later, which ask for a key
        forkserver.ensure_running()
        return
    # Before it has threads or an open gradebook, which a copy must not share.
    if server._forkserver_pid is not None or threading.active_count() > 1:
        return
    resource_tracker.ensure_running()
    address = connection.arbitrary_address("AF_UNIX")  # type: ignore[attr-defined]
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        ours, theirs = os.pipe()  # for reading, for writing; the server ends with us
        pid = os.fork()
        if pid == 0:
            try:
                os.close(theirs)
                # They are this process's alone, and the warm process ends when they are closed.
                while _early:
                    _early.pop().leave()
                forkserver.main(listener.fileno(), ours, [])
            finally:
                os._exit(0)
    os.close(ours)
    server._forkserver_address, server._forkserver_alive_fd = address, theirs
    server._forkserver_pid = pid


def _end_early() -> None:
    """End what was started early and was not needed."""
    while _early:
        _early.pop().end()


def _worker_context() -> Any:
    """Return how worker processes are started: forked from a server that has the imports done."""
    import multiprocessing

    # Not fork: the parent has threads and an open gradebook, which a copy must not share.
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    if hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload(["course.grader.run.preload"])
    return context


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """Give the workers of a Dask cluster.

    Args:
        address: of its scheduler, e.g. "tcp://10.0.0.5:8786".

    Raises:
        CourseError: Dask is not installed or the scheduler does not answer.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise CourseError(
            where=f"--scheduler {address}",
            expected="the package distributed",
            found="it is not installed",
            todo="install it here and on the workers: pip install 'backyard-course[cluster]'",
        ) from error
    connect: Any = Client
    try:
        client = connect(address, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CourseError(
            where=f"--scheduler {address}",
            expected="a Dask scheduler that answers",
            found=f"{type(error).__name__}: {error}"[:200],
            todo="start one (dask scheduler; dask worker ADDRESS) and give its address, "
            "for example tcp://127.0.0.1:8786",
        ) from error
    try:
        if not client.scheduler_info()["workers"]:
            raise CourseError(
                where=f"--scheduler {address}",
                expected="at least one worker",
                found="none",
                todo=f"start one on each machine: dask worker {address}",
            )
        # pure=False: the same submission may be graded twice, and its result must not come from
        # a cache.
        yield client.get_executor(pure=False, retries=1)
    finally:
        client.close()


def _begin_worker(address: str | None, log: str, own: str) -> None:
    """Settle a worker process: quiet, using the shared warm process, ending with its parent."""
    import multiprocessing

    from course.grader.run.warm import share_warm

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # which is at once, whatever this one is doing
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(handle, 2)
    tempfile.tempdir = own  # one that is killed clears nothing away; the parent does
    if address is not None:
        share_warm(address)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: Any) -> None:
    """End this process when its parent is gone, however that went."""
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)


@contextmanager
def _log_to(path: Path) -> Iterator[None]:
    """Send standard error of what is started meanwhile to a file."""
    sys.stderr.flush()
    kept = os.dup(2)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(handle, 2)
    os.close(handle)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
