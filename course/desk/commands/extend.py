"""The command `course extend`: more time for one student."""

import difflib
from argparse import Namespace
from datetime import timedelta, tzinfo

from course.desk.commands.context import console, open_course
from course.desk.deadlines.clock import read_time, write_time
from course.desk.deadlines.extensions import MOST
from course.desk.deadlines.settle import Deadlines, extend_deadline, read_deadlines
from course.desk.deadlines.telling import say_penalties
from course.desk.words import write_duration
from course.errors import CourseError
from course.grader.intake.submission import shorten_name


def extend(options: Namespace) -> int:
    """Give one student more time, in place of what was given before.

    Raises:
        CourseError: an unknown student, no time or a time that is not later.
    """
    course, assignment, student = open_course(), options.assignment, options.student
    zone = course.zone
    found = read_deadlines(course, course.require_assignment(assignment))
    _require_student(found, student)
    more = _read_extension(found, zone, options)
    changes = extend_deadline(course, assignment, student, more)
    due = read_deadlines(course, assignment).students[student].due if more else found.due
    when = f", due {write_time(due, zone)}" if due is not None else "; there is no deadline yet"
    long = f"{write_duration(more.total_seconds())} more" if more else ""
    console.say(f"{assignment}, {student}: {long or 'no more time than the others'}{when}")
    say_penalties(changes)
    return 0


def _require_student(found: Deadlines, student: str) -> None:
    """Raise when nobody is called so."""
    if student in found.students:
        return
    near = map(shorten_name, difflib.get_close_matches(student, found.students, n=3))
    raise CourseError(
        where=f"student '{shorten_name(student)}'",
        expected="a student on the roster, or with a submission",
        found=f"nobody of that id; near to it: {', '.join(near) or 'none'}",
        todo="correct the id (course roster lists them), or enter the student first: "
        "course roster import FILE",
    )


def _read_extension(found: Deadlines, zone: tzinfo, options: Namespace) -> timedelta | None:
    """Return how much more time is meant; None to take it away."""
    days, hours, none = options.days, options.hours, options.none
    until = " ".join(options.until) if options.until else None
    spans = days is not None or hours is not None
    # Two ways to say when could contradict each other.
    if spans + (until is not None) + none != 1:
        raise CourseError(
            where="course extend",
            expected="one of --days (with --hours), --until TIME, --none",
            found="none of them" if not (spans or until or none) else "several",
            todo="for example: --days 2",
        )
    if none:
        return None
    if until is None:
        span = 24 * (days or 0) + (hours or 0)
        more = timedelta(hours=span) if abs(span) < 1e6 else timedelta.max
    elif found.due is None:
        raise CourseError(
            where=f"the deadline of '{found.assignment}'",
            expected="a deadline to count the extension from",
            found="none",
            todo=f"set it first (course due {found.assignment} TIME), or give --days",
        )
    else:
        more = read_time(until, zone) - found.due
    if more > MOST:
        raise CourseError(
            where="course extend",
            expected="ten years more at most",
            found=until or f"{hours} hours" if days is None else f"{days} days",
            todo="correct the time",
        )
    if more <= timedelta():
        due = write_time(found.due, zone) if found.due else "not set"
        raise CourseError(
            where="course extend",
            expected=f"a time after the deadline, which is {due}",
            found=until or f"{more.total_seconds() / 86400:g} days",
            todo="give a later time; to take an extension away: --none",
        )
    return more
