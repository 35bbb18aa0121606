"""The file system that a confined process sees: made anew, of what it needs alone."""

import contextlib
import ctypes
import os
import stat
from pathlib import Path

from course.grader.sandbox.identity import Identity
from course.grader.sandbox.limits import Limits, View
from course.grader.sandbox.syscalls import call_kernel, call_library

_RDONLY, _NOSUID, _NODEV, _NOEXEC = 1, 2, 4, 8
_REMOUNT, _BIND, _REC, _PRIVATE = 32, 4096, 16384, 1 << 18
_DETACH = 2
# Flags of a mount that a user namespace may not take away: as `statvfs` says, as `mount` reads.
_KEPT = ((1, 1), (2, 2), (4, 4), (8, 8), (1024, 1024), (2048, 2048), (4096, 1 << 21))
_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE = 442, -100, 0x8000

DEVICES = tuple(f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom"))
# Where programs and libraries lie: links into /usr on most machines, folders on others.
SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_BOUND = ("/etc/alternatives", "/etc/fonts")
_COPIED = ("/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/etc/mime.types")
_OLD = "/.outside"
# Covers the old /proc, and goes when the old root goes: taking one mount away costs milliseconds.
_MADE = _OLD + "/proc"


class _Attributes(ctypes.Structure):
    _fields_ = (
        ("set", ctypes.c_uint64),
        ("clear", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns", ctypes.c_uint64),
    )


def new_root(view: View, limits: Limits, identity: Identity) -> None:
    """Replace all that this process sees of the file system; it needs a mount namespace.

    Raises:
        OSError: the kernel refuses a step; `filename` says which.
    """
    where = {path: os.path.realpath(path) for path in view.read_only}
    # Both ways: a file behind a link would else be open under its real name.
    hidden = {os.path.realpath(path) for path in view.hidden} | set(view.hidden)
    # Else what is mounted here would show on the machine, too.
    _mount_path(None, "/", None, _REC | _PRIVATE)
    _mount_path("tmpfs", "/tmp", "tmpfs", _NOSUID | _NODEV, "mode=755,size=8m,nr_inodes=4096")
    os.chdir("/tmp")
    os.mkdir("." + _OLD)
    # Not chroot, from which a process with rights can climb out; after it the old root can be
    # taken away.
    call_library("pivot_root", b".", b"." + _OLD.encode())
    os.chdir("/")
    # What is made here has to be readable for the account that the process becomes.
    os.umask(0o022)
    _make_proc_and_dev()
    _make_system()
    _make_etc(identity)
    _make_scratch(view.scratch, limits.scratch_bytes, identity)
    # A link and what it leads to are both there, parents first.
    targets = {**where, **{real: real for real in where.values()}}
    for target in sorted(targets, key=lambda path: path.count("/")):
        # What is there already, with the system's programs, stays.
        if not any(f"{target}/".startswith(f"{one}/") for one in ("/usr", *SYSTEM)):
            _bind_path(targets[target], target)
    for path in sorted(hidden):
        _hide_path(path)
    # From here on nothing outside can be named any more.
    call_library("umount2", _OLD.encode(), _DETACH)
    os.rmdir(_OLD)
    # Last: until now folders had to be made in it.
    _mount_path(None, "/", None, _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)
    os.umask(0o077)
    os.chdir(view.scratch)


def _mount_path(
    source: str | None, target: str, kind: str | None, flags: int, options: str | None = None
) -> None:
    """Mount; an error names the target."""
    words = [text.encode() if text is not None else None for text in (source, target, kind)]
    try:
        call_library("mount", *words, flags, options.encode() if options is not None else None)
    except OSError as error:
        raise OSError(error.errno, error.strerror, f"mount on {target}") from None


def _make_proc_and_dev() -> None:
    """Give it processes and devices of its own."""
    os.mkdir("/proc")
    _mount_path("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    os.mkdir("/dev")
    # Bound, not made: an ordinary user may not make devices.
    for path in DEVICES:
        Path(path).touch()
        _mount_path(_OLD + path, path, None, _BIND)
    os.symlink("/proc/self/fd", "/dev/fd")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        os.symlink(f"/proc/self/fd/{number}", f"/dev/{name}")


def _make_system() -> None:
    """Give it the system's programs and libraries."""
    _bind_path("/usr", "/usr")
    for path in SYSTEM:
        outside = _OLD + path
        if os.path.islink(outside):
            os.symlink(os.readlink(outside), path)
        elif os.path.isdir(outside):
            _bind_path(path, path)


def _make_etc(identity: Identity) -> None:
    """Give it the few settings that programs look for; none names this machine's users."""
    os.mkdir("/etc")
    for path in _BOUND:
        if os.path.isdir(_OLD + path):
            _bind_path(path, path)
    for path in _COPIED:
        with contextlib.suppress(OSError):
            if os.path.islink(_OLD + path):
                os.symlink(os.readlink(_OLD + path), path)
            else:
                Path(path).write_bytes(Path(_OLD + path).read_bytes())
    # One invented user: the machine's own accounts are none of a submission's business.
    uid, gid = identity.uid, identity.gid
    made = {
        "passwd": f"student:x:{uid}:{gid}:student:/tmp:/bin/sh\n",
        "group": f"student:x:{gid}:\n",
        "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
        "hosts": "127.0.0.1 localhost\n",
    }
    for name, text in made.items():
        Path("/etc", name).write_text(text)


def _make_scratch(scratch: str, size: int, identity: Identity) -> None:
    """Give it folders to write in, which share one limit: scratch, /tmp, /dev/shm."""
    # A file takes memory even when it is empty.
    options = f"mode=755,size={size},nr_inodes={max(1024, size // 8192)}"
    _mount_path("tmpfs", _MADE, "tmpfs", _NOSUID | _NODEV, options)
    for name, target in (("tmp", "/tmp"), ("shm", "/dev/shm"), ("work", scratch)):
        source = f"{_MADE}/{name}"
        os.mkdir(source)
        os.chmod(source, 0o700 if name == "work" else 0o1777)
        os.chown(source, identity.uid, identity.gid)
        os.makedirs(target, exist_ok=True)
        _mount_path(source, target, None, _BIND)


def _bind_path(path: str, target: str) -> None:
    """Show a file or folder of the machine at `target`, to be read only; ignore a missing one."""
    source = _OLD + path
    try:
        is_folder = stat.S_ISDIR(os.stat(source).st_mode)
    except OSError:
        return
    if is_folder:
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.lexists(target):
            Path(target).touch()
    try:
        _mount_path(source, target, None, _BIND)
    except OSError:
        # Something is mounted below it, and a user namespace may not look behind that.
        _mount_path(source, target, None, _BIND | _REC)
        wanted = _Attributes(_RDONLY | _NOSUID | _NODEV, 0, 0, 0)
        call_kernel(
            _MOUNT_SETATTR,
            _AT_FDCWD,
            target.encode(),
            _AT_RECURSIVE,
            ctypes.byref(wanted),
            ctypes.sizeof(wanted),
        )
        return
    present = os.statvfs(target).f_flag
    # A remount that leaves one of these out is refused as if it were to take it away.
    kept = sum(flag for said, flag in _KEPT if present & said)
    _mount_path(None, target, None, kept | _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)


def _hide_path(path: str) -> None:
    """Cover a file or folder with an empty one; ignore one that is not there."""
    try:
        is_folder = stat.S_ISDIR(os.stat(path).st_mode)
    except OSError:
        return
    if is_folder:
        options = "mode=755,size=4k,nr_inodes=1"
        _mount_path("tmpfs", path, "tmpfs", _RDONLY | _NOSUID | _NODEV | _NOEXEC, options)
    else:
        _mount_path("/dev/null", path, None, _BIND)
