"""Finds what the installed course tells the grader, which itself knows no course."""

from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from course.errors import CourseError

GROUP = "backyard.grader"


class ForGrader(Protocol):
    """What the module that a course names in the entry point group `backyard.grader` offers."""

    def warm_up(self) -> None:
        """Import what the course's notebooks import, before any submission is run."""

    def readable_paths(self) -> list[Path]:
        """Return what students' code may read besides Python and the package `course`."""

    def hidden_paths(self) -> list[Path]:
        """Return what in it is hidden from them."""


@cache
def find_courses() -> tuple[ForGrader, ...]:
    """Return what each installed course tells the grader.

    Raises:
        CourseError: none is installed; students' code would find neither its tables nor its panels.
    """
    found = tuple(entry.load() for entry in entry_points(group=GROUP))
    if not found:
        raise CourseError(
            where="the installed packages",
            expected=f"a course: an entry point in the group {GROUP}",
            found="none",
            todo="run: make setup (or: pip install --no-deps --editable .)",
        )
    return found
