"""One notebook's run: what students' cells put out, and how grade cells get their answers."""

from __future__ import annotations

import contextlib
import os
import time
from typing import Any

import psutil
import pytest

import course.grader.run.zygote as zygote_module
from course.grader.run.outputs import Outputs
from course.grader.run.session import CellResult, Tampering
from tests.grading.conftest import OpenSession

CHECK = """
from course.scoring import Question, function, number, case
q = Question("t-01", points=2)
q.part("share", number("percent", low=0, high=100))
q.key("share", 25.0, within=0.01)
q.grade()
"""
CHECK_FUNCTION = """
from course.scoring import Question, function, number, case
q = Question("t-02", points=2)
q.part("double", function(example=(1,), returns=number("")))
q.key("double", cases=[case((2,), 4), case((5,), 10)])
q.grade()
"""


def text(result: CellResult) -> str:
    """Return all that a cell printed."""
    return "".join(o["text"] for o in result.outputs if o["output_type"] == "stream")


def value(result: CellResult) -> str:
    """Return a cell's result as text."""
    found = [o for o in result.outputs if o["output_type"] == "execute_result"]
    return str(found[-1]["data"]["text/plain"]) if found else ""


def error(result: CellResult) -> str:
    """Return the name of a cell's error."""
    found = [o["ename"] for o in result.outputs if o["output_type"] == "error"]
    return str(found[-1]) if found else ""


# --- IPython's ways --------------------------------------------------------------------------


def test_a_cell_puts_out_what_a_notebook_shows(open_session: OpenSession) -> None:
    """Prints, displays, the last value, an error: each is kept in its order and with its number."""
    session = open_session()
    result = session.run("print('a')\ndisplay(3)\nprint('b')\n4")
    kinds = [output["output_type"] for output in result.outputs]
    assert kinds == ["stream", "display_data", "stream", "execute_result"]
    assert (value(result), result.count, result.reason) == ("4", 1, "")
    assert result.outputs[-1]["execution_count"] == 1
    failed = session.run("1 / 0")
    assert (error(failed), failed.count, failed.reason) == ("ZeroDivisionError", 2, "")
    assert value(session.run("In[1][:5], Out[1]")) == '("print", 4)'.replace('"', "'")


