"""Grades one class and writes each outcome as a line of JSON as soon as it is known.

python -m tests.hostile_tools.grade COURSE ASSIGNMENT JOBS RESULT [user]

With "user" it first becomes an ordinary user, where it is root.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from tests.notebooks import ROOT
from tests.sandbox.warm import become_nobody, lay_open

__all__ = ["read_outcomes"]


def main(root: str, assignment: str, jobs: str, result: str, account: str = "") -> None:
    """Grade the class, then make its feedback pages."""
    paths = [sys.prefix, sys.base_prefix, str(ROOT)]
    if account == "user" and os.geteuid() == 0:
        become_nobody(paths)
    elif os.environ.get("BACKYARD_SANDBOX") in ("limits", "bare") and os.geteuid() == 0:
        lay_open(paths)  # without Landlock root grades only where other accounts can reach Python
    # Not before: what is imported looks at who it is, and at the home folder.
    from course.desk import steps
    from course.grader.coursedir import Course
    from course.grader.run.autograde import grade_class

    course = Course(Path(root))
    began = time.monotonic()
    with Path(result).open("w", encoding="utf-8") as file:

        def write(**line: Any) -> None:
            file.write(json.dumps({**line, "at": time.monotonic() - began}) + "\n")
            file.flush()

        for outcome in grade_class(course, assignment, jobs=int(jobs)):
            write(
                student=outcome.student,
                fault=outcome.fault,
                faults=outcome.faults,
                seconds=getattr(outcome, "times", {}).get("all"),
                told=str(outcome),
            )
        write(done="grading")
        write(done="feedback", faults=steps.make_feedback(course, assignment))


def read_outcomes(result: Path) -> list[dict[str, Any]]:
    """Return the lines that were written, also of a run that was cut off."""
    if not result.is_file():
        return []
    lines = result.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.endswith("}")]


if __name__ == "__main__":
    main(*sys.argv[1:])
