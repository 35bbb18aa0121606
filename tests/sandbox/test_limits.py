"""A confined process can not use up the machine."""

from __future__ import annotations

import errno
import time

import pytest

from course.grader.sandbox import list_unprotected
from tests.sandbox.conftest import Jail

MB = 1 << 20


def test_memory_is_limited(every: Jail) -> None:
    """Taking more than is allowed is a MemoryError; what is allowed can be taken."""
    assert every.run("b = bytearray(400 << 20)", memory=200 * MB).error == "MemoryError"
    assert every.result("result = len(bytearray(100 << 20))", memory=200 * MB) == 100 * MB


def test_words_tell_whether_memory_can_be_kept_where_nothing_counts_it(every: Jail) -> None:
    """Where memory can be made that no limit of a process holds, the words say so."""
    code = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
result = []
try:
    os.write(os.memfd_create("m"), bytes(1 << 20))
    result.append("memfd")
except OSError:
    pass
number = libc.shmget(0, 1 << 20, 0o1600)
if number != -1:
    libc.shmctl(number, 0, None)
    result.append("System V")
"""
    kept = every.result(code)
    assert bool(kept) == ("use up memory" in " ".join(list_unprotected(every.means)))


def test_computing_time_is_limited(every: Jail) -> None:
    """A loop that ignores signals is ended after its seconds of computing."""
    code = """
import signal
signal.signal(signal.SIGXCPU, signal.SIG_IGN)
while True:
    pass
"""
    started = time.monotonic()
    assert every.run(code, cpu_seconds=1, seconds=60).died
    assert time.monotonic() - started < 50, "and not by the test"


def test_the_size_of_a_file_is_limited(every: Jail) -> None:
    """A file ends where it gets too large, with an error and not with the process."""
    code = """
try:
    with open("large", "wb", buffering=0) as file:
        while True:
            file.write(b"x" * 65536)
except OSError as error:
    result = [error.errno, file.tell() if not file.closed else 0]
import os
result[1] = os.path.getsize("large")
"""
    assert every.result(code, file_bytes=MB) == [errno.EFBIG, MB]


def test_all_files_together_are_limited(every: Jail) -> None:
    """Scratch, /tmp and /dev/shm share one limit; where there is none, the words say so."""
    every.given = {"folders": [".", "/tmp", "/dev/shm"] if every.means.namespaces else ["."]}
    code = """
import os
written = 0
try:
    for number in range(12):
        folder = given["folders"][number % len(given["folders"])]
        with open(f"{folder}/{number}", "wb") as file:
            file.write(bytes(1 << 20))
        written += 1
except OSError:
    pass
result = written
"""
    written = every.result(code, scratch_bytes=8 * MB)
    assert (written > 8) == ("fill the disk" in " ".join(list_unprotected(every.means)))


def test_the_number_of_files_is_limited(full: Jail) -> None:
    """Empty files take memory, too."""
    code = """
made = 0
try:
    for number in range(5000):
        open(str(number), "w").close()
        made += 1
except OSError:
    pass
result = made
"""
    assert full.result(code, scratch_bytes=8 * MB) < 2000


def test_the_number_of_processes_is_limited(every: Jail) -> None:
    """Forking ends with an error; the machine and the next submission go on."""
    code = """
import os, signal
children = 0
try:
    for _ in range(200):
        if os.fork() == 0:
            signal.pause()
        children += 1
except OSError:
    pass
result = children
"""
    # Without an account of its own, processes of others come and go in the same count.
    most = 8 if every.means.namespaces or every.means.identity else 100
    assert 4 <= every.result(code, processes=8) <= most
    assert every.result("import os; result = os.system('true')") == 0


def test_a_neighbour_is_not_counted(every: Jail, account: str) -> None:
    """What one submission forks leaves the next its own number of processes."""
    if not every.means.namespaces and not every.means.identity:
        pytest.skip("without an account of its own, all of the account's processes count")
    fork = """
import os, signal
for _ in range(5):
    if os.fork() == 0:
        signal.pause()
result = "forked"
"""
    assert every.result(fork, beside=fork, processes=8) == "forked"


def test_threads_count_as_processes(full: Jail) -> None:
    """A thread too many cannot be started."""
    code = """
import threading
event = threading.Event()
started = 0
try:
    for _ in range(50):
        threading.Thread(target=event.wait, daemon=True).start()
        started += 1
except RuntimeError:
    pass
event.set()
result = started
"""
    assert full.result(code, processes=8) < 8


def test_open_files_are_limited(every: Jail) -> None:
    """A process has so many files open, and no more."""
    code = """
files = []
try:
    while True:
        files.append(open("/dev/null"))
except OSError as error:
    result = [len(files), error.errno]
del files
"""
    count, error = every.result(code, open_files=40)
    assert error == errno.EMFILE
    assert count < 40


def test_limits_cannot_be_raised(every: Jail) -> None:
    """The limits are the last word."""
    code = """
import resource
result = []
for name in ("AS", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE"):
    number = getattr(resource, f"RLIMIT_{name}")
    most = resource.getrlimit(number)[1]
    try:
        resource.setrlimit(number, (most + 1, most + 1))
        result.append(name)
    except (ValueError, OSError):
        pass
"""
    assert every.result(code) == []
