"""Says how grading goes, and what came of it."""

from typing import Any

from rich.progress import TextColumn, TimeElapsedColumn

from course.desk.commands.context import console
from course.desk.onekey import say_other_keys
from course.desk.report import terminal
from course.desk.screen import make_bar
from course.grader.book.state import Outcome
from course.grader.coursedir import Course
from course.grader.faults import Fault
from course.grader.run.autograde import grade_class


def not_protected(course: Course) -> tuple[str, ...]:
    """Return what the sandbox cannot protect here, a phrase each; empty when all is well.

    Raises:
        SandboxError: `c.Sandbox.required` is set and something is not protected.
    """
    from course.grader.sandbox import Sandbox, list_unprotected, probe_means

    means = probe_means()
    Sandbox(config=course.config).require_complete(means)
    return tuple(list_unprotected(means))


def say_protection(course: Course) -> None:
    """Say in one line what the sandbox cannot protect on this machine; nothing where it can all."""
    if missing := not_protected(course):
        words = " ".join(missing)
        console.say(f"NOT PROTECTED from students' code: {words}")
        console.print("  (course doctor says how to fix it)")


def grade_with_progress(
    course: Course, assignment: str, *, title: str = "", **how: Any
) -> list[Outcome]:
    """Grade with a progress bar, and return the outcomes sorted by student.

    Args:
        course, assignment: what to grade.
        title: what stands beside the bar.
        how: as `grade_class` takes it.
    """
    students = how.get("students")
    outcomes: list[Outcome] = []
    if students is None:
        say_other_keys(course, assignment, "they are graded again")
    total = len(course.submitted_students(assignment) if students is None else students)
    faults_so_far = TextColumn("{task.fields[faults]} faults")
    with make_bar(f"grading {title}".strip(), faults_so_far, TimeElapsedColumn()) as progress:
        bar = progress.add_task("grading", total=total, faults=0)
        try:
            for outcome in grade_class(course, assignment, **how):
                outcomes.append(outcome)
                faults = sum(o.fault is not None for o in outcomes)
                progress.update(bar, advance=1, faults=faults)
        finally:
            if all(outcome.skipped for outcome in outcomes):  # nothing was done
                progress.update(bar, visible=False)
    return sorted(outcomes, key=lambda o: o.student)


def say_faults(outcomes: list[Outcome]) -> None:
    """Say how many were graded and name each fault with its reason."""
    faults = {o.student: o.fault for o in outcomes if o.fault}
    skipped = sum(o.skipped for o in outcomes)
    console.print(
        f"{len(outcomes) - len(faults) - skipped} graded, {skipped} unchanged since the last time, "
        f"{len(faults)} could not be graded" + (":" if faults else "")
    )
    console.say(*terminal.fault_lines(faults))
    lines = [line for outcome in outcomes for line in _cell_lines(outcome, len(outcomes) == 1)]
    if lines:
        console.print("In single cells only; all other questions were graded:")
    console.say(*lines)


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
