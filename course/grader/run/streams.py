"""Standard output and standard error of a cell, and its warnings."""

import io
from collections.abc import Callable
from typing import Any

Event = dict[str, Any]
"""An output, as a notebook stores it."""

# The stream of warnings. In a notebook it is a part of standard error; a check's warnings are
# told apart from what it writes there itself, which costs points in nbgrader.
WARNINGS = "warnings"
FLUSH_AT = 16_384  # characters of printed text that are handed on at once


class CellStream(io.TextIOBase):
    """Standard output or error of a cell."""

    def __init__(self, name: str, emit: Callable[[Event], None]) -> None:
        self.name = name
        self._emit = emit
        self._parts: list[str] = []
        self._length = 0

    encoding = "utf-8"

    def writable(self) -> bool:
        """Tell that this can be written to."""
        return True

    def write(self, text: str, /) -> int:
        """Take text; it is handed on when there is enough of it."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._parts.append(text)
        self._length += len(text)
        if self._length > FLUSH_AT:
            self.hand_on()
        return len(text)

    # A print in a loop flushes each line; a frame for each would cost more than the cell.
    def flush(self) -> None:
        """Do nothing: small pieces are collected until the cell ends or shows something else."""

    def hand_on(self) -> None:
        """Hand on what was written."""
        if self._parts:
            text = "".join(self._parts)
            self._parts.clear()
            self._length = 0
            self._emit({"output_type": "stream", "name": self.name, "text": text})
