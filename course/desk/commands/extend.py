"""The command `course extend`."""

from argparse import Namespace

from course.desk.commands.context import open_course
from course.desk.deadlines.telling import give_more_time


def extend(options: Namespace) -> int:
    """Give one student more time."""
    how = {name: getattr(options, name) for name in ("days", "hours", "none")}
    how["until"] = " ".join(options.until) if options.until else None
    return give_more_time(open_course(), options.assignment, options.student, **how)
