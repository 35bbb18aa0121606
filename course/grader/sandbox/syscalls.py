"""Calls to the kernel that Python 3.11 does not offer, through the C library.

Nothing is loaded before the first call, so that this can be imported on every system.
"""

import ctypes
import functools
import os
import signal
import sys

from course.errors import CourseError

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47


class SandboxError(CourseError):
    """A wall of the sandbox that this machine has could not be put up, or a required one lacks."""


def is_linux() -> bool:
    """Tell whether the system is one whose kernel can do this."""
    return sys.platform.startswith("linux")


@functools.cache
def _load_library() -> ctypes.CDLL:
    # None is the C library that Python itself has loaded, whatever it is called here.
    return ctypes.CDLL(None, use_errno=True)


def call_library(name: str, *args: object) -> int:
    """Call a function of the C library; a whole number is passed as an unsigned long.

    Raises:
        OSError: it answers -1; the name of the function is the error's `filename`.
    """
    # As an int a large flag would be cut to 32 bits.
    passed = [ctypes.c_ulong(one) if isinstance(one, int) else one for one in args]
    result = int(getattr(_load_library(), name)(*passed))
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)
    return result


def call_kernel(number: int, *args: object) -> int:
    """Call the kernel by number, for what the C library has no name for."""
    return call_library("syscall", number, *args)


def set_process_option(option: int, *args: int) -> int:
    """Set something of this process."""
    # The kernel refuses some options unless the arguments that they do not use are 0.
    return call_library("prctl", option, *(*args, 0, 0, 0, 0)[:4])


def kernel_is_at_least(major: int, minor: int) -> bool:
    """Tell whether the kernel is of a version or a later one."""
    numbers = os.uname().release.split("-")[0].split(".")
    try:
        return (int(numbers[0]), int(numbers[1])) >= (major, minor)
    except (ValueError, IndexError):
        return False


def end_with_parent() -> None:
    """Let the kernel kill this process when the one ends that it was forked from."""
    if is_linux():
        set_process_option(PR_SET_PDEATHSIG, signal.SIGKILL)


def not_dumpable() -> None:
    """Keep other processes of the same account from looking into this one's memory."""
    if is_linux():
        set_process_option(PR_SET_DUMPABLE, 0)


def present_size() -> int:
    """Return how many bytes of address space this process uses (0 where that is not known)."""
    try:
        with open("/proc/self/statm", encoding="utf-8") as file:
            pages = int(file.read().split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
