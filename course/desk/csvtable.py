"""Reads and writes CSV files, all of them by one rule: people edit them in spreadsheets.

Separated by commas, semicolons or tabs; in UTF-8 (with or without a mark), UTF-16 with its mark, or
the Western encoding of Windows, which spreadsheets choose where UTF-8 is not asked for.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from course.errors import CourseError

MOST_BYTES = 20_000_000
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls
# A spreadsheet takes a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@")


def read_csv_rows(path: Path, expected: str, todo: str) -> list[tuple[int, list[str]]]:
    """Return the rows of a file that are not empty, each with the number of its first line.

    Args:
        path: the file.
        expected: what file is wanted, for the error: "a CSV file with the class".
        todo: what to do where it is none.

    Raises:
        CourseError: it cannot be read; names the file, the line and what to do.
    """
    text = read_csv_text(path, expected, todo)
    # The heading decides: in the rows below, a comma may stand in a name or a number.
    head = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, before = [], 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((before + 1, row))
            before = reader.line_num
    except csv.Error as error:
        where = f"{path}, line {before + 1}"
        raise CourseError(where, "cells in quotes that end", str(error), todo) from error
    return rows


def read_csv_text(path: Path, expected: str, todo: str) -> str:
    """Return the text of a file, whichever of the usual encodings it has.

    Raises:
        CourseError: it is not there, too large, a spreadsheet's own format or no text.
    """
    try:
        with path.open("rb") as file:
            # One byte more than allowed tells that there is more, without reading all of it.
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CourseError(str(path), expected, error.strerror or str(error), todo) from error
    if len(content) > MOST_BYTES:
        found = f"more than {MOST_BYTES // 1_000_000} MB"
        raise CourseError(str(path), expected, found, todo)
    # They would else come back as an unknown encoding, which helps nobody.
    if content.startswith(SPREADSHEETS):
        found = "a spreadsheet; save it as CSV in your spreadsheet program"
        raise CourseError(str(path), expected, found, todo)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        # Before the Western encoding, which takes nearly any bytes for text.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = len(content[: error.start + 1].splitlines())
        found = "letters in an encoding that is not known here"
        save = 'save it as "CSV UTF-8" in your spreadsheet program'
        raise CourseError(f"{path}, line {line}", expected, found, save) from error


# What a spreadsheet makes of an id: a decimal, a number too long for a cell, a day, an error.
_MANGLED = re.compile(
    r"\d+[.,]0+|\d[.,]\d+E\+?\d+|\d+E\+\d+|#+|#[A-Z/]+!?"
    r"|\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|mai|okt|dez)\.?",
    re.I,
)


def is_mangled(student: str) -> bool:
    """Tell whether an id looks like what a spreadsheet makes of one: "20061234.0", "4-may"."""
    return _MANGLED.fullmatch(student.strip()) is not None


def without_zeros(student: str) -> str:
    """Return an id of digits without the zeros in front, which spreadsheets drop; others as is."""
    return student.lstrip("0") if student.isdigit() else student


def write_csv(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV: commas, quoted where needed, a line feed after each."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def safe_text(value: object) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe goes before such."""
    text = "" if value is None else str(value)
    # A tab or a line break could begin a second cell.
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
