"""Seccomp: calls to the kernel that no notebook needs are refused.

The filter is written by libseccomp, which knows the calls' numbers on every architecture. It is
made once (a few milliseconds) and then only loaded by each confined process. Where a process has no
process ids of its own, a second filter follows, which knows its own id: what acts on a process may
act on that one alone.
"""

import ctypes
import ctypes.util
import errno
import functools
import os
import struct
import sys

from course.grader.sandbox.syscalls import (
    PR_SET_CHILD_SUBREAPER,
    PR_SET_NO_NEW_PRIVS,
    call_library,
    is_linux,
    set_process_option,
)

_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_NE, _MASKED = 1, 7
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
# Of `clone`: new mount, cgroup, uts, ipc, user, pid and net namespaces.
_NEW = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)

_REFUSED = """
    ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd
    mount umount umount2 pivot_root move_mount open_tree fsopen fsmount fsconfig fspick
    mount_setattr chroot unshare setns
    kexec_load kexec_file_load reboot init_module finit_module delete_module
    bpf perf_event_open userfaultfd keyctl add_key request_key
    io_uring_setup io_uring_enter io_uring_register
    open_by_handle_at name_to_handle_at fanotify_init
    swapon swapoff acct quotactl quotactl_fd nfsservctl syslog lookup_dcookie
    settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname
    iopl ioperm modify_ldt vm86 vm86old personality
    migrate_pages move_pages vhangup
    io_setup landlock_create_ruleset landlock_add_rule landlock_restrict_self
"""

# Memory that no limit of a process counts: kept without being mapped, or handed on.
_UNCOUNTED = """
    memfd_create memfd_secret vmsplice
    shmget shmat shmctl msgget msgsnd msgrcv msgctl semget semop semtimedop semctl
    mq_open mq_unlink mq_notify
    inotify_init inotify_init1
"""
_SETLEASE = 1024  # of fcntl: whoever opens the file then waits for the one who holds it

# A file that runs as its owner or group. Where the mode stands, and where the flags that make a
# file; the mode of `openat2` lies in memory, programs then use `openat`.
_SETS = (0o4000, 0o2000)
_MAKES = (0o100, 0o20000000)  # O_CREAT, and of O_TMPFILE what is not O_DIRECTORY
_OPENS = {"open": (1, 2), "openat": (2, 3)}
_MODES_AT = {
    "creat": 1, "mkdir": 1, "mkdirat": 2, "mknod": 1, "mknodat": 2,
    "chmod": 1, "fchmod": 1, "fchmodat": 2, "fchmodat2": 2,
}  # fmt: skip

# Without a file system of its own, what Landlock does not cover:
_OWNERS = "chown fchown lchown fchownat chown32 fchown32 lchown32 mknod mknodat"
_EXTENDED = "setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr"
# Copying a file ends with these calls, so that they seem to succeed. They change nothing.
_MODES = """
    chmod fchmod fchmodat fchmodat2 utime utimes utimensat futimesat utimensat_time64
"""

# Without process ids of its own: what acts on a process, and where its id stands.
_ACTS = {
    "prlimit64": 0, "setpriority": 1, "ioprio_set": 1,
    "sched_setaffinity": 0, "sched_setscheduler": 0, "sched_setparam": 0, "sched_setattr": 0,
}  # fmt: skip
_SIGNALS = {"kill": 0, "tkill": 0, "tgkill": 0, "rt_sigqueueinfo": 0, "rt_tgsigqueueinfo": 0}
# These two can also mean a group or an account: what the first argument is for one process.
_OF_ONE = {"setpriority": 0, "ioprio_set": 1}
# A file can be told to signal any process: F_SETOWN, F_SETSIG, F_SETOWN_EX; as an ioctl.
_FILE_SIGNALS = (8, 10, 15)
_FILE_OWNERS = (0x8901, 0x8902)
# `course.grader.run.memory` measures memory: nothing may hide from it, or make a socket hold more.
_SET_DUMPABLE = 4  # of prctl
_SOCKET_SIZES = (7, 32)  # SO_SNDBUF, SO_SNDBUFFORCE


