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
    console.say(f"{notebook}  the notebook, with an example of each kind of question")
    console.say(f"{text}  what each paragraph of the text says")
    console.say(f"{listed}  right and wrong answers, to try the keys")
    console.say(f"Open it: course lab -- {notebook}")
    console.say(f"See what is missing: course check {name}")
    return 0
