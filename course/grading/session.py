"""Runs one notebook: the student's cells in one process, the grade cells in another.

The two never share a process. A grade cell's names are looked up in the student's process, travel
as data, and are given to the judge; where the judge calls a student's function, the call travels
back.
When the student's process ends or has to be ended, a new one runs the cells again up to that point,
without the one that did it, so that the other questions still get their points.
"""

from __future__ import annotations

import base64
import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from course.grading.cells import as_python, names_read
from course.grading.judge import grade_request, judge_outputs
from course.grading.outputs import Ended, Outputs
from course.grading.sandbox import Limits, View
from course.grading.watch import OutOfMemory, memory_watch
from course.grading.wire import Closed, Late, WireError
from course.grading.zygote import Child, Zygote

__all__ = ["CellResult", "Rules", "Session"]

STARTS = 4  # how often a submission's process may be started
GRACE = 2.0  # seconds that a cell has to end after an interrupt
MOST_FRAME = 32 << 20
JUDGE_FACTOR = 4  # a grade cell may take this many times as long as a student's cell


@dataclass(frozen=True)
class Rules:
    """What a submission may use.

    Attributes:
        limits: of the process.
        cell_seconds: wall time of one cell.
        call_seconds: wall time of one call of a student's function by a test.
        total_seconds: wall time of all cells together.
        output_bytes: of all outputs together.
    """

    limits: Limits
    cell_seconds: float = 30.0
    call_seconds: float = 5.0
    total_seconds: float = 300.0
    output_bytes: int = 10_000_000


