"""The tables that a key is made from, readings and decisions: rows whose cells are checked."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.desk.csvtable import read_csv_rows
from course.errors import CourseError
from course.scoring.labels import fold_text

_NONE = {"", "-", "–", "—"}
TODO = "correct this cell; what it can be stands in the files beside it (.toml, README.md)"


@dataclass(frozen=True)
class Row:
    """A row of a table."""

    where: str  # its file and line
    cells: Mapping[str, str]  # by column, without spaces around; "" where the row has none

    def make_error(self, expected: str, found: str, todo: str = TODO) -> CourseError:
        """Return an error that names the file and the line."""
        return CourseError(self.where, expected, found, todo)

    def refuse(self, column: str, expected: str, strange: str = "") -> CourseError:
        """Return the error for a cell, or what is `strange` in it, that is not as expected."""
        text = strange or self.cells[column]
        return self.make_error(f"{column}: {expected}", f"'{text}'" if text else "nothing")

    def require(self, column: str, known: Collection[str]) -> str:
        """Return a cell; raise CourseError where it is none of what is known there."""
        if self.cells[column] not in known:
            raise self.refuse(column, f"one of {', '.join(filter(None, known))}")
        return self.cells[column]

    def require_text(self, column: str, what: str) -> str:
        """Return a cell; raise CourseError where it is empty."""
        if not self.cells[column]:
            raise self.refuse(column, what)
        return self.cells[column]


def read_table(path: Path, columns: Collection[str], more: Collection[str] = ()) -> Iterator[Row]:
    """Yield the rows below the headings, which are read in small letters.

    Args:
        path: the file.
        columns: those that it must have.
        more: those that it may have.

    Raises:
        CourseError: the file cannot be read, or lacks a column; or a row has too many cells.
    """
    rows = read_csv_rows(path, "a CSV file that can be read", "save it again as CSV (UTF-8)")
    header = [name.strip().lower() for name in rows[0][1]] if rows else []
    if missing := [name for name in columns if name not in header]:
        expected = f"the columns {', '.join(dict.fromkeys((*columns, *more)))}"
        todo = "copy the first line of another file of the folder"
        raise CourseError(f"{path}, line 1", expected, f"no column {', '.join(missing)}", todo)
    for line, cells in rows[1:]:
        texts = [cell.strip() for cell in cells]
        row = Row(
            f"{path}, line {line}",
            {**dict.fromkeys((*columns, *more), ""), **dict(zip(header, texts, strict=False))},
        )
        if any(texts[len(header) :]):
            todo = "part several entries in one cell by spaces or semicolons, as the others are"
            raise row.make_error(
                f"{len(header)} cells, as in the first line", f"{len(texts)}", todo
            )
        yield row


def find_label(text: str, labels: Iterable[str]) -> str | None:
    """Return the label that a text means (case, spaces and "P1" for "P01" are forgiven)."""
    wanted = fold_text(text)
    return next((label for label in labels if fold_text(label) == wanted), None)


def is_none(text: str) -> bool:
    """Whether a cell says that there is nothing: a dash, or nothing at all."""
    return text.strip() in _NONE


def find_all(text: str, labels: Sequence[str]) -> tuple[list[str], str | None]:
    """Return the paragraphs that a cell names and the first word that is none of them."""
    words = [word for word in re.split(r"[\s,;+/]+", text) if not is_none(word)]
    found: list[str] = []
    for word in words:
        label = find_label(word, labels)
        if label is None:
            return found, word
        if label not in found:
            found.append(label)
    return found, None
