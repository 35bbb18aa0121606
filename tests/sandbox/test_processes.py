"""A confined process can not reach other processes, and nothing of it lives on."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from course.grader.sandbox import list_unprotected
from tests.sandbox.conftest import Jail, end, launch, ready

DAEMONS = """
import os, signal, subprocess, sys
name = given["name"]
command = [sys.executable, "-c", "import time; time.sleep(60)", name]
subprocess.Popen(command)
subprocess.Popen(command, start_new_session=True)
def double():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            os.execv(command[0], command)
        os._exit(0)
double()
double()
import time
time.sleep(0.3)
"""


@pytest.fixture
def other_of() -> Iterator[Callable[[Jail], subprocess.Popen[bytes]]]:
    """A function that starts another program of the account that grades with a jail."""
    started: list[subprocess.Popen[bytes]] = []

    def start(jail: Jail) -> subprocess.Popen[bytes]:
        who = {"user": jail.uid, "group": jail.uid, "extra_groups": []}
        process = subprocess.Popen(["sleep", "60"], **(who if os.geteuid() == 0 else {}))  # type: ignore[call-overload]
        started.append(process)
        jail.given = {"other": process.pid}
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def other(
    every: Jail, other_of: Callable[[Jail], subprocess.Popen[bytes]]
) -> subprocess.Popen[bytes]:
    """Another program of the account that grades, beside a jail of any rung."""
    return other_of(every)


def _with_name(name: str) -> list[int]:
    """Return the living processes with a word in their command."""
    found = []
    for one in psutil.process_iter(["cmdline", "status"]):
        if name in (one.info["cmdline"] or []) and one.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(one.pid)
    return found


def test_other_programs_cannot_be_stopped(every: Jail, other: subprocess.Popen[bytes]) -> None:
    """A signal does not reach another program; where it does, the words say so."""
    every.run("import os; os.kill(given['other'], 9)")
    time.sleep(0.05)
    killed = other.poll() is not None
    assert killed == ("stop other programs" in " ".join(list_unprotected(every.means)))


ACT = """
import ctypes, os, resource, struct
libc = ctypes.CDLL(None, use_errno=True)
result = []
for pid in given["pids"]:
    limit = struct.pack("QQ", 1, 1)
    zero = ctypes.c_int(0)
    attributes = struct.pack("IIQiIQQQ", 48, 0, 0, 19, 0, 0, 0, 0)
    mask = struct.pack("Q", 1)
    attempts = {
        "prlimit": lambda: libc.syscall(302, pid, 0, limit, None),
        "setpriority": lambda: libc.syscall(141, 0, pid, 19),
        "sched_setaffinity": lambda: libc.syscall(203, pid, 8, mask),
        "sched_setscheduler": lambda: libc.syscall(144, pid, 3, ctypes.byref(zero)),
        "sched_setparam": lambda: libc.syscall(142, pid, ctypes.byref(zero)),
        "sched_setattr": lambda: libc.syscall(314, pid, attributes, 0),
        "ioprio_set": lambda: libc.syscall(251, 1, pid, 3 << 13),
        # SIGURG, of which a program that does not wait for it takes no notice.
        "pidfd_send_signal": lambda: libc.syscall(424, libc.syscall(434, pid, 0), 23, None, 0),
    }
    for name, attempt in attempts.items():
        if attempt() != -1:
            result.append(name)
# All of an account or of a group of processes at once.
uid = os.getuid()
for name, call in {
    "setpriority of all": lambda: libc.syscall(141, 2, uid, 19),
    "setpriority of a group": lambda: libc.syscall(141, 1, given["group"], 19),
    "ioprio_set of all": lambda: libc.syscall(251, 3, uid, 3 << 13),
    "ioprio_set of a group": lambda: libc.syscall(251, 2, given["group"], 3 << 13),
}.items():
    if call() != -1:
        result.append(name)
