"""The steps of the classroom loop, one function a step, each on nbgrader's own converters."""

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.run.drawing import draw_ahead
from course.grader.wholefolder import is_cut


def generate_assignment(course: Course, assignment: str) -> Path:
    """Make the student version of an assignment in release/ and enter it in the gradebook.

    Returns:
        The folder release/ASSIGNMENT.

    Raises:
        CourseError: if the assignment is unknown, a cell of it has a slip, its notebook cannot be
            converted, or a check is of a kind that `c.Sandbox.ordinary_tests` refuses.
    """
    from course.desk.soundsource import require_sound_source
    from course.grader.run.ordinary import ordinary_questions

    require_sound_source(course, course.require_assignment(assignment))
    ordinary_questions(course, assignment)
    course.config.GenerateAssignment.pre_convert_hook = None  # its gate: callers ask what they need
    _require_success(
        course.api().generate_assignment(assignment), f"source/{assignment}", "generate"
    )
    return course.root / "release" / assignment


def release_assignment(course: Course, assignment: str, *, force: bool = False) -> Path:
    """Generate an assignment and put it into the exchange, where students fetch it.

    Args:
        course: the course.
        assignment: its name, e.g. "votes".
        force: replace what was released before; who has fetched it keeps the old one.

    Returns:
        The folder in the exchange.
    """
    released = require_unreleased(course, assignment, force=force)
    generate_assignment(course, assignment)
    course.config.ExchangeReleaseAssignment.force = force
    _require_success(
        course.api().release_assignment(assignment), f"release/{assignment}", "release"
    )
    return released


def require_unreleased(course: Course, assignment: str, *, force: bool = False) -> Path:
    """Return where in the exchange an assignment is released to.

    Raises:
        CourseError: if it is unknown, there is no exchange, or it is there and not to be replaced.
    """
    course.require_assignment(assignment)
    _require_exchange(course)
    released = course.exchange / course.course_id / "outbound" / assignment
    if is_cut(course.root / "release" / assignment, released):
        shutil.rmtree(released)  # nobody can have fetched it whole
    if released.exists() and not force:
        raise CourseError(
            where=str(released),
            expected="an assignment that is not released yet",
            found="an earlier release",
            todo=f"to replace it: course release {assignment} --force",
        )
    return released


def fetch_assignment(course: Course, assignment: str, into: Path) -> Path:
    """Fetch a released assignment as a student does, into the folder `into`/ASSIGNMENT."""
    _require_released(course, assignment)
    _exchange_step(course, "FetchAssignment", assignment, assignment_dir=str(into))
    return into / assignment


def submit_assignment(course: Course, assignment: str, student: str, folder: Path) -> None:
    """Submit `folder`/ASSIGNMENT as `student`, as a student does.

    Each student has a cache of their own in `folder`, as each has on a machine of their own: it
    holds the secret that leads to their feedback and to no one else's.
    """
    _require_released(course, assignment)
    _exchange_step(course, "Submit", assignment, student, **_desk_options(folder))


def fetch_feedback(course: Course, assignment: str, student: str, folder: Path) -> None:
    """Fetch the feedback for a student's own submissions into `folder`/ASSIGNMENT/feedback."""
    _exchange_step(course, "FetchFeedback", assignment, student, **_desk_options(folder))


def _desk_options(folder: Path) -> dict[str, str]:
    """Return the options of an exchange step that a student takes in their own folder."""
    return {"assignment_dir": str(folder), "cache": str(folder / ".nbgrader_cache")}


def collect_submissions(course: Course, assignment: str) -> tuple[list[str], list[str]]:
    """Copy the newest submission of each student from the exchange to submitted/.

    Returns:
        The students with a submission in submitted/, sorted; and what was not collected, and why.

    Raises:
        CourseError: if the assignment was never released or the exchange is missing.
    """
    course.require_assignment(assignment)
    _require_released(course, assignment)
    step = _exchange_step(course, "Collect", assignment, update=True)
    return course.submitted_students(assignment), list(getattr(step, "notices", ()))


