"""What each word of the command `course` does; every function returns the exit code."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from course.errors import CourseError
from course.grading import steps
from course.grading.autograde import Outcome, grade_class
from course.grading.coursedir import Course, find_course
from course.grading.faults import Fault
from course.grading.protection import not_protected
from course.report import tables
from course.report.gradebook import read_report
from course.screen import Screen

__all__ = [
    "collect",
    "demo",
    "doctor",
    "due",
    "export",
    "extend",
    "feedback",
    "generate",
    "grade",
    "grade_with_progress",
    "key",
    "lab",
    "regrade",
    "release",
    "report",
    "roster",
    "say_faults",
    "say_protection",
    "show",
]

console = Screen()


def _here() -> Course:
    return Course(find_course())


def _shown(course: Course, path: Path) -> str:
    """Return a path as short as it can be said from the course folder."""
    path = path.resolve()
    return str(path.relative_to(course.root)) if path.is_relative_to(course.root) else str(path)


def generate(options: Namespace) -> int:
    """Make the student notebooks in release/."""
    course = _here()
    for assignment in options.assignment or course.assignments():
        _look_at_checks(course, assignment, options)
        folder = steps.generate(course, assignment)
        console.print(f"{assignment}: the student version is in {_shown(course, folder)}")
    return 0


def release(options: Namespace) -> int:
    """Make the student version and put it into the exchange."""
    course = _here()
    steps.require_unreleased(course, options.assignment, force=options.force)
    _look_at_checks(course, options.assignment, options)
    folder = steps.release(course, options.assignment, force=options.force)
    console.print(f"{options.assignment}: released to {_shown(course, folder)}")
    console.print("Students now find it in JupyterLab under Nbgrader → Assignment List.")
    return 0


def _look_at_checks(course: Course, assignment: str, options: Namespace) -> None:
    """Say which checks are not protected; refuse a key that its own model answer does not fit."""
    from course.grading.modelanswers import require_model_answers
    from course.grading.ordinary import ordinary_questions

    for question in ordinary_questions(course, course.require(assignment)):
        console.print(
            f"question {question} is tested in nbgrader's ordinary way: it can be forged and its "
            "key read",
            soft_wrap=True,
        )
    if options.unchecked:
        return
    found = require_model_answers(course, assignment)
    hand = f"; {found.by_hand:g} more are given by hand" if found.by_hand else ""
    console.print(
        f"{assignment}: the model answers earn {found.points:g} of {found.maximum:g} points{hand}"
    )


def collect(options: Namespace) -> int:
    """Fetch the students' submissions, or take them from a download of an LMS."""
    course = _here()
    if options.source is not None:
        from course.lms.command import run

        return run(console, course, options)
    students = steps.collect(course, options.assignment)
    console.print(f"{options.assignment}: {len(students)} submissions in submitted/")
    return 0


def grade(options: Namespace) -> int:
    """Grade the collected submissions; 0 also when some could not be graded (they are named)."""
    course = _here()
    assignment = options.named or options.assignment
    if bool(assignment) == options.all:
        raise CourseError(
            where="course grade",
            expected="the name of an assignment, e.g. course grade votes, or --all",
            found=f"both: {assignment} and --all" if assignment else "none",
            todo="one of: " + ", ".join([*course.assignments(), "--all"]),
        )
    how = {name: getattr(options, name) for name in ("student", "force", "jobs", "scheduler")}
    if options.all:
        return _grade_all(course, how, options.json)
    if options.json:
        return _grade_as_json(course, assignment, how)
    say_protection(course)
    outcomes = grade_with_progress(course, assignment, **how)
    faults = {o.student: o.fault for o in outcomes if o.fault}
    console.print(tables.students(read_report(course, assignment), faults))
    _say_late(course, assignment)
    say_faults(outcomes)
    return 0


def _grade_all(course: Course, how: dict[str, Any], as_json: bool) -> int:
    """Grade every assignment that has submissions, and say what came out in one table."""
    from course.report.command import grade_all, with_submissions

    names = with_submissions(course, how["student"])
    if as_json:
        return max(_grade_as_json(course, name, how) for name in names)
    say_protection(course)

    def one(name: str) -> list[Outcome]:
        return grade_with_progress(course, name, title=name, **how)

    grade_all(course, names, one, console)
    return 0


def _grade_as_json(course: Course, assignment: str, how: dict[str, Any]) -> int:
    """Grade, saying each outcome as a line of JSON and the counts as the last one."""
    outcomes = []
    for outcome in grade_class(course, assignment, **how):
        outcomes.append(outcome)
        print(json.dumps({"event": "submission", "assignment": assignment, **vars(outcome)}))
    counts = {
        "event": "end",
        "assignment": assignment,
        "graded": sum(o.fault is None and not o.skipped for o in outcomes),
        "unchanged": sum(o.skipped for o in outcomes),
        "failed": sum(o.fault is not None for o in outcomes),
        "not_protected": list(not_protected(course)),
    }
    print(json.dumps(counts), flush=True)
    return 0


def say_protection(course: Course, console: Console = console) -> None:
    """Say in one line what the sandbox cannot protect on this machine; nothing where it can all."""
    if missing := not_protected(course):
        words = " ".join(missing)
        console.print(f"NOT PROTECTED from students' code: {words}", markup=False, soft_wrap=True)
        console.print("  (course doctor says how to mend it)")


