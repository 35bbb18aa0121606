"""Reads exported files as Canvas and Moodle document that they read them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["CanvasImport", "canvas_import", "moodle_import"]


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