"""
HARMLESS_TO_OTHERS = {"setpriority of all", "ioprio_set of all"}


def test_no_call_acts_on_another_process(
    filtered: Jail, other_of: Callable[[Jail], subprocess.Popen[bytes]]
) -> None:
    """Limits, priority, processors and scheduling of other programs stay as they are.

    No signal reaches them by way of a handle either.
    """
    if os.uname().machine != "x86_64":
        pytest.skip("the numbers of the calls are those of x86_64")
    process = other_of(filtered)
    pids = [process.pid, filtered.process.pid]
    filtered.given = {"pids": pids, "group": os.getpgid(process.pid)}
    before = [_state(pid) for pid in pids]
    done = set(filtered.result(ACT))
    # In a namespace of its own, an account's processes are its own processes.
    assert done <= (HARMLESS_TO_OTHERS if filtered.means.namespaces else set())
    assert [_state(pid) for pid in pids] == before


def _state(pid: int) -> tuple[object, ...]:
    """Return what others could change of a process."""
    process = psutil.Process(pid)
    limits = Path(f"/proc/{pid}/limits").read_text("ascii")
    return process.nice(), process.cpu_affinity(), process.ionice(), limits


def test_a_process_may_act_on_itself(filtered: Jail) -> None:
    """Its own limits, priority and processors can be lowered, by its id or by 0."""
    code = """
import os, resource
for pid in (0, os.getpid()):
    resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
    os.setpriority(os.PRIO_PROCESS, pid, 5)
    os.sched_setaffinity(pid, os.sched_getaffinity(pid))
resource.setrlimit(resource.RLIMIT_STACK, resource.getrlimit(resource.RLIMIT_STACK))
result = os.getpriority(os.PRIO_PROCESS, 0)
"""
    assert filtered.result(code) == 5


def test_children_can_be_ended(every: Jail) -> None:
    """A program that a cell started and that takes too long is ended by the cell.

    Not where nothing but the filter keeps signals from the account's other programs.
    """
    code = """
import subprocess
try:
    subprocess.run(["sleep", "3"], timeout=0.2)
except subprocess.TimeoutExpired:
    result = "ended"
except PermissionError:
    result = "refused"
"""
    means = every.means
    refused = means.seccomp and not (means.namespaces or means.identity or means.landlock >= 6)
    assert every.result(code, seconds=30) == ("refused" if refused else "ended")


def test_no_file_is_kept_from_other_programs(filtered: Jail) -> None:
    """A lease on a file that others read, too, would let them wait for most of a minute."""
    shared = filtered.place("shared/table.csv", "a,b")
    filtered.read_only = (*filtered.read_only, str(Path(shared).parent))
    filtered.given = {"shared": shared}
    code = """
import fcntl, os
reading = os.open(given["shared"], os.O_RDONLY)
try:
    fcntl.fcntl(reading, 1024, fcntl.F_WRLCK)
    result = "held"
except PermissionError:
    result = "refused"
"""
    assert filtered.result(code) == "refused"


def test_a_file_signals_nobody(
    filtered: Jail, other_of: Callable[[Jail], subprocess.Popen[bytes]]
) -> None:
    """A file can be told to send a signal when it can be read: not to another program."""
    process = other_of(filtered)
    code = """
import fcntl, os, struct
reading, writing = os.pipe()
result = []
for name, attempt in {
    "F_SETOWN": lambda: fcntl.fcntl(reading, 8, given["other"]),
    "F_SETOWN_EX": lambda: fcntl.fcntl(reading, 15, struct.pack("ii", 1, given["other"])),
    "F_SETSIG": lambda: fcntl.fcntl(reading, 10, 9),
}.items():
    try:
        attempt()
        result.append(name)
    except OSError:
        pass
try:
    fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    os.write(writing, b"x")
except OSError:
    pass
"""
    done = filtered.result(code)
    assert filtered.means.namespaces or done == []
    time.sleep(0.05)
    assert process.poll() is None


def test_where_signals_are_not_kept_inside_they_are_refused() -> None:
    """The filter for an older Landlock and an ordinary account: signals go to oneself alone."""
    code = """