def grade_with_progress(
    course: Course,
    assignment: str,
    *,
    student: str | None = None,
    force: bool = False,
    jobs: int | None = None,
    scheduler: str | None = None,
    console: Console = console,
    title: str = "",
) -> list[Outcome]:
    """Grade with a progress bar, and return the outcomes sorted by student."""
    outcomes: list[Outcome] = []
    columns = (
        TextColumn(f"grading {title}".strip(), markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[faults]} faults"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    total = 1 if student else len(course.submitted_students(assignment))
    how = {"student": student, "force": force, "jobs": jobs, "scheduler": scheduler}
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("grading", total=total, faults=0)
        for outcome in grade_class(course, assignment, **how):  # type: ignore[arg-type]
            outcomes.append(outcome)
            faults = sum(o.fault is not None or bool(o.faults) for o in outcomes)
            progress.update(bar, advance=1, faults=faults)
    return sorted(outcomes, key=lambda o: o.student)


def say_faults(outcomes: list[Outcome], console: Console = console) -> None:
    """Say how many were graded and name each fault with its reason."""
    faults = {o.student: o.fault for o in outcomes if o.fault}
    skipped = sum(o.skipped for o in outcomes)
    console.print(
        f"{len(outcomes) - len(faults) - skipped} graded, {skipped} unchanged since the last time, "
        f"{len(faults)} could not be graded" + (":" if faults else "")
    )
    for line in tables.fault_lines(faults):
        console.print(line, soft_wrap=True, markup=False)
    lines = [line for outcome in outcomes for line in _cell_lines(outcome)]
    if lines:
        console.print("In single cells; the other questions were graded:")
    for line in lines:
        console.print(line, soft_wrap=True, markup=False)


def _cell_lines(outcome: Outcome) -> list[str]:
    """Return one line for each thing that went wrong in, or was mended of, a submission."""
    if outcome.fault or outcome.skipped:
        return []
    faults = [Fault(**fault).line() for fault in outcome.faults]
    return [f"  {outcome.student}: {line}" for line in (*faults, *outcome.remarks)]


def due(options: Namespace) -> int:
    """Set or show a deadline."""
    from course.due import set_or_show

    return set_or_show(console, _here(), options.assignment, options.when)


def extend(options: Namespace) -> int:
    """Give one student more time."""
    from course.due import give_more_time

    how = {name: getattr(options, name) for name in ("days", "hours", "until", "none")}
    return give_more_time(console, _here(), options.assignment, options.student, **how)


def roster(options: Namespace) -> int:
    """Show the roster, or read it from a file."""
    from course.roster.command import run

    return run(console, _here(), options.action, options.file, dry_run=options.dry_run)


def _say_late(course: Course, assignment: str) -> None:
    """Say what lateness takes from the points of a table."""
    from course.due import say_late

    say_late(console, course, assignment)


def _settle(course: Course, *assignments: str) -> None:
    """Bring late penalties in step with points that came by hand."""
    from course.due import settle_all

    settle_all(console, course, assignments)


def regrade(options: Namespace) -> int:
    """Show what a changed key changes, and write it when that is agreed to."""
    from course.regrade.command import run

    return run(
        console,
        _here(),
        options.assignment,
        student=options.student,
        apply=options.apply,
        dry_run=options.dry_run,
        jobs=options.jobs,
        as_lines=options.json,
    )


def key(options: Namespace) -> int:
    """Build the key of an assignment from its readings."""
    from course.keys.command import run

    return run(
        console,
        find_course(),
        options.assignment,
        check=options.check,
        add=options.add,
        reader=options.reader,
    )


def feedback(options: Namespace) -> int:
    """Write the feedback pages and put them into the exchange."""
    course = _here()
    _settle(course, options.assignment)
    faults = steps.feedback(course, options.assignment, jobs=options.jobs)
    pages = len(list(course.root.glob(f"feedback/*/{options.assignment}/*.html")))
    console.print(f"{options.assignment}: {pages} pages in feedback/, put into the exchange")
    for fault in faults:
        console.print(f"  {fault}", soft_wrap=True, markup=False)
    return 1 if faults else 0


def report(options: Namespace) -> int:
    """Show what the class did and found hard, and write it as a page."""
    from course.report.command import show_report

    course = _here()
    names = [options.assignment] if options.assignment else course.assignments()
    _settle(course, *names)
    show_report(course, options.assignment, options.to, console)
    for name in names:
        _say_late(course, name)
    return 0


def show(options: Namespace) -> int:
    """Write one submission as a page."""
    from course.report.show import write_pages

    course = _here()
    folder = course.folder("report", options.student, options.assignment)
    for page in write_pages(course, options.assignment, options.student, folder):
        console.print(f"the submission as a page:  {page}", soft_wrap=True, markup=False)
    return 0


def export(options: Namespace) -> int:
    """Write the grades to a file."""
    from course.report.export.command import run

    course = _here()
    _settle(course, *course.assignments())
    return run(console, course, options)


def demo(options: Namespace) -> int:
    """Run the whole loop on a simulated class."""
    from course.demo import run_demo

    return run_demo(find_course(), folder=options.folder, jobs=options.jobs, console=console)


def lab(options: Namespace) -> int:
    """Open JupyterLab for one of the two seats."""
    from course.seat.lab import open_lab

    return open_lab(_here(), options.role, options.student, options.jupyter)


def doctor(options: Namespace) -> int:
    """Check the set-up."""
    from course.doctor import examine

    return examine(console)
