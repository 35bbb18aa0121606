"""Watches how much memory a submission's processes use together, while they run."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

__all__ = ["OutOfMemory", "memory_watch"]

SECONDS_BETWEEN = 0.25


class OutOfMemory(Exception):  # noqa: N818 - an event, not an error of ours
    """The processes of a submission use more memory than they may."""


def memory_watch(pid: int, most: int) -> Callable[[], None]:
    """Return a function that raises OutOfMemory when a process and its children use too much.

    It is called for every message that a submission sends, and looks four times a second at most.
    Each process has a limit of its own besides; this one is for many that each use a little.

    Args:
        pid: the first process.
        most: bytes that they may use in all, beyond what the warm process had at the fork.
    """

    looked = 0.0

    def look() -> None:
        nonlocal looked
        now = time.monotonic()
        if now - looked < SECONDS_BETWEEN:
            return
        looked = now
        import psutil

        try:
            first = psutil.Process(pid)
            family = [first, *first.children(recursive=True)]
            total = sum(_own_memory(process) for process in family)
        except psutil.Error:
            return
        if total > most:
            raise OutOfMemory(f"{total} bytes in {len(family)} processes")

    return look


def _own_memory(process: Any) -> int:
    """Return the bytes that a process does not share with the warm process it was forked from."""
    import psutil

    try:
        return int(process.memory_full_info().uss)
    except psutil.AccessDenied:  # then what the fork began with counts as its own, too
        memory = process.memory_info()
        return int(memory.rss - getattr(memory, "shared", 0))
    except psutil.Error:
        return 0
