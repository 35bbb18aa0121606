"""What a confined process sees and changes of the file system."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from course.grader.sandbox import list_unprotected
from tests.notebooks import ROOT
from tests.sandbox.conftest import ENVIRONMENT, Jail

READ = "result = open(given['path']).read()"
ROOT_FOLDERS = {
    "bin",
    "dev",
    "etc",
    "lib",
    "lib32",
    "lib64",
    "libx32",
    "proc",
    "sbin",
    "tmp",
    "usr",
}


def test_a_file_outside_the_view_cannot_be_read(walled: Jail) -> None:
    """The gradebook lies outside of the view, whoever owns it."""
    walled.given = {"path": walled.place("course/gradebook.db", "grades")}
    assert walled.run(READ).error in ("FileNotFoundError", "PermissionError")


def test_the_lowest_rung_leaves_files_open_and_says_so(every: Jail) -> None:
    """Where a file outside can be read, the words say so; where not, they do not."""
    every.given = {"path": every.place("course/gradebook.db", "grades")}
    can_read = every.run(READ).result == "grades"
    said = " ".join(list_unprotected(every.means))
    assert can_read == ("read" in said)


def test_words_tell_whether_files_outside_can_be_changed(every: Jail) -> None:
    """Where a file outside can be written, the words say so; where not, they do not."""
    path = every.place("course/notes.txt", "before")
    every.given = {"path": path}
    every.run("open(given['path'], 'w').write('after')")
    changed = Path(path).read_text() != "before"
    assert changed == ("change and delete" in " ".join(list_unprotected(every.means)))


def test_home_and_system_folders_are_not_there(full: Jail) -> None:
    """The root folder holds the system's programs and what leads to the view, and no more."""
    top = {path.split("/")[1] for path in ENVIRONMENT}
    assert set(full.result("import os; result = os.listdir('/')")) <= ROOT_FOLDERS | top


def test_only_the_named_path_of_a_folder_is_visible(full: Jail) -> None:
    """A folder that leads to the view shows nothing beside it."""
    path = full.place("courses/one/data/table.csv", "a,b")
    full.place("courses/one/secret.txt", "grades")
    full.read_only = (*ENVIRONMENT, path)
    full.given = {"path": path}
    code = """
import os
from pathlib import Path
table = Path(given["path"])
result = [os.listdir(table.parent), os.listdir(table.parent.parent), table.read_text()]
"""
    assert full.result(code) == [["table.csv"], ["data"], "a,b"]


def test_what_is_hidden_seems_empty(walled: Jail) -> None:
    """A hidden file and a hidden folder below the view give nothing; their neighbour is there."""
    table = walled.place("data/table.csv", "a,b")
    key = walled.place("data/column.txt", "the key")
    deep = walled.place("data/keys/votes.txt", "the key")
    walled.read_only = (*ENVIRONMENT, os.path.dirname(table))
    walled.hidden = (key, os.path.dirname(deep), "/nowhere/at/all")
    walled.given = {"table": table, "hidden": [key, deep]}
    code = """
def text(path):
    try:
        return open(path).read()
    except OSError:
        return ""
result = [text(given["table"]), *map(text, given["hidden"])]
"""
    assert walled.result(code) == ["a,b", "", ""]


def test_a_link_of_the_view_leads_to_its_target(full: Jail) -> None:
    """A path of the view may be a link; it and what it leads to are both there."""
    target = full.place("linked/real.txt", "here")
    link = str(full.outside / "link.txt")
    if not os.path.lexists(link):
        os.symlink(target, link)
    full.read_only = (*ENVIRONMENT, link)
    full.given = {"paths": [link, target]}
    assert full.result("result = [open(p).read() for p in given['paths']]") == ["here", "here"]


def test_what_only_root_may_read_is_closed(every: Jail) -> None:
    """On every rung, as root and as an ordinary user: no right of root is left."""
    path = every.place("course/root.txt", "secret")
    if os.geteuid() == 0:
        os.chown(path, 0, 0)
    os.chmod(path, 0o600 if os.geteuid() == 0 else 0)
    every.given = {"path": path}
    assert every.run(READ).error in ("FileNotFoundError", "PermissionError")


