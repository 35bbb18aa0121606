"""Who a confined process is: an account that nothing else on the machine uses, without rights."""

import contextlib
import ctypes
import os
from collections.abc import Iterable
from dataclasses import dataclass

from course.grader.sandbox.syscalls import (
    PR_CAP_AMBIENT,
    PR_CAPBSET_DROP,
    PR_SET_DUMPABLE,
    call_library,
    is_linux,
    set_process_option,
)

# Far above what systems give to people and services.
FIRST_UID = 900_000_000
CLONE_NEWUSER = 0x10000000
_VERSION_3 = 0x20080522
_DAC_READ_SEARCH = 2
_AMBIENT_RAISE = 2
_PR_SET_KEEPCAPS = 8


@dataclass(frozen=True)
class Identity:
    """An account."""

    uid: int  # its number
    gid: int  # of its only group
    apart: bool  # nothing else on this machine runs or will run under this number


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Caps(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def choose_identity() -> Identity:
    """Return who this process shall become: as root an account of its own, else the same."""
    if os.geteuid() != 0:
        return Identity(os.getuid(), os.getgid(), False)
    try:
        # The number as the whole machine sees it, whatever namespace this process is in.
        number = int(os.readlink("/proc/self"))
    except (OSError, ValueError):
        number = os.getpid()
    uid = FIRST_UID + number
    first, count = _mapped_ids()
    if not first <= uid < first + count:  # a container that has few accounts
        # Counted down from the last ones, which nothing else is likely to use.
        spare = min(4096, count // 2)
        uid = first + count - 2 - number % max(1, spare)
    return Identity(uid, uid, True)


def _mapped_ids() -> tuple[int, int]:
    """Return the longest range of account numbers that exist here: the first, how many."""
    if not is_linux():
        return 0, 1 << 31
    try:
        with open("/proc/self/uid_map", encoding="utf-8") as file:
            ranges = [tuple(map(int, line.split())) for line in file]
    except (OSError, ValueError):
        return 0, 1 << 32
    return max(((first, count) for first, _, count in ranges), key=lambda one: one[1])


def become_identity(identity: Identity, search: bool = False) -> None:
    """Turn root into an unprivileged account; does nothing for an ordinary user.

    Args:
        identity: the account.
        search: keep the right to read what root can. Only for a process that Landlock keeps from
            all other files: Python itself may lie in a folder that only root can enter.
    """
    if os.geteuid() != 0:
        return
    if is_linux():
        _drop_bounding_set(keep=_DAC_READ_SEARCH if search else None)
        if search:
            set_process_option(_PR_SET_KEEPCAPS, 1)
    # Root's groups would stay otherwise, and with them the files that they may read.
    os.setgroups([])
    if hasattr(os, "setresgid"):
        os.setresgid(identity.gid, identity.gid, identity.gid)
        os.setresuid(identity.uid, identity.uid, identity.uid)
    else:
        os.setgid(identity.gid)
        os.setuid(identity.uid)
    if not is_linux():
        return
    bits = 1 << _DAC_READ_SEARCH if search else 0
    _set_capabilities(bits)
    if search:
        set_process_option(_PR_SET_KEEPCAPS, 0)
        set_process_option(PR_CAP_AMBIENT, _AMBIENT_RAISE, _DAC_READ_SEARCH)
    # Changing the account made this process's own folder in /proc root's.
    set_process_option(PR_SET_DUMPABLE, 1)


def give_up_rights(identity: Identity) -> None:
    """Leave the rights of a user namespace: enter one below it, where they mean nothing.

    Its processes are counted apart, and this account keeps its number in it.
    """
    call_library("unshare", CLONE_NEWUSER)
    map_self(identity)
    _drop_bounding_set(keep=None)
    _set_capabilities(0)


def map_self(identity: Identity) -> None:
    """Give this account the same number inside a user namespace that was just made."""
    for name, text in (
        # The kernel takes a gid_map from an ordinary user only after this.
        ("setgroups", "deny"),
        ("uid_map", f"{identity.uid} {identity.uid} 1"),
        ("gid_map", f"{identity.gid} {identity.gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="utf-8") as file:
            file.write(text)


def reachable_by_all(paths: Iterable[str]) -> bool:
    """Tell whether every account can enter the folders that lead to these paths."""
    for path in paths:
        folder = os.path.realpath(path)
        while True:
            with contextlib.suppress(OSError):
                # The folder's rights for everybody; what an access list adds is not seen.
                if not os.stat(folder).st_mode & 0o005:
                    return False
            parent = os.path.dirname(folder)
            if parent == folder:
                break
            folder = parent
    return True


def _drop_bounding_set(keep: int | None) -> None:
    """Make sure that no program gives back a right."""
    for number in range(64):
        if number == keep:
            continue
        try:
            set_process_option(PR_CAPBSET_DROP, number)
        except OSError as error:
            if error.errno == 22:  # past the last one that this kernel has
                return
            raise


def _set_capabilities(bits: int) -> None:
    """Have exactly these capabilities (of the first 32)."""
    header = _Header(_VERSION_3, 0)
    sets = (_Caps * 2)(_Caps(bits, bits, bits), _Caps(0, 0, 0))
    call_library("capset", ctypes.byref(header), ctypes.byref(sets))
