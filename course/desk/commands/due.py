"""The command `course due`: the deadlines, who has more time, and who is late."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta

from rich.table import Table

from course.desk.classlist.people import read_names
from course.desk.commands.context import console, open_course
from course.desk.deadlines.clock import read_time, write_time
from course.desk.deadlines.extensions import FILE, extended_assignments
from course.desk.deadlines.settle import (
    Deadlines,
    PenaltyChange,
    StudentDeadline,
    read_deadlines,
    set_due,
)
from course.desk.deadlines.telling import say_penalties, say_unknown_times
from course.desk.lms.record import read_late_marks
from course.desk.report.terminal import add_people
from course.desk.words import write_duration, write_number
from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.intake.submission import shorten_name

NONE = {"none", "never", "no"}


def due(options: Namespace) -> int:
    """Set the deadline of an assignment when one is given, and show it; or show those of all."""
    course, assignment, when = open_course(), options.assignment, " ".join(options.when)
    for name in sorted(extended_assignments(course.root).difference(course.assignments())):
        line = f"{FILE} gives more time for '{shorten_name(name)}', which is no assignment here"
        console.print(f"{line}: correct the name", markup=False, soft_wrap=True)
    if assignment is None:
        for name in course.assignments():
            console.print(_due_line(course, read_deadlines(course, name)))
        return 0
    course.require_assignment(assignment)
    changes: list[PenaltyChange] = []
    if when:
        moment = None if when.strip().lower() in NONE else read_time(when, course.zone)
        # The deadline first: a page that cannot be written must not keep it from being set.
        changes = set_due(course, assignment, moment)
        _tell_students(course)
    found = read_deadlines(course, assignment)
    console.say(_due_line(course, found))
    if found.due is not None:
        console.say(_penalty_words(course))
        if not when:
            _list_students(course, found)
    say_penalties(changes)
    return 0


def _tell_students(course: Course) -> None:
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


def _due_line(course: Course, found: Deadlines) -> str:
    if found.due is None:
        return f"{found.assignment}: no deadline"
    left = found.due - datetime.now(UTC)
    passed = ", passed" if left < timedelta() else ""
    return f"{found.assignment}: due {write_time(found.due, course.zone)}{passed}"


def _penalty_words(course: Course) -> str:
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
