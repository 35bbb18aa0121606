"""Reads the lists of people that Canvas and Moodle give: who has which number, login and name.

Canvas: *Grades → Export*, a CSV file that begins with "Student", "ID". Moodle: *Download grading
worksheet* of an assignment, a CSV file that begins with "Identifier", "Full name".
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path

from dateutil import parser as dates

from course.desk.classlist.people import Roster
from course.desk.csvtable import is_mangled, read_csv_rows
from course.errors import CourseError

# A day with its month in letters, or the year first; then a time.
_WRITTEN = re.compile(
    r"(\b\d{1,2}\.? [^\W\d]{3,},? \d{4}|[^\W\d]{3,} \d{1,2},? \d{4}|\d{4}-\d\d-\d\d)\D+\d?\d:\d\d"
)
TITLE = re.compile(r"(?P<title>.*\S)\s*\((?P<number>\d+)\)", re.S)


@dataclass(frozen=True)
class LmsPerson:
    """One line of a list."""

    number: str  # Canvas's user number, or Moodle's number of the participant in this assignment
    name: str  # as the list gives it: "Last, First" (Canvas), the full name (Moodle)
    logins: tuple[str, ...] = ()  # what else names this person: login, SIS id, e-mail address
    submitted: datetime | None = None  # when the work was handed in, where the list says so
    # what is given back as it is: all of Moodle's line; Canvas's five columns of who it is
    cells: tuple[str, ...] = ()

    def find_students(self, roster: Roster) -> set[str]:
        """Return the students who this can be: by number, else by login, else by name."""
        for found in (
            roster.by_number(self.number),
            *(roster.by_login(login) for login in self.logins),
            roster.by_name(self.name),
        ):
            if found:
                return found
        return set()


@dataclass
class LmsList:
    """A list as it was read."""

    kind: str  # "canvas" or "moodle"
    people: list[LmsPerson] = field(default_factory=list)  # its lines
    # Canvas's columns of assignments, such as "Counting votes (1234)"
    titles: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)  # the headings, as they stand in the file
    # the points that the LMS says can be had, by title; by "" in Moodle's worksheet, which is of
    # one assignment
    possible: dict[str, float] = field(default_factory=dict)

    def by_number(self, number: str) -> LmsPerson | None:
        """Return the line with this number."""
        return next((person for person in self.people if person.number == number), None)

    def by_student(self, roster: Roster) -> dict[str, LmsPerson]:
        """Return the lines by student, of those that fit exactly one."""
        found: dict[str, list[LmsPerson]] = {}
        for person in self.people:
            students = person.find_students(roster)
            if len(students) == 1:
                found.setdefault(students.pop(), []).append(person)
        return {student: lines[0] for student, lines in found.items() if len(lines) == 1}

    def find_title(self, name: str) -> str | None:
        """Return the column of an assignment with this name, such as "Votes (12)" for "votes"."""
        fits = []
        for title in self.titles:
            match = TITLE.fullmatch(title)
            if match and match["title"].casefold() == name.casefold():
                fits.append(title)
        return fits[0] if len(fits) == 1 else None


def read_list(path: Path, zone: tzinfo) -> LmsList:
    """Read a list of Canvas or Moodle.

    Args:
        path: the file.
        zone: the time zone of the course, in which Moodle writes its times.

    Raises:
        CourseError: if it is none of the two; says what was found.
    """
    todo = "check the name; save it as CSV (UTF-8)"
    numbered = read_csv_rows(path, "a CSV file exported from Canvas or Moodle", todo)
    rows = [row for _, row in numbered]
    head = [cell.strip() for cell in rows[0]] if rows else []
    if len(head) > 3 and "Student" in head[0] and head[1] == "ID" and "Section" in head:
        _require_numbers(path, numbered[1:])
        return _read_canvas(head, rows[1:])
    if "Identifier" in head and "Full name" in head:
        return _read_moodle(head, rows[1:], zone)
    raise CourseError(
        where=str(path),
        expected="Canvas's gradebook (Student, ID, …, Section, …) or Moodle's grading worksheet "
        "(Identifier, Full name, …) as CSV",
        found=", ".join(head)[:200] or "an empty file",
        todo="export it anew (Canvas: Grades → Export; Moodle: Download grading worksheet, in "
        "English) and do not change its first line",
    )


def _require_numbers(path: Path, rows: list[tuple[int, list[str]]]) -> None:
    """Refuse Canvas's numbers as a spreadsheet writes them: their students would be left out."""
    for number, row in rows:
        if len(row) > 1 and is_mangled(row[1]):
            raise CourseError(
                where=f"{path}, line {number}",
                expected="Canvas's number of a student in the column ID",
                found=f"'{row[1]}', which is what a spreadsheet makes of one",
                todo="export it anew and do not open it in a spreadsheet before",
            )


def _read_canvas(head: list[str], rows: list[list[str]]) -> LmsList:
    found = LmsList("canvas", titles=[cell for cell in head if TITLE.fullmatch(cell)], head=head)
    for row in rows:
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        if "Points Possible" in row[0]:
            points = ((title, _read_number(cells.get(title, ""))) for title in found.titles)
            found.possible = {title: value for title, value in points if value is not None}
        if "Points Possible" in row[0] or not cells.get("ID", "").isdigit():
            continue
        names = (head[0], "ID", "SIS User ID", "SIS Login ID", "Section")
        who = tuple(cells.get(name, "") for name in names)
        logins = tuple(filter(None, (who[3], who[2])))
        found.people.append(LmsPerson(who[1], who[0], logins, cells=who))
    return found


def _read_moodle(head: list[str], rows: list[list[str]], zone: tzinfo) -> LmsList:
    found = LmsList("moodle", head=head)
    for row in rows:
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        number = re.search(r"(\d+)$", cells.get("Identifier", ""))
        if number is None:
            continue
        columns = ("Username", "Email address", "ID number")
        logins = tuple(filter(None, (cells.get(column, "") for column in columns)))
        time = _read_time(cells.get("Last modified (submission)", ""), zone)
        name = cells.get("Full name", "")
        found.people.append(LmsPerson(number[1], name, logins, submitted=time, cells=tuple(row)))
        maximum = _read_number(cells.get("Maximum Grade", ""))
        if maximum is not None:
            found.possible[""] = maximum
    return found


def _read_number(text: str) -> float | None:
    """Return the points in a cell, with a point or a comma; None where there are none."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _read_time(text: str, zone: tzinfo) -> datetime | None:
    """Return a time such as "Monday, 4 May 2026, 9:30 AM", which is meant in the course's zone.

    None where there is none, or none that is certain: of 4/5/2026, which a spreadsheet may make of
    it, nobody knows the month.
    """
    if not _WRITTEN.search(text):
        return None
    try:
        moment: datetime = dates.parse(text, tzinfos=_refuse_zone)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _refuse_zone(name: str | None, offset: int | None) -> int | None:
    """Return a distance from UTC; raise for letters, which mean several zones."""
    if name and offset is None:
        raise ValueError(name)
    return offset
