"""Enters one result of grading: in the gradebook, in autograded/, in the state; in this order."""

from __future__ import annotations

from course.grading.record import Recorder
from course.grading.state import GradingState, Outcome, Pending

__all__ = ["enter"]


def enter(
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
        recorder.forget(graded.student, pending.timestamp)
        state.withdraw(graded.student)
        state.note(outcome)
        return outcome
    recorder.save(graded, pending.timestamp, reviewed=reviewed)
    state.publish(graded.student)
    state.note(outcome)
    state.done(graded.student)
    return outcome
