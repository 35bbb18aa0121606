"""Runs one notebook: the student's cells in one process, the checks made apart in another.

The two never share a process. What a check asks for is asked of the student's process, one name at
a time, and the judge reads the answer; where it calls a student's function, the call is handed on.
When the student's process ends or has to be ended, a new one runs the cells again up to that point,
without the one that did it, so that the other questions still get their points.

One deadline holds for all of it, the judge's time included. A frame that the student's process does
not send by itself is tampering, and the submission is not graded further.
"""

from __future__ import annotations

import base64
import contextlib
import json
import time
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from course.grader.run.cellnames import as_python
from course.grader.run.memory import OutOfMemory, memory_watch
from course.grader.run.outputs import Ended, Outputs
from course.grader.run.streams import WARNINGS
from course.grader.run.wire import Closed, Frame, Late, WireError
from course.grader.run.zygote import Child, Forks, Zygote, ZygoteError
from course.grader.sandbox import Limits, View

# Each start runs the cells before again: without a bound, a submission of cells that end their
# program would take for ever.
STARTS = 4  # how often a submission's process may be started
GRACE = 2.0  # seconds that a cell has to end after an interrupt
INTERRUPTS = 4  # how often it is interrupted within them
# Above the bound of a record and below what a channel takes: larger than anything honest.
MOST_FRAME = 32 << 20
# It calls a student's functions on many cases, each with a time of its own.
JUDGE_FACTOR = 4  # a check may take this many times as long as a student's cell
START_SECONDS = 30.0
ANSWERS = frozenset({Frame.RECORD, Frame.NOTHING, Frame.FAILED})


class Tampering(Exception):  # noqa: N818 - what a submission does, not an error of ours
    """The student's process sent what it does not send by itself."""


@dataclass(frozen=True)
class Rules:
    """What a submission may use."""

    limits: Limits  # of the process
    cell_seconds: float = 30.0  # wall time of one cell
    call_seconds: float = 5.0  # wall time of one call of a student's function by a test
    total_seconds: float = 300.0  # wall time of the whole submission
    output_bytes: int = 10_000_000  # of all outputs together


@dataclass
class CellResult:
    """What became of one cell."""

    outputs: list[dict[str, Any]] = field(default_factory=list)  # as a notebook stores them
    count: int | None = None  # the number that stands beside the cell, or None when it did not run
    # "" when it ran to its end (with or without an error of its own), else one of
    # `course.grader.faults.REASONS`
    reason: str = ""
    stderr: str = ""  # what a check wrote to standard error and costs nothing; it is only logged

    @property
    def ran(self) -> bool:
        """Whether the cell ran to its end."""
        return self.count is not None and not self.reason


