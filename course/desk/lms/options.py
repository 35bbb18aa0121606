"""What can be said behind `export`, `collect` and `feedback`; imports nothing that takes time."""

from argparse import ArgumentParser
from pathlib import Path

from course.errors import CourseError


def export_options(parser: ArgumentParser) -> None:
    """Add what can be said behind `course export`."""
    add = parser.add_argument
    add(
        "--for",
        dest="kind",
        choices=("csv", "canvas", "moodle"),
        default="csv",
        help="the system that will read the file",
    )
    add("--to", type=Path, default=None, help="the file to write (default: grades.csv, canvas.csv)")
    add("--assignment", action="append", default=[], metavar="NAME", help="only this one")
    add("--student", action="append", default=[], metavar="ID", help="only this one")
    add("--questions", action="store_true", help="a column for each question (csv only)")
    add("--zero", action="store_true", help="0 points for students who submitted nothing")
    add("--so-far", action="store_true", help="points so far where hand grades are missing")
    add("--people", type=Path, metavar="FILE", help="Canvas's gradebook or Moodle's worksheet, CSV")
    add("--title", action="append", default=[], metavar="NAME=TITLE", help="its name in the LMS")
    add("--identify", choices=("email", "username", "idnumber"), help="(moodle only)")


def feedback_options(parser: ArgumentParser) -> None:
    """Add what can be said behind `course feedback`."""
    add = parser.add_argument
    add(
        "--for",
        dest="kind",
        choices=("moodle", "canvas", "folder"),
        help="also write the ZIP file for this system and its grades, or all pages to send",
    )
    add("--people", type=Path, metavar="FILE", help="the LMS's list (default: that of collect)")
    add("--title", action="append", default=[], metavar="NAME=TITLE", help="its name in the LMS")


def collect_options(parser: ArgumentParser) -> None:
    """Add what can be said behind `course collect`."""
    add = parser.add_argument
    add("--from", dest="source", type=Path, metavar="FILE.zip|FOLDER", help="an LMS's download")
    add("--people", type=Path, metavar="FILE", help="Canvas's gradebook or Moodle's worksheet, CSV")
    add("--as", dest="same", action="append", default=[], metavar="NAME=STUDENT", help="who it is")
    add("--replace", action="store_true", help="replace even if it is not known which is newer")
    add("--check", action="store_true", help="say what would be done, and do nothing")


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