def make_feedback(
    course: Course, assignment: str, students: Iterable[str] | None = None
) -> list[str]:
    """Write a feedback page for every graded submission and put it into the exchange.

    Who did not submit through the exchange gets a page, too, but cannot fetch it there.

    Args:
        course: the course.
        assignment: its name.
        students: only these, when given.

    Returns:
        One line for each student whose page could not be made; empty when all went well.
    """
    course.require_assignment(assignment)
    graded = sorted(p.parent.name for p in course.root.glob(f"autograded/*/{assignment}"))
    if not graded:
        raise CourseError(
            where=f"feedback for '{assignment}'",
            expected=f"graded submissions in {course.root / 'autograded'}",
            found="none",
            todo=f"grade first: course grade {assignment}",
        )
    wanted = sorted(set(students or graded) & set(graded))
    folders = [course.folder("autograded", student, assignment) for student in wanted]
    notebooks = [path for folder in folders for path in folder.glob("*.ipynb")]
    with draw_ahead(course.config, notebooks):
        found = [_give_feedback(course, assignment, student) for student in wanted]
    return [fault for fault in found if fault]


def _give_feedback(course: Course, assignment: str, student: str) -> str | None:
    """Make one student's feedback page and put it into the exchange; return what went wrong."""
    result = course.api().generate_feedback(assignment, student)
    if not result["success"]:
        return f"{student}: {_find_reason(result)}"
    folder = course.folder("feedback", student, assignment)
    if not (folder / "submission_secret.txt").is_file():
        return None  # not submitted through the exchange, so nobody could fetch it there
    _require_exchange(course)
    _require_success(
        course.api().release_feedback(assignment, student),
        f"feedback/{student}/{assignment}",
        "release feedback",
    )
    return None


def _exchange_step(
    course: Course, step: str, assignment: str, student: str = "*", **options: Any
) -> Any:
    """Run one of nbgrader's exchange classes for one student, and return it."""
    from nbgrader.exchange import ExchangeFactory
    from nbgrader.utils import capture_log

    classes = ExchangeFactory(config=course.config)
    worker = getattr(classes, step)(
        coursedir=course.coursedir(assignment, student),
        authenticator=course.authenticator(),
        config=course.config,
        **options,
    )
    where = f"{student}/{assignment}" if student != "*" else assignment
    _require_success(capture_log(worker), where, step)
    return worker


def _require_exchange(course: Course) -> None:
    """Raise when the exchange folder is missing or cannot be written."""
    folder = course.exchange
    there = folder.is_dir()
    if not there or not os.access(folder, os.W_OK | os.X_OK):
        raise CourseError(
            where=f"the exchange {folder}",
            expected="a folder that you and the students may write to",
            found="a folder that you may not write to" if there else "no such folder",
            todo="make it (mkdir -p, chmod a+rwx) or unset BACKYARD_EXCHANGE to use the "
            "course's own; `course doctor` checks it",
        )


def _require_released(course: Course, assignment: str) -> None:
    """Raise when an assignment is not in the exchange."""
    _require_exchange(course)
    folder = course.exchange / course.course_id / "outbound"
    if not (folder / assignment).is_dir():
        known = sorted(p.name for p in folder.glob("*")) if folder.is_dir() else []
        raise CourseError(
            where=f"assignment '{assignment}' in the exchange {course.exchange}",
            expected="a released assignment",
            found="released so far: " + (", ".join(known) or "nothing"),
            todo=f"release it first: course release {assignment}",
        )


def _require_success(result: dict[str, Any], where: str, step: str) -> None:
    """Raise when a result of nbgrader says that a step failed."""
    if not result["success"]:
        raise CourseError(
            where=where,
            expected=f"that nbgrader can do the step '{step}'",
            found=_find_reason(result),
            todo="see nbgrader.log for the details; `course doctor` checks the set-up",
        )


def _find_reason(result: dict[str, Any]) -> str:
    """Return the one line of nbgrader's log or traceback that says most.

    Raises:
        KeyboardInterrupt: it was Ctrl-C, which nbgrader takes for the failure of one student.
    """
    log = re.sub(r"\x1b\[[0-9;]*m", "", str(result.get("log") or ""))
    lines = [line for line in log.splitlines() if line.startswith(("[ERROR]", "[CRITICAL]"))]
    # nbgrader logs tracebacks as errors; what happened stands in another line.
    said = [line.split("] ", 1)[-1] for line in lines]
    said = [line for line in said if not line.startswith("Traceback")]
    trace = [line for line in str(result.get("error") or "").splitlines() if line.strip()]
    if "Canceled" in said or trace[-1:] == ["KeyboardInterrupt"]:
        raise KeyboardInterrupt
    return (said[:1] or trace[-1:] or ["no reason given"])[0]