def test_without_landlock_no_right_to_read_is_kept(tmp_path: Path) -> None:
    """Also where root's own folder holds what students' code needs: it cannot be read then."""
    if os.geteuid() != 0:
        pytest.skip("the tests do not run as root")
    (tmp_path / "closed").mkdir(mode=0o700)
    secret = tmp_path / "closed" / "secret.txt"
    secret.write_text("secret")
    code = f"""
import os, tempfile
from dataclasses import replace
from course.grader import sandbox
means = replace(sandbox.probe_means(), namespaces=False, landlock=0, seccomp=False)
scratch = tempfile.mkdtemp()
view = sandbox.View(({str(secret.parent)!r},), (), scratch)
sandbox.confine_process(view, sandbox.Limits(), means)
try:
    print(open({str(secret)!r}).read())
except PermissionError:
    print("closed")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "closed\n"


MAKE_SETUID = """
import ctypes, os, stat
libc = ctypes.CDLL(None, use_errno=True)
open("plain", "w").close()
os.umask(0)
there = os.open(".", os.O_RDONLY)
def at(name, *arguments):
    return lambda: getattr(libc, name)(there, *arguments)
def temporary(mode):
    fd = os.open(".", os.O_TMPFILE | os.O_WRONLY, mode)
    ctypes.CDLL(None).linkat(-100, b"/proc/self/fd/%d" % fd, there, b"from-temporary", 0x400)
open_how = ctypes.create_string_buffer(
    (0o101).to_bytes(8, "little") + (0o6755).to_bytes(8, "little") + bytes(8)
)
attempts = {}
for bit in (0o4000, 0o2000, 0o6000):
    mode = bit | 0o755
    attempts |= {
        f"open {bit:o}": lambda m=mode: os.close(os.open(f"open{m}", os.O_CREAT | os.O_WRONLY, m)),
        f"openat {bit:o}": lambda m=mode: os.open(f"at{m}", os.O_CREAT, m, dir_fd=there),
        f"old open {bit:o}": lambda m=mode: libc.syscall(2, b"old%d" % m, 0o101, m),
        f"creat {bit:o}": lambda m=mode: libc.syscall(85, b"creat%d" % m, m),
        f"temporary {bit:o}": lambda m=mode: temporary(m),
        f"mkdir {bit:o}": lambda m=mode: os.mkdir(f"dir{m}", m),
        f"old mkdir {bit:o}": lambda m=mode: libc.syscall(83, b"olddir%d" % m, m),
        f"mknod {bit:o}": lambda m=mode: os.mknod(f"node{m}", m | stat.S_IFREG),
        f"fifo {bit:o}": lambda m=mode: os.mkfifo(f"fifo{m}", m),
        f"chmod {bit:o}": lambda m=mode: os.chmod("plain", m),
        f"old chmod {bit:o}": lambda m=mode: libc.syscall(90, b"plain", m),
        f"fchmod {bit:o}": lambda m=mode: os.chmod(os.open("plain", os.O_RDWR), m),
        f"fchmodat2 {bit:o}": lambda m=mode: libc.syscall(452, -100, b"plain", m, 0),
    }
attempts["openat2"] = lambda: libc.syscall(437, there, b"at2", open_how, 24)
result = []
for name, attempt in attempts.items():
    try:
        attempt()
    except OSError:
        pass
    for entry in os.scandir("."):
        if entry.stat(follow_symlinks=False).st_mode & 0o6000:
            result.append(f"{name}: {entry.name}")
            (os.rmdir if entry.is_dir() else os.unlink)(entry.name)
            open("plain", "w").close()
"""


def test_no_file_runs_as_its_owner(filtered: Jail) -> None:
    """No call makes a file or folder with a setuid or setgid mode; ordinary modes can be made."""
    if os.uname().machine != "x86_64":
        pytest.skip("the numbers of the calls are those of x86_64")
    assert filtered.result(MAKE_SETUID) == []
    code = """
