"""What several commands need: the course that is open, the screen, and a look at its checks."""

from argparse import Namespace
from pathlib import Path

from course.desk.screen import Screen
from course.grader.coursedir import Course, find_course

console = Screen()


def open_course() -> Course:
    """Return the course in whose folder the command was called."""
    return Course(find_course())


def shorten_path(course: Course, path: Path) -> str:
    """Return a path as short as it can be said from the course folder."""
    path = path.resolve()
    return str(path.relative_to(course.root)) if path.is_relative_to(course.root) else str(path)


def check_assignment(course: Course, assignment: str, options: Namespace) -> None:
    """Say which checks are not protected; refuse a key that its own model answer does not fit."""
    from course.desk.modelanswers import require_model_answers
    from course.grader.intake.slips import require_sound_source
    from course.grader.run.ordinary import ORDINARY, ordinary_questions

    require_sound_source(course, course.require_assignment(assignment))
    for question in ordinary_questions(course, assignment):
        console.print(ORDINARY.format(question), soft_wrap=True)
    if options.unchecked:
        return
    found = require_model_answers(course, assignment)
    hand = f"; {found.by_hand:g} more are given by hand" if found.by_hand else ""
    console.print(
        f"{assignment}: the model answers earn {found.points:g} of {found.maximum:g} points{hand}"
    )
