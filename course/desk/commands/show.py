"""The command `course show`."""

from argparse import Namespace

from course.desk.commands.context import console, open_course


def show(options: Namespace) -> int:
    """Write one submission as a page."""
    from course.desk.feedback.show import write_pages

    course = open_course()
    folder = course.folder("report", options.student, options.assignment)
    for page in write_pages(course, options.assignment, options.student, folder):
        console.say(f"the submission as a page:  {page}")
    return 0
