"""The command `course feedback`."""

from argparse import Namespace

from course.desk import steps
from course.desk.commands.context import console, open_course
from course.desk.commands.export import read_titles
from course.desk.deadlines.telling import settle_all
from course.desk.lms.giveback import give_back
from course.desk.onekey import require_one_key


def feedback(options: Namespace) -> int:
    """Write the feedback pages; give them back by the exchange, an LMS, or as files to send."""
    course = open_course()
    require_one_key(course, options.assignment)
    settle_all(course, [options.assignment])
    faults = steps.make_feedback(course, options.assignment)
    titles = read_titles(options.title)
    said = give_back(course, options.assignment, options.kind, options.people, titles)
    console.say(*said, *(f"  {fault}" for fault in faults))
    return 1 if faults else 0
