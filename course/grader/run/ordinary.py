"""Finds checks that are written in nbgrader's ordinary way, not with `course.scoring.Question`.

Such a check runs among the student's own cells, as stock nbgrader runs it: it can be forged and its
key read. Instructors are told, and can refuse such checks with `c.Sandbox.ordinary_tests`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.run.cellnames import is_check, is_made_apart
from course.grader.sandbox import Sandbox

ORDINARY = "question {} is tested in nbgrader's ordinary way: it can be forged and its key read"


def ordinary_checks(nb: Mapping[str, Any]) -> list[str]:
    """Return the questions of a notebook whose checks are written in nbgrader's ordinary way."""
    return [
        cell["metadata"]["nbgrader"]["grade_id"]
        for cell in nb["cells"]
        if is_check(cell) and not is_made_apart(cell)
    ]


def ordinary_questions(course: Course, assignment: str) -> list[str]:
    """Return the questions in source/ whose checks are written in nbgrader's ordinary way.

    Raises:
        CourseError: there are some, and `c.Sandbox.ordinary_tests` refuses them.
    """
    notebooks = course.read_sources(assignment).values()
    found = [question for nb in notebooks for question in ordinary_checks(nb)]
    refuse_ordinary(Sandbox(config=course.config), found)
    return found


def refuse_ordinary(settings: Sandbox, found: Sequence[str]) -> None:
    """Raise where the settings refuse checks in nbgrader's ordinary way and some were found."""
    if settings.ordinary_tests == "refuse" and found:
        raise CourseError(
            where=f"the check of {', '.join(found[:5])}",
            expected="checks written with course.scoring.Question (c.Sandbox.ordinary_tests)",
            found="one in nbgrader's ordinary way: it can be forged and its key read",
            todo='rewrite it, or set c.Sandbox.ordinary_tests = "allow" in nbgrader_config.py',
        )
