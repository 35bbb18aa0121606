"""What can be said behind `course export` and `course collect`; imports nothing that takes time."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

__all__ = ["collect_options", "export_options"]


def export_options(parser: ArgumentParser) -> None:
    """Add what can be said behind `course export`."""
    add = parser.add_argument
    add(
        "--for",
        dest="kind",
        choices=("csv", "canvas", "moodle"),
        default="csv",
        help="who reads the file",
    )
    add("--to", type=Path, default=None, help="the file to write (default: grades.csv, canvas.csv)")
    add("--assignment", action="append", default=[], metavar="NAME", help="only this one")
    add("--student", action="append", default=[], metavar="ID", help="only this one")
    add("--questions", action="store_true", help="a column for each question (csv only)")
    add("--zero", action="store_true", help="0 points for who handed in nothing")
    add("--so-far", action="store_true", help="points so far where hand grades are missing")
    add("--people", type=Path, metavar="FILE", help="the gradebook exported from Canvas, as CSV")
    add("--title", action="append", default=[], metavar="NAME=TITLE", help="a name in the LMS")
    add("--identify", choices=("email", "username", "idnumber"), help="(moodle only)")


def collect_options(parser: ArgumentParser) -> None:
    """Add what can be said behind `course collect`."""
    add = parser.add_argument
    add("--from", dest="source", type=Path, metavar="FILE.zip|FOLDER", help="an LMS's download")
    add("--people", type=Path, metavar="FILE", help="Canvas's gradebook or Moodle's worksheet, CSV")
    add("--as", dest="same", action="append", default=[], metavar="NAME=STUDENT", help="who it is")
    add("--replace", action="store_true", help="also where it is not known which one is newer")
    add("--check", action="store_true", help="say what would be done, and do nothing")