import os, signal, subprocess, sys
from course.grader.sandbox import seccomp
other = subprocess.Popen(["sleep", "60"])
got = []
signal.signal(signal.SIGUSR1, lambda *_: got.append(1))
seccomp.load_filter(apart=False, signals=True)
for pid in (other.pid, -1, os.getppid(), -other.pid):
    try:
        os.kill(pid, signal.SIGUSR1)
        got.append(pid)
    except PermissionError:
        pass
os.kill(os.getpid(), signal.SIGUSR1)
os.kill(0, 0)
signal.raise_signal(signal.SIGUSR1)
print(got, other.poll(), flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "[1, 1] None\n"
        os.killpg(process.pid, 9)


def test_nothing_hides_its_memory(filtered: Jail) -> None:
    """A process cannot close itself to whoever measures what it uses."""
    code = "import ctypes; result = ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)"
    assert filtered.result(code) == -1


def test_other_programs_cannot_be_seen(every: Jail, other: subprocess.Popen[bytes]) -> None:
    """/proc shows the sandbox's own processes alone; where it shows others, the words say so."""
    code = """
import os
try:
    result = str(given["other"]) in os.listdir("/proc")
except PermissionError:
    result = False
"""
    seen = every.result(code)
    assert seen == ("which programs run" in " ".join(list_unprotected(every.means)))


def test_only_its_own_processes_have_a_number(full: Jail) -> None:
    """It is the first process of a numbering of its own."""
    code = "import os; result = [os.getpid(), [n for n in os.listdir('/proc') if n.isdigit()]]"
    assert full.result(code) == [1, ["1"]]


def test_the_memory_of_others_cannot_be_read(walled: Jail) -> None:
    """Neither /proc nor ptrace nor the calls for it lead into the process that made this one."""
    who = {"user": walled.uid, "group": walled.uid, "extra_groups": []}
    options = who if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "60"], **options) as process:  # type: ignore[call-overload]
        walled.given = {"pids": [process.pid, walled.process.pid]}
        code = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
result = []
for pid in [*given["pids"], os.getppid()]:
    for name in ("environ", "mem", "maps", "cmdline", "fd"):
        try:
            path = f"/proc/{pid}/{name}"
            result.append(os.listdir(path) if name == "fd" else open(path, "rb").read(10))
        except OSError:
            pass
    if libc.ptrace(16, pid, None, None) != -1:
        result.append("ptrace")
    if libc.process_vm_readv(pid, None, 0, None, 0, 0) != -1:
        result.append("process_vm_readv")
"""
        assert walled.result(code) == []
        process.kill()


def test_parent_and_siblings_survive(walled: Jail) -> None:
    """Signals to the parent, to the group and to everything leave the warm process alive."""
    code = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for target in given["targets"] + [os.getppid(), 0]:
    try:
        os.kill(target, signal.SIGTERM if target == 0 else signal.SIGKILL)
    except OSError:
        pass
result = "sent"
"""
    walled.given = {"targets": [walled.process.pid, *([-1] if walled.means.namespaces else [])]}
    assert walled.result(code) == "sent"
    assert walled.result("result = 1 + 1") == 2


def test_privileged_calls_are_refused(walled: Jail) -> None:
    """No mounts, no new namespaces, no tracing, no kernel programs."""
    code = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def errno_of(name, *args):
    ctypes.set_errno(0)
    getattr(libc, name)(*[ctypes.c_ulong(a) if isinstance(a, int) else a for a in args])
    return ctypes.get_errno()
