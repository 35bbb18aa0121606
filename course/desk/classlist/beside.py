"""Keeps what nbgrader's gradebook has no field for, in `roster.csv`: one line a student.

It may be read and edited in a spreadsheet; `course roster import` writes it.
"""

from collections.abc import Mapping
from pathlib import Path

from course.desk.csvtable import read_csv_rows, safe_text, write_csv
from course.errors import CourseError
from course.wholefile import write_whole

FILE = "roster.csv"


def read_beside(root: Path) -> dict[str, dict[str, str]]:
    """Return what the file says of each student by id: its fields by name, without empty ones.

    Raises:
        CourseError: the file cannot be read, or has no column "id".
    """
    path, todo = root / FILE, "correct the file, or remove it and import the class list again"
    if not path.is_file():
        return {}
    (_, headings), *rows = [*read_csv_rows(path, "a table of students, as CSV", todo)] or [(1, [])]
    if "id" not in headings:
        raise CourseError(f"{path}, line 1", "a column 'id'", ", ".join(headings), todo)
    students = [dict(zip(headings, map(_read_text, cells), strict=False)) for _, cells in rows]
    return {
        said.pop("id"): {field: text for field, text in said.items() if text}
        for said in students
        if said.get("id")
    }


def write_beside(root: Path, changes: Mapping[str, Mapping[str, str | None]]) -> None:
    """Keep fields of students in place of earlier ones; None takes one away."""
    students = read_beside(root)
    for student, said in changes.items():
        students[student] = {
            field: text
            for field, text in {**students.get(student, {}), **said}.items()
            if text is not None
        }
    fields = sorted({field for said in students.values() for field in said})
    rows = [
        (who, *(safe_text(said.get(f)) for f in fields)) for who, said in sorted(students.items())
    ]
    write_whole(root / FILE, write_csv([("id", *fields), *rows]))


def _read_text(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from reading a formula."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and safe_text(text[1:]) == text else text
