"""Writes an answer down as it was read, for the student and for whoever grades by hand."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from course.scoring.plain import Frame, Function, Listing, Other, Pairs, Plain

__all__ = ["LONGEST", "in_words", "mark", "one_line", "printable", "unquoted", "written"]

LONGEST = 600  # characters; a whole map of 17 paragraphs fits
LARGEST_BITS = 13_300


def in_words(value: Plain) -> str:
    """Return an answer as one line of text, as it would be written in Python where it can be."""
    return one_line(written(value))


def one_line(text: str) -> str:
    """Return a text without line breaks and odd characters, cut where it is too long."""
    text = printable(text)
    return text if len(text) <= LONGEST else text[: LONGEST - 2] + " …"


def printable(text: str) -> str:
    """Return a text in one line, without characters that steer a terminal or hide others."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


_QUOTED = re.compile(r'"[^"]*"')


def unquoted(text: str) -> str:
    """Return a message with nothing in its quotations: they may hold the student's own words."""
    return _QUOTED.sub('""', text)


def written(value: Plain) -> str:
    """Return a value as it would be written in Python, as long as it is."""
    match value:
        case None:
            return "..."
        case int() if value.bit_length() > LARGEST_BITS:  # Python refuses to write it
            return "a whole number of more than 4,000 digits"
        case bool() | int():
            return repr(value)
        case float():
            return repr(value) if not math.isfinite(value) else f"{value:.10g}"
        case str():
            return repr(value)
        case Listing():
            text = _several(written(item) for item in value.items)
            return "{" + text + "}" if value.origin == "set" else f"[{text}]"
        case Pairs():
            return "{" + _several(f"{written(k)}: {written(v)}" for k, v in value.pairs) + "}"
        case Frame():
            names = _several(mark(name) for name, _ in value.columns)
            return f"a table of {value.rows} rows with the columns {names}"
        case Function():
            return "a function"
        case Other():
            return value.text or value.words


def _several(texts: Iterable[str]) -> str:
    """Join texts with commas; what would be cut off anyway is not written."""
    found: list[str] = []
    length = 0
    for text in texts:
        found.append(text)
        length += len(text)
        if length > LONGEST:
            break
    return ", ".join(found)


def mark(value: Plain) -> str:
    """Return the name of a mark or column, a text without its quotation marks."""
    return value if isinstance(value, str) else written(value)
