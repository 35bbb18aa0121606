"""A warm process that runs pieces of code in the sandbox, one after another, for the tests.

Reads requests as lines of JSON on standard input, answers with lines of JSON. It is told
by its argument whether to become an ordinary user first, and whether Python shall lie where all
accounts can reach it.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import select
import signal
import sys
import time
import traceback
from typing import Any

NOBODY = 65534


def lay_open(paths: list[str]) -> None:
    """Let all accounts reach these paths, also those in root's own folder, in this process."""
    libc = ctypes.CDLL(None, use_errno=True)
    barred = {path for path in paths if path.startswith("/root/")}
    if not barred or os.stat("/root").st_mode & 0o001:
        return
    steps = [libc.unshare(0x20000), libc.mount(None, b"/", None, 16384 | 1 << 18, None)]
    kept = []
    for path in sorted(barred):
        kept.append((path, os.open(path, os.O_PATH)))
    steps.append(libc.mount(b"tmpfs", b"/root", b"tmpfs", 0, b"mode=755"))
    for path, fd in kept:
        os.makedirs(path)
        source = f"/proc/self/fd/{fd}".encode()
        steps.append(libc.mount(source, path.encode(), None, 4096, None))
        os.close(fd)
    if any(steps):
        raise OSError(ctypes.get_errno(), "the test cannot lay Python open")


def become_nobody(paths: list[str]) -> None:
    """Become an ordinary user who can reach these paths."""
    lay_open(paths)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    # A change of account makes /proc/self root's; an ordinary user's process was never that.
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)


def run(request: dict[str, Any], sandbox: Any, means: Any) -> dict[str, Any]:
    """Fork, confine, run the code, sweep; return what came of it."""
    neighbour = None
    if request["beside"]:
        scratch = request["scratch"] + ("" if means.namespaces else "-beside")
        changed = {"code": request["beside"], "scratch": scratch}
        neighbour, answering = fork({**request, **changed}, sandbox, means)
        os.read(answering, 65536)
        os.close(answering)
    pid, reading = fork(request, sandbox, means)
    answer = b""
    deadline = time.monotonic() + request["seconds"]
    outer = sandbox.outer_pid(pid)
    with open(f"/proc/{outer}/status") as file:
        inner = int(next(line for line in file if line.startswith("NSpid:")).split()[-1])
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        chunk = os.read(reading, 65536) if ready else b""
        answer += chunk
        if not chunk or answer.endswith(b"\n"):
            break
    started = time.monotonic()
    sandbox.sweep_process(pid, means, [neighbour] if neighbour else [])
    _, status = os.waitpid(pid, 0)
    if neighbour:
        # It goes on as if nothing had happened.
        os.kill(neighbour, 0)
        sandbox.sweep_process(neighbour, means, [])
        os.waitpid(neighbour, 0)
    os.close(reading)
    result: dict[str, Any] = json.loads(answer) if answer.endswith(b"\n") else {"died": True}
    result |= {
        "status": os.waitstatus_to_exitcode(status),
        "inner": inner,
        "sweep": time.monotonic() - started,
    }
    return result


def fork(request: dict[str, Any], sandbox: Any, means: Any) -> tuple[int, int]:
    """Fork and confine; return the child and where its answer can be read."""
    reading, writing = os.pipe()
    with sandbox.fork_bracket(means):
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            child(request, sandbox, means, writing)
    os.close(writing)
    return pid, reading


def child(request: dict[str, Any], sandbox: Any, means: Any, writing: int) -> None:
    """Be confined, run the code, write its `result`; never return."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(writing, 3, inheritable=False)
    os.closerange(4, 256)
    answer: dict[str, Any] = {}
    try:
        view = sandbox.View(
            tuple(request["read_only"]), tuple(request["hidden"]), request["scratch"]
        )
        temporary = sandbox.confine_process(view, sandbox.Limits(**request["limits"]), means)
        os.environ["TMPDIR"] = os.environ["HOME"] = os.environ["MPLCONFIGDIR"] = temporary
        names: dict[str, Any] = {"given": request["given"]}
        exec(request["code"], names)
        answer["result"] = names.get("result")
    except BaseException as error:
        answer["error"] = type(error).__name__
        answer["trace"] = traceback.format_exc()
    os.write(3, json.dumps(answer, default=repr).encode() + b"\n")
    # What it started has to be ended by others.
    signal.pause()
    os._exit(0)


def main() -> None:
    """Serve."""
    asked = json.loads(sys.argv[1])
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    if asked["nobody"]:
        become_nobody(asked["paths"])
    elif asked["open"]:
        lay_open(asked["paths"])
    from course.grader import sandbox

    means = sandbox.probe_means()
    sandbox.nest_namespaces(means)
    import matplotlib as mpl

    mpl.use("agg")
    for name in ("numpy", "pandas", "matplotlib.pyplot"):
        importlib.import_module(name)

    print(means.to_json(), flush=True)
    for line in sys.stdin:
        try:
            answer = run(json.loads(line), sandbox, means)
        except Exception:
            answer = {"broken": traceback.format_exc()}
        print(json.dumps(answer), flush=True)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


if __name__ == "__main__":
    main()
