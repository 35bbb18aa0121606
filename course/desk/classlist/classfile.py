"""Reads a class list from a CSV file; all that is wrong with it is told at once, line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course.desk.classlist.headings import FIELDS, FULL_NAME, columns_of
from course.desk.csvtable import fold_id, is_mangled, read_csv_rows
from course.desk.words import write_count
from course.errors import CourseError
from course.grader.intake.bounds import SubmissionError
from course.grader.intake.submission import check_names

LONGEST = 128  # characters that nbgrader's gradebook takes
SHOWN = 30  # faults that are told at once
MEND = "correct the file and import it again; nothing was changed"
# Between the letters of Persian and of Indian scripts they belong to a name.
JOINERS = "\u200c\u200d"
NO_STUDENT = {"Points Possible", "Student, Test", ""}
FOLDED = "folded:"  # before an id as `fold_id` gives it; no id holds a colon
AS_TEXT = "export the list again, and open it in no spreadsheet before it is imported"
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


@dataclass(frozen=True)
class ClassList:
    """What a class list says."""

    # by id, the fields that the file has a column for; None where the cell is empty
    students: dict[str, dict[str, str | None]]
    ignored: tuple[str, ...]  # headings of columns that mean nothing here
    # a line for each cell that held what no name holds and is not seen
    cleaned: tuple[str, ...] = ()


def read_class_list(path: Path, by: str = "", *, as_written: bool = False) -> ClassList:
    """Read a class list.

    Args:
        path: the file.
        by: the heading of the column of ids, or "email", or "account" for what stands before the @;
            by default what the headings say.
        as_written: take ids that look like what a spreadsheet makes of one, such as "jan-12".

    Raises:
        CourseError: the file cannot be read, has no column of ids, or lines with faults; all of
            these are named.
    """
    rows = read_csv_rows(path, "a CSV file with the class", MEND)
    if not rows:
        raise _make_error(path, "a line with the names of the columns", "an empty file")
    headings = rows[0][1]
    columns = columns_of(headings)
    if by:
        named = [i for i, h in enumerate(headings) if h.strip().casefold() == by.casefold()]
        field = columns.get("email", -1) if by in ("email", "account") else -1
        columns["id"] = [*named, field][0]
    # Nothing else will do: names are not unique, and grades are kept by the id.
    if columns.get("id", -1) < 0:
        raise _ask_for_id(path, rows, columns, by)
    return _read_students(path, rows, columns, by, as_written)


def say_alike(student: str) -> str:
    """Say in what an id differs from one that `fold_id` takes for the same, and what to do."""
    if student.isdigit():
        return f"zeros in front: {AS_TEXT}"
    return "capitals, by which folders of some computers are not told apart: write both the same"


def _ask_for_id(
    path: Path, rows: list[tuple[int, list[str]]], columns: dict[str, int], by: str
) -> CourseError:
    """Return the question which column holds the ids, with what each answer would give."""
    number, headings = rows[0]
    row = rows[1][1] if len(rows) > 1 else []
    mail = _read_cell(row, columns["email"]) if "email" in columns else ""
    rules = [f"--id email ({mail})", f"--id account ({mail.partition('@')[0]})"] if mail else []
    given = f"a column {by}" if by else "a column with the students' ids, called id, username, ..."
    return CourseError(
        where=f"{path}, line {number}",
        expected=given,
        found="the columns " + ", ".join(h.strip() for h in headings if h.strip()),
        todo="say which one decides: " + ", ".join([*rules, '--id "COLUMN"']) + ". Nothing was "
        "changed; grades are kept by the id, so it must stay what it is",
    )


def _make_error(where: Path | str, expected: str, found: str) -> CourseError:
    return CourseError(where=str(where), expected=expected, found=found, todo=MEND)


def _read_students(
    path: Path,
    rows: list[tuple[int, list[str]]],
    columns: dict[str, int],
    by: str,
    as_written: bool,
) -> ClassList:
    """Read the students below the headings."""
    headings = rows[0][1]
    students: dict[str, dict[str, str | None]] = {}
    lines: dict[str, int] = {}
    faults: list[str] = []
    cleaned: list[str] = []
    for number, row in rows[1:]:
        # In Canvas's gradebook a line holds the points, another one its student for trying out.
        if FULL_NAME in columns and _read_cell(row, columns[FULL_NAME]) in NO_STUDENT:
            continue
        values = _read_values(row, columns)
        if by == "account" and values["id"]:
            values["id"] = values["id"].partition("@")[0]
        found = list(_find_faults(row, headings, values, lines, as_written))
        faults += [f"line {number}: {fault}" for fault in found]
        cleaned += [f"line {number}: {note}" for note in _notes(row, columns)]
        student = values.pop("id")
        if student:
            lines.setdefault(student, number)
            lines.setdefault(FOLDED + fold_id(student), number)
            students[student] = values
    if faults:
        more = len(faults) - SHOWN
        tail = [f"... and {more} more"] if more > 0 else []
        raise _make_error(
            path,
            "one student per line",
            f"{write_count(len(faults), 'fault')}\n    " + "\n    ".join([*faults[:SHOWN], *tail]),
        )
    if not students:
        raise _make_error(path, "one student per line", "no line below the names of the columns")
    used = set(columns.values())
    ignored = tuple(h.strip() for i, h in enumerate(headings) if i not in used and h.strip())
    return ClassList(students, ignored, tuple(cleaned))


def _read_cell(row: list[str], column: int) -> str:
    """Return a cell in one line, without characters that nobody sees."""
    text = " ".join(row[column].split()) if column < len(row) else ""
    return "".join(letter for letter in text if not _is_unseen(letter))


def _is_unseen(letter: str) -> bool:
    return not letter.isprintable() and letter not in JOINERS


def _notes(row: list[str], columns: dict[str, int]) -> Iterator[str]:
    """Yield what was cleaned in a line."""
    for field, column in columns.items():
        if column < len(row) and any(map(_is_unseen, row[column].strip())):
            taken = _read_cell(row, column)
            yield f"{field} held line breaks or characters that cannot be seen; taken as '{taken}'"


def _read_values(row: list[str], columns: dict[str, int]) -> dict[str, str | None]:
    """Return the fields of one line."""
    values: dict[str, str | None] = {
        field: _read_cell(row, columns[field]) or None for field in FIELDS if field in columns
    }
    if FULL_NAME in columns:
        last, _, first = _read_cell(row, columns[FULL_NAME]).partition(",")
        values.setdefault("first_name", first.strip() or None)
        values.setdefault("last_name", last.strip() or None)
    return values


def _find_faults(
    row: list[str],
    headings: list[str],
    values: dict[str, str | None],
    lines: dict[str, int],
    as_written: bool,
) -> Iterator[str]:
    """Yield what is wrong with a line."""
    if any(cell.strip() for cell in row[len(headings) :]):
        yield f"{len(row)} cells, but {len(headings)} columns (is there a comma in a name?)"
    student = values["id"]
    if student is None:
        yield "no id"
    elif student in lines:
        yield f"the id '{student}' is already in line {lines[student]}"
    elif is_mangled(student) and not as_written:
        yield (
            f"the id '{student}' is what a spreadsheet makes of one: {AS_TEXT}; "
            "or, if ids look like this at your school: --as-written"
        )
    elif " " in student:
        yield f"the id '{student}' holds a space; ids are names of folders"
    elif other := lines.get(FOLDED + fold_id(student)):
        yield f"the id '{student}' is that of line {other} but for {say_alike(student)}"
    else:
        try:
            check_names(student)
        except SubmissionError:
            yield f"the id '{student}' may hold letters, digits and . _ - + @ = , ~ only"
    mail = values.get("email")
    if mail and not _MAIL.fullmatch(mail):
        yield f"'{mail}' is not an e-mail address"
    for field, value in values.items():
        if value and field == "lms_user_id" and is_mangled(value):
            yield f"the number '{value}' is what a spreadsheet makes of one: {AS_TEXT}"
        if value and len(value) > LONGEST:
            yield f"{field} has {len(value)} characters; {LONGEST} at most"
        if value and field != "id" and ("<" in value or ">" in value):
            yield f"{field} holds < or >, as no name does"
