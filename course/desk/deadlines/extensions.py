"""Keeps who has more time: a small table in the course folder, there before any submission is.

nbgrader's gradebook holds an extension with a submission, so it cannot hold one for a student who
has not handed in. `extensions.csv` can: one line a student and assignment. It may be read and
edited in a spreadsheet.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from course.desk.csvtable import is_mangled, read_csv_rows, write_csv
from course.errors import CourseError
from course.wholefile import write_whole

FILE = "extensions.csv"
COLUMNS = ("assignment", "student", "minutes")
MEND = "course extend writes it for you"


def read_extensions(root: Path, assignment: str) -> dict[str, timedelta]:
    """Return the extensions of an assignment, by student.

    Raises:
        CourseError: a line of the file cannot be read.
    """
    return {
        student: minutes
        for (name, student), minutes in _read_file(root).items()
        if name == assignment
    }


def set_extension(root: Path, assignment: str, student: str, more: timedelta | None) -> None:
    """Keep a student's extension in place of an earlier one; None takes it away."""
    path = root / FILE
    from filelock import FileLock  # not with the module: see course.answers.store

    # Two commands at once would each write the table without the other's line.
    with FileLock(f"{path}.lock"):
        rows = _read_file(root)
        rows.pop((assignment, student), None)
        if more is not None:
            rows[assignment, student] = more
        kept = [
            (name, who, f"{time.total_seconds() / 60:g}")
            for (name, who), time in sorted(rows.items())
        ]
        write_whole(path, write_csv([COLUMNS, *kept]))


def _read_file(root: Path) -> dict[tuple[str, str], timedelta]:
    path = root / FILE
    if not path.is_file():
        return {}
    todo = f"correct the file or remove it; {MEND}"
    return dict(_read_rows(path, read_csv_rows(path, "a table of extensions, as CSV", todo)))


def _read_rows(
    path: Path, rows: list[tuple[int, list[str]]]
) -> Iterator[tuple[tuple[str, str], timedelta]]:
    for number, cells in rows:
        row = [cell.strip() for cell in cells]
        # The heading, whatever a spreadsheet made of it.
        if number == 1:
            continue
        try:
            assignment, student, minutes = row
            if is_mangled(student):
                raise ValueError(student)
            # Spreadsheets of many countries write a comma for the point.
            yield (assignment, student), timedelta(minutes=float(minutes.replace(",", ".")))
        except (ValueError, OverflowError):
            raise CourseError(
                where=f"{path}, line {number}",
                expected="an assignment, a student and minutes, e.g. votes,ana-quispe,2880",
                found=", ".join(row),
                todo=f"correct the line or take it out; {MEND}",
            ) from None
