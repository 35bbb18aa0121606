"""Grades a class: each submission on its own, several at once, so that none stops the others."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.grading.coursedir import Course
from course.grading.intake import SubmissionError, check_submission
from course.grading.steps import submitted_students

__all__ = ["Outcome", "grade_class", "grade_one"]


@dataclass(frozen=True)
class Outcome:
    """What became of one submission.

    Attributes:
        student: the student's id.
        fault: why it could not be graded, or None when it was.
        skipped: True when it was graded before and has not changed since.
    """

    student: str
    fault: str | None = None
    skipped: bool = False


def grade_class(
    course: Course,
    assignment: str,
    *,
    student: str | None = None,
    force: bool = False,
    jobs: int | None = None,
) -> Iterator[Outcome]:
    """Grade the collected submissions of an assignment, yielding each outcome as it comes.

    Args:
        course: the course.
        assignment: its name, e.g. "votes".
        student: only this student, when given.
        force: grade again what was graded before.
        jobs: how many submissions at once (default: the number of processor cores).

    Raises:
        CourseError: if the assignment is unknown, was not generated or nothing was collected.
    """
    course.require(assignment)
    students = _students(course, assignment, student)
    _require_generated(course, assignment)
    jobs = max(1, min(jobs or os.cpu_count() or 1, len(students)))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _open_course, (course.root,)) as pool:
        waiting = {pool.submit(_grade_in_worker, assignment, name, force) for name in students}
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def grade_one(course: Course, assignment: str, student: str, *, force: bool = False) -> Outcome:
    """Grade one submission with nbgrader; a fault is returned, never raised."""
    try:
        check_submission(
            course.folder("submitted", student, assignment), course.notebooks(assignment)
        )
        already = _all_scored(course, assignment, student)
        result = course.api().autograde(assignment, student, force=force or not already)
        if not result["success"]:
            raise SubmissionError(_reason(result))
        if not _all_scored(course, assignment, student):
            raise SubmissionError("some questions got no score; run `course grade --force`")
    except SubmissionError as fault:
        _forget_scores(course, assignment, student)
        return Outcome(student, fault=str(fault))
    skipped = "Skipping existing assignment" in str(result.get("log"))
    return Outcome(student, skipped=skipped)


_course: Course | None = None


def _open_course(root: Path) -> None:
    """Open the course once in each worker process.

    What kernels and libraries say on standard error goes to nbgrader.log, not across the progress
    bar.
    """
    global _course
    log = os.open(root / "nbgrader.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 2)
    _course = Course(root)


def _grade_in_worker(assignment: str, student: str, force: bool) -> Outcome:
    """Grade one submission inside a worker process."""
    if _course is None:
        raise RuntimeError("the worker was started without _open_course")
    try:
        return grade_one(_course, assignment, student, force=force)
    except Exception as error:  # a fault of ours or of nbgrader's: name it, let the class go on
        return Outcome(student, fault=f"{type(error).__name__}: {error}")


def _students(course: Course, assignment: str, student: str | None) -> list[str]:
    """Return whom to grade.

    Raises:
        CourseError: if there is no submission.
    """
    known = submitted_students(course, assignment)
    wanted = [name for name in known if student is None or name == student]
    if not wanted:
        raise CourseError(
            where=f"submissions of '{assignment}'" + (f" by '{student}'" if student else ""),
            expected=f"a folder {course.root / 'submitted'}/STUDENT/{assignment}",
            found=f"{len(known)} other submissions" if known else "none",
            todo=f"collect them first: course collect {assignment}",
        )
    return wanted


def _require_generated(course: Course, assignment: str) -> None:
    """Raise when the gradebook does not know the assignment, or knows another version of it."""
    from nbgrader.api import MissingEntry

    with course.gradebook() as gradebook:
        try:
            notebooks = gradebook.find_assignment(assignment).notebooks
            if notebooks:
                return
        except MissingEntry:
            pass
    raise CourseError(
        where=f"assignment '{assignment}' in the gradebook",
        expected="its questions and points",
        found="none",
        todo=f"generate it first: course generate {assignment}",
    )


def _scores(gradebook: Any, assignment: str, student: str) -> list[Any]:
    """Return the gradebook's grades of one submission (empty when there is none)."""
    from nbgrader.api import MissingEntry

    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return []
    return [grade for notebook in submission.notebooks for grade in notebook.grades]


def _all_scored(course: Course, assignment: str, student: str) -> bool:
    """Tell whether every question that the computer grades has a score."""
    with course.gradebook() as gradebook:
        grades = _scores(gradebook, assignment, student)
        return bool(grades) and all(
            grade.auto_score is not None for grade in grades if grade.cell.cell_type == "code"
        )


def _forget_scores(course: Course, assignment: str, student: str) -> None:
    """Take the computer's scores of an earlier submission away: they are not this one's."""
    with course.gradebook() as gradebook:
        for grade in _scores(gradebook, assignment, student):
            grade.auto_score = None
        gradebook.db.commit()


def _reason(result: dict[str, Any]) -> str:
    """Return what nbgrader gives as the reason of a failure, in one line."""
    log = re.sub(r"\x1b\[[0-9;]*m", "", str(result.get("log") or ""))
    errors = re.findall(r"^(\w+(?:\.\w+)*(?:Error|Exception|Timeout)\b.*)$", log, re.MULTILINE)
    if errors:
        return f"nbgrader could not grade it: {errors[-1][:200]}"
    lines = [line for line in log.splitlines() if line.startswith("[ERROR]")]
    trace = str(result.get("error") or "").strip().splitlines()
    return "nbgrader could not grade it: " + ((lines or trace or ["no reason given"])[-1])[:200]
