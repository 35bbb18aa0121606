"""Reads and writes CSV files, all of them by one rule: people edit them in spreadsheets.

Separated by commas, semicolons, tabs or bars; in UTF-8 (with or without a mark), UTF-16 with its
mark, or the Western encoding of Windows, which spreadsheets choose where UTF-8 is not asked for.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from course.errors import CourseError

MOST_BYTES = 20_000_000
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls
# A spreadsheet takes a text that begins so for a formula; where cells are separated by semicolons,
# one may begin behind each, and some read wide signs like narrow ones.
_FORMULA = re.compile(r"(^|;)(?=\s*[=+\-@＝＋－＠])")
# The first line in which some spreadsheets say what separates the cells.
_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?\r?\n', re.I)


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
    said = _SEPARATOR.match(text)
    # The heading decides: in the rows below, a comma may stand in a name or a number.
    head = text.lstrip().split("\n", 1)[0]
    delimiter = said[1] if said else max(",;\t|", key=head.count)
    lines = io.StringIO(text, newline="")
    lines.seek(said.end() if said else 0)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows, before = [], 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((before + (2 if said else 1), row))
            before = reader.line_num
    except csv.Error as error:
        where = f"{path}, line {before + (2 if said else 1)}"
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
    if content[1:2] == b"\0":  # the same without its mark
        return content.decode("utf-16-le", "replace")
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


# Short names of months as spreadsheets write them in languages with Latin letters, without accents.
_MONTH = r"""(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|ene|abr|ago|dic|fev|mai|set|out
|dez|janv|fevr|mars|avr|juin|juil|aout|mrz|okt|gen|mag|giu|lug|ott|mrt|mei|maj|des|ian|iun|iul|noi
|sty|lut|kwi|cze|lip|sie|wrz|paz|lis|gru|oca|sub|nis|haz|tem|agu|eyl|eki|kas|ara)\.?"""
# What a spreadsheet makes of an id: a decimal, a number too long for a cell, thousands, a day (in
# any order, its month in letters or all in numbers), an error.
_MANGLED = re.compile(
    rf"""\d+[.,]0+ | \d[.,]\d+E[+-]?\d+ | \d+E\+\d+ | \d{{15}}000+ | [#]+ | [#][A-Z/]+[!?]?
    | \d{{1,3}}(?:,\d{{3}})+ | \d{{1,3}}(?:\.\d{{3}}){{2,}}
    | \d{{1,2}}\.?[-./\s]{_MONTH}(?:[-./\s](?:19|20)?\d\d)?
    | {_MONTH}[-/\s](?:\d{{1,2}}(?:,?[-/\s](?:19|20)?\d\d)? | (?:19|20)\d\d)
    | (?:19|20)\d\d[-/\s]{_MONTH}[-/\s]\d{{1,2}}
    | (?:(?:19|20)\d\d-(?:0\d|1[0-2])-[0-3]\d | [0-3]?\d([-./])[01]?\d\1(?:19|20)\d\d)(?:\s.*)?""",
    re.I | re.X,
)


def is_mangled(student: str) -> bool:
    """Tell whether an id looks like what a spreadsheet makes of one: "20061234.0", "may-04"."""
    plain = unicodedata.normalize("NFKD", student.strip())
    return _MANGLED.fullmatch("".join(c for c in plain if not unicodedata.combining(c))) is not None


def fold_id(student: str) -> str:
    """Return an id without zeros in front, which spreadsheets drop, and in small letters."""
    return student.lstrip("0") if student.isdigit() else student.casefold()


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
    return _FORMULA.sub(r"\1'", text)
