"""The command `course export`: one of the export plugins."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from rich.console import Console

from course.desk.commands.context import console, open_course
from course.desk.commands.due import _settle_penalties
from course.desk.lms.export import CanvasExport, CsvExport, MoodleExport
from course.desk.lms.export.plugin import CourseExport
from course.desk.lms.options import split_pair
from course.desk.onekey import require_one_key
from course.errors import CourseError
from course.grader.coursedir import Course

__all__ = ["export", "run_export", "write_grades"]


KINDS: dict[str, type[CourseExport]] = {
    "csv": CsvExport,
    "canvas": CanvasExport,
    "moodle": MoodleExport,
}


def run_export(console: Console, course: Course, options: Namespace) -> int:
    """Write the file and say where it is and what it leaves open; return the exit code."""
    kind = KINDS[options.kind]
    plugin = kind(config=course.config, **_plugin_settings(kind, options))
    with course.gradebook() as gradebook:
        plugin.export(gradebook)
    for note in plugin.notes:
        console.print(f"  {note}", soft_wrap=True, markup=False)
    console.print(f"grades written to {plugin.to}", soft_wrap=True, markup=False)
    return 0


def write_grades(course: Course, target: Path) -> Path:
    """Write all grades as a general CSV file, and return its path."""
    plugin = CsvExport(config=course.config, to=str(target))
    with course.gradebook() as gradebook:
        plugin.export(gradebook)
    return target


def _plugin_settings(kind: type[CourseExport], options: Namespace) -> dict[str, Any]:
    """Return the plugin's settings."""
    only = {"questions": CsvExport, "identify": MoodleExport, "people": CanvasExport}
    settings: dict[str, Any] = {
        "to": str(options.to or kind.default_name),
        "assignment": options.assignment,
        "student": options.student,
        "zero": options.zero,
        "so_far": options.so_far,
        "titles": dict(map(_read_title, options.title)),
    }
    for name, owner in only.items():
        value = getattr(options, name)
        if value and kind is not owner:
            raise CourseError(
                where=f"course export --for {options.kind}",
                expected=f"--{name} with --for {next(k for k, v in KINDS.items() if v is owner)}",
                found=f"--{name}",
                todo="leave it out, or make two files",
            )
        if value:
            settings[name] = str(value) if isinstance(value, Path) else value
    return settings


def _read_title(text: str) -> tuple[str, str]:
    """Return an assignment's name and its title in the LMS."""
    return split_pair("--title", text, 'NAME=TITLE, such as "votes=Counting votes (1234)"')


def export(options: Namespace) -> int:
    """Write the grades to a file."""
    course = open_course()
    require_one_key(course, *(options.assignment or course.assignments()))
    _settle_penalties(course, *course.assignments())
    return run_export(console, course, options)
