"""The command `course export`: one of the export plugins."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from course.desk.commands.context import console, open_course, split_pair
from course.desk.deadlines.telling import settle_all
from course.desk.lms.export import CanvasExport, CsvExport, MoodleExport
from course.desk.lms.export.plugin import CourseExport
from course.errors import CourseError
from course.grader.coursedir import Course

KINDS: dict[str, type[CourseExport]] = {
    "csv": CsvExport,
    "canvas": CanvasExport,
    "moodle": MoodleExport,
}


def write_grades(course: Course, target: Path) -> Path:
    """Write all grades as a general CSV file, and return its path."""
    plugin = CsvExport(config=course.config, to=str(target))
    with course.gradebook() as gradebook:
        plugin.export(gradebook)
    return target


def _plugin_settings(kind: type[CourseExport], options: Namespace) -> dict[str, Any]:
    """Return the plugin's settings."""
    only: dict[str, tuple[type[CourseExport], ...]] = {
        "questions": (CsvExport,),
        "identify": (MoodleExport,),
        "people": (CanvasExport, MoodleExport),
    }
    settings: dict[str, Any] = {
        "to": str(options.to or kind.default_name),
        "assignment": options.assignment,
        "student": options.student,
        "zero": options.zero,
        "so_far": options.so_far,
        "titles": read_titles(options.title),
    }
    for name, owners in only.items():
        value = getattr(options, name)
        if value and kind not in owners:
            raise CourseError(
                where=f"course export --for {options.kind}",
                expected=f"--{name} with --for "
                + " or ".join(k for k, v in KINDS.items() if v in owners),
                found=f"--{name}",
                todo="leave it out, or make two files",
            )
        if value:
            settings[name] = str(value) if isinstance(value, Path) else value
    return settings


def read_titles(texts: list[str]) -> dict[str, str]:
    """Return the assignments' titles in the LMS, by name."""
    form = 'NAME=TITLE, such as "votes=Counting votes (1234)"'
    return dict(split_pair("--title", text, form) for text in texts)


def export(options: Namespace) -> int:
    """Write the grades to a file, and say where it is and what it leaves open."""
    course = open_course()
    settle_all(course, course.assignments())
    kind = KINDS[options.kind]
    plugin = kind(config=course.config, **_plugin_settings(kind, options))
    with course.gradebook() as gradebook:
        plugin.export(gradebook)
    console.say(*(f"  {note}" for note in plugin.notes), f"grades written to {plugin.to}")
    return 0
