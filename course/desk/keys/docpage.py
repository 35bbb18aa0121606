"""Keeps the figures of docs/key-ASSIGNMENT.md in step with the key."""

from __future__ import annotations

import re
from pathlib import Path

from course.desk.keys.accepted import Key
from course.desk.keys.evidence import TABLES, Rows, say_readers
from course.errors import CourseError

__all__ = ["refresh_page", "write_markdown"]

BLOCK = re.compile(
    r'(<!-- made by "course key argument": (\w+) -->\n)(.*?)(<!-- end of figures -->)', re.DOTALL
)


def refresh_page(text: str, key: Key, path: Path) -> str:
    """Return a page's text with the figures of the key between its marks.

    Raises:
        CourseError: for figures of an unknown name.
    """

    def made_anew(found: re.Match[str]) -> str:
        name = found[2]
        if name == "whose":
            return f"{found[1]}{say_readers(key)}.\n{found[4]}"
        if name not in TABLES:
            raise CourseError(
                where=f"{path}, line {text.count(chr(10), 0, found.start()) + 1}",
                expected="one of: whose, " + ", ".join(TABLES),
                found=name,
                todo="correct the mark",
            )
        return f"{found[1]}{write_markdown(TABLES[name](key))}{found[4]}"

    return BLOCK.sub(made_anew, text)


def write_markdown(rows: Rows) -> str:
    """Return the rows of a table in Markdown; the first row is the heading."""
    head, *body = rows
    lines = [head, tuple("---" for _ in head), *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
