"""Reads readings from a CSV file: a row a reader and paragraph, with the codebook's columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course.desk.csvtable import read_csv_rows
from course.desk.keys.codebook import FURTHER as OPTIONAL
from course.desk.keys.codebook import Codebook
from course.desk.keys.reading import Mark, Reading
from course.desk.keys.spelling import find_all, find_label, is_none
from course.errors import CourseError

NEEDED = ("reader", "paragraph", "role", "supports", "challenges", "claim_type")
FURTHER = ("alt_role", *OPTIONAL, "confidence")


@dataclass(frozen=True)
class _Row:
    """One row of the file, with what an error about it needs."""

    path: Path
    line: int
    cells: dict[str, str]
    book: Codebook

    def make_error(self, expected: str, found: str, todo: str) -> CourseError:
        """Return an error that names the file and the line."""
        return CourseError(f"{self.path}, line {self.line}", expected, found, todo)

    def read_label(self, column: str, labels: tuple[str, ...]) -> str:
        """Return the label that a cell means, one of the codebook's."""
        text = self.cells.get(column, "")
        found = find_label(text, labels)
        if found is None:
            raise self.make_error(
                f"{column}: one of {', '.join(labels)}",
                f"'{text}'" if text.strip() else "nothing",
                "correct this cell; the codebook is the file codebook.toml beside the readings",
            )
        return found

    def find_label(self, column: str, field: str = "") -> str | None:
        """Return the same of a column that may hold a dash, nothing, or that is not asked for.

        `field`: whose labels it has, if not those of the column.
        """
        labels = self.book.labels.get(field or column, ())
        skipped = is_none(self.cells.get(column, "")) or not labels
        return None if skipped else self.read_label(column, labels)

    def read_targets(self, column: str, paragraph: str) -> tuple[str, ...]:
        """Return the paragraphs that a cell names."""
        text = self.cells.get(column, "")
        found, strange = find_all(text, self.book.paragraphs)
        if not text.strip() or strange is not None or paragraph in found:
            said = "nothing" if not text.strip() else f"'{strange or paragraph}'"
            own = "" if strange else ": a paragraph does not speak to itself"
            raise self.make_error(
                f"{column}: paragraphs such as P01 P06, or - for none",
                said + (own if text.strip() else ""),
                "correct this cell",
            )
        return tuple(found)


def read_csv(path: Path, book: Codebook) -> tuple[Reading, ...]:
    """Return the readings in a CSV file.

    Raises:
        CourseError: naming the line, what was expected there and what was found.
    """
    marks: dict[str, dict[str, Mark]] = {}
    lines: dict[tuple[str, str], int] = {}
    for row in _yield_rows(path, book):
        reader = row.cells.get("reader", "").strip()
        if not reader:
            raise row.make_error("reader: a name", "nothing", "give each row its reader's name")
        paragraph = row.read_label("paragraph", book.paragraphs)
        if (reader, paragraph) in lines:
            raise row.make_error(
                "one row for each reader and paragraph",
                f"{reader} and {paragraph} again; line {lines[reader, paragraph]} has them",
                "take one of the two rows out",
            )
        lines[reader, paragraph] = row.line
        marks.setdefault(reader, {})[paragraph] = _read_mark(row, paragraph)
    if not marks:
        raise CourseError(str(path), "rows below the header", "none", "fill in the rows")
    for reader, given in marks.items():
        _require_whole(path, reader, given, book)
    return tuple(Reading(reader, given, book, path.name) for reader, given in marks.items())


def _read_mark(row: _Row, paragraph: str) -> Mark:
    role = row.read_label("role", row.book.labels["role"])
    alternate = row.find_label("alt_role", "role")
    return Mark(
        role=role,
        alternate=None if alternate == role else alternate,
        supports=row.read_targets("supports", paragraph),
        challenges=row.read_targets("challenges", paragraph),
        claim_type=row.read_label("claim_type", row.book.labels["claim_type"]),
        **{name: row.find_label(name) for name in OPTIONAL},
    )


def _yield_rows(path: Path, book: Codebook) -> Iterator[_Row]:
    """Yield the rows below the header."""
    todo = "save it again from your spreadsheet as CSV"
    rows = read_csv_rows(path, "a reading in a CSV file that can be read", todo)
    header = [name.strip().lower() for name in rows[0][1]] if rows else []
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise CourseError(
            where=f"{path}, line 1",
            expected="the columns " + ", ".join((*NEEDED, *FURTHER)),
            found="no column " + ", ".join(missing),
            todo="copy the first line of automated.csv",
        )
    for number, cells in rows[1:]:
        row = _Row(path, number, dict(zip(header, cells, strict=False)), book)
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise row.make_error(
                f"{len(header)} cells, as in the first line",
                f"{len(cells)}",
                "part several paragraphs in one cell by spaces: P01 P06",
            )
        yield row


def _require_whole(path: Path, reader: str, given: dict[str, Mark], book: Codebook) -> None:
    missing = [paragraph for paragraph in book.paragraphs if paragraph not in given]
    if missing:
        raise CourseError(
            where=str(path),
            expected=f"a row of reader {reader} for each of the {len(book.paragraphs)} paragraphs",
            found="none for " + ", ".join(missing),
            todo="add the rows that are missing",
        )
