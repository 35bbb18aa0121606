"""Ends a process and all that it started."""

import contextlib
import os
import signal
import time
from collections.abc import Iterable

import psutil

from course.grader.sandbox.means import Means

# A fork bomb is stopped as a whole in a few; this many come to an end even so.
ROUNDS = 200


def sweep_process(pid: int, means: Means, known: Iterable[int] | None = None) -> None:
    """Kill a confined process and what it started; the caller still has to wait for `pid`.

    Args:
        pid: a child of this process.
        means: what `probe` found. With namespaces the kernel does it all.
        known: this process's other children that shall live on. When given, other children are
            taken for something that a submission which has ended left behind.
    """
    if not means.namespaces:
        _sweep_by_hand(pid, None if known is None else {pid, *known})
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _sweep_by_hand(pid: int, known: set[int] | None) -> None:
    """Look for processes until none is left; the first one is stopped, so that it makes no more."""
    uid = _uid_of_its_own(pid)
    with contextlib.suppress(ProcessLookupError):
        # Stopped before it is killed: its children can then still be found by their parent.
        os.kill(pid, signal.SIGSTOP)
    for _ in range(ROUNDS):
        left = [one for one in _started_by(pid, uid, known) if _is_alive(one)]
        if not left:
            break
        for one in left:  # all of them first, so that none can start another
            with contextlib.suppress(psutil.Error):
                one.suspend()
        for one in left:
            with contextlib.suppress(psutil.Error):
                one.kill()
        time.sleep(0.002)
    _reap_dead(known)


def _uid_of_its_own(pid: int) -> int | None:
    """Return the account that a process was given, if that is not ours."""
    with contextlib.suppress(psutil.Error):
        uid = int(psutil.Process(pid).uids().real)
        return uid if os.getuid() == 0 and uid != 0 else None
    return None


def _started_by(pid: int, uid: int | None, known: set[int] | None) -> list[psutil.Process]:
    """Return what a process started, as far as that can be told."""
    found = {}
    with contextlib.suppress(psutil.Error):
        found = {one.pid: one for one in psutil.Process(pid).children(recursive=True)}
    for one in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            # By account, session and parent: a process can leave one of these, not all.
            same = uid is not None and one.uids().real == uid
            if one.pid != pid and (same or os.getsid(one.pid) == pid):
                found[one.pid] = one
    if known is not None:
        for one in psutil.Process().children():
            if one.pid not in known:
                found[one.pid] = one
                with contextlib.suppress(psutil.Error):
                    found.update({child.pid: child for child in one.children(recursive=True)})
    return list(found.values())


def _is_alive(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return bool(process.status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD))
    return False


def _reap_dead(known: set[int] | None) -> None:
    """Wait for the dead that came back to this process."""
    if known is None:
        return
    for one in psutil.Process().children():
        if one.pid not in known:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(one.pid, os.WNOHANG)
