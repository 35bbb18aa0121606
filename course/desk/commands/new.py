"""The command `course new`."""

from argparse import Namespace

from course.desk.authoring.begin import begin_assignment
from course.desk.commands.context import console, open_course, shorten_path


def new(options: Namespace) -> int:
    """Begin another assignment, with an example of each kind of question."""
    course, name = open_course(), options.assignment
    notebook, text, listed = (
        shorten_path(course, path) for path in begin_assignment(course.root, name, options.kinds)
    )
    console.print(
        f"{notebook}  the notebook, with an example of each kind of question", soft_wrap=True
    )
    console.print(f"{text}  what each paragraph of the text says", soft_wrap=True)
    console.print(f"{listed}  right and wrong answers, to try the keys", soft_wrap=True)
    console.print(f"Open it: course lab -- {notebook}", soft_wrap=True)
    console.print(f"See what is missing: course check {name}", soft_wrap=True)
    return 0
