"""Reads readings from a CSV file: a row a reader and paragraph, with the codebook's columns."""

from pathlib import Path

from course.desk.keys.codebook import FURTHER as OPTIONAL
from course.desk.keys.codebook import NEEDED as LABELS
from course.desk.keys.codebook import Codebook, Mark, Reading
from course.desk.keys.table import Row, find_all, find_label, is_none, read_table
from course.errors import CourseError
from course.text.codebook import RELATIONS

NEEDED = ("reader", "paragraph")  # and what the codebook asks for
FURTHER = ("alt_role", *OPTIONAL, "confidence")


def read_csv(path: Path, book: Codebook) -> tuple[Reading, ...]:
    """Return the readings in a CSV file.

    Raises:
        CourseError: naming the line, what was expected there and what was found.
    """
    marks: dict[str, dict[str, Mark]] = {}
    lines: dict[tuple[str, str], str] = {}
    for row in read_table(path, (*NEEDED, *book.asked), (*LABELS, *FURTHER)):
        reader = row.require_text("reader", "a name")
        paragraph = _read_label(row, "paragraph", book.paragraphs)
        if (reader, paragraph) in lines:
            raise row.make_error(
                "one row for each reader and paragraph",
                f"{reader} and {paragraph} again; {lines[reader, paragraph]} has them",
                "take one of the two rows out",
            )
        lines[reader, paragraph] = row.where.rpartition(", ")[2]
        marks.setdefault(reader, {})[paragraph] = _read_mark(row, paragraph, book)
    if not marks:
        raise CourseError(str(path), "rows below the header", "none", "fill in the rows")
    for reader, given in marks.items():
        missing = [paragraph for paragraph in book.paragraphs if paragraph not in given]
        if missing:
            raise CourseError(
                where=str(path),
                expected=f"a row of reader {reader} for each of the "
                f"{len(book.paragraphs)} paragraphs",
                found="none for " + ", ".join(missing),
                todo="add the rows that are missing",
            )
    return tuple(Reading(reader, given, book, path.name) for reader, given in marks.items())


def _read_mark(row: Row, paragraph: str, book: Codebook) -> Mark:
    def find(column: str, field: str = "") -> str | None:
        """Return the label of a column that may hold a dash, nothing, or that is not asked for."""
        labels = book.labels.get(field or column, ())
        skipped = is_none(row.cells[column]) or not labels
        return None if skipped else _read_label(row, column, labels)

    asked, labels = book.asked, book.labels
    role, kind = (
        _read_label(row, name, labels[name]) if name in asked else find(name) for name in LABELS
    )
    supports, challenges = (
        _read_targets(row, name, paragraph, book) if name in asked else None for name in RELATIONS
    )
    alternate = find("alt_role", "role")
    return Mark(
        role=role,
        alternate=None if alternate == role else alternate,
        supports=supports,
        challenges=challenges,
        claim_type=kind,
        **{name: find(name) for name in OPTIONAL},
    )


def _read_label(row: Row, column: str, labels: tuple[str, ...]) -> str:
    """Return the label that a cell means, one of the codebook's."""
    found = find_label(row.cells[column], labels)
    if found is None:
        raise row.refuse(column, f"one of {', '.join(labels)}")
    return found


def _read_targets(row: Row, column: str, paragraph: str, book: Codebook) -> tuple[str, ...]:
    """Return the paragraphs that a cell names."""
    found, strange = find_all(row.cells[column], book.paragraphs)
    if not row.cells[column] or strange is not None or paragraph in found:
        own = "" if strange or not row.cells[column] else "; a paragraph does not speak to itself"
        raise row.refuse(column, f"paragraphs such as P01 P06, or - for none{own}", strange or "")
    return tuple(found)
