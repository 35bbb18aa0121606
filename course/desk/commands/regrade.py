"""The command `course regrade`: shows, asks, applies."""

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from course.desk.classlist.people import read_names
from course.desk.commands.context import console, open_course
from course.desk.regrade.plan import Plan, Told, finish_leftovers, plan_regrade
from course.desk.regrade.say import as_json, say_changes
from course.errors import CourseError
from course.grader.book.state import Outcome
from course.grader.coursedir import Course


def regrade(options: Namespace) -> int:
    """Show what the keys in source/ would change; write it when that is agreed to."""
    course, assignment, student = open_course(), options.assignment, options.student
    if options.apply and (student or options.dry_run):
        raise CourseError(
            where="course regrade",
            expected="--apply for the whole class, or --dry-run, or --student to look at one",
            found="--apply together with " + ("--student" if student else "--dry-run"),
            todo="leave one out; a new key holds for everybody",
        )
    if finish_leftovers(course, assignment) and not options.json:
        console.print("An earlier run that was stopped half way came to its end.")
    with (
        _show_progress(console, quiet=options.json) as told,
        plan_regrade(course, assignment, student=student, jobs=options.jobs, told=told) as plan,
    ):
        told(-1, 0)
        if options.json:
            if options.apply:
                _require_checks_that_run(plan)
            return _run_as_json(course, plan, options.apply)
        say_changes(console, plan.changes, read_names(course), student=student)
        looks_only = student or options.dry_run
        if not looks_only:
            _require_checks_that_run(plan)
        if looks_only or not (options.apply or _ask_yes()):
            console.print("Nothing was written.")
            return 0
        outcomes = list(plan.apply(course))
        console.print(f"{len(outcomes)} grades written.", highlight=False)
        console.print(f"The feedback pages are those of before: course feedback {assignment}")
    return 0


def _run_as_json(course: Course, plan: Plan, apply: bool) -> int:
    outcomes: list[Outcome] = list(plan.apply(course)) if apply else []
    for record in as_json(plan.changes):
        if record["event"] == "end":
            record |= {"applied": apply, "written": len(outcomes)}
        print(json.dumps(record), flush=True)
    return 0


def _require_checks_that_run(plan: Plan) -> None:
    """Raise when a check fails for everybody: that is no matter of answers."""
    names = plan.changes.broken_checks()
    if names:
        raise CourseError(
            where=f"source/{plan.changes.assignment}: the check of {', '.join(names)}",
            expected="a check that runs",
            found=f"an error for all {len(plan.changes.students)} students; nothing was written",
            todo="fix the check (the error is above), then run this again",
        )


def _ask_yes() -> bool:
    """Ask; no answer is a no."""
    try:
        return input("Apply this? [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        print()
        return False


@contextmanager
def _show_progress(console: Console, *, quiet: bool) -> Iterator[Told]:
    """Give a function that moves a bar on; a total of 0 takes the bar away."""
    columns = (
        TextColumn("grading again"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    quiet = quiet or not console.is_terminal
    progress = Progress(*columns, console=console, transient=True, disable=quiet)
    bar = progress.add_task("grading again", total=None)

    def move_bar(done: int, total: int) -> None:
        if done < 0:
            progress.stop()
        else:
            progress.update(bar, completed=done, total=total)

    with progress:
        yield move_bar
