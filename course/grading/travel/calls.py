"""Calls of a student's function: arguments one way, the result or the exception the other."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable
from typing import Any

from course.grading.travel.bounds import Bounds, TooMuch, TravelError
from course.grading.travel.errors import read_error, write_error
from course.grading.travel.message import (
    USUAL,
    dumps,
    loads,
    parse,
    reader,
    text_of,
    writer,
)
from course.grading.travel.reader import Remote
from course.grading.travel.writer import Callables
from course.scoring.quiet import quiet

__all__ = ["dumps_call", "dumps_result", "loads_call", "loads_result"]

MOST_PRINTED = 10_000


class _Printed(io.TextIOBase):
    """Keeps the beginning of what is printed."""

    def __init__(self, most: int) -> None:
        self._room = most
        self.parts: list[str] = []

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        kept = str.__getitem__(text, slice(self._room))
        if kept:
            self.parts.append(kept)
            self._room -= len(kept)
        return str.__len__(text)


def dumps_call(args: tuple[Any, ...], kwargs: dict[str, Any], bounds: Bounds = USUAL) -> bytes:
    """Return the message of a call's arguments."""
    return b"\n".join([dumps(list(args), None, bounds), dumps(dict(kwargs), None, bounds)])


def loads_call(message: bytes, bounds: Bounds = USUAL) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the arguments of a call; raises TravelError for a message that holds none."""
    args, _, kwargs = message.partition(b"\n")
    positional, named = loads(args, None, bounds), loads(kwargs, None, bounds)
    if type(positional) is not list or type(named) is not dict:
        raise TravelError("the arguments of a call are too large or damaged")
    if not all(type(name) is str for name in named):
        raise TravelError("the arguments of a call are damaged")
    return tuple(positional), named


def dumps_result(
    func: Callable[..., object],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    callables: Callables | None = None,
    bounds: Bounds = USUAL,
    printed: int = MOST_PRINTED,
) -> bytes:
    """Call a function and return the message of what came of it: a value or an exception.

    KeyboardInterrupt alone gets through: it is how a call is ended that takes too long. `printed`
    is the number of characters kept of what the function prints.
    """
    out = _Printed(printed)
    try:
        with quiet(), contextlib.redirect_stdout(out):
            value = func(*args, **kwargs)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        line = text_of(["raised", *write_error(writer(None, USUAL), error)], USUAL)
    else:
        line = b'["value"]\n' + dumps(value, callables, bounds)
    return b"\n".join([_said(out), line])


def _said(out: _Printed) -> bytes:
    try:
        return text_of(writer(None, USUAL).text("".join(out.parts)), USUAL)
    except (TooMuch, UnicodeError):
        return b'""'


def loads_result(message: bytes, remote: Remote | None = None, bounds: Bounds = USUAL) -> Any:
    """Print what a call printed; return its value or raise its exception.

    What is raised is always an Exception of a built-in class or of one made here, so that a
    hostile function cannot end the judge. Raises TravelError for a message that is none.
    """
    said, _, rest = message.partition(b"\n")
    head, _, content = rest.partition(b"\n")
    text = loads(said, None, bounds)
    if type(text) is not str:
        raise TravelError("the result of a call is damaged")
    error = _error(head, bounds)
    value = loads(content, remote, bounds) if error is None else None
    if text:
        sys.stdout.write(text[:MOST_PRINTED])
    if error is not None:
        raise error
    return value


def _error(head: bytes, bounds: Bounds) -> Exception | None:
    """Return the exception that a result speaks of, or None where there is a value."""
    try:
        node = parse(head, bounds)
        if node == ["value"]:
            return None
        if type(node) is list and node[:1] == ["raised"]:
            return read_error(reader(None, bounds), node[1:])
    except TravelError:
        raise
    except Exception:
        raise TravelError("the result of a call is damaged") from None
    raise TravelError("the result of a call is damaged")
