"""The command `course due`."""

from argparse import Namespace

from course.desk.commands.context import open_course
from course.desk.deadlines.telling import set_or_show


def due(options: Namespace) -> int:
    """Set or show a deadline."""
    return set_or_show(open_course(), options.assignment, " ".join(options.when) or None)
