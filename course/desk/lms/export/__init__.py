"""Export plugins of nbgrader: grades as a general CSV file, for Canvas, for Moodle.

    nbgrader export --exporter=course.desk.lms.export.CanvasExport --to canvas.csv

or, with the same plugins, `course export --for canvas`.
"""

from pathlib import Path
from typing import Any

from course.desk.lms.export.canvas import CanvasExport
from course.desk.lms.export.general import CsvExport
from course.desk.lms.export.moodle import MoodleExport
from course.desk.lms.export.plugin import CourseExport
from course.grader.coursedir import Course

KINDS: dict[str, type[CourseExport]] = {
    "csv": CsvExport,
    "canvas": CanvasExport,
    "moodle": MoodleExport,
}


def export_grades(course: Course, kind: str, target: Path, **settings: Any) -> list[str]:
    """Write grades to a file, and return what the user should know, a line each.

    Args:
        course: the course.
        kind: one of `KINDS`.
        target: the file.
        settings: further ones of the plugin.
    """
    plugin = KINDS[kind](config=course.config, to=str(target), **settings)
    with course.gradebook() as gradebook:
        plugin.export(gradebook)
    return plugin.notes
