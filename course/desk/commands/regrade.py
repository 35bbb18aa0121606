"""The command `course regrade`: shows, asks, applies."""

from argparse import Namespace
from functools import partial

from course.desk.classlist.people import read_names
from course.desk.commands.context import console, open_course
from course.desk.regrade.plan import Plan, finish_leftovers, plan_regrade
from course.desk.regrade.say import say_changes
from course.desk.screen import make_bar
from course.errors import CourseError


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
    if finish_leftovers(course, assignment):
        console.print("An earlier run that was stopped half way came to its end.")
    progress = make_bar("grading again", transient=True, disable=not console.is_terminal)
    told = partial(progress.update, progress.add_task("grading again", total=None))
    with (
        progress,
        plan_regrade(course, assignment, student=student, jobs=options.jobs, told=told) as plan,
    ):
        progress.stop()
        say_changes(plan.changes, read_names(course), student=student)
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
