"""Reads what goes back as Canvas and Moodle read it: grades, and ZIP files of feedback."""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

__all__ = [
    "CanvasImport",
    "canvas_import",
    "canvas_upload",
    "moodle_feedback",
    "moodle_import",
    "worksheet_upload",
]


def rows(path: Path) -> list[list[str]]:
    """Return the rows of a CSV file with commas, strictly read."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


@dataclass
class CanvasImport:
    """What Canvas takes from a file: points possible by column, grades by student and column."""

    possible: dict[str, float] = field(default_factory=dict)
    existing: dict[str, int] = field(default_factory=dict)
    grades: dict[tuple[str, str], float | None] = field(default_factory=dict)


def canvas_import(path: Path, people: list[dict[str, str]]) -> CanvasImport:
    """Import a file into a course of Canvas with these people (ID, SIS User ID, …, Student).

    The first cells of the heading are Student, ID, perhaps SIS User ID, SIS Login ID, Section; what
    follows are assignments, an existing one with its number in brackets. A row with "Points
    Possible" says what can be had. A student is found by ID, else by SIS id or login, else by name.
    """
    head, *body = rows(path)
    assert "Student" in head[0]
    assert "ID" in head[1]
    first = head.index("Section") + 1
    assert head[2:first] in (
        ["SIS User ID", "SIS Login ID", "Section"],
        ["SIS Login ID", "Section"],
    )
    found = CanvasImport()
    for title in head[first:]:
        if match := re.fullmatch(r".*\((\d+)\)", title):
            found.existing[title] = int(match[1])
    for row in body:
        assert len(row) == len(head)
        cells = dict(zip(head, row, strict=True))
        grades = {t: float(cells[t]) if cells[t].strip() else None for t in head[first:]}
        if "Points Possible" in row[0]:
            assert not found.grades, "it stands above the students"
            found.possible = {title: points or 0.0 for title, points in grades.items()}
            continue
        (person,) = _matching(cells, people)
        found.grades |= {(person["Student"], title): g for title, g in grades.items()}
    return found


def _matching(cells: dict[str, str], people: list[dict[str, str]]) -> list[dict[str, str]]:
    for key in ("ID", "SIS User ID", "SIS Login ID", "Student"):
        fits = [p for p in people if cells.get(key) and p.get(key) == cells[key]]
        if fits:
            return fits
    raise AssertionError(f"Canvas knows nobody for {cells}")


def moodle_import(
    path: Path, key: str, people: dict[str, str], before: dict[str, float]
) -> dict[str, float | None]:
    """Import the one column of grades of a file into Moodle, and return the grades by person.

    Args:
        path: the file.
        key: the heading of the column that is mapped to a field of the users.
        people: the person by what stands in that field.
        before: grades that are there already.

    A row whose key is empty gives its grades to the person of the row before; "-" and an empty cell
    mean that there is no grade; what is no number stops the import.
    """
    head, *body = rows(path)
    grades: dict[str, float | None] = dict(before)
    person = ""
    for row in body:
        assert len(row) == len(head)
        cells = dict(zip(head, (cell.strip() for cell in row), strict=True))
        if cells[key]:
            person = people[cells[key]]
        value = cells[head[-1]]
        grades[person] = None if value in ("", "-") else float(value)
    return grades


def moodle_feedback(path: Path, participants: set[int]) -> dict[tuple[int, str], bytes]:
    """Upload multiple feedback files in a zip; return what each participant gets, by file name.

    Each part of a path is cut at underscores into at most five. The first that has four or more,
    of which the second is a participant's number and the next two name a plugin, says whose file it
    is; what follows is the file's name. Hidden files and all others are ignored.
    """
    found = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts = name.split("/")
            while parts:
                cut = parts.pop(0).split("_", 4)
                if len(cut) >= 4 and cut[1].isdigit() and int(cut[1]) in participants:
                    assert cut[2:4] == ["assignsubmission", "file"]
                    left = "/".join([*cut[4:], *parts]).lstrip("/")
                    found[int(cut[1]), left] = archive.read(name)
                    break
    return found


def worksheet_upload(path: Path, possible: float) -> dict[str, float]:
    """Upload a grading worksheet; return the grades that Moodle takes, by identifier.

    It wants the columns Identifier, Grade and Last modified (grade), and skips what is no number or
    outside of what can be had.
    """
    head, *body = rows(path)
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(head)
    grades = {}
    for row in body:
        assert len(row) == len(head)
        cells = dict(zip(head, row, strict=True))
        if re.fullmatch(r"\d+(\.\d+)?", cells["Grade"]) and float(cells["Grade"]) <= possible:
            grades[cells["Identifier"]] = float(cells["Grade"])
    return grades


def canvas_upload(path: Path, uploads: dict[tuple[int, int], str]) -> dict[str, bytes]:
    """Upload submissions; return what is attached, by the student's own file's name.

    Args:
        path: the ZIP file.
        uploads: the display names of the students' files, by user and file number.

    The first two parts of a name that are numbers, LATE left aside, are the user and the file; the
    comment's attachment then has that file's name. What fits no upload is ignored.
    """
    found = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            cut = [part for part in name.split("/")[-1].split("_") if part != "LATE"]
            numbers = [int(part) for part in cut if part.isdigit()][:2]
            if len(numbers) == 2 and (numbers[0], numbers[1]) in uploads:
                found[uploads[numbers[0], numbers[1]]] = archive.read(name)
    return found
