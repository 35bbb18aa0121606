"""The command `course feedback`."""

from __future__ import annotations

from argparse import Namespace

from course.desk import steps
from course.desk.commands.context import console, open_course
from course.desk.commands.due import _settle_penalties
from course.desk.onekey import require_one_key

__all__ = ["feedback"]


def feedback(options: Namespace) -> int:
    """Write the feedback pages and put them into the exchange."""
    course = open_course()
    require_one_key(course, options.assignment)
    _settle_penalties(course, options.assignment)
    faults = steps.make_feedback(course, options.assignment, jobs=options.jobs)
    pages = len(list(course.root.glob(f"feedback/*/{options.assignment}/*.html")))
    console.print(f"{options.assignment}: {pages} pages in feedback/, put into the exchange")
    for fault in faults:
        console.print(f"  {fault}", soft_wrap=True, markup=False)
    return 1 if faults else 0
