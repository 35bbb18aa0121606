"""The command `course grade`: how grading goes, and what came of it."""

import json
import os
from argparse import Namespace
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from rich.progress import TextColumn, TimeElapsedColumn

from course.desk.classlist.people import read_names
from course.desk.commands.context import console, open_course
from course.desk.deadlines.telling import say_late
from course.desk.onekey import say_other_keys
from course.desk.report import terminal
from course.desk.report.grades import StudentReport, read_report
from course.desk.screen import make_bar
from course.desk.unchanged import keep_said, stamp_inputs
from course.errors import CourseError
from course.grader.book.state import Outcome
from course.grader.coursedir import Course
from course.grader.faults import Fault
from course.grader.intake.submission import NOT_HANDED_IN, shorten_name
from course.grader.run.autograde import grade_class


def grade(options: Namespace) -> int:
    """Grade the collected submissions; 0 also when some could not be graded (they are named)."""
    course = open_course()
    assignment = options.named or options.assignment
    if bool(assignment) == options.all:
        raise CourseError(
            where="course grade",
            expected="the name of an assignment, e.g. course grade votes, or --all",
            found=f"both: {assignment} and --all" if assignment else "none",
            todo="one of: " + ", ".join([*course.assignments(), "--all"]),
        )
    how = {name: getattr(options, name) for name in ("force", "jobs", "scheduler")}
    how["students"] = [options.student] if options.student else None
    if options.use:
        _use_file(course, assignment, options.student, options.use)
    if options.all:
        return _grade_all(course, options.student, how, options.json)
    if options.json:
        return _grade_as_json(course, assignment, how)
    inputs = stamp_inputs(course.root, assignment)
    say_protection(course)
    outcomes = grade_with_progress(course, assignment, **how)
    report = cache(lambda: read_report(course, assignment))
    if not options.student and not any(outcome.fault for outcome in outcomes):
        again = [replace(outcome, skipped=True) for outcome in outcomes]

        def say_again() -> None:
            say_protection(course)
            say_other_keys(course, assignment, "they are graded again")
            _say_grades(course, assignment, again, report())

        # First, since it has to read the report after its own look at all files.
        keep_said(course, assignment, console, inputs, say_again)
    _say_grades(course, assignment, outcomes, report(), alone=bool(options.student))
    return 0


def _say_grades(
    course: Course,
    assignment: str,
    outcomes: list[Outcome],
    report: StudentReport,
    *,
    alone: bool = False,
) -> None:
    """Say what each student has, and what came of this run; `alone`: of one of them only."""
    faults = {o.student: o.fault for o in outcomes if o.fault}
    console.print(terminal.students_table(report, faults, read_names(course)))
    say_late(course, assignment)
    if alone:  # the others may keep what an older key gave
        say_other_keys(course, assignment, f"the table mixes them: course grade {assignment}")
    say_faults(outcomes)


def _use_file(course: Course, assignment: str | None, student: str | None, file: str) -> None:
    """Let another file be a student's notebook."""
    if not (assignment and student):
        raise CourseError(
            where="course grade --use",
            expected="an assignment and --student, whose file it is",
            found="no student" if assignment else "no assignment",
            todo=f"for example: course grade votes --student ana-quispe --use '{file}'",
        )
    folder = course.folder("submitted", student, course.require_assignment(assignment))
    use_notebook(folder, course.notebooks(assignment), file)


def use_notebook(folder: Path, names: list[str], file: str) -> None:
    """Let another file of a submission be the notebook that is graded; the two change names.

    Args:
        folder: submitted/STUDENT/ASSIGNMENT.
        names: the file names of the assignment's notebooks.
        file: the name of the other file.

    Raises:
        CourseError: there is no such file, or it is not certain for which notebook it stands.
    """
    found = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    there = sorted({str(path.relative_to(folder)) for path in found} - NOT_HANDED_IN)
    fits = [n for n in names if n.removesuffix(".ipynb").casefold() in file.casefold()] or names
    if file not in there or len(fits) != 1:
        raise CourseError(
            where=f"course grade --use '{shorten_name(file)}'",
            expected=f"one of the files in {folder}, with {' or '.join(names)} in its name",
            found=", ".join(map(shorten_name, there)) or "no file",
            todo="give the name of one of them, in quotation marks",
        )
    (name,) = fits
    if file == name:
        return
    if (folder / name).exists():
        aside = folder / f".{name}.aside"
        os.replace(folder / name, aside)
        os.replace(folder / file, folder / name)
        os.replace(aside, folder / file)
    else:
        os.replace(folder / file, folder / name)


def _grade_all(course: Course, student: str | None, how: dict[str, Any], as_json: bool) -> int:
    """Grade every assignment that has submissions, and say what came out in one table."""
    from course.desk.commands.report import say_all, with_submissions

    names = with_submissions(course, student)
    if as_json:
        return max(_grade_as_json(course, name, how) for name in names)
    say_protection(course)
    say_all(course, {name: grade_with_progress(course, name, title=name, **how) for name in names})
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
