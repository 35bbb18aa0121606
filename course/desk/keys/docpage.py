"""Keeps the figures of docs/key-ASSIGNMENT.md in step with the key."""

from __future__ import annotations

import re
from pathlib import Path

from course.desk.keys.accepted import Key
from course.desk.keys.evidence import TABLES, Rows, whose
from course.errors import CourseError

__all__ = ["markdown", "refresh"]

BLOCK = re.compile(
    r'(<!-- made by "course key argument": (\w+) -->\n)(.*?)(<!-- end of figures -->)', re.DOTALL
)


def refresh(text: str, key: Key, path: Path) -> str:
    """Return a page's text with the figures of the key between its marks.

    Raises:
        CourseError: for figures of an unknown name.
    """

    def made(found: re.Match[str]) -> str:
        name = found[2]
        if name == "whose":
            return f"{found[1]}{whose(key)}.\n{found[4]}"
        if name not in TABLES:
            raise CourseError(
                where=f"{path}, line {text.count(chr(10), 0, found.start()) + 1}",
                expected="one of: whose, " + ", ".join(TABLES),
                found=name,
                todo="correct the mark",
            )
        return f"{found[1]}{markdown(TABLES[name](key))}{found[4]}"

    return BLOCK.sub(made, text)


def markdown(rows: Rows) -> str:
    """Return the rows of a table in Markdown; the first row is the heading."""
    head, *body = rows
    lines = [head, tuple("---" for _ in head), *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
