"""The command `course due`."""

from __future__ import annotations

from argparse import Namespace

from course.desk.commands.context import console, open_course
from course.grader.coursedir import Course

__all__ = ["due"]


def due(options: Namespace) -> int:
    """Set or show a deadline."""
    from course.desk.deadlines.telling import set_or_show

    return set_or_show(console, open_course(), options.assignment, options.when)


def _say_late(course: Course, assignment: str) -> None:
    """Say what lateness takes from the points of a table."""
    from course.desk.deadlines.telling import say_late

    say_late(console, course, assignment)


def _settle_penalties(course: Course, *assignments: str) -> None:
    """Bring late penalties in step with points that came by hand."""
    from course.desk.deadlines.telling import settle_all

    settle_all(console, course, assignments)
