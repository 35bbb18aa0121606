"""The gate before a student version: `course generate`, `course release` and nbgrader's own way.

nbgrader's own command and the Formgrader's button come through `before_generate`.
"""

from collections.abc import Callable
from logging import LoggerAdapter
from pathlib import Path

from traitlets.log import get_logger

from course.desk.modelanswers import require_model_answers
from course.desk.refused import explain_error
from course.desk.soundsource import require_sound_source
from course.grader.coursedir import Course, find_course
from course.grader.run.ordinary import ORDINARY, ordinary_questions


def pass_gate(
    course: Course, assignment: str, say: Callable[[str], object], *, unchecked: bool = False
) -> None:
    """Say which checks are not protected, and what the model answers earn.

    Args:
        course: the course; nothing in it is changed.
        assignment: its name.
        say: takes each line.
        unchecked: go on without grading the model answers.

    Raises:
        CourseError: a cell has a slip, the settings refuse a check, or a key does not fit its own
            model answer.
    """
    require_sound_source(course, course.require_assignment(assignment))
    for question in ordinary_questions(course, assignment):
        say(ORDINARY.format(question))
    if unchecked:
        return
    say(f"{assignment}: {require_model_answers(course, assignment).earned}")


def before_generate(assignment: str, student: str, notebooks: list[str]) -> None:
    """Let an assignment through the gate, or stop nbgrader.

    For `c.GenerateAssignment.pre_convert_hook`: the Formgrader's button and `nbgrader
    generate_assignment` then say and refuse what `course generate` does.

    Raises:
        SystemExit: something is refused; nbgrader goes on after other errors.
    """
    log, said, refused = get_logger(), list[str](), None
    own = log.logger if isinstance(log, LoggerAdapter) else log
    handlers, propagate = [*own.handlers], own.propagate
    try:
        # Not by the working folder, which is the Formgrader's.
        pass_gate(Course(find_course(Path(notebooks[0]).parent)), assignment, said.append)
    except Exception as error:  # nbgrader goes on after any but the end of its program
        refused = explain_error(error)
    finally:  # the trial of the model answers silenced nbgrader's log, which is the same one
        own.handlers, own.propagate = handlers, propagate
    for line in said:
        log.warning("%s", line)
    if refused:
        log.error("%s", refused)
        raise SystemExit(1)
