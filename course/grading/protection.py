"""Says what is protected while students' code runs on this machine, and what is not."""

from __future__ import annotations

from course.errors import CourseError
from course.grading.coursedir import Course

__all__ = ["not_protected"]


def not_protected(course: Course) -> tuple[str, ...]:
    """Return what the sandbox cannot protect here, a phrase each; empty when all is well.

    Raises:
        CourseError: `c.Sandbox.required` is set and something is not protected.
    """
    from course.grading.sandbox import Sandbox, probe, unprotected

    missing = tuple(unprotected(probe()))
    if missing and Sandbox(config=course.config).required:
        raise CourseError(
            where="c.Sandbox.required in nbgrader_config.py",
            expected="a sandbox that protects everything",
            found="not protected: " + " ".join(missing),
            todo="run `course doctor`: it says how to mend it; or set c.Sandbox.required = False",
        )
    return missing
