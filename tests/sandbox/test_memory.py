"""No kind of memory lets a submission hold more than it may, seen or unseen by its limits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from course.grader.installed import course_paths
from course.grader.run import memory
from course.grader.run.memory import OutOfMemory, memory_watch
from course.grader.run.session import Rules, Session
from course.grader.run.zygote import Zygote
from course.grader.sandbox import Limits, list_unprotected
from tests.conftest import launch_alone

MB = 1 << 20
ALLOWED = 256 * MB  # to each process, and to all of a submission together

# Each takes and keeps memory until it has GOAL bytes, and says so; or is kept from it.
START = """
import ctypes, fcntl, mmap, os, signal, socket, sys, time
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
libc.mmap.restype = ctypes.c_void_p
GOAL, PIECE = 2 << 30, 64 << 20
block = bytes(1 << 20)
def fork(work):
    "Let a child do some work and then wait for ever."
    said, say = os.pipe()
    if os.fork() == 0:
        try:
            work()
            os.write(say, b"well")
        except BaseException as error:
            os.write(say, type(error).__name__.encode())
        while True:
            signal.pause()
    os.close(say)
    answer = os.read(said, 100).decode()
    if answer != "well":
        raise MemoryError(answer)
    os.close(said)
def fill(fd, size):
    for _ in range(size >> 20):
        os.write(fd, block)
"""
KINDS = {
    "memfd": """
