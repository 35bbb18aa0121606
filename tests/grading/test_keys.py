"""Keys are built once for a class, where that cannot be noticed, and are never near a student."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import psutil
import pytest

from course.grader.installed import course_paths
from course.grader.run.cellnames import as_python
from course.grader.run.session import CellResult, Rules, Session
from course.grader.run.zygote import Zygote, clean_environment
from course.grader.sandbox import Limits

Open = Callable[..., Session]

CHECK = """
import os
from course.scoring import Question, number
built_in = os.getpid()
key = 25
q = Question("t-01", points=2)
q.part("share", number("percent", low=0, high=100))
q.key("share", key)
q.grade()
"""


@pytest.fixture
def open_with(zygote: Zygote) -> Iterator[Open]:
    """A function that opens a session whose judge knows the keys of some checks."""
    with ExitStack() as stack:

        def opened(*checks: str) -> Session:
            judges = zygote.find_judges({c: as_python(c) for c in checks})
            view = stack.enter_context(zygote.open_view(*course_paths()))
            session = Session(zygote, view, Rules(Limits()), judges=judges)
            return stack.enter_context(session)

        yield opened


def say(result: CellResult) -> list[Any]:
    """Return what a cell put out, but for memory addresses."""
    return [result.reason, result.stderr, result.outputs]


def printed(session: Session, source: str) -> str:
    """Return what a check prints."""
    return "".join(o["text"] for o in session.grade(source).outputs if "text" in o).strip()


def test_keys_are_built_once_for_all_submissions(open_with: Open) -> None:
    """Two judges find what one process has made before, and grade by it."""
    told = "import os\nprint(built_in, built_in == os.getpid())"
    found = []
    for answer, earned in ((25, "2.0"), (24, "0.0")):
        session = open_with(CHECK)
        session.run(f"share = {answer}")
        assert session.grade(CHECK).outputs[-1]["data"]["text/plain"] == earned
        found.append(printed(session, told))
    assert found[0] == found[1]
    assert found[0].endswith("False")


def test_a_later_check_finds_the_names_of_an_earlier_one(open_with: Open) -> None:
    """Each check has its own where two set the same, and a function keeps those of its check."""
    second = CHECK.replace("key = 25", "key = 7\nget_key = lambda: key").replace("t-01", "t-02")
    session = open_with(CHECK, second)
    session.run("share = 25")
    grades = [session.grade(one).outputs[-1]["data"]["text/plain"] for one in (CHECK, second)]
    assert grades == ["2.0", "0.0"]
    assert printed(session, "print(key, get_key(), q.name)") == "7 7 t-02"


NOTICED = {
    "prints": "print('before the grade')",
    "warns": "import warnings\nwarnings.warn('old')",
    "shows": "display(3)",
    "writes": "import sys\nsys.stderr.write('careful')",
    "draws": "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
    "fails": "1 / 0",
    "asks": "q.points = q.earlier('share')",
    "asks in secret": "try:\n    q.points = q.earlier('share')\nexcept BaseException:\n    pass",
    "changes the key": "key = q.earlier('share')\nq._keys.clear(); q.key('share', key)",
    "ends": "raise SystemExit",
}


@pytest.mark.parametrize("name", NOTICED)
def test_a_check_gives_the_same_where_its_keys_are_built_before(open_with: Open, name: str) -> None:
    """What prints, warns, draws, fails or asks before the grade does so for each submission."""
    source = CHECK.replace("q.grade()", f"{NOTICED[name]}\nq.grade()")
    said = []
    for checks in ((), (source,)):
        session = open_with(*checks)
        session.run("share = 24")
        said.append([say(session.grade(source)), say(session.grade(CHECK))])
    assert said[0] == said[1]


def test_keys_that_cannot_be_built_are_left_to_the_judge(open_with: Open) -> None:
    """Where building ends the process, the checks beside that one are made all the same."""
    ending = "import os\nos._exit(1)\nq.grade()"
    session = open_with(ending, CHECK)
    session.run("share = 25")
    assert session.grade(ending).reason == "judge"
    assert session.grade(CHECK).outputs[-1]["data"]["text/plain"] == "2.0"


def test_a_killed_holder_of_keys_costs_no_more_than_the_check_at_hand(open_with: Open) -> None:
    """The check that its judge had begun is a named fault; the next ones are graded."""
    session = open_with(CHECK)
    session.run("share = 25")
    assert session._judge is not None
    holder = psutil.Process(session._judge.pid).parent()
    assert holder is not None
    holder.kill()
    psutil.wait_procs([holder], timeout=10)
    assert session.grade(CHECK).reason == "judge"
    assert session.grade(CHECK).outputs[-1]["data"]["text/plain"] == "2.0"
    session.close()
    after = open_with(CHECK)
    after.run("share = 25")
    assert after.grade(CHECK).outputs[-1]["data"]["text/plain"] == "2.0"


def test_more_notebooks_than_are_held_are_graded(open_with: Open) -> None:
    """Each has its own keys, also while many are at work at once, and after."""
    checks = [CHECK.replace("key = 25", f"key = {number}") for number in range(5)]
    for _ in range(2):
        sessions = [open_with(check) for check in checks]
        for number, (session, check) in enumerate(zip(sessions, checks, strict=True)):
            session.run(f"share = {number}")
            assert session.grade(check).outputs[-1]["data"]["text/plain"] == "2.0"


def test_a_judge_ends_with_the_one_who_asked_for_it(zygote: Zygote) -> None:
    """Also one that never ends by itself: the worker that is killed cannot end it."""
    other = Zygote(zygote.address)
    child = other.find_judges({CHECK: CHECK}).spawn_child("judge", seed=1)
    judge = psutil.Process(child.pid)
    assert judge.is_running()
    other.close()
    end = time.monotonic() + 10
    while judge.is_running() and judge.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < end
        time.sleep(0.05)
    child.channel.close()


LOOK = """
import re
found = []
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        begin, end = (int(one, 16) for one in line.split()[0].split("-"))
        if line.split()[1].startswith("rw") and end - begin < 1 << 29:
            try:
                memory.seek(begin)
                found += re.findall(rb"mark[-]of-the-key-\\d+", memory.read(end - begin))
            except OSError:
                continue
print(sorted(set(found)))
"""


def test_no_key_is_in_the_memory_of_a_students_process(open_with: Open) -> None:
    """Nor anything of the check, where that process is begun after the keys were built."""
    check = f"# {'-'.join(('mark', 'of', 'the', 'key', '1'))}\n{CHECK}"
    for _ in range(2):
        session = open_with(check)
        session.run("share = 25")
        session.run("own = '-'.join(('mark', 'of', 'the', 'key', '2'))")
        assert session.grade(check).outputs[-1]["data"]["text/plain"] == "2.0"
        found = session.run(LOOK)
        assert found.outputs[0]["text"].strip() == "[b'mark-of-the-key-2']"


ENDLESS = """
from course.grader.run import keys, zygote_server
zygote_server.warm_up()
keys.SECONDS = 0.5
shell = keys.CellShell.instance()
swallows = '''
try:
    while True: pass
except BaseException:
    pass
q.grade()'''
for check in ("while True: pass\\nq.grade()", swallows):
    print(keys.build_keys(shell, check) == keys.Built({}, check))
"""


def test_keys_without_end_are_given_up() -> None:
    """Also where the check swallows that it is stopped: what it made then is not believed."""
    done = subprocess.run(
        [sys.executable, "-c", ENDLESS],
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.split()[-2:] == ["True", "True"], done.stderr
