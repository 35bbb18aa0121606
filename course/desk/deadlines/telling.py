"""What several commands say of lateness: what it takes, what changed, whose time is not known."""

from collections.abc import Iterable, Sequence

from course.desk.deadlines.settle import PenaltyChange, read_deadlines, settle_penalties
from course.desk.screen import console
from course.desk.words import write_count, write_number
from course.grader.coursedir import Course


def say_unknown_times(
    assignment: str, unknown: Sequence[str], marked: Sequence[str], submissions: int
) -> list[str]:
    """Return what to say, a sentence a line; nothing where all is known.

    Args:
        assignment: its name.
        unknown: the students whose time of handing in is not known, where that matters.
        marked: those of them whom Canvas calls late, which gives no time.
        submissions: how many there are in all; where none has a time, nobody is named.
    """
    said = []
    if marked:
        said += [f"Canvas calls {', '.join(marked)} late and gives no time, so it is not entered."]
    if unknown:
        who = "" if len(unknown) == submissions else f": {', '.join(unknown)}"
        amount = write_count(len(unknown), "submission")
        said += [f"When {amount} came in is not known, so nothing is taken off for lateness{who}."]
    if said:
        said += [
            f"To enter a time, write it into submitted/STUDENT/{assignment}/timestamp.txt "
            f"(2026-05-12 18:00 -05:00), then: course grade {assignment}"
        ]
    if marked:
        said[-1] += ". Or let Canvas take the points off (Gradebook → Settings → Late Policies)."
    return said


def say_penalties(changes: Iterable[PenaltyChange]) -> None:
    """Say which late penalties are not what they were."""
    for change in changes:
        before, after = write_number(change.before), write_number(change.after)
        console.say(f"late penalty of {change.student}: {before} → {after} points")


def say_late(course: Course, assignment: str) -> None:
    """Say in one line what lateness takes, where a table shows points without it."""
    late = [s.penalty for s in read_deadlines(course, assignment).students.values() if s.penalty]
    if late:
        who = write_count(len(late), "student loses", "students lose")
        console.say(
            f"For lateness {who} {write_number(sum(late))} points in all, not taken off in "
            f"this table: course due {assignment}"
        )


def settle_all(course: Course, assignments: Iterable[str]) -> None:
    """Bring late penalties in step with the points that there are now, and say what changed."""
    for assignment in assignments:
        say_penalties(settle_penalties(course, assignment))
