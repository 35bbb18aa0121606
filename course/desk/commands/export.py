"""The command `course export`: one of the export plugins."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from course.desk.commands.context import console, open_course, split_pair
from course.desk.deadlines.telling import settle_all
from course.desk.lms.export import KINDS, export_grades
from course.errors import CourseError

ONLY = {"questions": ("csv",), "identify": ("moodle",), "people": ("canvas", "moodle")}


def _plugin_settings(options: Namespace) -> dict[str, Any]:
    """Return the plugin's settings."""
    settings: dict[str, Any] = {
        "assignment": options.assignment,
        "student": options.student,
        "zero": options.zero,
        "so_far": options.so_far,
        "titles": read_titles(options.title),
    }
    for name, owners in ONLY.items():
        value = getattr(options, name)
        if value and options.kind not in owners:
            raise CourseError(
                where=f"course export --for {options.kind}",
                expected=f"--{name} with --for {' or '.join(owners)}",
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
    target = options.to or Path(KINDS[options.kind].default_name)
    notes = export_grades(course, options.kind, target, **_plugin_settings(options))
    console.say(*(f"  {note}" for note in notes), f"grades written to {target}")
    return 0
