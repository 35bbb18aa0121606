"""Says what is protected while students' code runs on this machine, and what is not."""

from course.grader.coursedir import Course


def not_protected(course: Course) -> tuple[str, ...]:
    """Return what the sandbox cannot protect here, a phrase each; empty when all is well.

    Raises:
        SandboxError: `c.Sandbox.required` is set and something is not protected.
    """
    from course.grader.sandbox import Sandbox, list_unprotected, probe_means

    means = probe_means()
    Sandbox(config=course.config).require_complete(means)
    return tuple(list_unprotected(means))
