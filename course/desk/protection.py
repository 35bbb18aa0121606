"""Says what is protected while students' code runs on this machine, and what is not."""

from __future__ import annotations

from course.grader.coursedir import Course

__all__ = ["not_protected"]


def not_protected(course: Course) -> tuple[str, ...]:
    """Return what the sandbox cannot protect here, a phrase each; empty when all is well.

    Raises:
        SandboxError: `c.Sandbox.required` is set and something is not protected.
    """
    from course.grader.sandbox import Sandbox, probe, unprotected

    means = probe()
    Sandbox(config=course.config).require(means)
    return tuple(unprotected(means))
