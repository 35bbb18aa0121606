"""What several commands need: the course that is open, and the screen."""

from pathlib import Path

from course.desk.screen import console as console
from course.errors import CourseError
from course.grader.coursedir import Course, find_course


def open_course() -> Course:
    """Return the course in whose folder the command was called."""
    return Course(find_course())


def shorten_path(course: Course, path: Path) -> str:
    """Return a path as short as it can be said from the course folder."""
    path = path.resolve()
    return str(path.relative_to(course.root)) if path.is_relative_to(course.root) else str(path)


def split_pair(option: str, text: str, form: str, *, last: bool = False) -> tuple[str, str]:
    """Return the two sides of what was said behind an option such as `--title NAME=TITLE`.

    Args:
        option: the option, e.g. "--title".
        text: what was said.
        form: its form and an example, for the error.
        last: whether the last "=" parts it, where the left side may hold one; else the first.

    Raises:
        CourseError: if one side is missing.
    """
    left, sign, right = text.rpartition("=") if last else text.partition("=")
    if not (left.strip() and sign and right.strip()):
        raise CourseError(
            where=f"{option} {text}",
            expected=form,
            found="something else",
            todo="put the whole in quotation marks",
        )
    return left.strip(), right.strip()
