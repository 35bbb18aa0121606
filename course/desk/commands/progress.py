"""Says how grading goes, and what came of it."""

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

from course.desk.commands.context import console
from course.desk.onekey import say_other_keys
from course.desk.protection import not_protected
from course.desk.report import terminal
from course.grader.book.state import Outcome
from course.grader.coursedir import Course
from course.grader.faults import Fault
from course.grader.run.autograde import grade_class


def say_protection(course: Course, console: Console = console) -> None:
    """Say in one line what the sandbox cannot protect on this machine; nothing where it can all."""
    if missing := not_protected(course):
        words = " ".join(missing)
        console.print(f"NOT PROTECTED from students' code: {words}", markup=False, soft_wrap=True)
        console.print("  (course doctor says how to fix it)")


def grade_with_progress(
    course: Course, assignment: str, *, console: Console = console, title: str = "", **how: Any
) -> list[Outcome]:
    """Grade with a progress bar, and return the outcomes sorted by student.

    Args:
        course, assignment: what to grade.
        console: where to print.
        title: what stands beside the bar.
        how: as `grade_class` takes it.
    """
    students = how.get("students")
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
    if students is None:
        say_other_keys(console, course, assignment, "they are graded again")
    total = len(course.submitted_students(assignment) if students is None else students)
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("grading", total=total, faults=0)
        for outcome in grade_class(course, assignment, **how):
            outcomes.append(outcome)
            faults = sum(o.fault is not None or bool(o.faults) for o in outcomes)
            progress.update(bar, advance=1, faults=faults)
        if all(outcome.skipped for outcome in outcomes):  # nothing was done
            progress.update(bar, visible=False)
    return sorted(outcomes, key=lambda o: o.student)


def say_faults(outcomes: list[Outcome], console: Console = console) -> None:
    """Say how many were graded and name each fault with its reason."""
    faults = {o.student: o.fault for o in outcomes if o.fault}
    skipped = sum(o.skipped for o in outcomes)
    console.print(
        f"{len(outcomes) - len(faults) - skipped} graded, {skipped} unchanged since the last time, "
        f"{len(faults)} could not be graded" + (":" if faults else "")
    )
    for line in terminal.fault_lines(faults):
        console.print(line, soft_wrap=True, markup=False)
    lines = [line for outcome in outcomes for line in _cell_lines(outcome, len(outcomes) == 1)]
    if lines:
        console.print("In single cells only; all other questions were graded:")
    for line in lines:
        console.print(line, soft_wrap=True, markup=False)


MOST = 3  # lines that are said of one student among others


def _cell_lines(outcome: Outcome, alone: bool) -> list[str]:
    """Return what went wrong in, or was mended of, a submission: all of it where it is `alone`."""
    if outcome.fault or (outcome.skipped and not alone):
        return []
    faults = [Fault(**fault).as_line() for fault in outcome.faults]
    lines = [f"{outcome.student}: {line}" for line in (*faults, *outcome.remarks)]
    if len(lines) > MOST and not alone:
        more = f"{len(lines) - MOST + 1} more lines, with --student {outcome.student}"
        lines[MOST - 1 :] = [f"{outcome.student}: {more}"]
    return [f"  {line}" for line in lines]