import os
os.umask(0)
os.close(os.open("a", os.O_CREAT | os.O_WRONLY, 0o751))
os.mkdir("b", 0o1777)
result = [oct(os.stat(name).st_mode & 0o7777) for name in "ab"]
"""
    assert filtered.result(code) == ["0o751", "0o1777"]


def test_the_view_cannot_be_changed(walled: Jail) -> None:
    """Nothing in the view can be written, removed, renamed, emptied, linked or given a mode."""
    path = walled.place("view/table.csv", "a,b")
    walled.read_only = (*ENVIRONMENT, os.path.dirname(path))
    walled.given = {"path": path}
    code = """
import os
path = given["path"]
result = []
for attempt in (
    lambda: open(path, "w"),
    lambda: os.truncate(path, 0),
    lambda: os.remove(path),
    lambda: os.rename(path, path + ".old"),
    lambda: os.link(path, "hard"),
    lambda: open(path + ".new", "x"),
    lambda: os.mkdir(path + ".folder"),
    lambda: os.setxattr(path, "user.a", b"b"),
    lambda: os.chown(path, 0, 0),
):
    try:
        attempt()
        result.append("done")
    except OSError:
        result.append("refused")
for quiet in (lambda: os.chmod(path, 0o4777), lambda: os.utime(path, (0, 0))):
    try:
        quiet()
    except OSError:
        pass
"""
    before = os.stat(path)
    assert walled.result(code) == ["refused"] * 9
    after = os.stat(path)
    assert Path(path).read_text() == "a,b"
    assert os.listdir(os.path.dirname(path)) == ["table.csv"]
    assert (after.st_mode, after.st_mtime) == (before.st_mode, before.st_mtime)


def test_python_itself_cannot_be_changed(walled: Jail) -> None:
    """The environment that the next submission uses is out of reach."""
    walled.given = {"path": f"{sys.prefix}/lib/sitecustomize.py"}
    assert walled.run("open(given['path'], 'w')").error in ("OSError", "PermissionError")
    assert not os.path.exists(walled.given["path"])


def test_nothing_can_be_written_beside_the_scratch_folder(full: Jail) -> None:
    """Only scratch, /tmp and /dev/shm take files."""
    code = """
import os
result = []
for folder in (".", "/tmp", "/dev/shm", "/", "/etc", "/usr", "/usr/lib", "/dev", "/proc", "/bin"):
    try:
        with open(os.path.join(folder, "new"), "w"):
            result.append(folder)
    except OSError:
        pass
"""
    assert full.result(code) == [".", "/tmp", "/dev/shm"]


def test_one_submission_finds_nothing_of_another(full: Jail) -> None:
    """The folders to write in are new for each."""
    full.result("[open(f + '/left', 'w') for f in ('.', '/tmp', '/dev/shm')]")
    code = "import os; result = [os.listdir(f) for f in ('.', '/tmp', '/dev/shm')]"
    here, temporary, shared = full.result(code)
    assert (here, shared) == ([], [])
    # Where Python or the project lies below /tmp, the way there is in sight, too.
    ways = {Path(path).parts[2] for path in full.read_only if path.startswith("/tmp/")}
    assert set(temporary) <= {"scratch", *ways}
    assert "left" not in temporary


def test_words_tell_whether_a_file_shows_that_it_exists(every: Jail) -> None:
    """Without a file system of its own, names and sizes outside can be told; the words say so."""
    every.given = {"path": every.place("course/gradebook.db", "grades")}
    seen = every.result("import os; result = os.path.exists(given['path'])")
    said = " ".join(list_unprotected(every.means))
    assert seen == ("exists" in said or "read" in said)


def test_no_account_of_the_machine_is_named(full: Jail) -> None:
    """The list of accounts has one, which is this process's."""
    code = "import os, pwd; result = [os.getuid(), [(u.pw_name, u.pw_uid) for u in pwd.getpwall()]]"
    uid, users = full.result(code)
    assert users == [["student", uid]]
