"""Loads readings: CSV files of the codebook, and answers that colleagues gave in the panels."""

import re
from collections.abc import Iterable
from pathlib import Path

from course.desk.keys.answersfile import NOTEBOOK, read_answers
from course.desk.keys.codebook import CODEBOOK, Codebook, load_codebook
from course.desk.keys.csvfile import read_csv
from course.desk.keys.decisions import DECISIONS
from course.desk.keys.reading import Reading
from course.errors import CourseError

README = "README.md"
NAME = re.compile(r"[\w .'-]{1,40}")


def load_readings(folder: Path, extra: Iterable[Path] = ()) -> tuple[Reading, ...]:
    """Return all readings of a folder, sorted by reader.

    Args:
        folder: the folder of readings: CSV and JSON files; README.md, decisions.csv, codebook.toml
            and hidden files are left out.
        extra: files to be read besides.

    Raises:
        CourseError: naming the file and the line, where a file is not a reading, where two
            readers have one name, or where there are fewer than two readings.
    """
    if not folder.is_dir():
        raise CourseError(
            where=str(folder),
            expected="a folder with readings",
            found="no such folder",
            todo="only assignments whose key comes from readings have one: check the name",
        )
    files = [path for path in sorted(folder.iterdir()) if not _is_left_out(path)]
    book = load_codebook(folder)
    readings: dict[str, Reading] = {}
    for path in [*files, *extra]:
        for reading in load_file(path, book=book):
            other = readings.setdefault(reading.reader, reading)
            if other is not reading:
                raise CourseError(
                    where=str(path),
                    expected="readers with names of their own",
                    found=f"the reader {reading.reader}, who is in {other.file}, too",
                    todo="change the name in one file, or take one of them away",
                )
    if len(readings) < 2:
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
        found = (read_answers(_read_text(path), path, reader or path.stem, book),)
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


def _read_text(path: Path) -> str:
    """Return a file's text."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CourseError(
            where=str(path),
            expected="a file that can be read",
            found=error.strerror or str(error),
            todo="check the file's name and folder",
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(data[: error.start + 1].splitlines())
        raise CourseError(
            where=f"{path}, line {line}",
            expected="text in UTF-8",
            found="a character in another encoding",
            todo="save it as UTF-8",
        ) from error


def _is_left_out(path: Path) -> bool:
    """Whether a file is none of the readings: hidden, a lock, a folder, or about them."""
    about = (README, DECISIONS, CODEBOOK)
    return path.name.startswith((".", "~")) or path.name in about or path.is_dir()
