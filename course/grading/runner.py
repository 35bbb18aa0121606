"""The process that runs a student's cells: confined, and asked for nothing but data.

It never sees a grade cell. It is asked, by frames, to run a cell (`R`), to give the values of
names (`V`) and to call one of the student's functions (`C`); it answers with outputs (`o`), the end
of a cell (`e`), values (`v`) and results (`r`).
"""

from __future__ import annotations

import base64
import json
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

from course.grading import sandbox, travel
from course.grading.shell import CellShell, Event
from course.grading.wire import Channel, Closed

__all__ = ["Runner", "confine"]


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
        self._callables = travel.Callables()
        confine(channel, options, means)

    def serve(self) -> int:
        """Answer until the grading process closes the channel; return the exit code."""
        shell = CellShell.instance()
        shell.receiver = self._put_out
        self._channel.send(b"s")
        while True:
            try:
                kind, content = self._channel.receive()
            except Closed:
                return 0
            except KeyboardInterrupt:  # an interrupt that came too late for its cell
                continue
            self._answer(shell, kind, content)

    def _answer(self, shell: CellShell, kind: bytes, content: bytes) -> None:
        """Do what one frame asks for."""
        try:
            if kind == b"R":
                cell = json.loads(content)
                if cell["python"] is not None:
                    shell.prepared = (cell["source"], cell["python"])
                succeeded = shell.run(cell["source"])
                self._channel.send_json(
                    b"e", {"succeeded": succeeded, "count": shell.execution_count - 1}
                )
            elif kind == b"V":
                names = json.loads(content)
                values = travel.dumps_names(shell.user_ns, names, self._callables)
                self._channel.send(b"v", values)
            elif kind == b"C":
                handle, _, call = content.partition(b" ")
                function = self._callables.get(int(handle))
                args, kwargs = travel.loads_call(call)
                result = travel.dumps_result(function, args, kwargs, self._callables)
                self._channel.send(b"r", result)
        except KeyboardInterrupt:
            self._channel.send_json(b"i", {})

    def _put_out(self, event: Event) -> None:
        """Send one output, as long as there are not too many."""
        try:
            text = json.dumps(event, default=repr, skipkeys=True).encode("utf-8", "replace")
        except (ValueError, RecursionError, TypeError) as error:
            words = f"(this output cannot be kept: {type(error).__name__})\n"
            text = json.dumps({"output_type": "stream", "name": "stdout", "text": words}).encode()
        if self._sent > self._most:
            return
        self._sent += len(text)
        if self._sent > self._most:
            words = "(what comes after this is left out: the notebook puts out too much)\n"
            text = json.dumps({"output_type": "stream", "name": "stdout", "text": words}).encode()
        self._channel.send(b"o", text)


def confine(channel: Channel, options: dict[str, Any], means: sandbox.Means) -> None:
    """Put this process behind all walls, with its files, as a kernel that was just started.

    Args:
        channel: to the grading process, which sends the files as the first frame.
        options: "view" and "limits" of the sandbox, and "seed" for random numbers.
        means: what of the sandbox this machine has.
    """
    view = sandbox.View(**{k: _tuples(v) for k, v in options["view"].items()})
    _, files = channel.receive(60.0)
    temporary = sandbox.confine(view, sandbox.Limits(**options["limits"]), means)
    _unpack(Path(view.scratch), json.loads(files))
    os.chdir(view.scratch)
    _settle(int(options["seed"]), temporary)


def _unpack(scratch: Path, files: dict[str, str]) -> None:
    """Write what was handed in beside the notebook into the scratch folder."""
    for name, content in files.items():
        path = scratch / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))


def _settle(seed: int, temporary: str) -> None:
    """Leave nothing of the warm process: paths, environment, the state of random numbers."""
    import numpy as np

    os.environ["HOME"] = os.environ["TMPDIR"] = temporary
    os.environ["MPLCONFIGDIR"] = str(Path(temporary) / "matplotlib")
    for name in ("BACKYARD_SANDBOX", "COVERAGE_PROCESS_START"):
        os.environ.pop(name, None)
    tempfile.tempdir = None
    sys.path.insert(0, "")
    sys.argv = ["notebook"]
    random.seed(seed)
    np.random.seed(seed % 2**32)


def _tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
