"""Landlock: the kernel lets a process give up all files but those that it names.

It needs no rights and works in most containers. It does not cover reading a file's name, size or
times, nor changing its mode and times (see `course.grader.sandbox.seccomp` for these).
"""

import contextlib
import ctypes
import os
import stat
from collections.abc import Iterable, Iterator

from course.grader.sandbox.syscalls import (
    PR_SET_NO_NEW_PRIVS,
    call_kernel,
    is_linux,
    set_process_option,
)

# The numbers are the same on every architecture.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1

_EXECUTE, _WRITE, _READ, _LIST = 1, 2, 4, 8
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _IOCTL
_TCP = 0b11  # bind, connect
_SCOPES = 0b11  # abstract unix sockets, signals


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def landlock_version() -> int:
    """Return the version of Landlock that the kernel has; 0 where it has none."""
    if not is_linux():
        return 0
    try:
        return call_kernel(_CREATE, None, 0, _VERSION)
    except OSError:
        return 0


def allow_only(
    version: int,
    readable: Iterable[str],
    writable: Iterable[str],
    devices: Iterable[str] = (),
    hidden: Iterable[str] = (),
    listed: Iterable[str] = (),
) -> None:
    """Let this process and those that it starts reach only these paths; missing ones are ignored.

    From version 4 on, no TCP; from version 6 on, no abstract unix sockets and signals of others.

    Args:
        version: what `landlock_version` returned.
        readable: can be read and run.
        writable: can be read, run, written.
        devices: files that can be read and written.
        hidden: below `readable`, but closed.
        listed: folders whose names, and those of all folders below, can be read.

    Raises:
        OSError: the kernel refuses.
    """
    handled = _known_rights(version)
    ruleset = _Ruleset(handled, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    # Each version knows so much of the structure; what is beyond must not be asked for.
    size = 8 if version < 4 else 16 if version < 6 else 24
    fd = call_kernel(_CREATE, ctypes.byref(ruleset), size, 0)
    try:
        read = _EXECUTE | _READ | _LIST
        for path, rights in _split_around(readable, hidden, read):
            _allow_path(fd, path, rights & handled)
        for path in writable:
            _allow_path(fd, path, handled & ~_IOCTL)
        for path in listed:
            _allow_path(fd, path, _LIST)
        for path in devices:
            _allow_path(fd, path, (_READ | _WRITE | _IOCTL) & handled)
        set_process_option(PR_SET_NO_NEW_PRIVS, 1)
        call_kernel(_RESTRICT, fd, 0)
    finally:
        os.close(fd)


def _known_rights(version: int) -> int:
    """Return all rights that a version knows."""
    rights = (1 << 13) - 1
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL)):
        if version >= since:
            rights |= right
    return rights


def _allow_path(ruleset: int, path: str, rights: int) -> None:
    """Add one path to what is allowed."""
    try:
        # O_PATH: the file is named, not opened; no right to read it is needed.
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            # A rule for a file that asks for rights of folders is refused as a whole.
            rights &= _OF_FILES
        rule = _PathBeneath(rights, parent)
        call_kernel(_ADD, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)


def _split_around(
    readable: Iterable[str], hidden: Iterable[str], rights: int
) -> Iterator[tuple[str, int]]:
    """Go round what is hidden: Landlock can only allow, so its neighbours are, one by one."""
    closed = [os.path.realpath(path) for path in hidden if os.path.lexists(path)]
    waiting = [os.path.realpath(path) for path in readable]
    while waiting:
        path = waiting.pop()
        if any(_is_within(path, one) for one in closed):
            continue
        if not any(_is_within(one, path) for one in closed):
            yield path, rights
            continue
        yield path, rights & _LIST  # its names can be read
        with contextlib.suppress(OSError):
            waiting.extend(
                os.path.join(path, name)
                for name in os.listdir(path)
                if not os.path.islink(os.path.join(path, name))
            )


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
