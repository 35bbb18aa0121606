"""Writes what grading found into nbgrader's gradebook; one process does this for a whole class.

The rows are those that nbgrader's own steps (`SaveAutoGrades`, `AssignLatePenalties`) write, all of
a submission in one transaction.
"""

from typing import Any

from course.grader.book.row import (
    enter_extension,
    enter_score,
    forget_scores,
    late_penalty,
    read_cell_rows,
    read_granted,
)
from course.grader.book.state import GradingState, Outcome, Pending
from course.grader.intake.stamp import count_seconds_late
from course.grader.run.task import Graded


class Recorder:
    """The gradebook of one assignment, open for writing.

    Args:
        course: the course.
        assignment: its name.
    """

    def __init__(self, course: Any, assignment: str) -> None:
        self._settings = course.config
        self._assignment = assignment
        self._granted = read_granted(course.config, course.root, assignment)
        self._zone = course.zone
        self._gradebook = course.gradebook()

    def close(self) -> None:
        """Close the gradebook."""
        self._gradebook.close()

    def has_scores(self, student: str) -> bool:
        """Tell whether every question that the computer grades has a score for this student."""
        from nbgrader.api import Grade, MissingEntry

        try:
            submission = self._gradebook.find_submission(self._assignment, student)
        except MissingEntry:
            return False
        grades = read_cell_rows(self._gradebook, Grade, [n.id for n in submission.notebooks])
        return bool(grades) and all(
            grade.auto_score is not None for grade in grades if grade.cell.cell_type == "code"
        )

    def save_result(self, graded: Graded, timestamp: str | None, *, reviewed: bool = False) -> None:
        """Write the scores and comments of one submission, all or none of them.

        Args:
            graded: what grading found.
            timestamp: when it was submitted, as nbgrader writes it, or None.
            reviewed: ask for no new look at a hand grade where the computer's score is what it
                was; without it, nbgrader's rule holds: a hand grade is to be looked at again.
        """
        from nbgrader import api

        book = self._gradebook
        try:
            self._enroll_student(graded.student)
            # None, too: the time of an earlier submission is not that of this one.
            submission = book.update_or_create_submission(
                self._assignment, graded.student, timestamp=timestamp
            )
            scores = {(g.notebook, g.cell): g.score for g in graded.grades}
            comments = {(c.notebook, c.cell): c.text for c in graded.comments}
            # Each query would else write what was changed so far: a hundred small writes in
            # place of one.
            with book.db.no_autoflush:
                notebooks = list(submission.notebooks)
                names = {notebook.id: notebook.name for notebook in notebooks}
                for grade in read_cell_rows(book, api.Grade, names):
                    key = (names[grade.notebook_id], grade.cell.name)
                    if key in scores:
                        enter_score(grade, scores[key], reviewed)
                for comment in read_cell_rows(book, api.Comment, names):
                    key = (names[comment.notebook_id], comment.cell.name)
                    if key in comments:
                        comment.auto_comment = comments[key]
                if graded.student in self._granted:
                    enter_extension(submission, self._granted[graded.student])
            # nbgrader sums a notebook's points in the database, from the scores that were just
            # entered.
            book.db.flush()
            late = count_seconds_late(submission.duedate, submission.timestamp, self._zone)
            for notebook in notebooks:
                notebook.late_submission_penalty = late_penalty(
                    self._settings, graded.student, notebook.score, late
                )
            book.db.commit()
        except BaseException:
            book.db.rollback()
            raise
        finally:
            # The Formgrader may write meanwhile; the next student is read afresh.
            book.db.expire_all()

    def forget_scores(self, student: str, timestamp: str | None = None) -> None:
        """Take the computer's scores of an earlier submission away: they are not this one's."""
        from nbgrader.api import MissingEntry

        try:
            submission = self._gradebook.find_submission(self._assignment, student)
        except MissingEntry:
            return
        if timestamp:
            from nbgrader.utils import parse_utc

            submission.timestamp = parse_utc(timestamp)
        forget_scores(submission)
        self._gradebook.db.commit()

    def _enroll_student(self, student: str) -> None:
        """Enter a student whom the gradebook does not know."""
        from nbgrader.api import MissingEntry

        try:
            self._gradebook.find_student(student)
        except MissingEntry:
            self._gradebook.add_student(student)


def enter_result(
    recorder: Recorder, state: GradingState, pending: Pending, *, reviewed: bool = False
) -> Outcome:
    """Enter a result; may be done twice.

    Args:
        recorder: the gradebook, open for writing.
        state: the state of the assignment, which holds the result as pending.
        pending: the result.
        reviewed: leave hand grades as looked at where the computer's score is what it was.
    """
    graded = pending.graded
    outcome = Outcome(
        graded.student,
        fault=graded.failure,
        faults=tuple(graded.faults),
        remarks=tuple(graded.remarks),
        fingerprint=pending.fingerprint,
        questions=pending.questions,
        times=graded.times,
    )
    if graded.failure is not None:
        # First the gradebook: an older score has to go, whatever becomes of the rest.
        recorder.forget_scores(graded.student, pending.timestamp)
        state.withdraw_files(graded.student)
        state.note_outcome(outcome)
        return outcome
    recorder.save_result(graded, pending.timestamp, reviewed=reviewed)
    state.publish_files(graded.student)
    state.note_outcome(outcome)
    # Last, because it is what says that something is still to be done.
    state.remove_pending(graded.student)
    return outcome