for _ in range(GOAL // PIECE):
    fill(os.memfd_create("m"), PIECE)
""",
    "secret memory": """
for _ in range(GOAL // PIECE):
    fd = libc.syscall(447, 0)
    assert fd >= 0
    os.ftruncate(fd, PIECE)
""",
    "shared memory of System V": """
for _ in range(GOAL // PIECE):
    number = libc.shmget(0, PIECE, 0o1600)
    assert number >= 0
    place = libc.shmat(number, None, 0)
    ctypes.memset(place, 1, PIECE)
    libc.shmdt(ctypes.c_void_p(place))
""",
    "messages of System V": """
message = ctypes.create_string_buffer(b"\\1" + bytes(7) + bytes(8192))
queued = 0
while queued < GOAL:
    queue = libc.msgget(0, 0o1600)
    assert queue >= 0
    while libc.msgsnd(queue, message, 8192, 0o4000) == 0:
        queued += 8192
""",
    "messages of POSIX": """
rt = ctypes.CDLL("librt.so.1", use_errno=True)
for number in range(GOAL // (10 * 8192)):
    queue = rt.mq_open(b"/q%d" % number, 0o102, 0o600, None)
    assert queue >= 0
    for _ in range(10):
        rt.mq_send(queue, bytes(8192), 8192, 0)
""",
    "files in memory": """
for folder in (".", "/tmp", "/dev/shm"):
    try:
        for number in range(GOAL // 3 // (32 << 20)):
            with open(f"{folder}/{number}", "wb") as file:
                for _ in range(32):
                    file.write(block)
    except OSError:
        failed = True
assert "failed" not in globals()
""",
    "what waits in sockets": """
def work():
    pairs = []
    for _ in range(100):
        pairs.append(socket.socketpair())
        for one in pairs[-1]:
            one.setblocking(False)
            try:
                while True:
                    one.send(block)
            except BlockingIOError:
                pass
    globals().setdefault("kept", []).append(pairs)
for _ in range(50):
    fork(work)
""",
    "sockets that hold more": """
def work():
    pairs = []
    for _ in range(100):
        pair = socket.socketpair()
        pairs.append(pair)
        for one in pair:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8 << 20)
    globals().setdefault("kept", []).append(pairs)
for _ in range(50):
    fork(work)
""",
    "what two processes share": """
def pair():
    shared = mmap.mmap(-1, 128 << 20)
    for _ in range(128):
        shared.write(block)
    fork(lambda: shared[::4096])
    globals().setdefault("kept", []).append(shared)
for _ in range(16):
    fork(pair)
""",
    "what a child has from its parent": """
def pair():
    own = bytearray(b"x") * (128 << 20)
    fork(lambda: None)
    globals().setdefault("kept", []).append(own)
for _ in range(16):
    fork(pair)
""",
    "a little in each of many": """
def work():
    globals().setdefault("kept", []).append(bytearray(b"x") * (40 << 20))
for _ in range(50):
    fork(work)
""",
    "hidden memory": """
def work():
    libc.prctl(4, 0, 0, 0, 0)
    globals().setdefault("kept", []).append(bytearray(b"x") * (40 << 20))
for _ in range(50):
    fork(work)
""",
    "pages in a pipe": """
class Piece(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))
libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
kept = []
for _ in range(GOAL // PIECE):
    # One page of a huge one in a pipe keeps all of it, also when it is given back.
    place = libc.mmap(None, ctypes.c_size_t(PIECE), 3, 0x22, -1, ctypes.c_size_t(0))
    libc.madvise(place, PIECE, 14)
    ctypes.memset(place, 1, PIECE)
    kept.append(os.pipe())
    fcntl.fcntl(kept[-1][1], 1031, 1 << 19)
    for step in range(0, PIECE, 2 << 20):
        piece = Piece(place + step, 4096)
        assert libc.vmsplice(kept[-1][1], ctypes.byref(piece), 1, 2) == 4096
    libc.munmap(ctypes.c_void_p(place), ctypes.c_size_t(PIECE))
""",
}
END = "\nprint('held')\ntime.sleep(1.5)"


@pytest.fixture(scope="module", params=["full", "landlock"])
def warm(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    """A warm process with one rung of the sandbox."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("BACKYARD_SANDBOX", raising=False)
        if request.param != "full":
            patch.setenv("BACKYARD_SANDBOX", request.param)
        process = Zygote(launched=launch_alone())
    yield process
    process.close()


@pytest.fixture
def session(warm: Zygote) -> Iterator[Session]:
    """A submission that may have a part of what it tries to take."""
    limits = Limits(memory=ALLOWED)
    with (
        warm.open_view(*course_paths()) as view,
        Session(warm, view, Rules(limits, cell_seconds=60.0)) as opened,
    ):
        yield opened


@pytest.mark.parametrize("kind", KINDS)
def test_two_gigabytes_cannot_be_held(session: Session, warm: Zygote, kind: str) -> None:
    """The attempt fails or is stopped, nothing of it stays, and the next cell has a process."""
    if kind == "files in memory" and not warm.means.namespaces:
        assert any("fill the disk" in said for said in list_unprotected(warm.means))
        return
    before = _segments()
    result = session.run(START + KINDS[kind] + END)
    said = "".join(output.get("text", "") for output in result.outputs)
    errors = [output["evalue"] for output in result.outputs if output["output_type"] == "error"]
    assert "held" not in said
    assert errors or result.reason in ("memory", "died"), result
    assert session.run("print(1 + 1)").outputs[0]["text"] == "2\n"
    session.close()
    assert _segments() == before
    assert _submissions(warm) == 0


def _segments() -> list[str]:
    """Return the segments of System V memory of this machine."""
    return Path("/proc/sysvipc/shm").read_text("ascii").splitlines()


def _submissions(warm: Zygote) -> int:
    """Return how many processes the warm process has forked that still live."""
    assert warm._launched is not None
    there = psutil.Process(warm._launched.process.pid).children(recursive=True)
    living = [one for one in there if one.status() != psutil.STATUS_ZOMBIE]
    return len(living) - warm.means.namespaces  # which has it wait for one of its own


def test_what_no_limit_counts_is_refused(session: Session) -> None:
    """The kernel keeps what happens to files, and lists of reads to come, as no one's memory."""
    code = """
import ctypes
libc = ctypes.CDLL(None)
print(libc.inotify_init1(0), libc.syscall(206, 1000, ctypes.byref(ctypes.c_ulong(0))))
"""
    (output,) = session.run(code).outputs
    assert output["text"] == "-1 -1\n"


def test_what_is_allowed_can_be_taken(session: Session) -> None:
    """An honest cell that uses most of its memory, with a few programs of its own, is not ended."""
    code = START + "own = bytearray(b'x') * (150 << 20)\nfor _ in range(4): fork(lambda: None)\n"
    code += "socket.socketpair(), socket.socketpair()" + END
    result = session.run(code)
    assert result.outputs[-1]["text"] == "held\n"
    assert result.reason == ""


def test_the_watch_looks_four_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Called with every frame, it costs nothing in between, nor in what is over before."""
    looks: list[Any] = []

    def look_at(process: Any) -> int:
        looks.append(process)
        return 0

    times = iter([0.0, 0.1, 0.26, 0.26, 0.3, 0.52, 0.52])
    monkeypatch.setattr("course.grader.run.memory.time.monotonic", lambda: next(times))
    monkeypatch.setattr(memory, "_resident", look_at)
    look = memory_watch(os.getpid(), 1 << 50)
    for _ in range(4):
        look()
    assert len({process.create_time() for process in looks}) >= 1
    assert looks.count(psutil.Process()) == 2


def test_the_watch_says_who_has_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process beyond its bytes is told."""
    monkeypatch.setattr(memory, "INTERVAL", 0.0)
    with pytest.raises(OutOfMemory, match="bytes in"):
        memory_watch(os.getpid(), -(1 << 50))()


FAMILY = """
import subprocess, sys, threading, time
def start():
    subprocess.Popen([sys.executable, "-c", "a = bytearray(int({size}));print();input()"])
    time.sleep(60)
threading.Thread(target=start, daemon=True).start()
input()
"""


def test_what_a_thread_started_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process whose first thread has no children may have some all the same."""
    monkeypatch.setattr(memory, "INTERVAL", 0.0)
    size = psutil.Process().memory_info().rss + 64 * MB
    text = FAMILY.format(size=size)
    with subprocess.Popen(
        [sys.executable, "-c", text], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        first.stdout.readline()  # the memory is taken
        with pytest.raises(OutOfMemory, match="in 2 processes"):
            memory_watch(first.pid, 0)()
        first.kill()
