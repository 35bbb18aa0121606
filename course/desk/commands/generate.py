"""The command `course generate`."""

from __future__ import annotations

from argparse import Namespace

from course.desk import steps
from course.desk.commands.context import _here, _look_at_checks, _shown, console

__all__ = ["generate"]


def generate(options: Namespace) -> int:
    """Make the student notebooks in release/."""
    course = _here()
    for assignment in options.assignment or course.assignments():
        _look_at_checks(course, assignment, options)
        folder = steps.generate(course, assignment)
        console.print(f"{assignment}: the student version is in {_shown(course, folder)}")
    return 0