def test_magics_await_figures_and_shell_lines_work(open_session: OpenSession) -> None:
    """What people write in notebooks runs as in a notebook."""
    session = open_session()
    assert "Wall time" in text(session.run("%time sum(range(10))"))
    assert value(session.run("import asyncio\nawait asyncio.sleep(0)\n7")) == "7"
    figure = session.run("import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert [set(o["data"]) for o in figure.outputs] == [{"text/plain", "text/html"}]
    assert text(session.run("!echo from the shell")) == "from the shell\n"
    assert text(session.run("%%capture kept\nprint('x')")) == ""
    assert value(session.run("kept.stdout")) == "'x\\n'"
    cleared = session.run(
        "from IPython.display import clear_output\nprint('old')\nclear_output()\n1"
    )
    assert text(cleared) == ""
    updated = session.run("handle = display('one', display_id=True)\nhandle.update('two')")
    assert [o["data"]["text/plain"] for o in updated.outputs] == ["'two'"]


def test_files_beside_the_notebook_are_there(open_session: OpenSession) -> None:
    """What was handed in beside the notebook lies in the working folder, which can be written."""
    session = open_session(files={"notes/a.txt": b"hello"})
    assert value(session.run("open('notes/a.txt').read()")) == "'hello'"
    assert value(
        session.run("open('new.txt', 'w').write('x')\nimport os\nsorted(os.listdir())")
    ) == ("['new.txt', 'notes']")


def test_the_same_notebook_gives_the_same_random_numbers(open_session: OpenSession) -> None:
    """Graded twice, a notebook that draws random numbers puts out the same."""
    cell = "import random, numpy as np\nrandom.random(), float(np.random.rand()), hash('a')"
    assert value(open_session().run(cell)) == value(open_session().run(cell))


# --- apart -----------------------------------------------------------------------------------


def test_an_answer_travels_to_the_grade_cell(open_session: OpenSession) -> None:
    """The judge gives the points for what the student's process holds at that moment."""
    session = open_session()
    assert "no answer yet" in text(session.grade(CHECK))
    session.run("share = 25")
    assert value(session.grade(CHECK)) == "2.0"
    session.run("share = 26")
    assert value(session.grade(CHECK)) == "0.0"


def test_the_judge_never_runs_a_students_code(open_session: OpenSession) -> None:
    """What a student changes in Python or in the course's package is not changed for the judge."""
    session = open_session()
    session.run(
        "import course.scoring, builtins, sys\n"
        "course.scoring.Question.grade = lambda self: self.points\n"
        "builtins.round = lambda *a: 99\n"
        "class Anything:\n    def __eq__(self, other): return True\n"
        "share = Anything()"
    )
    result = session.grade(CHECK)
    assert value(result) == "0.0"
    assert "Anything" in text(result)


def test_the_student_never_sees_a_grade_cell(open_session: OpenSession) -> None:
    """After a grade cell has run, its text is nowhere in the student's process."""
    session = open_session()
    session.run("share = 1")
    session.grade(CHECK + "# marker-" + "xyzzy")
    look = (
        "import gc\n"
        "word = 'marker-' + 'xyzzy'\n"
        "texts = [o for o in gc.get_objects() if isinstance(o, (list, dict))]\n"
        "found = [o for o in texts if o is not globals() and word in repr(o)[:10**6]]\n"
        "del texts\n"
        "len(found), word in str(In)"
    )
    result = session.run(look)
    assert value(result) == "(0, False)", result.outputs


def test_a_function_is_called_in_the_students_process(open_session: OpenSession) -> None:
    """A test may call a student's function; its prints and its process stay the student's."""
    session = open_session()
    session.run(
        "import os\ncalls = []\ndef double(x):\n    calls.append(os.getpid())\n    return 2 * x"
    )
    assert value(session.grade(CHECK_FUNCTION)) == "2.0"
    assert value(session.run("len(calls) >= 2, set(calls) == {os.getpid()}")) == "(True, True)"


def test_a_call_that_does_not_end_is_given_up(open_session: OpenSession) -> None:
    """A function that loops costs its own points, says so, and the session goes on."""
    session = open_session(call_seconds=0.5)
    session.run("def double(x):\n    while True: pass")
    begin = time.monotonic()
    result = session.grade(CHECK_FUNCTION)
    assert value(result) == "0.0"
    assert "takes longer than 0.5 seconds" in text(result)
    assert time.monotonic() - begin < 5
    assert value(session.run("1 + 1")) == "2"


def test_a_call_that_ends_the_program_is_named(open_session: OpenSession) -> None:
    """A function that kills its process costs its own points only."""
    session = open_session()
    session.run("share = 25\ndef double(x):\n    import os\n    os._exit(0)")
    assert "it ends the program" in text(session.grade(CHECK_FUNCTION))
    assert value(session.grade(CHECK)) == "2.0"


def test_names_that_grade_cells_define_cannot_be_answered(open_session: OpenSession) -> None:
    """The judge knows the instructor's names alone, whatever a student defines."""
    session = open_session()
    session.grade("def helper(x): return 0.0")
    session.run("def helper(x): return 1.0\nlimit = 5")
    assert value(session.grade("helper(1)")) == "0.0"
    assert error(session.grade("limit")) == "NameError"
    session.grade("limit = 1")
    assert value(session.grade("limit")) == "1"


def test_a_warning_in_a_grade_cell_costs_nothing(open_session: OpenSession) -> None:
    """Standard error of a grade cell is no output: nbgrader would take all points for it."""
    result = open_session().grade(
        "import warnings, sys\nwarnings.warn('old')\nprint('x', file=sys.stderr)\n2.0"
    )
    assert [o["output_type"] for o in result.outputs] == ["execute_result"]
    assert "old" in result.stderr


def test_a_grade_cell_that_ends_the_judge_is_no_pass(open_session: OpenSession) -> None:
    """When the judge is gone the cell did not run; the next grade cell gets a new judge."""
    session = open_session()
    result = session.grade("import os\nos._exit(0)")
    assert (result.ran, result.reason) == (False, "judge")
    assert value(session.grade("1.0")) == "1.0"


# --- what goes wrong ---------------------------------------------------------------------------


def test_a_cell_that_does_not_end_is_stopped(open_session: OpenSession) -> None:
    """It is interrupted as with Ctrl-C; what was there before is still there."""
    session = open_session(cell_seconds=0.5)
    session.run("x = 5")
    result = session.run("print('begun')\nwhile True: pass")
    assert (result.reason, error(result), text(result)) == (
        "timeout",
        "KeyboardInterrupt",
        "begun\n",
    )
    assert value(session.run("x")) == "5"


def test_a_swallowed_interrupt_is_repeated(open_session: OpenSession) -> None:
    """Compiled code may swallow one in a callback: what the cell defined is still not lost."""
    session = open_session(cell_seconds=0.5)
    result = session.run(
        "import time\nx = [5]\ntry: time.sleep(9)\nexcept KeyboardInterrupt: time.sleep(9)"
    )
    assert (result.reason, error(result)) == ("timeout", "KeyboardInterrupt")
    assert value(session.run("x")) == "[5]"


def test_a_cell_that_ignores_the_interrupt_is_ended_and_the_rest_goes_on(
    open_session: OpenSession,
) -> None:
    """A new process runs the earlier cells again, without the one that had to be ended."""
    session = open_session(cell_seconds=0.5)
    session.run("share = 25")
    result = session.run(
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nshare = 1\nwhile True: pass"
    )
    assert result.reason == "timeout"
    assert value(session.grade(CHECK)) == "2.0"


@pytest.mark.parametrize(
    "end",
    [
        "import os; os._exit(0)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL); import time; time.sleep(5)",
        "import ctypes; ctypes.string_at(0)",
    ],
)
def test_a_cell_that_ends_its_program_is_named_and_the_rest_goes_on(
    open_session: OpenSession, end: str
) -> None:
    """However a program ends, the cells before and after it count."""
    session = open_session(cell_seconds=3)
    session.run("share = 25")
    result = session.run(end)
    assert (result.ran, result.reason) == (False, "died" if "SIGKILL" not in end else result.reason)
    assert value(session.run("share")) == "25"
    assert value(session.grade(CHECK)) == "2.0"


def test_a_program_that_always_ends_is_not_started_for_ever(open_session: OpenSession) -> None:
    """After some starts the remaining cells are told not to run."""
    session = open_session()
    results = [session.run("import os; os._exit(0)") for _ in range(8)]
    assert all(result.reason == "died" for result in results)
    assert "the program that held it ended" in text(session.grade(CHECK))


def test_memory_is_bounded(open_session: OpenSession) -> None:
    """A cell that wants more than there is gets a MemoryError, or its process is ended."""
    session = open_session(memory=256 << 20)
    result = session.run("x = bytearray(3 << 30)")
    assert error(result) == "MemoryError"
    assert value(session.run("1")) == "1"


def test_many_processes_share_one_bound_of_memory(open_session: OpenSession) -> None:
    """Twenty processes that each stay below the limit are ended when together they do not."""
    session = open_session(memory=128 << 20, cell_seconds=20)
    cell = (
        "import os, time\n"
        "for _ in range(12):\n"
        "    if os.fork() == 0:\n"
        "        x = bytearray(60 << 20)\n"
        "        time.sleep(30)\n"
        "        os._exit(0)\n"
        "time.sleep(30)"
    )
    begin = time.monotonic()
    assert session.run(cell).reason == "memory"
    assert time.monotonic() - begin < 15


def test_a_cell_may_fork_on_every_python(open_session: OpenSession) -> None:
    """No library of the warm process stands in the way, as filelock would on Python 3.12."""
    session = open_session()
    cell = (
        "import os, sys\n"
        "if not (child := os.fork()): os._exit(7)\n"
        "os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 'filelock' in sys.modules"
    )
    assert value(session.run(cell)) == "(7, False)"


def test_a_thread_that_prints_beside_the_cells_is_no_tampering(open_session: OpenSession) -> None:
    """What two of them send at once arrives whole, one after the other."""
    session = open_session(output_bytes=50_000_000)
    session.run(
        "import threading, time\nshare = 25\nend = time.time() + 2\n"
        "def work():\n    while time.time() < end: print('step ' * 20000)\n"
        "threading.Thread(target=work, daemon=True).start()"
    )
    beside = session.run("while time.time() < end: print('y' * 100000)")
    assert not beside.reason
    assert value(session.grade(CHECK)) == "2.0"


def test_output_is_bounded(open_session: OpenSession) -> None:
    """A cell that prints without end keeps what fits and says that the rest is left out."""
    session = open_session(output_bytes=200_000, cell_seconds=20)
    result = session.run("for i in range(200_000): print('x' * 50)")
    assert len(text(result)) < 400_000
    assert "left out" in text(result)


def test_the_time_of_all_cells_is_bounded(open_session: OpenSession) -> None:
    """When it is used up, cells are told not to run, and checks are not made."""
    session = open_session(cell_seconds=5, total_seconds=2)
    assert session.run("share = 25\nimport time; time.sleep(9)").reason == "time-used-up"
    assert session.run("1").reason == "time-used-up"
    assert session.grade(CHECK).reason == "time-used-up"


def test_the_time_of_the_judge_counts(open_session: OpenSession) -> None:
    """A check that never ends, by whatever a student gave it, ends with the submission's time."""
    session = open_session(cell_seconds=5, total_seconds=2)
    session.run("share = 25")
    assert session.grade("while True: pass").reason == "time-used-up"
    assert session.run("1").reason == "time-used-up"


FIND_CHANNEL = (
    "import gc, os, struct\n"
    "from course.grader.run.wire import Channel, Frame\n"
    "fd = next(o for o in gc.get_objects() if type(o) is Channel).fileno()\n"
    "def frame(kind, content=b''):\n"
    "    os.write(fd, struct.pack('>cI', kind.value, len(content)) + content)\n"
)
UNASKED = [
    "frame(Frame.RECORD, b'25')",
    "frame(Frame.RESULT, b'25')",
    "frame(Frame.NOTHING)",
    "frame(Frame.GRADED, b'[]')",
    "frame(Frame.READY)",
    "os.write(fd, b'?' * 5)",
    "os.write(fd, struct.pack('>cI', b'o', 2**32 - 1))",
]


@pytest.mark.parametrize("sent", UNASKED)
def test_a_frame_that_nobody_asked_for_is_tampering(open_session: OpenSession, sent: str) -> None:
    """An answer sent ahead, another kind of frame, or none at all: nothing of it is used."""
    session = open_session(cell_seconds=5)
    with pytest.raises(Tampering):
        session.run(FIND_CHANNEL + sent)


@pytest.mark.parametrize(
    "message",
    [
        b"{}",
        b'{"share": 25, "__builtins__": 1}',
        b'[25, ["share", 25]]',
        b'["L", "list", [25]]',
        b"[" * 100_000,
        b"25 25",
        b"nothing",
        b"\xff",
    ],
)
def test_an_answer_with_more_than_was_asked_for_is_tampering(
    open_session: OpenSession, message: bytes
) -> None:
    """What is no record, or holds anything beside one, is not read."""
    session = open_session(cell_seconds=5)
    session.run(
        "import course.grader.run.runner as runner\nshare = 25\n"
        f"runner.write_record = lambda *a: {message!r}"
    )
    with pytest.raises(Tampering):
        session.grade(CHECK)


@pytest.mark.parametrize("kind", ["OUTPUT", "INTERRUPTED"])
def test_frames_without_end_pass_the_clock(open_session: OpenSession, kind: str) -> None:
    """Whoever sends empty frames for ever has no more time than others."""
    session = open_session(cell_seconds=1, total_seconds=6, output_bytes=10_000_000_000)
    begin = time.monotonic()
    with contextlib.suppress(Tampering):  # where the interrupt cut a frame in two
        session.run(
            FIND_CHANNEL
            + f"while True: os.write(fd, b'%c\\0\\0\\0\\0' % Frame.{kind}.value * 13000)"
        )
    assert time.monotonic() - begin < 12


def test_a_process_that_does_not_read_is_given_up(
    open_session: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call with a large argument does not wait for ever for a reader that sleeps."""
    monkeypatch.setattr(zygote_module, "ANSWER_SECONDS", 1.0)
    session = open_session(cell_seconds=5)
    session.run(
        "import os, signal, threading, time\ndouble = abs\n"
        "def stop():\n    time.sleep(1)\n    os.kill(os.getpid(), signal.SIGSTOP)\n"
        "threading.Thread(target=stop).start()"
    )
    time.sleep(1.5)
    check = CHECK_FUNCTION.replace("case((5,), 10)", "case(([1] * 500_000,), 10)")
    assert value(session.grade(check)) in ("0.0", "")


def test_a_fork_that_a_cell_did_not_end_answers_nothing(open_session: OpenSession) -> None:
    """A child that goes on as if it were the notebook is no tampering, and does no harm."""
    session = open_session(cell_seconds=5)
    assert session.run("import os\nshare = 25\npid = os.fork()\nif pid == 0: print('child')").ran
    assert value(session.run("share + 1")) == "26"
    assert value(session.grade(CHECK)) == "2.0"


def test_nothing_that_was_started_lives_on(open_session: OpenSession) -> None:
    """A daemon in a session of its own ends with the submission."""
    mark = f"backyard-daemon-{os.getpid()}"
    session = open_session()
    session.run(
        "import subprocess, sys\n"
        f"subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)', {mark!r}], "
        "start_new_session=True)\nimport time; time.sleep(0.5)"
    )
    assert _running(mark)
    session.close()
    assert not _running(mark)


def _running(mark: str) -> list[Any]:
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if mark in (process.info["cmdline"] or []):
            found.append(process)
    return found


def test_an_output_nested_without_end_is_left_out() -> None:
    """Whatever writes a notebook goes down by calls of its own, and would end the grading."""
    kept: list[dict[str, Any]] = []
    outputs = Outputs(1_000_000, kept)
    deep = "[" * 900 + "]" * 900
    for data, metadata in ((deep, "{}"), ('"x"', f'{{"a": {deep}}}'), ('"x"', '{"a": [[1]]}')):
        content = f'"output_type": "display_data", "data": {{"a": {data}}}, "metadata": {metadata}'
        outputs.add(f"{{{content}}}".encode())
    assert [output["metadata"] for output in kept] == [{"a": [[1]]}]


def test_all_files_that_a_submission_may_bring_are_there(open_session: OpenSession) -> None:
    """Three of 19 MB lie within the bounds of intake, and beside the notebook."""
    files = {f"{number}.bin": bytes(19_000_000) for number in range(3)}
    result = open_session(files=files).run(
        "import glob, os\nsum(map(os.path.getsize, glob.glob('*.bin')))"
    )
    assert value(result) == "57000000"