class _Comparison(ctypes.Structure):
    _fields_ = (
        ("arg", ctypes.c_uint),
        ("op", ctypes.c_int),
        ("a", ctypes.c_uint64),
        ("b", ctypes.c_uint64),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


@functools.cache
def _load_library() -> "ctypes.CDLL | None":  # in quotes: some systems have no such class
    """Return libseccomp, or None where it is not installed."""
    if not is_linux():
        return None
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        return None
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = (ctypes.c_uint32,)
    library.seccomp_release.argtypes = (ctypes.c_void_p,)
    library.seccomp_syscall_resolve_name.argtypes = (ctypes.c_char_p,)
    library.seccomp_rule_add_array.argtypes = (
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_void_p,
    )
    library.seccomp_export_bpf.argtypes = (ctypes.c_void_p, ctypes.c_int)
    return library


class _Filter:
    """A filter in the making; everything is allowed at first."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        self._context = library.seccomp_init(_ALLOW)
        if not self._context:
            raise OSError(errno.ENOMEM, "no filter", "seccomp_init")

    def refuse_call(self, name: str, error: int, *when: tuple[int, int, int, int]) -> None:
        """Let a call fail with `error`, always or when an argument (number, how, a, b) is so."""
        number = self._library.seccomp_syscall_resolve_name(name.encode())
        if number < 0:  # unknown to this library, or not of this architecture
            return
        comparisons = (_Comparison * max(1, len(when)))(*(_Comparison(*one) for one in when))
        result = self._library.seccomp_rule_add_array(
            self._context, _ERRNO | error, number, len(when), comparisons
        )
        if result not in (0, -errno.EEXIST):
            raise OSError(-result, os.strerror(-result), name)

    def export_program(self) -> bytes:
        """Return the filter as the kernel reads it."""
        # The library writes to a descriptor only, and nothing need touch the disk.
        with open(os.memfd_create("filter"), "rb") as file:
            result = self._library.seccomp_export_bpf(self._context, file.fileno())
            if result:
                raise OSError(-result, os.strerror(-result), "seccomp_export_bpf")
            file.seek(0)
            return file.read()

    def free_filter(self) -> None:
        """Free what the library holds."""
        self._library.seccomp_release(self._context)


_SOL_SOCKET = 1


@functools.cache
def make_program(apart: bool) -> bytes:
    """Return the filter in the kernel's form.

    Args:
        apart: the process has a file system, a network and process ids of its own.

    Raises:
        OSError: the library cannot make it.
    """
    made = _Filter(_require_library())
    try:
        for name in (*_REFUSED.split(), *_UNCOUNTED.split()):
            made.refuse_call(name, errno.EPERM)
        # Its flags lie in memory, where a filter cannot look; the C library then uses `clone`.
        made.refuse_call("clone3", errno.ENOSYS)
        for flag in _NEW:
            made.refuse_call("clone", errno.EPERM, (0, _MASKED, flag, flag))
        for request in (_TIOCSTI, _TIOCLINUX):
            made.refuse_call("ioctl", errno.EPERM, _is(1, request))
        made.refuse_call("prctl", errno.EPERM, _is(0, _SET_DUMPABLE))
        made.refuse_call("fcntl", errno.EPERM, _is(1, _SETLEASE))
        for option in _SOCKET_SIZES:
            made.refuse_call("setsockopt", errno.EPERM, _is(1, _SOL_SOCKET), _is(2, option))
        if apart:
            made.refuse_call("socket", errno.EAFNOSUPPORT, (0, _NE, 1, 0))  # all but AF_UNIX
        else:
            _refuse_outside(made)
        _refuse_modes(made, () if apart else (*_OWNERS.split(), *_MODES.split()))
        return made.export_program()
    finally:
        made.free_filter()


def _require_library() -> ctypes.CDLL:
    """Return libseccomp."""
    library = _load_library()
    if library is None:
        raise OSError(errno.ENOENT, "libseccomp.so.2 is not installed", "seccomp")
    return library


def _is(number: int, value: int) -> tuple[int, int, int, int]:
    """Return the condition that an argument, of which the kernel reads 32 bits, has a value."""
    return number, _MASKED, 0xFFFFFFFF, value


def _refuse_modes(made: _Filter, refused: tuple[str, ...]) -> None:
    """Refuse to make a file that runs as its owner; some calls may be refused as a whole."""
    # As if the kernel were too old: programs then fall back to `openat`, which the filter can read.
    made.refuse_call("openat2", errno.ENOSYS)
    for bit in _SETS:
        for name, place in _MODES_AT.items():
            if name not in refused:
                made.refuse_call(name, errno.EPERM, (place, _MASKED, bit, bit))
        for name, (flags, place) in _OPENS.items():
            for flag in _MAKES:
                made.refuse_call(
                    name, errno.EPERM, (flags, _MASKED, flag, flag), (place, _MASKED, bit, bit)
                )


def _refuse_outside(made: _Filter) -> None:
    """Refuse what would reach the machine's files, sockets and processes."""
    # Also AF_UNIX: a database or a container engine may listen on one. Pairs can be made.
    made.refuse_call("socket", errno.EAFNOSUPPORT)
    for name in _OWNERS.split():
        made.refuse_call(name, errno.EPERM)
    for name in _EXTENDED.split():
        made.refuse_call(name, errno.ENOTSUP)
    for name in _MODES.split():
        made.refuse_call(name, 0)
    # What a runner's processes leave behind comes back to it, where it is found.
    made.refuse_call("prctl", errno.EPERM, _is(0, PR_SET_CHILD_SUBREAPER))
    for name, one in _OF_ONE.items():
        made.refuse_call(name, errno.EPERM, (0, _NE, one, 0))
    for command in _FILE_SIGNALS:
        made.refuse_call("fcntl", errno.EPERM, _is(1, command))
    for request in _FILE_OWNERS:
        made.refuse_call("ioctl", errno.EPERM, _is(1, request))


# An instruction: what to do, how far to jump when so and when not, a number. Loads a word of the
# call, compares, returns.
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _ARGUMENTS = 0, 16  # where a call's number and its arguments stand


def own_process_only(pid: int, signals: bool) -> bytes:
    """Return a filter by which what acts on a process may act on one alone, in the kernel's form.

    It is written here because libseccomp cannot say "neither 0 nor that one". It has to stand
    beside one of `make_program`, which refuses the calls of other architectures.

    Args:
        pid: the process that may be acted on, beside 0, which stands for whoever calls.
        signals: whether signals are among what is refused; those to children are, too.
    """
    library = _require_library()
    code = struct.pack("HBBI", _LOAD, 0, 0, _NUMBER)
    for name, place in {**_ACTS, **(_SIGNALS if signals else {})}.items():
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number < 0:
            continue
        # The lower half: a process id has 32 bits, and the upper half is not looked at by the
        # kernel.
        low = _ARGUMENTS + 8 * place + (4 if sys.byteorder == "big" else 0)
        code += struct.pack("HBBI", _EQUAL, 0, 5, number)
        code += struct.pack("HBBI", _LOAD, 0, 0, low)
        code += struct.pack("HBBI", _EQUAL, 2, 0, 0)
        code += struct.pack("HBBI", _EQUAL, 1, 0, pid)
        code += struct.pack("HBBI", _RETURN, 0, 0, _ERRNO | errno.EPERM)
        code += struct.pack("HBBI", _RETURN, 0, 0, _ALLOW)
    if signals:  # its process is named by a file, which a filter cannot look into
        number = library.seccomp_syscall_resolve_name(b"pidfd_send_signal")
        code += struct.pack("HBBI", _EQUAL, 0, 1, number & 0xFFFFFFFF)
        code += struct.pack("HBBI", _RETURN, 0, 0, _ERRNO | errno.EPERM)
    return code + struct.pack("HBBI", _RETURN, 0, 0, _ALLOW)


def load_filter(apart: bool, signals: bool = True) -> None:
    """Filter this process's calls and those of all that it starts.

    Args:
        apart: as for `make_program`.
        signals: whether to refuse signals to others, for a process that is not `apart`.

    Raises:
        OSError: the kernel refuses, or there is no library.
    """
    # Each filter that is loaded is asked at every call; the strictest answer counts.
    codes = [make_program(apart)]
    if not apart:
        codes.append(own_process_only(os.getpid(), signals))
    set_process_option(PR_SET_NO_NEW_PRIVS, 1)
    # Kept in a name until the call is over: the kernel reads it from this process's memory.
    for code in codes:
        buffer = ctypes.create_string_buffer(code, len(code))
        filled = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
        call_library("prctl", _PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(filled), 0, 0)