result = {
    "mount": errno_of("mount", b"tmpfs", b"/tmp", b"tmpfs", 0, None),
    "umount2": errno_of("umount2", b"/proc", 2),
    "pivot_root": errno_of("pivot_root", b".", b"."),
    "chroot": errno_of("chroot", b"."),
    "unshare user": errno_of("unshare", 0x10000000),
    "unshare files": errno_of("unshare", 0x400),
    "setns": errno_of("setns", 0, 0),
    "ptrace": errno_of("ptrace", 0, 0, None, None),
    "sethostname": errno_of("sethostname", b"x", 1),
    "bpf": errno_of("syscall", 321, 0, None, 0),
    "io_uring": errno_of("syscall", 425, 1, None),
    "keyctl": errno_of("syscall", 250, 0, 0, 0),
    "userfaultfd": errno_of("syscall", 323, 0),
    "perf": errno_of("syscall", 298, None, 0, 0, 0, 0),
    "new user namespace by clone": errno_of("syscall", 56, 0x10000011, 0, 0, 0, 0),
    "handle": errno_of("syscall", 304, 0, None, 0),
    "setuid": errno_of("setuid", 0),
}
"""
    if os.uname().machine != "x86_64":
        pytest.skip("the numbers of the calls are those of x86_64")
    # Root's number does not even exist in a user namespace, which is another error.
    errors = walled.result(code)
    assert errors.pop("setuid") in (errno.EPERM, errno.EINVAL)
    assert {name for name, error in errors.items() if error != errno.EPERM} == set()


def test_it_has_no_rights(full: Jail) -> None:
    """No capability is left, none can be got back, and programs give none."""
    code = """
with open("/proc/self/status") as file:
    lines = dict(line.split(":", 1) for line in file)
names = "CapEff CapPrm CapInh CapBnd CapAmb NoNewPrivs Seccomp Groups".split()
result = [lines[name].strip() for name in names]
"""
    effective, permitted, inherited, bounding, ambient, no_new, filtered, groups = full.result(code)
    assert {int(one, 16) for one in (effective, permitted, inherited, bounding, ambient)} == {0}
    assert (no_new, filtered) == ("1", "2")
    assert set(groups.split()) <= {str(full.uid)}


def test_root_gives_each_submission_an_account_of_its_own(every: Jail, account: str) -> None:
    """Under root two submissions have different accounts, and none is root."""
    if account != "root":
        pytest.skip("an ordinary user has one account")
    code = "import os; result = [os.getuid(), os.geteuid(), os.getgid(), os.getgroups()]"
    first, second = every.result(code), every.result(code)
    assert first[0] >= 900_000_000
    assert first[0] == first[1] == first[2]
    assert first[3] == []
    assert first[0] != second[0]


def test_nothing_that_it_started_lives_on(every: Jail) -> None:
    """Children, sessions of their own and double forks end with it."""
    name = uuid.uuid4().hex
    every.given = {"name": name}
    every.result(DAEMONS)
    assert _with_name(name) == []


def test_nothing_lives_on_when_it_ends_by_itself(every: Jail) -> None:
    """What it started before it ended is found all the same."""
    name = uuid.uuid4().hex
    every.given = {"name": name}
    assert every.run(DAEMONS + "\nos._exit(3)").died
    assert _with_name(name) == []


def test_the_warm_process_knows_its_number_outside(every: Jail) -> None:
    """The number that the rest of the machine uses leads to the process."""
    outcome = every.run("import os; result = os.getpid()")
    assert outcome.inner == outcome.result


def test_it_ends_with_the_warm_process(account: str, tmp_path: Path) -> None:
    """When the grading process is killed, no submission goes on."""
    if account == "root" and os.geteuid() != 0:
        pytest.skip("the tests do not run as root")
    tmp_path.chmod(0o777)
    jail = ready(launch("full", account, tmp_path), account, tmp_path)
    try:
        if not jail.means.namespaces:
            pytest.skip("without namespaces only the first process ends")
        name = uuid.uuid4().hex
        assert jail.process.stdin is not None
        jail.given = {"name": name}
        request = jail.request(DAEMONS + "\ntime.sleep(60)")
        jail.process.stdin.write(json.dumps(request) + "\n")
        jail.process.stdin.flush()
        _wait_for(lambda: len(_with_name(name)) == 4)
        jail.process.kill()
        _wait_for(lambda: _with_name(name) == [])
    finally:
        end(jail.process)


def _wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_interrupt_stops_a_cell(full: Jail) -> None:
    """Ctrl-C arrives as KeyboardInterrupt, though it is the first process of its numbering."""
    code = "import os, signal; os.kill(os.getpid(), signal.SIGINT)\nfor _ in range(10**6): pass"
    assert full.run(code).error == "KeyboardInterrupt"