@dataclass
class CellResult:
    """What became of one cell.

    Attributes:
        outputs: as a notebook stores them.
        count: the number that stands beside the cell, or None when it did not run.
        reason: "" when it ran to its end (with or without an error of its own), else one of
            `course.grading.faults.REASONS`.
        ran: whether the cell ran to its end.
        stderr: what a grade cell wrote to standard error; costs nothing and is only logged.
    """

    outputs: list[dict[str, Any]] = field(default_factory=list)
    count: int | None = None
    reason: str = ""
    stderr: str = ""

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
    """

    def __init__(
        self,
        zygote: Zygote,
        view: View,
        rules: Rules,
        files: Mapping[str, bytes] | None = None,
        seed: int = 0,
    ) -> None:
        self._zygote, self._view, self._rules = zygote, view, rules
        self._files, self._seed = dict(files or {}), seed
        self._runner: Child | None = None
        self._judge: Child | None = None
        self._judge_ready = False
        self._starts = 0
        self._past: list[str] = []  # the cells that ran to their end in the process that is there
        self._count = 0
        self._left = rules.total_seconds
        self.times: dict[str, float] = {}
        self.used: dict[str, float] = {"cpu": 0.0, "memory": 0.0}

    def __enter__(self) -> Session:
        with contextlib.suppress(Ended):  # told at the first cell
            self._ready_runner()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End both processes and all that they started."""
        with self._timed("stop"):
            there = [child for child in (self._runner, self._judge) if child is not None]
            if there:
                self._end(*there)
            self._runner = self._judge = None

    # --- a student's cell -------------------------------------------------------------------

    def run(self, source: str) -> CellResult:
        """Run one of the student's cells."""
        result = CellResult()
        if self._left <= 0:
            result.reason = "time-used-up"
            return result
        if not source.strip():
            return CellResult(count=0)
        try:
            with self._timed("student cells"):
                runner = self._ready_runner()
                self._run_in(runner, source, result)
            self._past.append(source)
        except Ended as end:
            result.reason = end.reason
        return result

    def _run_in(self, runner: Child, source: str, result: CellResult) -> None:
        """Run a cell in the student's process and collect its outputs."""
        runner.channel.send_json(b"R", {"source": source, "python": as_python(source)})
        seconds = min(self._rules.cell_seconds, self._left)
        begin = time.monotonic()
        kept = Outputs(self._rules.output_bytes, result.outputs)
        interrupted = False
        try:
            while True:
                spare = (GRACE if interrupted else 0.0) + seconds - (time.monotonic() - begin)
                try:
                    kind, content = self._hear(runner, max(spare, 0.001))
                except Late:
                    if interrupted:
                        raise Ended("timeout") from None
                    interrupted = True
                    runner.interrupt()
                    continue
                if kind == b"o":
                    kept.add(content)
                elif kind == b"e":
                    self._count += 1
                    result.count = self._count
                    _number(result)
                    break
                elif kind != b"i":
                    raise Ended("died")
            if interrupted:
                result.reason = "timeout"
        except Ended as end:
            self._drop_runner()
            self._count += 1
            result.count = self._count
            raise end
        finally:
            self._left -= time.monotonic() - begin

    # --- a grade cell -----------------------------------------------------------------------

    def grade(self, source: str) -> CellResult:
        """Run a grade cell in the judge, with what the student's process holds."""
        values = b"{}"
        if names := names_read(source):
            with self._timed("transfer"):
                values = self._values(list(names))
        with self._timed("judge"):
            return self._grade(source, values)

    def _values(self, names: list[str]) -> bytes:
        """Fetch the values of names from the student's process; none where there is no process."""
        if self._left <= 0:
            return b"{}"
        for _ in range(2):
            begin = time.monotonic()
            try:
                runner = self._ready_runner()
                runner.channel.send_json(b"V", names)
                return self._expect(runner, b"v", min(self._rules.cell_seconds, self._left))
            except (Ended, Closed):
                self._drop_runner()
            finally:
                self._left -= time.monotonic() - begin
        return b"{}"

    def _grade(self, source: str, values: bytes) -> CellResult:
        """Run a grade cell with values that have come."""
        result = CellResult()
        judge = self._ready_judge()
        judge.channel.send(b"G", grade_request(source, values))
        end = time.monotonic() + JUDGE_FACTOR * self._rules.cell_seconds
        try:
            while True:
                kind, content = judge.channel.receive(end - time.monotonic())
                if kind != b"C":
                    break
                self._call(judge, content)
            answer = judge_outputs(content)
        except (WireError, ValueError) as error:
            self._end(judge)
            self._judge = None
            result.reason = "timeout" if isinstance(error, Late) else "judge"
            return result
        outputs: list[dict[str, Any]] = []
        for output in answer["outputs"]:
            if output.get("name") == "stderr" and output["output_type"] == "stream":
                result.stderr += output["text"]
            else:
                outputs.append(output)
        self._count += 1
        kept = Outputs(MOST_FRAME, result.outputs)
        for output in outputs:
            kept.take(output)
        result.count = self._count
        _number(result)
        return result

    def _call(self, judge: Child, content: bytes) -> None:
        """Carry a call of a student's function to the student's process, and the result back."""
        runner = self._runner
        answer: bytes | str | None
        try:
            if runner is None or self._left <= 0:
                raise Ended("died")
            runner.channel.send(b"C", content)
            answer = self._call_result(runner)
        except (Ended, Closed) as end:
            self._drop_runner()
            reason = end.reason if isinstance(end, Ended) else "died"
            answer = None if reason == "timeout" else _CALL_ENDS.get(reason, _CALL_ENDS["died"])
        if isinstance(answer, bytes):
            judge.channel.send(b"r", answer)
            return
        seconds = f"{self._rules.call_seconds:g}"
        judge.channel.send(b"x", (answer or f"it takes longer than {seconds} seconds").encode())

    def _call_result(self, runner: Child) -> bytes | None:
        """Wait for the result of a call; None when it took too long and was interrupted."""
        begin = time.monotonic()
        try:
            seconds = min(self._rules.call_seconds, max(self._left, 0.001))
            try:
                return self._expect(runner, b"r", seconds, patient=True)
            except Late:
                runner.interrupt()
            with contextlib.suppress(Late):
                self._expect(runner, b"r", GRACE, also=b"i", patient=True)
                return None
            raise Ended("timeout")
        finally:
            self._left -= time.monotonic() - begin

    # --- the two processes ------------------------------------------------------------------

    def _ready_runner(self) -> Child:
        """Return the student's process; start it, or a new one, where there is none."""
        if self._runner is not None:
            return self._runner
        if self._starts >= STARTS:
            raise Ended("died")
        with self._timed("start"):
            self._starts += 1
            options = {
                "view": _fields(self._view),
                "limits": _fields(self._rules.limits),
                "seed": self._seed,
                "output_bytes": self._rules.output_bytes,
            }
            runner = self._zygote.spawn("runner", **options)
            self._runner = runner
            files = {
                name: base64.b64encode(data).decode("ascii") for name, data in self._files.items()
            }
            runner.channel.send_json(b"F", files)
            if self._judge is None:  # forked while the other one puts up its walls
                self._judge = self._zygote.spawn("judge")
                self._judge_ready = False
            self._expect(runner, b"s", 30.0)
        self._repeat(runner)
        return runner

    def _repeat(self, runner: Child) -> None:
        """Run again, in a new process, what had run to its end in the one before."""
        past, count = list(self._past), self._count
        for source in past:
            self._run_in(runner, source, CellResult())
        self._count = count

    def _ready_judge(self) -> Child:
        if self._judge is None:
            self._judge = self._zygote.spawn("judge")
            self._judge_ready = False
        if not self._judge_ready:
            with self._timed("start"):
                self._judge.channel.receive(30.0)
                self._judge_ready = True
        return self._judge

    def _drop_runner(self) -> None:
        if self._runner is not None:
            self._end(self._runner)
            self._runner = None

    def _end(self, *children: Child) -> None:
        used = self._zygote.end(*children)
        self.used["cpu"] += used.get("cpu", 0.0)
        self.used["memory"] = max(self.used["memory"], used.get("memory", 0.0))

    def _hear(self, runner: Child, seconds: float) -> tuple[bytes, bytes]:
        """Return the next frame of the student's process; Late when none comes."""
        try:
            watch = memory_watch(runner.pid, self._rules.limits.memory)
            return runner.channel.receive(seconds, MOST_FRAME, watch)
        except Late:
            raise
        except OutOfMemory:
            raise Ended("memory") from None
        except WireError:
            raise Ended("died") from None

    def _expect(
        self,
        runner: Child,
        wanted: bytes,
        seconds: float,
        also: bytes = b"",
        patient: bool = False,
    ) -> bytes:
        """Return the content of the frame of the wanted kind; outputs in between are left out."""
        end = time.monotonic() + seconds
        while True:
            try:
                kind, content = self._hear(runner, max(end - time.monotonic(), 0.001))
            except Late:
                if patient:
                    raise
                raise Ended("timeout") from None
            if kind == wanted or (also and kind == also):
                return content
            if kind not in (b"o", b"i"):
                raise Ended("died")

    @contextlib.contextmanager
    def _timed(self, phase: str) -> Any:
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.times[phase] = self.times.get(phase, 0.0) + time.perf_counter() - begin


_CALL_ENDS = {
    "memory": "it needs more memory than there is",
    "died": "it ends the program",
}


def _number(result: CellResult) -> None:
    """Give a cell's result the number that stands beside the cell."""
    for output in result.outputs:
        if output["output_type"] == "execute_result":
            output["execution_count"] = result.count


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}
