"""Messages: one value, or the values of several names, each within its own bounds."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from course.grading.travel import arrays, containers, objects, scalars, tables
from course.grading.travel.bounds import Bounds, TooMuch, TravelError
from course.grading.travel.placeholders import Foreign, placeholder
from course.grading.travel.reader import Read, Reader, Remote
from course.grading.travel.words import too_large
from course.grading.travel.writer import Callables, Node, Write, Writer

__all__ = ["dumps", "dumps_names", "loads", "loads_names", "parse", "reader", "text_of", "writer"]

_PARTS = (scalars, containers, arrays, tables, objects)
_WRITES: dict[int, Write] = {
    id(kind): write for part in _PARTS for kind, write in part.WRITES.items()
}
_READS: dict[str, Read] = {tag: read for part in _PARTS for tag, read in part.READS.items()}

USUAL = Bounds()
MOST_NAMES = 500
LARGEST_WORDS = 400  # bytes of a described value
WHOLE = 3  # how many full values the message of several names may hold

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def dumps(value: object, callables: Callables | None = None, bounds: Bounds = USUAL) -> bytes:
    """Return the message of one value. Never raises but for KeyboardInterrupt.

    Args:
        value: anything. What cannot travel is described.
        callables: takes the functions found, so that they can be called later.
        bounds: the most that may travel; what is larger is described.
    """
    try:
        content = text_of(writer(callables, bounds).write(value), bounds)
    except KeyboardInterrupt:
        raise
    except (TooMuch, MemoryError):
        content = text_of(writer(None, USUAL).described(value, too_large(value)), USUAL)
    except BaseException:
        content = text_of(writer(None, USUAL).unreadable(value), USUAL)
    return content


def dumps_names(
    namespace: Mapping[str, object],
    names: Iterable[str],
    callables: Callables | None = None,
    bounds: Bounds = USUAL,
) -> bytes:
    """Return the message of those of `names` that exist, each within `bounds`."""
    found = [name for name in dict.fromkeys(names) if name in namespace][:MOST_NAMES]
    room = WHOLE * bounds.bytes - LARGEST_WORDS * len(found)
    lines = []
    for name in found:
        line = dumps(namespace[name], callables, bounds)
        if len(line) > room:
            line = _large(namespace[name])
        room -= len(line)
        lines.append(line)
    return b"\n".join([text_of(list(found), bounds), *lines])


def loads(message: bytes, remote: Remote | None = None, bounds: Bounds = USUAL) -> Any:
    """Return the value of a message; raises TravelError, and nothing else, for a wrong one.

    Args:
        message: from a process that nobody trusts.
        remote: gives the function that calls the student's, for the number that stands for it.
        bounds: the most that is taken.
    """
    return _contained(lambda: reader(remote, bounds).read(parse(message, bounds)))


def loads_names(
    message: bytes, remote: Remote | None = None, bounds: Bounds = USUAL
) -> dict[str, Any]:
    """Return the values by name; raises TravelError, and nothing else, for a wrong message."""
    values: dict[str, Any] = _contained(lambda: _names(message, remote, bounds))
    return values


def _names(message: bytes, remote: Remote | None, bounds: Bounds) -> dict[str, Any]:
    if len(message) > WHOLE * bounds.bytes:
        raise TravelError("the message is too long")
    first, *lines = message.split(b"\n", MOST_NAMES + 1)
    names = parse(first, bounds)
    if type(names) is not list or len(names) != len(lines):
        raise TravelError("the message does not say which values it holds")
    if not all(type(name) is str and name.isidentifier() for name in names):
        raise TravelError("a name is none")
    values: dict[str, Any] = {}
    left = WHOLE * bounds.items
    for name, line in zip(names, lines, strict=True):
        within = bounds if left >= bounds.items else replace(bounds, items=max(left, 0))
        one = reader(remote, within)
        values[name] = _one(line, one)
        left -= within.items - one.left
    return values


def _one(line: bytes, one: Reader) -> Any:
    """Return the value of one name; what cannot be read spoils no other name."""
    try:
        return one.read(parse(line, one.bounds))
    except Exception:
        return placeholder("object", Foreign, words="something that cannot be read")


def writer(callables: Callables | None, bounds: Bounds) -> Writer:
    """Return a writer for one value."""
    return Writer(_WRITES, objects.write_other, callables, bounds)


def reader(remote: Remote | None, bounds: Bounds) -> Reader:
    """Return a reader for one value."""
    return Reader(_READS, remote, bounds)


def text_of(node: Node, bounds: Bounds) -> bytes:
    """Return a node as JSON; raises TooMuch where it is too long or would not be parsed."""
    content = _encode(node).encode()
    if len(content) > bounds.bytes or _marks(content) > 4 * bounds.items:
        raise TooMuch
    return content


def parse(message: bytes, bounds: Bounds) -> Node:
    """Return the node of a message, or raise what a wrong one leads to.

    The number of values is bounded before any is made: two characters can cost a hundred bytes.
    """
    if type(message) is not bytes or len(message) > bounds.bytes:
        raise TravelError("the message is too long")
    if _marks(message) > 4 * bounds.items:
        raise TravelError("the message holds too many values")
    return json.loads(message.decode(), parse_int=_whole)


def _marks(message: bytes) -> int:
    return message.count(b",") + message.count(b"[") + message.count(b"{")


def _whole(digits: str) -> int:
    if len(digits) > 20:
        raise TravelError("a number has too many digits")
    return int(digits)


def _contained(read: Any) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read()
    except TravelError:
        raise
    except Exception as error:
        raise TravelError(f"the message cannot be read ({type(error).__name__})") from None


def _large(value: object) -> bytes:
    return text_of(writer(None, USUAL).described(value, too_large(value)), USUAL)
