"""Keeps who has more time: a small table in the course folder, there before any submission is.

nbgrader's gradebook holds an extension with a submission, so it cannot hold one for a student who
has not handed in. `extensions.csv` can: one line a student and assignment. It may be read and
edited in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from filelock import FileLock

from course.errors import CourseError
from course.grading.state import write_whole

__all__ = ["FILE", "read_extensions", "set_extension"]

FILE = "extensions.csv"
COLUMNS = ("assignment", "student", "minutes")


def read_extensions(root: Path, assignment: str) -> dict[str, timedelta]:
    """Return the extensions of an assignment, by student.

    Raises:
        CourseError: a line of the file cannot be read.
    """
    return {
        student: minutes for (name, student), minutes in _rows(root).items() if name == assignment
    }


def set_extension(root: Path, assignment: str, student: str, more: timedelta | None) -> None:
    """Keep a student's extension in place of an earlier one; None takes it away."""
    path = root / FILE
    with FileLock(f"{path}.lock"):
        rows = _rows(root)
        rows.pop((assignment, student), None)
        if more is not None:
            rows[assignment, student] = more
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for (name, who), time in sorted(rows.items()):
            writer.writerow([name, who, f"{time.total_seconds() / 60:g}"])
        write_whole(path, text.getvalue().encode())


def _rows(root: Path) -> dict[tuple[str, str], timedelta]:
    path = root / FILE
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return dict(_read(path, lines))


def _read(path: Path, lines: list[str]) -> Iterator[tuple[tuple[str, str], timedelta]]:
    delimiter = ";" if lines and ";" in lines[0] else ","  # as some spreadsheets save it
    for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
        row = [cell.strip() for cell in cells]
        if number == 1 or not any(row):
            continue
        try:
            assignment, student, minutes = row
            yield (assignment, student), timedelta(minutes=float(minutes.replace(",", ".")))
        except (ValueError, OverflowError):
            raise CourseError(
                where=f"{path}, line {number}",
                expected="an assignment, a student and minutes, e.g. votes,ana-quispe,2880",
                found=", ".join(row),
                todo="correct the line or take it out; course extend writes it for you",
            ) from None
