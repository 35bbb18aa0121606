"""The commands `course due` and `course extend`: deadlines, and more time for one student."""

import difflib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from rich.console import Console
from rich.table import Table

from course.desk.classlist.people import read_names
from course.desk.deadlines.clock import read_time, write_time
from course.desk.deadlines.settle import (
    Deadlines,
    PenaltyChange,
    StudentDeadline,
    extend_deadline,
    read_deadlines,
    set_due,
    settle_penalties,
)
from course.desk.lms.record import read_late_marks
from course.desk.report.terminal import add_people
from course.desk.words import write_number
from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.intake.submission import shorten_name

NONE = {"none", "never", "no"}


def set_or_show(console: Console, course: Course, assignment: str | None, when: str | None) -> int:
    """Set the deadline of an assignment when one is given, and show it; 0.

    Args:
        console: where to print.
        course: the course.
        assignment: its name; None shows the deadlines of all.
        when: a time as `read_time` reads it, "none" to take the deadline away, None to show it.
    """
    zone = course.zone
    if assignment is None:
        for name in course.assignments():
            console.print(_due_line(read_deadlines(course, name), zone), markup=False)
        return 0
    course.require_assignment(assignment)
    changes: list[PenaltyChange] = []
    if when is not None:
        moment = None if when.strip().lower() in NONE else read_time(when, zone)
        # The deadline first: a page that cannot be written must not keep it from being set.
        changes = set_due(course, assignment, moment)
        tell_students(course)
    found = read_deadlines(course, assignment)
    console.print(_due_line(found, zone), markup=False, soft_wrap=True)
    if found.due is not None:
        console.print(penalty_words(course), markup=False, soft_wrap=True)
        if when is None:
            _list_students(console, course, found)
    say_penalties(console, changes)
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


def _list_students(console: Console, course: Course, found: Deadlines) -> None:
    """Show who has more time and who is late, and whose time of handing in is not known."""
    if marked := sorted(read_late_marks(course.root, found.assignment)):
        console.print(
            f"Late, says Canvas, without a time: {', '.join(marked)}. Nothing is taken off for it "
            "here: Canvas can do that itself (Gradebook → Settings → Late Policies)",
            soft_wrap=True,
        )
    unknown = [s.student for s in found.students.values() if s.handed_in and s.submitted is None]
    if unknown:
        console.print(
            f"When did they hand in? Nobody knows, so it is not known who was late: "
            f"{', '.join(unknown)}. Write the time into submitted/STUDENT/{found.assignment}/"
            f"timestamp.txt (2026-05-12 18:00 -05:00), then: course grade {found.assignment}",
            markup=False,
            soft_wrap=True,
        )
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
    for name in ("more time", "due", "late", "takes"):
        table.add_column(name, no_wrap=True, justify="right" if name == "takes" else "left")
    for one in listed:
        due = write_time(one.due, course.zone) if one.extension and one.due else ""
        table.add_row(
            *shown(one.student),
            time_words(one.extension),
            due,
            _lateness_words(one),
            write_number(one.penalty or None, ""),
        )
    console.print(table)


def _lateness_words(one: StudentDeadline) -> str:
    if one.submitted is None:
        return "not known" if one.handed_in else "not handed in"
    return time_words(timedelta(seconds=one.seconds_late)) or "in time"


def time_words(time: timedelta) -> str:
    """Say how long: "2 days 3 h", "10 min"; "" for none."""
    minutes = round(time.total_seconds() / 60)
    if time and not minutes:
        return "less than 1 min"
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    words = [f"{days} day{'s' if days > 1 else ''}"] if days else []
    words += [f"{hours} h"] if hours else []
    words += [f"{minutes} min"] if minutes else []
    return " ".join(words)


def say_penalties(console: Console, changes: Iterable[PenaltyChange]) -> None:
    """Say which late penalties are not what they were."""
    for change in changes:
        before, after = write_number(change.before), write_number(change.after)
        console.print(
            f"late penalty of {change.student}: {before} → {after} points",
            markup=False,
            soft_wrap=True,
        )


def say_late(console: Console, course: Course, assignment: str) -> None:
    """Say in one line what lateness takes, where a table shows points without it."""
    late = [s.penalty for s in read_deadlines(course, assignment).students.values() if s.penalty]
    if late:
        who = "1 student loses" if len(late) == 1 else f"{len(late)} students lose"
        console.print(
            f"For lateness {who} {write_number(sum(late))} points in all, not taken off in "
            f"this table: course due {assignment}",
            soft_wrap=True,
        )


def settle_all(console: Console, course: Course, assignments: Iterable[str]) -> None:
    """Bring late penalties in step with the points that there are now, and say what changed."""
    for assignment in assignments:
        say_penalties(console, settle_penalties(course, assignment))


def give_more_time(
    console: Console,
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
        console: where to print.
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
    what = f"{time_words(more)} more" if more else "no more time than the others"
    console.print(f"{assignment}, {student}: {what}{when}", markup=False, soft_wrap=True)
    say_penalties(console, changes)
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
        more = timedelta(days=days or 0, hours=hours or 0)
    elif found.due is None:
        raise CourseError(
            where=f"the deadline of '{found.assignment}'",
            expected="a deadline to count the extension from",
            found="none",
            todo=f"set it first (course due {found.assignment} TIME), or give --days",
        )
    else:
        more = read_time(until, zone) - found.due
    if more <= timedelta():
        due = write_time(found.due, zone) if found.due else "not set"
        raise CourseError(
            where="course extend",
            expected=f"a time after the deadline, which is {due}",
            found=until or f"{more.total_seconds() / 86400:g} days",
            todo="give a later time; to take an extension away: --none",
        )
    return more
