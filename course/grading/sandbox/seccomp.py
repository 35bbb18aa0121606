"""Seccomp: calls to the kernel that no notebook needs are refused.

The filter is written by libseccomp, which knows the calls' numbers on every architecture. It is
made once (a few milliseconds) and then only loaded by each confined process.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import functools
import os

from course.grading.sandbox.kernel import (
    PR_SET_CHILD_SUBREAPER,
    PR_SET_NO_NEW_PRIVS,
    call,
    is_linux,
    prctl,
)

__all__ = ["load", "program"]

_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_NE, _EQ, _MASKED = 1, 4, 7
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
"""

# Without a file system of its own, what Landlock does not cover:
_OWNERS = "chown fchown lchown fchownat chown32 fchown32 lchown32 mknod mknodat"
_EXTENDED = "setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr"
# Copying a file ends with these calls, so that they seem to succeed. They change nothing.
_MODES = """
    chmod fchmod fchmodat fchmodat2 utime utimes utimensat futimesat utimensat_time64
"""


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
def _library() -> ctypes.CDLL | None:
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

    def refuse(self, name: str, error: int, *when: tuple[int, int, int, int]) -> None:
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

    def export(self) -> bytes:
        """Return the filter as the kernel reads it."""
        with open(os.memfd_create("filter"), "rb") as file:
            result = self._library.seccomp_export_bpf(self._context, file.fileno())
            if result:
                raise OSError(-result, os.strerror(-result), "seccomp_export_bpf")
            file.seek(0)
            return file.read()

    def release(self) -> None:
        """Free what the library holds."""
        self._library.seccomp_release(self._context)


@functools.cache
def program(apart: bool) -> bytes:
    """Return the filter in the kernel's form.

    Args:
        apart: the process has a file system, a network and process ids of its own.

    Raises:
        OSError: the library cannot make it.
    """
    library = _library()
    if library is None:
        raise OSError(errno.ENOENT, "libseccomp.so.2 is not installed", "seccomp")
    made = _Filter(library)
    try:
        for name in _REFUSED.split():
            made.refuse(name, errno.EPERM)
        # Its flags lie in memory, where a filter cannot look; the C library then uses `clone`.
        made.refuse("clone3", errno.ENOSYS)
        for flag in _NEW:
            made.refuse("clone", errno.EPERM, (0, _MASKED, flag, flag))
        for request in (_TIOCSTI, _TIOCLINUX):
            made.refuse("ioctl", errno.EPERM, (1, _MASKED, 0xFFFFFFFF, request))
        if apart:
            made.refuse("socket", errno.EAFNOSUPPORT, (0, _NE, 1, 0))  # all but AF_UNIX
        else:
            _refuse_outside(made)
        return made.export()
    finally:
        made.release()


def _refuse_outside(made: _Filter) -> None:
    """Refuse what would reach the machine's files, sockets and processes."""
    # Also AF_UNIX: a database or a container engine may listen on one. Pairs can be made.
    made.refuse("socket", errno.EAFNOSUPPORT)
    for name in _OWNERS.split():
        made.refuse(name, errno.EPERM)
    for name in _EXTENDED.split():
        made.refuse(name, errno.ENOTSUP)
    for name in _MODES.split():
        made.refuse(name, 0)
    for name in ("shmget", "shmat", "msgget", "semget", "mq_open"):
        made.refuse(name, errno.EPERM)
    # What a runner's processes leave behind comes back to it, where it is found.
    made.refuse("prctl", errno.EPERM, (0, _MASKED, 0xFFFFFFFF, PR_SET_CHILD_SUBREAPER))


def load(apart: bool) -> None:
    """Filter this process's calls and those of all that it starts.

    Raises:
        OSError: the kernel refuses, or there is no library.
    """
    code = program(apart)
    buffer = ctypes.create_string_buffer(code, len(code))
    filled = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    call("prctl", _PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(filled), 0, 0)
