"""Adds names to what the student's process answers, in the ways that a reader might take."""

import gc
import itertools
import json

from course.grader.values import records
from course.scoring.plain import plain
from tests.hostile_tools.pieces.wire import VALUE, between, frame

_turn = itertools.count()


def encoded(value: object) -> bytes:
    """Return a value as the student's process itself would write it."""
    kept = [o for o in gc.get_objects() if type(o).__name__ == "Functions"]
    return records.write_record(plain(value), kept[0])


def with_more(content: bytes, more: dict[str, object]) -> bytes:
    """Return an answer that holds more names than were asked for."""
    first, *lines = content.split(b"\n")
    try:
        names = json.loads(first)
    except ValueError:
        names = None
    texts = {name: encoded(value) for name, value in more.items()}
    if isinstance(names, list) and len(names) == len(lines):
        added = json.dumps([*names, *more]).encode()
        return b"\n".join([added, *lines, *texts.values()])
    whole = b"{" + b",".join(json.dumps(n).encode() + b":" + t for n, t in texts.items()) + b"}"
    ways = (
        b"\n".join([content, *texts.values()]),
        b"[" + b",".join([content, *texts.values()]) + b"]",
        b"[" + content + b"," + whole + b"]",
        b"\n".join([json.dumps(list(more)).encode(), *texts.values(), content]),
        whole,
    )
    return ways[next(_turn) % len(ways)]


def inject(**more: object) -> None:
    """Answer every question for a name with these names besides."""
    between(
        lambda asked, kind, content: frame(
            kind, with_more(content, more) if kind == VALUE else content
        )
    )
