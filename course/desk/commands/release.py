"""The command `course release`."""

from argparse import Namespace

from course.desk import steps
from course.desk.commands.context import console, open_course, shorten_path
from course.desk.gate import pass_gate
from course.desk.onekey import say_other_keys


def release(options: Namespace) -> int:
    """Make the student version and put it into the exchange."""
    course = open_course()
    steps.require_unreleased(course, options.assignment, force=options.force)
    pass_gate(course, options.assignment, console.say, unchecked=options.unchecked)
    folder = steps.release_assignment(course, options.assignment, force=options.force)
    console.print(f"{options.assignment}: released to {shorten_path(course, folder)}")
    mend = f"to grade them again: course grade {options.assignment}"
    say_other_keys(course, options.assignment, mend)
    console.print("Students now find it in JupyterLab under Nbgrader → Assignment List.")
    return 0
