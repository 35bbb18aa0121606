"""Namespaces: a process gets its own files, processes, network, names.

The processes that run students' cells are forked from one warm process, which does this:

    sandbox.nest(means)                   # once, before it imports much
    with sandbox.fork_bracket(means):     # for each
        pid = os.fork()

The child is then the first process of a new pid namespace, and the kernel kills all that is in it
when it ends. An ordinary user may make one only below a user namespace of their own, and may come
back from it only to a pid namespace that belongs there too; hence `nest_namespaces`.
"""

import contextlib
import functools
import os
import signal
from collections.abc import Iterator

from course.grader.sandbox import seccomp
from course.grader.sandbox.identity import CLONE_NEWUSER, choose_identity, map_self
from course.grader.sandbox.means import Means
from course.grader.sandbox.syscalls import (
    PR_SET_CHILD_SUBREAPER,
    call_library,
    end_with_parent,
    set_process_option,
)

CLONE_NEWPID = 0x20000000
_OTHERS = 0x00020000 | 0x04000000 | 0x08000000 | 0x40000000  # mount, uts, ipc, net
CLONE_NEWCGROUP = 0x02000000


def nest_namespaces(means: Means) -> None:
    """Go on as the first process of a pid namespace; with it all that it forks will end.

    Returns in a child. This process waits for it and ends with its exit code; it gives up its
    files, so that only the child holds them. Does nothing where there are no namespaces (there,
    what a submission leaves behind comes back to this process, see `sweep`).

    Raises:
        OSError: the kernel refuses.
    """
    if not means.namespaces:
        if means.linux:
            set_process_option(PR_SET_CHILD_SUBREAPER, 1)
        return
    identity = choose_identity()
    if means.root:
        call_library("unshare", CLONE_NEWPID)
    else:
        call_library("unshare", CLONE_NEWUSER | CLONE_NEWPID)
        map_self(identity)
    pid = os.fork()
    if pid == 0:
        # Else it would live on where the outer process is killed.
        end_with_parent()
        return
    os.closerange(0, 256)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: os.kill(pid, signal.SIGKILL))
    _, status = os.waitpid(pid, 0)
    os._exit(max(0, os.waitstatus_to_exitcode(status)) if os.WIFEXITED(status) else 1)


@functools.cache
def _own_pids(owner: int) -> int:
    """Return a handle of the pid namespace of this process."""
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


@contextlib.contextmanager
def fork_bracket(means: Means) -> Iterator[None]:
    """Let a process forked within be the first one of a new pid namespace.

    Raises:
        OSError: the kernel refuses, e.g. because `nest_namespaces` was not called.
    """
    if means.seccomp:
        seccomp.make_program(means.namespaces)  # made here, once, for all children
    if not means.namespaces:
        yield
        return
    owner = os.getpid()
    call_library("unshare", CLONE_NEWPID)
    try:
        yield
    finally:
        if os.getpid() == owner:
            call_library("setns", _own_pids(owner), CLONE_NEWPID)


def leave_the_others() -> None:
    """Get mounts, network, names and message queues of its own, in a new and empty state."""
    call_library("unshare", _OTHERS)
    with contextlib.suppress(OSError):  # not in every kernel, and it hides little
        call_library("unshare", CLONE_NEWCGROUP)
    name = b"sandbox"
    # The machine's name would stand in outputs, and tells where grading happens.
    call_library("sethostname", name, len(name))


def outer_pid(pid: int) -> int:
    """Return the number by which the rest of the machine knows a child of this process.

    Args:
        pid: the number that `os.fork` returned here.
    """
    if not os.path.isdir("/proc/self"):
        return pid
    # The fork returns the number in its own namespace; psutil and the grading process need the
    # outer one.
    depth = len(_read_status("self", "NSpid:")) - 1  # of this process, below this /proc
    for number in _list_children():
        with contextlib.suppress(ValueError, IndexError):
            # From the machine's number down to its own; ours is as deep as we are.
            numbers = [int(word) for word in _read_status(number, "NSpid:")]
            if numbers[depth] == pid:
                return numbers[0]
    return pid


def _list_children() -> list[str]:
    """Return the children of this process, as /proc numbers them."""
    own = os.readlink("/proc/self")
    try:
        with open(f"/proc/{own}/task/{own}/children", encoding="utf-8") as file:
            return file.read().split()
    except OSError:
        numbers = filter(str.isdigit, os.listdir("/proc"))
        return [number for number in numbers if _read_status(number, "PPid:") == [own]]


def _read_status(number: str, name: str) -> list[str]:
    """Return the words that the kernel says of a process under a name; none where it is gone."""
    with (
        contextlib.suppress(OSError, StopIteration),
        open(f"/proc/{number}/status", encoding="utf-8", errors="replace") as file,
    ):
        return next(line for line in file if line.startswith(name)).split()[1:]
    return []
