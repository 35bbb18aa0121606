"""Limits that the kernel keeps for each process: memory, computing time, files, processes."""

import contextlib
import os
import resource

from course.grader.sandbox.limits import Limits
from course.grader.sandbox.syscalls import is_linux, present_size


def set_limits(limits: Limits, others: int) -> None:
    """Limit this process and those that it starts.

    Args:
        limits: what they may use.
        others: processes that the kernel counts together with those of this sandbox, see
            `counted_together`.
    """
    processes = limits.processes + others
    # A warm process already maps much: libraries, and what was set aside for growing.
    memory = present_size() + limits.memory
    for name, amount in (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CPU", limits.cpu_seconds),
        ("RLIMIT_FSIZE", limits.file_bytes),
        ("RLIMIT_NOFILE", limits.open_files),
        ("RLIMIT_NPROC", processes),
        # A crash would write the process's memory to the disk.
        ("RLIMIT_CORE", 0),
        # No notebook needs locked memory or message queues.
        ("RLIMIT_MEMLOCK", 0),
        ("RLIMIT_MSGQUEUE", 0),
    ):
        _lower_limit(name, amount)


def _lower_limit(name: str, amount: int) -> None:
    """Set one limit, never above what is allowed already."""
    number = getattr(resource, name, None)
    if number is None:
        return
    # An ordinary user may not raise a limit again; asking for it would be an error.
    most = resource.getrlimit(number)[1]
    if most != resource.RLIM_INFINITY:
        amount = min(amount, most)
    try:
        # No warning first (a program may ignore it): the kernel ends it.
        resource.setrlimit(number, (amount, amount))
    except (ValueError, OSError):
        if is_linux():
            raise  # elsewhere some of these cannot be set; `Means.memory` says so


def counted_together(apart: bool) -> int:
    """Return how many processes and threads the kernel will count with those of a sandbox.

    Args:
        apart: the sandbox will have an account or a user namespace of its own. The kernel counts
            by account, and since 5.14 by user namespace.
    """
    if apart:
        return 0
    uid = os.getuid()
    import psutil

    count = 0
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.uids().real == uid:
                count += process.num_threads()
    return count
