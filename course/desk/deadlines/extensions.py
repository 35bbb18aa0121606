"""Keeps who has more time: a small table in the course folder, there before any submission is.

nbgrader's gradebook holds an extension with a submission, so it cannot hold one for a student who
has not handed in. `extensions.csv` can: one line a student and assignment. It may be read and
edited in a spreadsheet.
"""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from course.desk.csvtable import fold_id, is_mangled, read_csv_rows, write_csv
from course.errors import CourseError
from course.wholefile import write_whole

FILE = "extensions.csv"
COLUMNS = ("assignment", "student", "minutes")
MOST = timedelta(days=3650)
MEND = "course extend writes it for you"


def read_extensions(root: Path, assignment: str, known: Iterable[str] = ()) -> dict[str, timedelta]:
    """Return the extensions of an assignment, by student.

    Args:
        root: the course folder.
        assignment: its name.
        known: the students of the gradebook, one of whom a line may only seem to mean.

    Raises:
        CourseError: a line of the file cannot be read, or its id is what a spreadsheet makes of
            one, or that of a known student but for zeros in front, which it drops, or capitals.
    """
    found = {
        student: minutes
        for (name, student), minutes in _read_file(root).items()
        if name == assignment
    }
    known = set(known)
    alike = {fold_id(student): student for student in known}
    for student in found.keys() - known:
        other = alike.get(fold_id(student))
        if other or (known and is_mangled(student)):
            has = f"'{other}'" if other else "none; a spreadsheet makes this of an id"
            raise CourseError(
                where=f"{root / FILE}, {assignment}",
                expected="ids as the gradebook has them",
                found=f"'{student}' (the gradebook has {has})",
                todo=f"write {other or 'the id'} there; or take the line out, and: course extend "
                f"{assignment} {other or 'STUDENT'}",
            )
    return found


def extended_assignments(root: Path) -> set[str]:
    """Return the assignments that the table names."""
    return {assignment for assignment, _ in _read_file(root)}


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
    found: dict[tuple[str, str], timedelta] = {}
    for number, cells in read_csv_rows(path, "a table of extensions, as CSV", todo):
        row = [cell.strip() for cell in cells]
        if [cell.casefold() for cell in row] == [*COLUMNS]:
            continue
        try:
            assignment, student, minutes = row
            # "2,880" may be two days, or three minutes.
            if not student or is_mangled(minutes.replace(".", ",")):
                raise ValueError(row)
            # Spreadsheets of many countries write a comma for the point.
            more = timedelta(minutes=float(minutes.replace(",", ".")))
            if not timedelta() <= more <= MOST:
                raise ValueError(row)
        except (ValueError, OverflowError):
            raise CourseError(
                where=f"{path}, line {number}",
                expected="an assignment, a student and minutes, e.g. votes,ana-quispe,2880",
                found=", ".join(row),
                todo=f"correct the line or take it out; {MEND}",
            ) from None
        if (assignment, student) in found:
            twice = f"two for {assignment}, {student}"
            raise CourseError(str(path), "one line for each", twice, todo)
        found[assignment, student] = more
    return found
