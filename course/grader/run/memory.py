"""Watches how much memory a submission's processes use together, while they run."""

import contextlib
import functools
import os
import time
from collections.abc import Callable
from typing import Any

INTERVAL = 0.25  # seconds from one look to the next
# Not 0: hiding from the count must never pay.
HIDDEN = 128 << 20  # bytes that a process counts for which nobody may look into


class OutOfMemory(Exception):  # noqa: N818 - an event, not an error of ours
    """The processes of a submission use more memory than they may."""


def memory_watch(pid: int, most: int) -> Callable[[], None]:
    """Return a function that raises OutOfMemory when a process and its children use too much.

    Each process has a limit of its own besides; this one is for many that each use a little, and
    for what they hold in common: a page that several of them share counts once. The function may
    be called as often as one likes: it looks at most four times a second, which most submissions
    are too short for.

    Args:
        pid: the first process.
        most: bytes that they may use in all, beyond what the warm process has that it was forked
            from.
    """
    looked = time.monotonic()

    def look_once() -> None:
        nonlocal looked
        if time.monotonic() - looked < INTERVAL:
            return
        looked = time.monotonic()
        import psutil

        try:
            first = psutil.Process(pid)
            family = [first, *(first.children(recursive=True) if _has_children(pid) else ())]
            warm = first.parent()
            # What the fork inherited is not the submission's doing.
            began = warm.memory_info().rss if warm is not None else 0
        except psutil.Error:
            return
        # By name, so that a socket that several processes hold counts once.
        sockets: set[str] = set()
        other = sum(_sockets(process, sockets) for process in family)
        other += len(sockets) * _socket_bytes()
        # What they share counts for each here, and is soon read; only where that is too much, each
        # page is looked at.
        if sum(map(_resident, family)) + other <= most + began:
            return
        total = sum(map(_memory, family)) + other
        if total > most + began:
            raise OutOfMemory(f"{total} bytes in {len(family)} processes")

    return look_once


def _has_children(pid: int) -> bool:
    """Tell whether a process has children; True, too, where the kernel does not say.

    Most submissions start none, and to find them all processes of the machine are read.
    """
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as file:
                if file.read(1):
                    return True
    except OSError:  # a thread that has ended meanwhile may have handed its children on
        return True
    return False


def _resident(process: Any) -> int:
    """Return the bytes of a process, with all that it shares."""
    import psutil

    with contextlib.suppress(psutil.Error):  # it has ended meanwhile
        return int(process.memory_info().rss)
    return 0


def _memory(process: Any) -> int:
    """Return the bytes of a process, those that it shares divided among all that share them."""
    import psutil

    with contextlib.suppress(psutil.Error):  # it has ended meanwhile
        try:
            found = process.memory_full_info()
        except psutil.AccessDenied:
            return _resident(process)
        # pss is Linux's alone; uss leaves shared pages out, which is the nearest that macOS has.
        return int(getattr(found, "pss", found.uss))
    return 0


def _sockets(process: Any, found: set[str]) -> int:
    """Add a process's sockets to those that were found; return what it counts when it hides them.

    What waits in a socket to be read is nobody's memory.
    """
    folder = f"/proc/{process.pid}/fd"
    try:
        numbers = os.listdir(folder)
    except PermissionError:
        return HIDDEN
    except OSError:  # it has ended meanwhile
        return 0
    for number in numbers:
        with contextlib.suppress(OSError):  # closed meanwhile
            name = os.readlink(f"{folder}/{number}")
            if name.startswith("socket:"):
                found.add(name)
    return 0


@functools.cache
def _socket_bytes() -> int:
    """Return how many bytes may wait in a socket; no submission may set it higher."""
    try:
        with open("/proc/sys/net/core/wmem_default", encoding="ascii") as file:
            return 2 * int(file.read())  # each piece takes up to as much again for itself
    except (OSError, ValueError):
        return 0
