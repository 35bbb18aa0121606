"""The newspaper column, paragraph by paragraph, in the module's own words.

An instructor who holds the column's text puts it at ``data/column.txt`` (one paragraph a block,
blank lines between): it is then shown beside the paraphrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from IPython.display import HTML

from course.data import data_folder
from course.errors import CourseError
from course.text.paraphrase import PARAPHRASE

__all__ = ["ColumnError", "Paragraph", "paragraphs", "show"]

FILE_NAME = "column.txt"
LABEL = re.compile(r"P(\d{2})[.:)]?\s+")
FLEX = "display: flex; flex-wrap: wrap; gap: 0 2em"
HALF = "flex: 1 1 18em; margin: 0"


class ColumnError(CourseError):
    """The text of the column is there but cannot be set beside the paraphrase."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the column.

    Args:
        number: its place in the column, from 1.
        label: the name that questions use, as in P01.
        paraphrase: what the paragraph says, in the module's words.
        quote: at most eight words as the column prints them, or None.
        original: the paragraph as the column prints it, where the instructor holds the text.
    """

    number: int
    label: str
    paraphrase: str
    quote: str | None
    original: str | None


def paragraphs() -> tuple[Paragraph, ...]:
    """Return the column's 17 paragraphs in order; the last is the note on its author.

    Raises:
        ColumnError: ``data/column.txt`` is there but has not 17 paragraphs or is no UTF-8 text.
    """
    originals = _read_originals()
    return tuple(
        Paragraph(number, f"P{number:02}", paraphrase, quote, original)
        for number, ((paraphrase, quote), original) in enumerate(
            zip(PARAPHRASE, originals, strict=True), start=1
        )
    )


def show(numbers: int | Iterable[int] | None = None) -> HTML:
    """Return paragraphs as HTML for a notebook: all of them, or those with the given numbers.

    Raises:
        ValueError: a number is not that of a paragraph.
        ColumnError: as :func:`paragraphs`.
    """
    every = paragraphs()
    if numbers is None:
        chosen = list(every)
    else:
        wanted = [numbers] if isinstance(numbers, int) else list(numbers)
        known = {paragraph.number: paragraph for paragraph in every}
        wrong = [number for number in wanted if number not in known]
        if wrong:
            raise ValueError(
                f"show: expected paragraph numbers from 1 to {len(every)}, "
                f"found {', '.join(map(repr, wrong))}"
            )
        chosen = [known[number] for number in wanted]
    text = "\n".join(_write_html(paragraph) for paragraph in chosen)
    return HTML(text)  # type: ignore[no-untyped-call]


def _write_html(paragraph: Paragraph) -> str:
    """Write a paragraph with native elements and no colours, so that any theme suits it."""
    text = f"<p>{escape(paragraph.paraphrase)}</p>"
    if paragraph.quote is not None:
        text += f"<p>In the column's words: <q>{escape(paragraph.quote)}</q></p>"
    if paragraph.original is not None:
        text = (
            f'<div style="{FLEX}"><div style="{HALF}">{text}</div>'
            f'<blockquote style="{HALF}"><p>{escape(paragraph.original)}</p></blockquote></div>'
        )
    return f"<h3>{escape(paragraph.label)}</h3>{text}"


def _read_originals() -> list[str] | list[None]:
    """Return the paragraphs of the column's text, or a None for each where there is no text."""
    repository = Path(__file__).resolve().parents[2] / "data"
    for folder in (data_folder(), repository):
        path = folder / FILE_NAME
        if path.is_file():
            return _split_text(path)
    return [None] * len(PARAPHRASE)


def _split_text(path: Path) -> list[str]:
    """Return the paragraphs of a text: blocks between blank lines, without labels."""
    todo = (
        "Put one paragraph in each block, with a blank line between blocks, or take the file away."
    )
    expected = len(PARAPHRASE)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ColumnError(str(path), "a text in UTF-8", str(error), todo) from error
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip()]
    if len(blocks) != expected:
        raise ColumnError(str(path), f"{expected} paragraphs", f"{len(blocks)} paragraphs", todo)
    for number, block in enumerate(blocks, start=1):
        label = LABEL.match(block)
        if label and int(label[1]) != number:
            where, found = f"{path}, paragraph {number}", f"the label {block[:3]}"
            raise ColumnError(where, f"the label P{number:02}, or none", found, todo)
    return [LABEL.sub("", block, count=1) if LABEL.match(block) else block for block in blocks]
