"""What several commands need: the course that is open, and the screen."""

from pathlib import Path

from course.desk.screen import console as console
from course.grader.coursedir import Course, find_course


def open_course() -> Course:
    """Return the course in whose folder the command was called."""
    return Course(find_course())


def shorten_path(course: Course, path: Path) -> str:
    """Return a path as short as it can be said from the course folder."""
    path = path.resolve()
    return str(path.relative_to(course.root)) if path.is_relative_to(course.root) else str(path)
