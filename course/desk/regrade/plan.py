"""Works out a regrade, and brings it about when it is agreed to."""

import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from course.desk.regrade.changes import Changes, compare_grades, read_known
from course.desk.regrade.trial import Trial, make_trial
from course.errors import CourseError
from course.grader.book.journal import finish_regrade, is_agreed, same_files, write_agreed
from course.grader.book.state import GradingState, Outcome
from course.grader.coursedir import Course
from course.grader.run.autograde import LOG, Run, pending_result
from course.grader.run.pool import local_executor, worker_count

# Called as grading goes on, with `completed` and `total`: how many are done, of how many.
Told = Callable[..., None]


@dataclass(frozen=True)
class Plan:
    """A regrade that is worked out and not agreed to."""

    changes: Changes
    trial: Trial
    results: GradingState

    def apply(self, course: Course) -> Iterator[Outcome]:
        """Bring it about, yielding each outcome; ended at any moment, it goes on when called again.

        That is by `course regrade`, `course grade` or nbgrader's own grading.
        """
        name = self.changes.assignment
        write_agreed(course, name, self.trial.cells, self.trial.release, self.results.pending)
        return finish_regrade(course, name)


@contextmanager
def plan_regrade(
    course: Course,
    assignment: str,
    *,
    student: str | None = None,
    jobs: int | None = None,
    told: Told | None = None,
) -> Iterator[Plan]:
    """Grade what is graded again by the keys in source/, and compare; nothing of it is written.

    What an earlier run had complete when it was stopped is entered first.

    Args:
        course: the course.
        assignment: its name.
        student: only this student, when given.
        jobs: how many at once (default: the number of processor cores).
        told: called after each submission.

    Raises:
        CourseError: the assignment is unknown, nobody has a grade, or cells were added or taken
            away.
    """
    course.require_assignment(assignment)
    # Comparing with grades that are about to change would show changes that are none.
    finish_leftovers(course, assignment)
    with tempfile.TemporaryDirectory(prefix="backyard-regrade-") as folder:
        place = Path(folder)
        (place / "course").mkdir()
        trial = make_trial(course, assignment, place / "course")
        # In the temporary folder: until the yes, not even a result is in the course.
        results = GradingState(place / "results", assignment)
        changes = Changes(assignment, cells=trial.changed)
        changes.release = not same_files(trial.release, course.root / "release" / assignment)
        outbound = course.exchange / course.course_id / "outbound" / assignment
        changes.exchange = outbound.is_dir() and not same_files(trial.release, outbound)
        known = read_known(course, assignment)
        there = course.submitted_students(assignment)
        changes.ungraded = tuple(name for name in there if name not in known)
        names = [name for name in there if name in known and student in (None, name)]
        if not names:
            who = f" of '{student}'" if student else ""
            raise CourseError(
                where=f"the grades of '{assignment}'{who}",
                expected="a submission that is graded",
                found="none",
                todo=f"grade first: course grade {assignment}",
            )
        noted = GradingState(course.root, assignment)
        workers = worker_count(jobs, len(names))
        with (
            closing(Run(course, assignment, force=True, pack=trial.pack)) as run,
            local_executor(workers, course.root / LOG, seconds=run.seconds) as pool,
        ):
            for done, (name, read, graded) in enumerate(run.yield_results(pool, names), start=1):
                outcome = noted.read_outcome(name)
                anew = bool(read and outcome and outcome.fingerprint != read.fingerprint)
                changes.students[name] = compare_grades(
                    course, assignment, known[name], graded, anew=anew
                )
                if graded.failure is None:
                    results.keep_pending(pending_result(read, graded, ""))
                if told is not None:
                    told(completed=done, total=len(names))
        yield Plan(changes, trial, results)


def finish_leftovers(course: Course, assignment: str) -> bool:
    """Enter what earlier runs had complete when they were stopped; tell whether there was any."""
    results = GradingState(course.root, assignment).pending
    if not (is_agreed(course, assignment) or any(results.glob("[!.]*"))):
        return False
    deque(finish_regrade(course, assignment), maxlen=0)
    with closing(Run(course, assignment, force=False)) as run:
        deque(run.finish_pending(set()), maxlen=0)
    return True
