"""Grades a class: several submissions at once, each apart, one process writing the gradebook."""

import errno
import os
from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import closing
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.grader.book.journal import finish_regrade
from course.grader.book.record import Recorder, enter_result
from course.grader.book.state import GradingState, Outcome, Pending
from course.grader.coursedir import Course
from course.grader.intake.bounds import IntakeBounds, SubmissionError
from course.grader.intake.submission import make_fingerprint, read_files
from course.grader.run.pack import make_pack
from course.grader.run.pool import cluster_executor, local_executor, worker_count
from course.grader.run.task import (
    AssignmentPack,
    Graded,
    Submission,
    grade_submission,
    seconds_allowed,
)

AHEAD = 3  # submissions that are read and waiting, for each worker
# Past its deadline a submission is still cleaned and written; one that is not done then is ended.
GRACE = 10.0


def grade_class(
    course: Course,
    assignment: str,
    *,
    students: Collection[str] | None = None,
    force: bool = False,
    jobs: int | None = None,
    scheduler: str | None = None,
) -> Iterator[Outcome]:
    """Grade the collected submissions of an assignment, yielding each outcome as it comes.

    Stopped or killed at any point, a later call goes on where this one was.

    Args:
        course: the course.
        assignment: its name, e.g. "votes".
        students: only these, when given.
        force: grade again what was graded before.
        jobs: how many submissions at once (default: the number of processor cores).
        scheduler: the address of a Dask scheduler whose workers grade in place of local ones.

    Raises:
        CourseError: if the assignment is unknown, was not generated or nothing was collected.
    """
    course.require_assignment(assignment)
    students = _choose_students(course, assignment, students)
    deque(finish_regrade(course, assignment), maxlen=0)
    with closing(Run(course, assignment, force)) as run:
        # Before anything new: a result that is complete must not be graded a second time.
        yield from run.finish_pending(set(students))
        waiting = []
        for name in students:
            skipped = run.find_unchanged(name)
            if skipped is not None:
                yield skipped
            else:
                waiting.append(name)
        if not waiting:
            return
        if scheduler:
            executor: Any = cluster_executor(scheduler)
        else:
            workers = worker_count(jobs, len(waiting))
            executor = local_executor(workers, course.root / LOG, seconds=run.seconds)
        with executor as pool:
            for result in run.yield_results(pool, waiting):
                yield run.settle_result(*result)


LOG = "nbgrader.log"


def grade_one(course: Course, assignment: str, student: str, *, force: bool = False) -> Outcome:
    """Grade one submission in this process; a fault is returned, never raised."""
    deque(finish_regrade(course, assignment), maxlen=0)
    with closing(Run(course, assignment, force)) as run:
        for outcome in run.finish_pending({student}):
            return outcome
        skipped = run.find_unchanged(student)
        if skipped is not None:
            return skipped
        read = run.read_submission(student)
        if isinstance(read, Graded):
            return run.settle_result(student, None, read)
        return run.settle_result(student, read, grade_submission(run.pack, read))


