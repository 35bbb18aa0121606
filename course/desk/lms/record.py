"""Keeps what was taken from an LMS's downloads: downloaded/ASSIGNMENT/collected.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from course.wholefile import write_whole

__all__ = ["read_late_marks", "read_record", "write_record"]

FILE = "collected.json"


def read_record(folder: Path) -> dict[str, Any]:
    """Return what was collected before, by student; nothing where it cannot be read."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    kept = found.items() if isinstance(found, dict) else ()
    return {student: entry for student, entry in kept if isinstance(entry, dict)}


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
