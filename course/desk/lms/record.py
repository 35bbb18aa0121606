"""Keeps what was taken from an LMS's downloads, and its list, in downloaded/ASSIGNMENT."""

import json
from pathlib import Path
from typing import Any

from course.wholefile import write_whole

FILE = "collected.json"
PEOPLE = "people.csv"


def keep_people(folder: Path, people: Path) -> None:
    """Keep the LMS's list, for when grades and feedback go back."""
    if people.resolve() != (folder / PEOPLE).resolve():
        write_whole(folder / PEOPLE, people.read_bytes())


def find_people(folder: Path) -> Path | None:
    """Return the LMS's list that was kept, or None."""
    return folder / PEOPLE if (folder / PEOPLE).is_file() else None


def read_record(folder: Path) -> dict[str, Any]:
    """Return what was collected before, by student; nothing where it cannot be read."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    kept = found.items() if isinstance(found, dict) else ()
    return {student: entry for student, entry in kept if _is_entry(entry)}


def _is_entry(entry: Any) -> bool:
    """Tell whether this is what `course collect` notes of a student."""
    if not isinstance(entry, dict) or not isinstance(entry.get("canvas", 0), int):
        return False
    parts = entry.get("parts") or {}
    return isinstance(parts, dict) and all(isinstance(part, str) for part in parts.values())


def write_record(folder: Path, record: dict[str, Any]) -> None:
    """Replace what was collected."""
    write_whole(folder / FILE, json.dumps(record, indent=1))


def read_late_marks(root: Path, assignment: str) -> set[str]:
    """Return the students whose submission the LMS calls late, and says no time of.

    Args:
        root: the course folder.
        assignment: its name.
    """
    record = read_record(root / "downloaded" / assignment)
    return {student for student, entry in record.items() if entry.get("late")}
