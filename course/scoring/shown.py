"""Writes an answer down as it was read, for the student and for whoever grades by hand."""

import math
import re
from collections.abc import Iterable

from course.scoring.plain import Frame, Function, Listing, Other, Pairs, Plain

LONGEST = 600  # characters; a whole map of 17 paragraphs fits
LARGEST_BITS = 13_300


def in_words(value: Plain) -> str:
    """Return an answer as one line of text, as it would be written in Python where it can be."""
    return one_line(write_value(value))


def one_line(text: str) -> str:
    """Return a text without line breaks and odd characters, cut where it is too long."""
    text = make_printable(text)
    return text if len(text) <= LONGEST else text[: LONGEST - 2] + " …"


def make_printable(text: str) -> str:
    """Return a text in one line, without characters that steer a terminal or hide others."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


_QUOTED = re.compile(r'"[^"]*"')


def empty_quotes(text: str) -> str:
    """Return a message with nothing in its quotations: they may hold the student's own words."""
    return _QUOTED.sub('""', text)


def write_value(value: Plain) -> str:
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
            text = _join_texts(write_value(item) for item in value.items)
            return "{" + text + "}" if value.origin == "set" else f"[{text}]"
        case Pairs():
            text = _join_texts(f"{write_value(k)}: {write_value(v)}" for k, v in value.pairs)
            return "{" + text + "}"
        case Frame():
            names = _join_texts(mark_name(name) for name, _ in value.columns)
            return f"a table of {value.rows} rows with the columns {names}"
        case Function():
            return "a function"
        case Other():
            return value.text or value.words


def _join_texts(texts: Iterable[str]) -> str:
    """Join texts with commas; what would be cut off anyway is not written."""
    found: list[str] = []
    length = 0
    for text in texts:
        found.append(text)
        length += len(text)
        if length > LONGEST:
            break
    return ", ".join(found)


def mark_name(value: Plain) -> str:
    """Return the name of a mark or column, a text without its quotation marks."""
    return value if isinstance(value, str) else write_value(value)
