"""The process that runs check cells: it has never run a student's code and holds none of its names.

Asked by a frame to run a check cell, it answers with the outputs. What the cell asks for, by
`course.scoring.Question`, it asks back for: each answer comes as one record (`records`), each call
of a student's function goes out with its arguments and comes back as one record.
"""

import contextlib
import hashlib
import pickle
from collections.abc import Mapping
from typing import Any

from course.grader.run.keys import Built
from course.grader.run.shell import CellShell
from course.grader.run.streams import Event
from course.grader.run.wire import Channel, Closed, Frame
from course.grader.values.records import NotARecord, read_outcome, read_record
from course.scoring.asking import CannotBeRead, GradedAnswer, NoAnswer, ask_from
from course.scoring.plain import Outcome, Plain

MEMORY = 4 << 30  # bytes of address space beyond what the fork has; a bound, not a measure
# A check prints a line for each part; a loop that prints a student's value without end is cut here.
MOST_OUTPUTS = 2_000


class Judge:
    """The judge of one submission.

    Args:
        channel: to the grading process.
        options: "seed", for the order in which functions are called.
        built: the checks, as far as their keys are built, by their source.
    """

    def __init__(
        self, channel: Channel, options: dict[str, Any], built: Mapping[str, Built]
    ) -> None:
        self._channel, self._built = channel, built
        self._seed = int(options["seed"])
        self._outputs: list[Event] = []
        self._tampered = ""
        self._graded: dict[str, GradedAnswer] = {}
        # Before anything arrives from the student's process.
        _bound_memory()

    def serve_requests(self) -> int:
        """Answer until the grading process closes the channel; return the exit code."""
        shell = CellShell.instance()
        shell.receiver = self._take_output
        self._channel.send(Frame.READY)
        while True:
            try:
                kind, content = self._channel.receive()
                if kind is Frame.GRADE:
                    self._grade_cell(shell, content.decode())
            except Closed:
                return 0
            except KeyboardInterrupt:
                continue

    def _grade_cell(self, shell: CellShell, source: str) -> None:
        """Run one check cell and send its outputs."""
        self._outputs.clear()
        # The cell holds the key: who has not seen it cannot know the order.
        digest = hashlib.sha256(f"{self._seed} {source}".encode()).digest()
        ask_from(self, int.from_bytes(digest[:8], "big"), self._graded)
        if built := self._built.get(source):
            shell.user_ns.update(built.names)
            shell.prepared = (source, built.rest)
        shell.run_source(source)
        # Checked after the cell: its own `except` may have swallowed the error, and must not
        # hide it.
        if self._tampered:
            self._channel.send(Frame.TAMPERED, self._tampered.encode())
        else:
            self._channel.send_json(Frame.GRADED, self._outputs[:MOST_OUTPUTS])

    def _take_output(self, event: Event) -> None:
        if len(self._outputs) < MOST_OUTPUTS:
            self._outputs.append(event)

    def ask(self, name: str, chart: bool) -> Plain:
        """Return what the student's process has under a name; see `course.scoring.asking`."""
        self._channel.send_json(Frame.ASK, {"name": name, "chart": chart})
        kind, content = self._channel.receive()
        if kind is Frame.NOTHING:
            raise NoAnswer(name)
        if kind is Frame.FAILED:
            # The text comes from the student's process and stands in a message to the instructor.
            raise CannotBeRead(content[:300].decode("utf-8", "replace"))
        try:
            return read_record(content, self._call)
        except NotARecord as error:
            self._tampered = str(error)
            raise CannotBeRead("the answer cannot be read") from None

    def _call(self, number: int, args: tuple[Any, ...]) -> Outcome:
        """Call a function in the student's process, which can read whatever it likes."""
        # Pickle goes this way only: the student's process may be taken over by what it reads,
        # the judge may not.
        self._channel.send(Frame.CALL, pickle.dumps((number, args)))
        kind, content = self._channel.receive()
        if kind is Frame.FAILED:
            return Outcome(failed=content.decode("utf-8", "replace"))
        try:
            return read_outcome(content, self._call)
        except NotARecord as error:
            self._tampered = str(error)
            return Outcome(failed="its result cannot be read")


def _bound_memory() -> None:
    """Let a value that grows without end fail here, and keep other processes from looking in."""
    import resource

    from course.grader.sandbox import not_dumpable, present_size

    # Where a sandbox has no process ids of its own, a student's process of the same account could
    # else look in here, where the key is.
    not_dumpable()
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(
            resource.RLIMIT_AS, (present_size() + MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1])
        )
