"""Tries each wall of the sandbox in a child that is thrown away.

`python -m course.grader.sandbox.probe` prints the answer as JSON. It is a
program of its own because only a process with one thread can try namespaces.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace

from course.grader.sandbox import identity, landlock, namespaces, rlimits, seccomp, walls
from course.grader.sandbox.limits import Limits, View
from course.grader.sandbox.means import Means
from course.grader.sandbox.syscalls import is_linux

TOO_MUCH = 4 << 30


def find_means() -> Means:
    """Return what works here."""
    root = os.geteuid() == 0
    reasons: list[tuple[str, str]] = []

    def has_worked(what: str, trial: Callable[[], None]) -> bool:
        problem = _try_in_child(trial)
        if problem:
            reasons.append((what, problem))
        return not problem

    limits = has_worked("limits", lambda: rlimits.set_limits(Limits(), others=0))
    memory = limits and has_worked("memory", _memory_is_limited)
    own = root and has_worked(
        "identity", lambda: identity.become_identity(identity.choose_identity())
    )
    if own and not identity.reachable_by_all((sys.prefix, sys.base_prefix)):
        reasons.append(("python", sys.base_prefix))
    version = landlock.landlock_version()
    if version and not has_worked("landlock", lambda: landlock.allow_only(version, ["/usr"], [])):
        version = 0
    filtered = has_worked("seccomp", lambda: seccomp.load_filter(apart=True))
    means = Means(is_linux(), root, False, version, filtered, limits, memory, own)
    apart = (
        is_linux() and (own or not root) and has_worked("namespaces", lambda: _put_up_walls(means))
    )
    return replace(means, namespaces=apart, reasons=tuple(reasons))


def _try_in_child(trial: Callable[[], None]) -> str:
    """Run a trial in a child; return why it failed, empty when it did not."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            trial()
        except BaseException as error:
            os.write(writing, (f"{type(error).__name__}: {error}")[:1000].encode())
        else:
            os.write(writing, b"+")
        finally:
            os._exit(0)
    os.close(writing)
    answer = b""
    # To its end: a trial that is killed writes nothing, and that is an answer, too.
    while chunk := os.read(reading, 4096):
        answer += chunk
    os.close(reading)
    os.waitpid(pid, 0)
    if answer == b"+":
        return ""
    return answer.decode(errors="replace") or "the trial ended early"


def _memory_is_limited() -> None:
    """Take more than is allowed, which has to fail."""
    import mmap

    rlimits.set_limits(Limits(memory=TOO_MUCH // 2), others=0)
    try:
        # Asked for, not used: a limit that does not hold must not cost the machine its memory.
        mmap.mmap(-1, TOO_MUCH).close()
    except (OSError, MemoryError):
        return
    raise OSError("the limit of memory does not hold")


def _put_up_walls(means: Means) -> None:
    """Put up everything at once, twice, as the warm process will."""
    means = replace(means, namespaces=True)
    reading, writing = os.pipe()
    namespaces.nest_namespaces(means)
    with tempfile.TemporaryDirectory() as folder:
        view = View((sys.prefix, sys.base_prefix), (), os.path.join(folder, "scratch"))
        # Twice, because the second fork is what fails where the way back into the namespace is
        # closed.
        for _ in range(2):
            with namespaces.fork_bracket(means):
                pid = os.fork()
                if pid == 0:
                    os.close(reading)
                    try:
                        walls.confine_process(view, Limits(), means)
                        if os.getpid() != 1 or not os.path.isdir("/proc/1"):
                            raise OSError("no processes of its own")
                    except BaseException as error:
                        os.write(writing, str(error).encode())
                    finally:
                        os._exit(0)
            os.waitpid(pid, 0)
    os.close(writing)
    problem = os.read(reading, 4096)
    if problem:
        raise OSError(" ".join(problem.decode(errors="replace").split()))


if __name__ == "__main__":
    print(find_means().to_json())
