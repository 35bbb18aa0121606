"""Finds what the installed course tells the grader, which itself knows no course."""

import sys
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from course.errors import CourseError

GROUP = "backyard.grader"
PACKAGES = ("site-packages", "dist-packages")


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


def course_paths() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a student's cells may read, and what in it is hidden from them.

    They see this Python, its packages, the course package and what the installed course adds.
    """
    package = Path(__file__).resolve().parents[1]
    read_only = {sys.prefix, sys.base_prefix, sys.exec_prefix, str(package)}
    # Packages can lie elsewhere: a .pth file of the environment leads to those of another one.
    read_only |= {path for path in sys.path if Path(path).name in PACKAGES}
    read_only |= {str(path) for found in find_courses() for path in found.readable_paths()}
    hidden = {str(path) for found in find_courses() for path in found.hidden_paths()}
    return tuple(sorted(read_only)), tuple(sorted(hidden))
