"""The command `course show`: one submission as a page, to grade it or to look at it."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import nbformat

from course.desk.commands.context import console, open_course
from course.desk.feedback.exporter import FeedbackPage
from course.desk.feedback.preprocessors import PageContent, PageGrades
from course.desk.feedback.scheme import MarkScheme
from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.harmless.cleaning import SafeOutputs
from course.grader.run.drawing import DrawnFigures

# Cleaned once more: another program may have graded it.
STEPS = (SafeOutputs, DrawnFigures, PageGrades, MarkScheme, PageContent)


def show(options: Namespace) -> int:
    """Write one submission as a page."""
    course = open_course()
    folder = course.folder("report", options.student, options.assignment)
    for page in write_pages(course, options.assignment, options.student, folder):
        console.say(f"the submission as a page:  {page}")
    return 0


def write_pages(course: Course, assignment: str, student: str, folder: Path) -> list[Path]:
    """Write a graded submission as pages, one a notebook, and return their paths.

    Raises:
        CourseError: it is not graded, cannot be read, or the pages cannot be written.
    """
    course.require_assignment(assignment)
    graded = course.folder("autograded", student, assignment)
    names = [name for name in course.notebooks(assignment) if (graded / name).is_file()]
    if not names or graded.parent.name != student:  # an id is a name, and no path
        raise CourseError(
            where=f"{assignment} of '{student}'",
            expected="a graded submission",
            found="none",
            todo=f"check the id (course report {assignment} lists all), or grade it: "
            f"course grade {assignment}",
        )
    make: Any = FeedbackPage  # nbconvert has no types
    exporter = make(config=course.config)
    for step in STEPS:
        exporter.register_preprocessor(step, enabled=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [
            _write_page(course, exporter, graded / name, folder / f"{Path(name).stem}.html")
            for name in names
        ]
    except ValueError as error:  # what the gradebook does not know, or is no notebook
        raise CourseError(
            where=f"{assignment} of '{student}'",
            expected=f"it in {graded} and in the gradebook",
            found=str(error),
            todo=f"grade it again: course grade {assignment} --student {student} --force",
        ) from error


def _write_page(course: Course, exporter: Any, notebook: Path, page: Path) -> Path:
    """Write the page of one notebook and return its path."""
    assignment, student = notebook.parent.name, notebook.parent.parent.name
    about = {
        "db_url": course.config.CourseDirectory.db_url,
        "assignment": assignment,
        "student": student,
        "notebook": notebook.stem,
        "for_grader": True,
    }
    resources = {
        "nbgrader": about,
        "assignment_id": assignment,  # these two are for the mark scheme
        "notebook_id": notebook.stem,
    }
    text, _ = exporter.from_notebook_node(nbformat.read(notebook, as_version=4), resources)
    page.write_text(text, encoding="utf-8")
    return page
