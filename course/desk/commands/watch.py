"""The command `course watch`: collects, grades and gives feedback as submissions arrive."""

from argparse import Namespace
from datetime import datetime
from time import sleep

from course.desk import steps
from course.desk.again import Watch
from course.desk.commands.context import console, open_course
from course.desk.commands.grade import say_protection
from course.desk.deadlines.telling import settle_all
from course.desk.onekey import require_one_key
from course.desk.refused import explain_error
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_class


def watch(options: Namespace) -> int:
    """Look for submissions again and again, until Ctrl-C."""
    course = open_course()
    settings = Watch(config=course.config)
    say_protection(course)
    limit = f"{settings.tries} tries a student" if settings.tries else "any number of tries"
    console.say(
        f"watching {options.assignment}: a look every {settings.wait_seconds:g} s, {limit}; "
        "Ctrl-C stops it, and it goes on when you start it again"
    )
    done: dict[str, int] = {}
    said: list[str] | None = None
    while True:
        try:
            lines, told = take_round(course, options.assignment, done)
        except Exception as error:
            if said is None:
                raise  # the setup is wrong; later on, what is wrong may pass
            lines, told = [], str(explain_error(error)).splitlines()
        console.say(*lines, *(line for line in told if line not in (said or ())))
        said = told
        sleep(settings.wait_seconds)


def take_round(
    course: Course, assignment: str, done: dict[str, int]
) -> tuple[list[str], list[str]]:
    """Collect what has arrived, grade it and give feedback.

    Args:
        course: the course.
        assignment: its name.
        done: which copy of each student's work has been dealt with; the others are, and are added.

    Returns:
        What was done, a line first and then one a fault; and what was not collected, and why.
    """
    _, told = steps.collect_submissions(course, assignment)
    # A collected folder takes the place of the one before it, which sets this time.
    copies = {
        student: course.folder("submitted", student, assignment).stat().st_ctime_ns
        for student in course.submitted_students(assignment)
    }
    new = [student for student, copy in copies.items() if done.get(student) != copy]
    if not new:
        return [], told
    with console.status(f"{len(new)} to grade"):
        outcomes = list(grade_class(course, assignment, students=new))
        require_one_key(course, assignment)
        settle_all(course, [assignment])
        graded = [outcome.student for outcome in outcomes if outcome.fault is None]
        faults = steps.make_feedback(course, assignment, graded) if graded else []
    # Last: what could not be done is tried again in the next round.
    done.update({student: copies[student] for student in new})
    fresh = sum(outcome.fault is None and not outcome.skipped for outcome in outcomes)
    line = f"{datetime.now():%H:%M:%S} {fresh} graded, {len(graded) - len(faults)} pages given out"
    failed = [f"{one.student}: {one.fault}" for one in outcomes if one.fault]
    return [line, *(f"  {fault}" for fault in (*failed, *faults))], told
