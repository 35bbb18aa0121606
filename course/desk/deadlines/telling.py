"""The commands `course due` and `course extend`: deadlines, and more time for one student."""

import difflib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from rich.table import Table

from course.desk.classlist.people import read_names
from course.desk.deadlines.clock import read_time, write_time
from course.desk.deadlines.extensions import FILE, MOST, extended_assignments
from course.desk.deadlines.settle import (
    Deadlines,
    PenaltyChange,
    StudentDeadline,
    extend_deadline,
    read_deadlines,
    set_due,
    settle_penalties,
)
from course.desk.deadlines.unknown import say_unknown_times
from course.desk.lms.record import read_late_marks
from course.desk.report.terminal import add_people
from course.desk.screen import console
from course.desk.words import write_count, write_duration, write_number
from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.intake.submission import shorten_name

NONE = {"none", "never", "no"}


def set_or_show(course: Course, assignment: str | None, when: str | None) -> int:
    """Set the deadline of an assignment when one is given, and show it; 0.

    Args:
        course: the course.
        assignment: its name; None shows the deadlines of all.
        when: a time as `read_time` reads it, "none" to take the deadline away, None to show it.
    """
    zone = course.zone
    for name in sorted(extended_assignments(course.root).difference(course.assignments())):
        line = f"{FILE} gives more time for '{shorten_name(name)}', which is no assignment here"
        console.print(f"{line}: correct the name", markup=False, soft_wrap=True)
    if assignment is None:
        for name in course.assignments():
            console.print(_due_line(read_deadlines(course, name), zone))
        return 0
    course.require_assignment(assignment)
    changes: list[PenaltyChange] = []
    if when is not None:
        moment = None if when.strip().lower() in NONE else read_time(when, zone)
        # The deadline first: a page that cannot be written must not keep it from being set.
        changes = set_due(course, assignment, moment)
        tell_students(course)
    found = read_deadlines(course, assignment)
    console.say(_due_line(found, zone))
    if found.due is not None:
        console.say(penalty_words(course))
        if when is None:
            _list_students(course, found)
    say_penalties(changes)
    return 0


def tell_students(course: Course) -> None:
    """Bring the due dates on the students' start page up to date, if anything is released."""
    from course.desk.seats.notice import publish_notice

    outbound = course.exchange / course.course_id / "outbound"
    if not outbound.is_dir():
        return
    try:
        publish_notice(outbound, str(course.config.CourseDirectory.db_url), course.course_id)
    except OSError as error:
        raise CourseError(
            f"course due: {outbound}",
            "a folder that can be written, for the students' start page",
            f"{error}; the deadline itself is set",
            "course doctor; then set the deadline again",
        ) from error


def _due_line(found: Deadlines, zone: tzinfo) -> str:
    if found.due is None:
        return f"{found.assignment}: no deadline"
    left = found.due - datetime.now(UTC)
    passed = ", passed" if left < timedelta() else ""
    return f"{found.assignment}: due {write_time(found.due, zone)}{passed}"


def penalty_words(course: Course) -> str:
    """Say in one line what lateness costs by the settings."""
    from nbgrader.preprocessors import AssignLatePenalties

    from course.desk.deadlines.late import LateSteps

    step = AssignLatePenalties(config=course.config)
    step.init_plugin()
    plugin = step.plugin_inst
    if not isinstance(plugin, LateSteps):
        return f"Late: by {type(plugin).__name__}, see nbgrader_config.py."
    if not plugin.percent_a_day:
        return "Late: shown, and costs nothing (c.LateSteps.percent_a_day in nbgrader_config.py)."
    most = f", {plugin.max_percent:g} % at most" if plugin.max_percent < 100 else ""
    return (
        f"Late: {plugin.percent_a_day:g} % of the points earned for each day begun, "
        f"after {plugin.grace_minutes:g} minutes of grace{most}."
    )


def _list_students(course: Course, found: Deadlines) -> None:
    """Show who has more time and who is late, and whose time of handing in is not known."""
    unknown = [s.student for s in found.students.values() if s.handed_in and s.submitted is None]
    marked = sorted(read_late_marks(course.root, found.assignment).intersection(unknown))
    there = sum(s.handed_in for s in found.students.values())
    console.say(*say_unknown_times(found.assignment, unknown, marked, there))
    # A table of a whole class that is on time says nothing.
    listed = [s for s in found.students.values() if s.extension or s.seconds_late]
    if not listed:
        console.print(
            "Nobody has more time, and nobody is known to be late."
            if unknown or marked
            else "Nobody has more time, and nobody is late."
        )
        return
    table = Table(title="more time, and late", title_justify="left")
    shown = add_people(table, read_names(course))
    for name in ("more time", "due", "late"):
        table.add_column(name, overflow="fold")
    table.add_column("takes", no_wrap=True, justify="right")
    for one in listed:
        due = write_time(one.due, course.zone) if one.extension and one.due else ""
        table.add_row(
            *shown(one.student),
            write_duration(one.extension.total_seconds()) if one.extension else "",
            due,
            _lateness_words(one),
            write_number(one.penalty or None, ""),
        )
    console.print(table)


def _lateness_words(one: StudentDeadline) -> str:
    if one.submitted is None:
        return "not known" if one.handed_in else "not handed in"
    return write_duration(one.seconds_late) if one.seconds_late else "in time"


def say_penalties(changes: Iterable[PenaltyChange]) -> None:
    """Say which late penalties are not what they were."""
    for change in changes:
        before, after = write_number(change.before), write_number(change.after)
        console.say(f"late penalty of {change.student}: {before} → {after} points")


def say_late(course: Course, assignment: str) -> None:
    """Say in one line what lateness takes, where a table shows points without it."""
    late = [s.penalty for s in read_deadlines(course, assignment).students.values() if s.penalty]
    if late:
        who = write_count(len(late), "student loses", "students lose")
        console.say(
            f"For lateness {who} {write_number(sum(late))} points in all, not taken off in "
            f"this table: course due {assignment}"
        )


def settle_all(course: Course, assignments: Iterable[str]) -> None:
    """Bring late penalties in step with the points that there are now, and say what changed."""
    for assignment in assignments:
        say_penalties(settle_penalties(course, assignment))


def give_more_time(
    course: Course,
    assignment: str,
    student: str,
    *,
    days: float | None = None,
    hours: float | None = None,
    until: str | None = None,
    none: bool = False,
) -> int:
    """Give one student more time, in place of what was given before; 0.

    Args:
        course: the course.
        assignment: its name.
        student: the student's id, with or without a submission.
        days, hours: how much later than the others.
        until: until when, as `read_time` reads it.
        none: take the extension away.

    Raises:
        CourseError: an unknown student, no time or a time that is not later.
    """
    course.require_assignment(assignment)
    zone = course.zone
    found = read_deadlines(course, assignment)
    _require_student(found, student)
    more = _read_extension(found, zone, days, hours, until, none)
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


def _read_extension(
    found: Deadlines,
    zone: tzinfo,
    days: float | None,
    hours: float | None,
    until: str | None,
    none: bool,
) -> timedelta | None:
    """Return how much more time is meant; None to take it away."""
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