class Run:
    """One run of grading over the submissions of an assignment.

    Args:
        course: the course.
        assignment: its name.
        force: grade again what was graded before.
        pack: the questions to grade by (default: those that the gradebook holds).

    Attributes:
        seconds: after which the worker that grades a submission has to be ended.
    """

    def __init__(
        self, course: Course, assignment: str, force: bool, pack: AssignmentPack | None = None
    ) -> None:
        self.pack: AssignmentPack = pack or make_pack(course, assignment)
        self.seconds = seconds_allowed(self.pack.settings) + GRACE
        self._course, self._assignment, self._force = course, assignment, force
        self._questions = self.pack.digest
        self._recorder = Recorder(course, assignment)
        self._state = GradingState(course.root, assignment)
        self._ignored = list(course.coursedir().ignore)
        self._done: set[str] = set()

    def close(self) -> None:
        """Close the gradebook."""
        self._recorder.close()

    def finish_pending(self, students: set[str]) -> Iterator[Outcome]:
        """Enter the results that an earlier run had complete when it ended."""
        for pending in self._state.yield_pending():
            student = pending.graded.student
            outcome = enter_result(self._recorder, self._state, pending)
            current = (
                self._read_fingerprint(student) == pending.fingerprint
                and pending.questions == self._questions
            )
            if student in students and current and not self._force:
                self._done.add(student)
                yield outcome

    def find_unchanged(self, student: str) -> Outcome | None:
        """Return the outcome of a submission that need not be graded again, or None."""
        if student in self._done or self._force:
            return None
        known = self._state.read_outcome(student)
        if known is None or known.fault is not None or known.questions != self._questions:
            return None
        folder = self._course.folder("autograded", student, self._assignment)
        # All three: a gradebook that was restored from a copy knows less than the state on disk.
        same = (
            all(_is_whole(folder / f"{name}.ipynb") for name in self.pack.notebooks)
            and known.fingerprint == self._read_fingerprint(student)
            and self._recorder.has_scores(student)
        )
        return Outcome(**{**vars(known), "skipped": True}) if same else None

    def yield_results(
        self, pool: Executor, students: list[str]
    ) -> Iterator[tuple[str, Submission | None, Graded]]:
        """Grade submissions on an executor; reads no more of them than the workers need next."""
        # Reversed, because pop takes from the end.
        left = [name for name in reversed(students) if name not in self._done]
        # Enough that no worker waits for the disk, and few enough that a class of large files
        # fits in memory.
        ahead = AHEAD * worker_count(None, 64)
        running: dict[Future[Graded], Submission] = {}
        while left or running:
            while left and len(running) < ahead:
                name = left.pop()
                read = self.read_submission(name)
                if isinstance(read, Graded):
                    yield name, None, read
                    continue
                try:
                    future = pool.submit(grade_submission, self.pack, read)
                except RuntimeError as error:  # no worker can be started any more
                    yield name, read, _lost_result(name, error)
                    continue
                running[future] = read
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                read = running.pop(future)
                name = read.student
                try:
                    graded = future.result()
                # Pebble has killed the worker by now, and started another.
                except TimeoutError:
                    graded = Graded(name, failure=USED_UP.format(seconds=self.seconds))
                except Exception as error:  # the worker died, or the way back failed
                    graded = _lost_result(name, error)
                yield name, read, graded

    def read_submission(self, student: str) -> Submission | Graded:
        """Read what a student handed in, or say why that cannot be done."""
        folder = self._course.folder("submitted", student, self._assignment)
        try:
            intake = read_files(folder, IntakeBounds(), self._ignored, self._course.zone)
        except SubmissionError as error:
            return Graded(student, failure=str(error))
        return Submission(student, intake, make_fingerprint(intake.files))

    def settle_result(self, student: str, read: Submission | None, graded: Graded) -> Outcome:
        """Write a result down: in the gradebook, in autograded/, in the state."""
        pending = pending_result(read, graded, self._questions)
        if graded.failure is None:
            # On disk before it is in the gradebook: after a kill the next run enters it without
            # grading again.
            try:
                self._state.keep_pending(pending)
            except OSError as error:
                if error.errno not in WRONG_NAME:
                    raise  # a full disk is not this student's
                failed = Graded(student, failure=f"its files cannot be kept: {error.strerror}")
                pending = pending_result(read, failed, self._questions)
        return enter_result(self._recorder, self._state, pending)

    def _read_fingerprint(self, student: str) -> str:
        read = self.read_submission(student)
        return "" if isinstance(read, Graded) else read.fingerprint


def _is_whole(notebook: Path) -> bool:
    """Tell whether a notebook was written to its end; a power cut leaves it empty or cut."""
    try:
        with notebook.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 64))
            return file.read().rstrip().endswith(b"}")
    except OSError:
        return False


# What a system says of a name that it does not take, or that is another's already.
WRONG_NAME = {errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.EINVAL}
USED_UP = (
    "the time for the whole submission was used up: it was not graded after {seconds:g} seconds. "
    "Look at what it holds; c.Sandbox.total_seconds allows more time"
)


def _lost_result(student: str, error: Exception) -> Graded:
    """Return the result of a submission whose worker was lost."""
    reason = f"{type(error).__name__}: {str(error)[:200]}"
    lost = f"the grading process ended while it graded this ({reason}); run the command again"
    return Graded(student, failure=lost)


def pending_result(read: Submission | None, graded: Graded, questions: str) -> Pending:
    """Return a result with what is needed to enter it in the gradebook."""
    timestamp, handed_in = (read.intake.timestamp, read.fingerprint) if read else (None, "")
    return Pending(graded, timestamp, handed_in, questions)


def _choose_students(
    course: Course, assignment: str, students: Collection[str] | None
) -> list[str]:
    """Return whom to grade.

    Raises:
        CourseError: if there is no submission.
    """
    known = course.submitted_students(assignment)
    wanted = [name for name in known if students is None or name in students]
    if not wanted:
        raise CourseError(
            where=f"submissions of '{assignment}'"
            + (f" by '{', '.join(students)}'" if students else ""),
            expected=f"a folder {course.root / 'submitted'}/STUDENT/{assignment}",
            found=f"{len(known)} other submissions" if known else "none",
            todo=f"collect them first: course collect {assignment}",
        )
    return wanted
