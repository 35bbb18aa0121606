"""The command `course generate`."""

from argparse import Namespace

from course.desk import steps
from course.desk.commands.context import console, open_course, shorten_path
from course.desk.gate import pass_gate


def generate(options: Namespace) -> int:
    """Make the student notebooks in release/."""
    course = open_course()
    for assignment in options.assignment or course.assignments():
        pass_gate(course, assignment, console.say, unchecked=options.unchecked)
        folder = steps.generate_assignment(course, assignment)
        console.print(f"{assignment}: the student version is in {shorten_path(course, folder)}")
    return 0
