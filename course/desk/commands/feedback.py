"""The command `course feedback`."""

from __future__ import annotations

from argparse import Namespace

from course.desk import steps
from course.desk.commands.context import _here, console
from course.desk.commands.due import _settle

__all__ = ["feedback"]


def feedback(options: Namespace) -> int:
    """Write the feedback pages and put them into the exchange."""
    course = _here()
    _settle(course, options.assignment)
    faults = steps.feedback(course, options.assignment, jobs=options.jobs)
    pages = len(list(course.root.glob(f"feedback/*/{options.assignment}/*.html")))
    console.print(f"{options.assignment}: {pages} pages in feedback/, put into the exchange")
    for fault in faults:
        console.print(f"  {fault}", soft_wrap=True, markup=False)
    return 1 if faults else 0
