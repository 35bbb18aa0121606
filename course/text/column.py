"""A text, paragraph by paragraph, in the module's own words: the newspaper column, or another one.

The words stand in a text file, ``paragraphs.txt``: here for the column; for another text, beside
the notebook about it. An instructor who holds the column's text puts it at ``data/column.txt`` (one
paragraph a block, blank lines between): it is then shown beside the paraphrase.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from IPython.display import HTML

from course.data import data_folder
from course.errors import CourseError

__all__ = ["ColumnError", "Paragraph", "paragraphs", "read_paragraphs", "show"]

OWN = Path(__file__).with_name("paragraphs.txt")
FILE_NAME = "column.txt"
LABEL = re.compile(r"P(\d{2})(?:[.:)]?\s+|$)")
FLEX = "display: flex; flex-wrap: wrap; gap: 0 2em"
HALF = "flex: 1 1 18em; margin: 0"


class ColumnError(CourseError):
    """A text is there but cannot be read, or cannot be set beside the paraphrase."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the column."""

    number: int  # its place in the column, from 1
    label: str  # the name that questions use, as in P01
    paraphrase: str  # what the paragraph says, in the module's words
    quote: str | None  # at most eight words as the column prints them, or None
    # the paragraph as the column prints it, where the instructor holds the text
    original: str | None


def paragraphs(file: str | Path | None = None) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text in order: those of a file, or the column's 17.

    The last one of the column is the note on its author.

    Raises:
        ColumnError: the file cannot be read as `read_paragraphs` says; or ``data/column.txt`` is
            there but has not 17 paragraphs or is no UTF-8 text.
    """
    own = read_paragraphs(OWN if file is None else Path(file))
    originals = _read_originals(len(own)) if file is None else [None] * len(own)
    return tuple(
        Paragraph(number, f"P{number:02}", paraphrase, quote, original)
        for number, ((paraphrase, quote), original) in enumerate(
            zip(own, originals, strict=True), start=1
        )
    )


def read_paragraphs(path: Path) -> list[tuple[str, str | None]]:
    """Return what each paragraph of a file says, and a phrase quoted from it, or None.

    A block for each paragraph, an empty line between two; a line that begins with ``>`` is the
    phrase; lines that begin with ``#`` are left out. A label such as P01 may stand first.

    Raises:
        ColumnError: it is no text in UTF-8, a block has no words, or a label is out of order.
    """
    found = []
    for number, block in enumerate(_read_blocks(path), start=1):
        quote = " ".join(line[1:].strip() for line in block if line.startswith(">")) or None
        text = " ".join(line for line in block if not line.startswith(">"))
        text = _take_label(text, number, path)
        if not text:
            where = f"{path}, paragraph {number}"
            raise ColumnError(where, "what the paragraph says", "nothing", "Write it down there.")
        found.append((text, quote))
    return found


def show(numbers: int | Iterable[int] | None = None, file: str | Path | None = None) -> HTML:
    """Return paragraphs as HTML for a notebook: all of them, or those with the given numbers.

    Args:
        numbers: which; None for all.
        file: the file with the paragraphs, beside the notebook; None for the column.

    Raises:
        ValueError: a number is not that of a paragraph.
        ColumnError: as :func:`paragraphs`.
    """
    every = paragraphs(file)
    known = {paragraph.number: paragraph for paragraph in every}
    wanted = list(known if numbers is None else [numbers] if isinstance(numbers, int) else numbers)
    if wrong := [number for number in wanted if number not in known]:
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


def _read_originals(expected: int) -> list[str] | list[None]:
    """Return the paragraphs of the column's text, or a None for each where there is no text."""
    repository = Path(__file__).resolve().parents[2] / "data"
    for folder in (data_folder(), repository):
        path = folder / FILE_NAME
        if path.is_file():
            blocks = _read_blocks(path)
            if len(blocks) != expected:
                found = f"{len(blocks)} paragraphs"
                raise ColumnError(str(path), f"{expected} paragraphs", found, TODO)
            return [_take_label(" ".join(b), n, path) for n, b in enumerate(blocks, start=1)]
    return [None] * expected


TODO = "Put one paragraph in each block, with a blank line between blocks, or take the file away."


def _read_blocks(path: Path) -> list[list[str]]:
    """Return the lines of each block of a text between blank lines, those with a # left out."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        found = (isinstance(error, OSError) and error.strerror) or str(error)
        raise ColumnError(str(path), "a text in UTF-8", found, TODO) from error
    blocks = (
        [" ".join(line.split()) for line in block.splitlines() if not line.startswith("#")]
        for block in re.split(r"\n\s*\n", text)
    )
    return [block for block in blocks if any(block)]


def _take_label(text: str, number: int, path: Path) -> str:
    """Return a paragraph without the label before it, which has to be its own."""
    label = LABEL.match(text)
    if label and int(label[1]) != number:
        where, found = f"{path}, paragraph {number}", f"the label P{label[1]}"
        raise ColumnError(where, f"the label P{number:02}, or none", found, TODO)
    return text[label.end() :] if label else text