class Session:
    """Runs the cells of one notebook in their order.

    Args:
        zygote: the warm process.
        view: what the student's cells see of the file system.
        rules: what they may use.
        files: what was handed in beside the notebook: relative path and content.
        seed: for the random numbers, so that a notebook graded twice gives the same.
        deadline: when the whole submission has to be through, on `time.monotonic`; None for the
            rules' time from now on.
        judges: what forks the judge (default: the warm process).
        undrawn: whether figures are left undrawn (see `course.figures`).
    """

    def __init__(
        self,
        zygote: Zygote,
        view: View,
        rules: Rules,
        files: Mapping[str, bytes] | None = None,
        seed: int = 0,
        deadline: float | None = None,
        judges: Forks | None = None,
        undrawn: bool = False,
    ) -> None:
        self._zygote, self._view, self._rules = zygote, view, rules
        self._judges = judges or zygote
        self._files, self._seed = dict(files or {}), seed
        self._undrawn = undrawn
        self._runner: Child | None = None
        self._judge: Child | None = None
        self._judge_ready = False
        self._starts = 0
        # The cells that ran to their end in the process that is there: run again, in this order,
        # where it has to be replaced.
        self._past: list[tuple[str, bool]] = []
        self._count = 0
        self._deadline = deadline or time.monotonic() + rules.total_seconds
        self._look: Any = None
        self.times: dict[str, float] = {}
        self.used: dict[str, float] = {"cpu": 0.0, "memory": 0.0}

    def __enter__(self) -> Session:
        # Started here and not at the first cell, so that its time is not that cell's.
        with contextlib.suppress(Ended):  # told at the first cell
            self._ready_runner()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End both processes and all that they started."""
        with self._measure_time("stop"):
            there = [child for child in (self._runner, self._judge) if child is not None]
            if there:
                self._end_children(*there)
            self._runner = self._judge = None

    @property
    def _left(self) -> float:
        """Seconds until the deadline."""
        return self._deadline - time.monotonic()

    # --- a cell in the student's process ----------------------------------------------------

    def run(self, source: str, *, ours: bool = False) -> CellResult:
        """Run a cell in the student's process; `ours`: it is as the instructor wrote it.

        Raises:
            Tampering: the process sent what it does not send by itself.
        """
        result = CellResult()
        if self._left <= 0:
            result.reason = "time-used-up"
            return result
        # An empty cell costs a round trip and gives nothing.
        if not source.strip():
            return CellResult(count=0)
        try:
            with self._measure_time("student cells"):
                runner = self._ready_runner()
                self._run_in(runner, source, result, ours)
            self._past.append((source, ours))
        except Ended as end:
            result.reason = end.reason
        return result

    def _run_in(self, runner: Child, source: str, result: CellResult, ours: bool) -> None:
        """Run a cell in the student's process and collect its outputs."""
        # A student's text is made Python where it runs: within its limits, and by its own shell.
        python = as_python(source) if ours else None
        begin = time.monotonic()
        limit = min(self._rules.cell_seconds, self._left)
        # The runner bounds its outputs, too, but a student's code may have replaced the runner.
        kept = Outputs(self._rules.output_bytes, result.outputs)
        interrupts = 0
        self._count += 1
        try:
            self._send(runner, Frame.RUN, json.dumps({"source": source, "python": python}).encode())
            while True:
                # From the clock each time: outputs that keep coming do not lengthen it.
                spare = limit - (time.monotonic() - begin) + interrupts * GRACE / INTERRUPTS
                try:
                    kind, content = self._hear_runner(runner, spare)
                except Late:
                    if interrupts == INTERRUPTS:
                        raise Ended(self._late_reason(limit)) from None
                    # Again, where the first did nothing: compiled code (pandas, numpy) may
                    # swallow one that reaches it in a callback.
                    interrupts += 1
                    runner.interrupt()
                    continue
                if kind is Frame.OUTPUT:
                    kept.add(content)
                # An interrupt that comes back from a cell which was not interrupted was raised
                # by the cell itself.
                elif kind is Frame.END or (kind is Frame.INTERRUPTED and interrupts):
                    break
                elif kind is Frame.INTERRUPTED:
                    raise Ended("died")
                else:
                    raise Tampering(f"{kind.name.lower()} came while a cell ran")
            if interrupts:
                result.reason = self._late_reason(limit)
        except Ended:
            self._drop_runner()
            raise
        finally:
            result.count = self._count
            _number_result(result)

    def _late_reason(self, limit: float) -> str:
        """Say which time was used up: a cell's own, or that of the whole submission."""
        return "timeout" if limit >= self._rules.cell_seconds else "time-used-up"

    # --- a check made apart -----------------------------------------------------------------

    def grade(self, source: str) -> CellResult:
        """Run a check in the judge, who asks the student's process for what it needs.

        Raises:
            Tampering: that process answered with what it does not send by itself.
        """
        result = CellResult()
        if self._left <= 0:
            result.reason = "time-used-up"
            return result
        with self._measure_time("judge"):
            try:
                outputs = self._judge_outputs(source)
            except (WireError, ValueError) as error:
                # Ended, not asked again: what is on the wire between the two is no longer known.
                if self._judge is not None:
                    self._end_children(self._judge)
                    self._judge = None
                late = isinstance(error, Late)
                result.reason = "judge" if not late else "timeout"
                if late and self._left <= 0:
                    result.reason = "time-used-up"
                return result
        self._count += 1
        result.count = self._count
        kept = Outputs(MOST_FRAME, result.outputs)
        for output in outputs:
            if output.get("name") in ("stderr", WARNINGS):
                result.stderr += output["text"]
                continue
            if output["output_type"] == "error":  # its lines quote the check, and with it the key
                output["traceback"] = [f"{output['ename']}: {output['evalue']}"]
            kept.take(output)
        _number_result(result)
        return result

    def _judge_outputs(self, source: str) -> list[dict[str, Any]]:
        """Let the judge run a check, and hand on what it asks for."""
        judge = self._ready_judge()
        judge.channel.send(Frame.GRADE, source.encode())
        end = time.monotonic() + min(JUDGE_FACTOR * self._rules.cell_seconds, self._left)
        while True:
            kind, content = judge.channel.receive(end - time.monotonic())
            if kind is Frame.ASK:
                judge.channel.send(*self._ask(content))
            elif kind is Frame.CALL:
                judge.channel.send(*self._carry_call(content))
            elif kind is Frame.TAMPERED:
                raise Tampering(content.decode("utf-8", "replace"))
            else:
                outputs: list[dict[str, Any]] = json.loads(content)
                return outputs

    def _ask(self, content: bytes) -> tuple[Frame, bytes]:
        """Ask the student's process for what stands under a name."""
        for _ in range(2):  # where the process ends, once more in a new one
            try:
                runner = self._ready_runner()
                self._send(runner, Frame.ASK, content)
                seconds = min(self._rules.cell_seconds, self._left)
                return self._expect_frame(runner, ANSWERS, seconds)
            except (Ended, Late):
                self._drop_runner()
        return Frame.FAILED, b"the answer could not be fetched: the program that held it ended"

    def _carry_call(self, content: bytes) -> tuple[Frame, bytes]:
        """Hand a call on to the student's process, and what came of it back."""
        # Not a new one: its functions would not be those that the numbers stand for.
        runner = self._runner
        if runner is None or self._left <= 0:
            return Frame.FAILED, _CALL_ENDS["died"]
        try:
            self._send(runner, Frame.CALL, content)
            try:
                seconds = min(self._rules.call_seconds, self._left)
                return self._expect_frame(runner, {Frame.RESULT}, seconds)
            except Late:
                runner.interrupt()
            self._expect_frame(runner, {Frame.RESULT, Frame.INTERRUPTED}, GRACE)
        except Late:
            self._drop_runner()
        except Ended as end:
            self._drop_runner()
            return Frame.FAILED, _CALL_ENDS.get(end.reason, _CALL_ENDS["died"])
        return Frame.FAILED, f"it takes longer than {self._rules.call_seconds:g} seconds".encode()

    # --- the two processes ------------------------------------------------------------------

    def _ready_runner(self) -> Child:
        """Return the student's process; start it, or a new one, where there is none."""
        if self._runner is not None:
            return self._runner
        if self._starts >= STARTS:
            raise Ended("died")
        with self._measure_time("start"):
            self._starts += 1
            # Plain JSON: the warm process believes only what it can check.
            options = {
                "view": asdict(self._view),
                "limits": asdict(self._rules.limits),
                "seed": self._seed,
                "output_bytes": self._rules.output_bytes,
            }
            runner = self._zygote.spawn_child("runner", **options)
            self._runner = runner
            files = {
                name: base64.b64encode(data).decode("ascii") for name, data in self._files.items()
            }
            # The count begins with the process: what the one before held is gone.
            self._look = memory_watch(runner.pid, self._rules.limits.memory)
            given = {"files": files, "undrawn": self._undrawn}
            self._send(runner, Frame.FILES, json.dumps(given).encode())
            if self._judge is None:  # forked while the other one puts up its walls
                self._start_judge()
            try:
                self._expect_frame(runner, {Frame.READY}, START_SECONDS)
            except Late:
                self._drop_runner()
                raise Ended("died") from None
        self._repeat_cells(runner)
        return runner

    def _repeat_cells(self, runner: Child) -> None:
        """Run again, in a new process, what had run to its end in the one before."""
        # The numbers beside the cells are those of the first run.
        count = self._count
        for source, ours in self._past:
            self._run_in(runner, source, CellResult(), ours)
        self._count = count

    def _ready_judge(self) -> Child:
        judge = self._judge or self._start_judge()
        if not self._judge_ready:
            with self._measure_time("start"):
                judge.channel.receive(START_SECONDS)
                self._judge_ready = True
        return judge

    def _start_judge(self) -> Child:
        try:
            self._judge = self._judges.spawn_child("judge", seed=self._seed)
        except ZygoteError:  # the process that held the keys has ended
            self._judge = self._zygote.spawn_child("judge", seed=self._seed)
        self._judge_ready = False
        return self._judge

    def _drop_runner(self) -> None:
        if self._runner is not None:
            self._end_children(self._runner)
            self._runner = None

    def _end_children(self, *children: Child) -> None:
        for child in children:
            try:
                used = child.forks.end_children(child)
            except ZygoteError:
                if child.forks is self._zygote:
                    raise
                continue  # the process that held the keys has ended, and its judges with it
            self.used["cpu"] += used.get("cpu", 0.0)
            self.used["memory"] = max(self.used["memory"], used.get("memory", 0.0))

    def _send(self, runner: Child, kind: Frame, content: bytes) -> None:
        """Send a frame to the student's process."""
        try:
            runner.channel.send(kind, content)
        except Closed:
            raise Ended("died") from None

    def _hear_runner(self, runner: Child, seconds: float) -> tuple[Frame, bytes]:
        """Return the next frame of the student's process; Late when none comes."""
        try:
            return runner.channel.receive(seconds, MOST_FRAME, self._look)
        except Late:
            raise
        except OutOfMemory:
            raise Ended("memory") from None
        except Closed:
            raise Ended("died") from None
        except WireError as error:
            raise Tampering(str(error)) from None

    def _expect_frame(
        self, runner: Child, wanted: Container[Frame], seconds: float
    ) -> tuple[Frame, bytes]:
        """Return the next frame, of a wanted kind; what threads put out meanwhile is left out."""
        end = time.monotonic() + seconds
        while True:
            kind, content = self._hear_runner(runner, end - time.monotonic())
            if kind in wanted:
                return kind, content
            if kind is Frame.INTERRUPTED:
                raise Ended("died")
            if kind is not Frame.OUTPUT:
                raise Tampering(f"{kind.name.lower()} came where something else was asked for")

    @contextlib.contextmanager
    def _measure_time(self, phase: str) -> Any:
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.times[phase] = self.times.get(phase, 0.0) + time.perf_counter() - begin


_CALL_ENDS = {
    "memory": b"it needs more memory than there is",
    "died": b"it ends the program",
}


def _number_result(result: CellResult) -> None:
    """Give a cell's result the number that stands beside the cell."""
    for output in result.outputs:
        if output["output_type"] == "execute_result":
            output["execution_count"] = result.count
