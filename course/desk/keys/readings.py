"""Loads readings: CSV files of the codebook, and answers that colleagues gave in the panels."""

import re
from pathlib import Path

from course.desk.csvtable import read_csv_text
from course.desk.keys.answersfile import NOTEBOOK, read_answers
from course.desk.keys.codebook import CODEBOOK, Codebook, Reading, load_codebook
from course.desk.keys.csvfile import read_csv
from course.desk.keys.decisions import DECISIONS
from course.errors import CourseError

README = "README.md"
NAME = re.compile(r"[\w .'-]{1,40}")


def load_readings(folder: Path, least: int = 2) -> tuple[Reading, ...]:
    """Return all readings of a folder, sorted by reader.

    README.md, decisions.csv, codebook.toml and hidden files are left out.

    Args:
        folder: the folder.
        least: how many readings there have to be.

    Raises:
        CourseError: naming the file and the line, where a file is not a reading, where two
            readers have one name, or where there are too few.
    """
    if not folder.is_dir():
        raise CourseError(
            where=str(folder),
            expected="a folder with readings",
            found="no such folder",
            todo="only assignments whose key comes from readings have one: check the name",
        )
    about = (README, DECISIONS, CODEBOOK)
    files = [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in about and not path.name.startswith((".", "~"))
    ]
    book = load_codebook(folder)
    readings: dict[str, Reading] = {}
    for path in files:
        for reading in load_file(path, book=book):
            other = readings.setdefault(reading.reader, reading)
            if other is not reading:
                raise CourseError(
                    where=str(path),
                    expected="readers with names of their own",
                    found=f"the reader {reading.reader}, who is in {other.file}, too",
                    todo="change the name in one file, or take one of them away",
                )
    if len(readings) < least:
        raise CourseError(
            where=str(folder),
            expected="two readings or more",
            found=f"{len(readings)}",
            todo=f"add a reading: course key {folder.parent.name} --add FILE",
        )
    return tuple(readings[name] for name in sorted(readings))


def load_file(
    path: Path, reader: str | None = None, book: Codebook | None = None
) -> tuple[Reading, ...]:
    """Return the readings of one file, as its name says: .csv, .json for answers.json, or .ipynb.

    Args:
        path: the file.
        reader: the reader's name for an answers.json, which holds none; the file's name by default.
        book: the codebook, if it does not lie beside the file.

    Raises:
        CourseError: naming the file, the line or question, what was expected and found.
    """
    kind = path.suffix.lower()
    if kind not in (".csv", ".json", NOTEBOOK):
        raise CourseError(
            where=str(path),
            expected="a reading: a file .csv, .json from the panels, or a finished notebook .ipynb",
            found=f"a file {kind or 'without an ending'}",
            todo="save it as CSV (UTF-8) from your spreadsheet, or keep it in another folder",
        )
    book = book or load_codebook(path.parent)
    if kind == ".csv":
        found = read_csv(path, book)
    else:
        text = read_csv_text(path, "a file that can be read", "check the file's name and folder")
        found = (read_answers(text, path, reader or path.stem, book),)
    for reading in found:
        require_name(reading.reader, str(path), "change the reader's name")
    return found


def require_name(name: str, where: str, todo: str) -> None:
    """Raise CourseError for a reader's name that cannot stand in a line of the notebook."""
    if not NAME.fullmatch(name):
        raise CourseError(
            where=where,
            expected="a reader's name of at most 40 letters, digits, spaces, dots and hyphens",
            found=repr(name),
            todo=todo,
        )
