"""Puts a process that was just forked behind all walls that this machine has."""

import contextlib
import os

from course.grader.sandbox import identity as who
from course.grader.sandbox import landlock, mounts, namespaces, seccomp
from course.grader.sandbox.limits import Limits, View
from course.grader.sandbox.means import Means
from course.grader.sandbox.rlimits import counted_together, set_limits
from course.grader.sandbox.syscalls import (
    PR_SET_CHILD_SUBREAPER,
    PR_SET_NO_NEW_PRIVS,
    SandboxError,
    end_with_parent,
    kernel_is_at_least,
    set_process_option,
)

_SETTINGS = (
    "/etc/alternatives /etc/fonts /etc/ld.so.cache /etc/localtime /etc/timezone /etc/mime.types "
    "/etc/passwd /etc/group /etc/nsswitch.conf /etc/hosts"
)
_ABOUT_MACHINE = "/proc/self /proc/cpuinfo /proc/meminfo /proc/stat /proc/loadavg"


def confine_process(view: View, limits: Limits, means: Means) -> str:
    """Confine this process and all that it will start; there is no way back.

    It has to be freshly forked (in `fork_bracket`) and to have one thread. Afterwards
    `view.scratch` is the working folder.

    Args:
        view: what it sees of the file system.
        limits: what it may use.
        means: what `probe` found.

    Returns:
        The folder for temporary files, which goes with the scratch folder.

    Raises:
        SandboxError: a wall that `probe` found to work could not be put up.
    """
    step = "process group"
    try:
        with contextlib.suppress(PermissionError):  # it leads one already
            # By its session `sweep` later finds what this process started.
            os.setsid()
        own = who.choose_identity()
        # Counted before the namespaces: afterwards other processes cannot be seen.
        apart = own.apart if means.identity else means.namespaces and kernel_is_at_least(5, 14)
        others = counted_together(apart) if means.limits else 0
        step = "scratch folder"
        if means.namespaces:
            step = "namespaces"
            namespaces.leave_the_others()
            mounts.new_root(view, limits, own)
            temporary = "/tmp"
        else:
            temporary = _real_scratch(view.scratch, own, means)
        step = "account"
        _change_account(view, own, means)
        # Not before: a user namespace hands its limits on to the one above it, which all share.
        step = "limits"
        if means.limits:
            set_limits(limits, others)
        if means.linux:
            end_with_parent()
            # Landlock and seccomp ask for it; it also makes setuid programs mean nothing.
            set_process_option(PR_SET_NO_NEW_PRIVS, 1)
        step = "Landlock"
        if means.landlock:
            _close_files(view, temporary, means)
        step = "seccomp"
        if means.seccomp:
            # An account of its own has no process of others; later Landlocks keep signals inside.
            signals = not means.identity and means.landlock < 6
            seccomp.load_filter(means.namespaces, signals)
    except (OSError, ValueError) as error:
        raise SandboxError(
            where=f"the sandbox ({step})",
            expected="a wall that this machine was found to have",
            found=str(error),
            todo="run: course doctor",
        ) from error
    return temporary


def _change_account(view: View, own: who.Identity, means: Means) -> None:
    """Become the account that runs students' cells."""
    if means.identity:
        # The scratch folder is this account's own; only what leads to it has to be open.
        ways = (*view.read_only, os.path.dirname(view.scratch))
        reachable = means.namespaces or who.reachable_by_all(ways)
        # Without Landlock the right to read what root can would lay all files open; `Sandbox`
        # does not grade then.
        who.become_identity(own, search=bool(means.landlock) and not reachable)
    elif means.namespaces:
        who.give_up_rights(own)
    if not means.namespaces and means.linux:
        # What loses its parent comes back to this process, so that `sweep` finds it.
        set_process_option(PR_SET_CHILD_SUBREAPER, 1)


def _real_scratch(scratch: str, own: who.Identity, means: Means) -> str:
    """Make the folders to write in on the machine's own file system; go there."""
    temporary = os.path.join(scratch, ".tmp")
    os.makedirs(temporary, mode=0o700, exist_ok=True)
    if means.identity:
        for folder in (scratch, temporary):
            os.chown(folder, own.uid, own.gid)
    os.umask(0o077)
    os.chdir(scratch)
    return temporary


def _close_files(view: View, temporary: str, means: Means) -> None:
    """Let Landlock close all files but those of the view."""
    readable = ["/usr", *mounts.SYSTEM, *view.read_only]
    writable = [view.scratch, temporary]
    if means.namespaces:
        # Whatever is there was put there for it.
        readable += ["/etc", "/proc"]
        writable.append("/dev/shm")
    else:
        readable += [*_SETTINGS.split(), *_ABOUT_MACHINE.split()]
    # In a root of its own the names give nothing away, and programs look through them.
    listed = ["/"] if means.namespaces else []
    landlock.allow_only(means.landlock, readable, writable, mounts.DEVICES, view.hidden, listed)
