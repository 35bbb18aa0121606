"""The process that runs grade cells: it has never run a student's code and gets only data from it.

Asked by a frame (`G`) to run a grade cell with the values that came from the student's process, it
answers with the outputs. Where a grade cell calls a student's function, it asks back (`C`).
"""

from __future__ import annotations

import contextlib
import functools
import json
import struct
from collections.abc import Callable
from typing import Any

from course.grading import travel
from course.grading.cells import as_python, names_defined, names_stored
from course.grading.shell import CellShell, Event
from course.grading.wire import Channel, Closed
from course.scoring import CallFailed

__all__ = ["Judge", "grade_request", "judge_outputs"]

_SPLIT = struct.Struct(">I")
MEMORY = 4 << 30  # bytes of address space beyond what the fork has; a bound, not a measure
MOST_OUTPUTS = 2_000


class Judge:
    """The judge of one submission.

    Args:
        channel: to the grading process.
        options: nothing so far.
    """

    def __init__(self, channel: Channel, options: dict[str, Any]) -> None:
        self._channel = channel
        self._outputs: list[Event] = []
        # What earlier grade cells define stays theirs: no answer can take its place.
        self._defined: dict[str, Any] = {}
        self._values: dict[str, Any] = {}
        _bound_memory()

    def serve(self) -> int:
        """Answer until the grading process closes the channel; return the exit code."""
        shell = CellShell.instance()
        shell.receiver = self._take
        self._given = dict(shell.user_ns)
        self._channel.send(b"s")
        while True:
            try:
                kind, content = self._channel.receive()
                if kind == b"G":
                    self._grade(shell, content)
            except Closed:
                return 0
            except KeyboardInterrupt:
                continue

    def _grade(self, shell: CellShell, content: bytes) -> None:
        """Run one grade cell and send its outputs."""
        (length,) = _SPLIT.unpack_from(content)
        cell = json.loads(content[_SPLIT.size : _SPLIT.size + length])
        source = cell["source"]
        message = content[_SPLIT.size + length :]
        self._outputs.clear()
        problem = ""
        try:
            values = travel.loads_names(message, self._remote)
        except travel.TravelError as error:
            values, problem = {}, str(error)
        self._set_names(shell, values)
        shell.prepared = (source, cell["python"]) if cell["python"] is not None else ("", "")
        succeeded = shell.run(source)
        self._remember(shell, cell["defined"], cell["stored"])
        answer = {
            "outputs": self._outputs[:MOST_OUTPUTS],
            "succeeded": succeeded,
            "count": shell.execution_count - 1,
            "problem": problem,
        }
        self._channel.send_json(b"g", answer)

    def _set_names(self, shell: CellShell, values: dict[str, Any]) -> None:
        """Let the cell find the student's values, earlier definitions, and nothing else."""
        for name in set(shell.user_ns) - set(self._given):
            del shell.user_ns[name]
        shell.user_ns.update({**self._values, **values, **self._defined})

    def _remember(self, shell: CellShell, defined: list[str], stored: list[str]) -> None:
        """Keep what the cell made, for later grade cells of the notebook."""
        for names, kept in ((defined, self._defined), (stored, self._values)):
            for name in names:
                if name in shell.user_ns:
                    kept[name] = shell.user_ns[name]

    def _take(self, event: Event) -> None:
        if len(self._outputs) < MOST_OUTPUTS:
            self._outputs.append(event)

    def _remote(self, handle: int) -> Callable[..., object]:
        """Return the body of a stand-in for a student's function."""

        def call(*args: Any, **kwargs: Any) -> object:
            self._channel.send(b"C", b"%d " % handle + travel.dumps_call(args, kwargs))
            kind, content = self._channel.receive()
            if kind == b"x":
                raise CallFailed(content.decode("utf-8", "replace"))
            return travel.loads_result(content, self._remote)

        return call


def grade_request(source: str, values: bytes) -> bytes:
    """Return the content of the frame that asks for one grade cell.

    What can be read from the cell's text is read here, once for a class.
    """
    text = _cell(source)
    return _SPLIT.pack(len(text)) + text + values


@functools.lru_cache(maxsize=512)
def _cell(source: str) -> bytes:
    """Return a grade cell with the names that it defines and assigns, as JSON."""
    names = {"defined": sorted(names_defined(source)), "stored": sorted(names_stored(source))}
    return json.dumps({"source": source, "python": as_python(source), **names}).encode()


def judge_outputs(content: bytes) -> dict[str, Any]:
    """Read the judge's answer."""
    answer: dict[str, Any] = json.loads(content)
    return answer


def _bound_memory() -> None:
    """Let a value that grows without end fail here, and keep other processes from looking in."""
    import resource

    from course.grading.sandbox import not_dumpable, present_size

    not_dumpable()
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(
            resource.RLIMIT_AS, (present_size() + MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1])
        )
