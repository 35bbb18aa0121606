"""The process that runs a student's cells: confined, and asked for nothing but data.

It never sees a check cell that is made apart. It is asked, by frames, to run a cell, to say what
stands under a name and to call one of the student's functions; it answers with outputs, the end of
a cell, records and results.
"""

import base64
import json
import os
import pickle
import random
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from course import figures
from course.grader import sandbox
from course.grader.run.shell import CellShell
from course.grader.run.streams import Event
from course.grader.run.wire import Channel, Closed, Frame
from course.grader.values.records import Functions, write_outcome, write_record
from course.scoring.asking import CannotBeRead, NamedAnswers, NoAnswer
from course.scoring.plain import Other, Outcome


class Runner:
    """One submission's process.

    Args:
        channel: to the grading process.
        options: "view" and "limits" for the sandbox, "seed", "output_bytes".
        means: what of the sandbox this machine has.
    """

    def __init__(self, channel: Channel, options: dict[str, Any], means: sandbox.Means) -> None:
        self._channel = channel
        self._most = int(options["output_bytes"])
        self._sent = 0
        # Kept as long as the process lives: the judge calls them by number, long after it asked
        # for them.
        self._functions = Functions()
        confine_runner(channel, options, means)
        self._sending = threading.Lock()
        # After the walls are up: in its namespace this process has another number than before.
        self._pid = os.getpid()

    def serve_requests(self) -> int:
        """Answer until the grading process closes the channel; return the exit code."""
        shell = CellShell.instance()
        shell.receiver = self._put_out
        self._send(Frame.READY)
        while True:
            try:
                kind, content = self._channel.receive()
            except Closed:
                return 0
            except KeyboardInterrupt:  # an interrupt that came too late for its cell
                continue
            try:
                self._answer_frame(shell, kind, content)
            except KeyboardInterrupt:
                self._send(Frame.INTERRUPTED)
            if os.getpid() != self._pid:  # a fork that a cell made and did not end
                os._exit(0)

    def _answer_frame(self, shell: CellShell, kind: Frame, content: bytes) -> None:
        """Do what one frame asks for."""
        if kind is Frame.RUN:
            cell = json.loads(content)
            if cell["python"] is not None:
                shell.prepared = (cell["source"], cell["python"])
            shell.run_source(cell["source"])
            self._send(Frame.END)
        elif kind is Frame.ASK:
            asked = json.loads(content)
            self._say(shell, asked["name"], asked["chart"])
        elif kind is Frame.CALL:
            # It comes from the judge, who is trusted; nothing is ever unpickled the other way.
            number, args = pickle.loads(content)
            self._send(Frame.RESULT, write_outcome(self._call(number, args), self._functions))

    def _say(self, shell: CellShell, name: str, chart: bool) -> None:
        """Send what stands under a name."""
        try:
            record = NamedAnswers(shell.user_ns).ask(name, chart)
        except NoAnswer:
            self._send(Frame.NOTHING)
        except CannotBeRead as error:
            self._send(Frame.FAILED, str(error).encode())
        else:
            self._send(Frame.RECORD, write_record(record, self._functions))

    def _call(self, number: int, args: tuple[Any, ...]) -> Outcome:
        try:
            return self._functions.get(number).call(args)
        except LookupError:
            return Outcome(Other("a function that is not there"))

    def _send(self, kind: Frame, content: bytes = b"") -> None:
        """Send a frame, whole: interrupts and other threads wait; a fork sends none."""
        if os.getpid() != self._pid:
            return
        # An interrupt in the middle would leave half a frame on the wire, which reads as tampering.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            with self._sending:
                self._channel.send(kind, content)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _put_out(self, event: Event) -> None:
        """Send one output, as long as there are not too many."""
        try:
            # A student's own formatter may return anything; what JSON cannot hold is shown as
            # its repr.
            text = json.dumps(event, default=repr, skipkeys=True).encode("utf-8", "replace")
        except (ValueError, RecursionError, TypeError) as error:
            words = f"(this output cannot be kept: {type(error).__name__})\n"
            text = json.dumps({"output_type": "stream", "name": "stdout", "text": words}).encode()
        if self._sent > self._most:
            return
        self._sent += len(text)
        if self._sent > self._most:
            words = "(what comes after this is left out: the notebook produces too much output)\n"
            text = json.dumps({"output_type": "stream", "name": "stdout", "text": words}).encode()
        self._send(Frame.OUTPUT, text)


def confine_runner(channel: Channel, options: dict[str, Any], means: sandbox.Means) -> None:
    """Put this process behind all walls, with its files, as a kernel that was just started.

    Args:
        channel: to the grading process; its first frame has the files, and whether figures are
            left undrawn.
        options: "view" and "limits" of the sandbox, and "seed" for random numbers.
        means: what of the sandbox this machine has.
    """
    view = sandbox.View(**{k: _restore_tuple(v) for k, v in options["view"].items()})
    # The files come first; they are written once the scratch folder is there.
    _, content = channel.receive(60.0)
    # From here on this process can write to its scratch folder alone.
    temporary = sandbox.confine_process(view, sandbox.Limits(**options["limits"]), means)
    given = json.loads(content)
    if given["undrawn"]:
        figures.leave_undrawn()
    _unpack_files(Path(view.scratch), given["files"])
    os.chdir(view.scratch)
    _settle_process(int(options["seed"]), temporary)


def _unpack_files(scratch: Path, files: dict[str, str]) -> None:
    """Write what was handed in beside the notebook into the scratch folder."""
    for name, content in files.items():
        path = scratch / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))


def _settle_process(seed: int, temporary: str) -> None:
    """Leave nothing of the warm process: paths, environment, the state of random numbers."""
    import numpy as np

    os.environ["HOME"] = os.environ["TMPDIR"] = temporary
    os.environ["MPLCONFIGDIR"] = str(Path(temporary) / "matplotlib")
    # Settings of tests, which say how grading is done.
    for name in ("BACKYARD_SANDBOX", "COVERAGE_PROCESS_START"):
        os.environ.pop(name, None)
    # The warm process has looked its folder up already; this one's is another.
    tempfile.tempdir = None
    # As in a notebook: a module beside it can be imported.
    sys.path.insert(0, "")
    sys.argv = ["notebook"]
    random.seed(seed)
    np.random.seed(seed % 2**32)


def _restore_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
