"""Handing in again: how often it is graded, and what a feedback page says of it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from traitlets import Float, Integer
from traitlets.config import Configurable

from course.desk.deadlines.clock import write_time
from course.desk.words import write_count
from course.grader.book.state import GradingState
from course.grader.coursedir import read_zone


class Watch(Configurable):
    """How `course watch` works: `c.Watch` in nbgrader_config.py."""

    wait_seconds = Float(
        30, min=1, help="How long to wait between two looks for new submissions."
    ).tag(config=True)
    tries = Integer(
        0,
        min=0,
        help="How many submissions of a student are graded; 0: all. A later one is not collected.",
    ).tag(config=True)


def count_tries_left(config: Any, root: Path, assignment: str, student: str) -> int | None:
    """Return how many more submissions of a student are graded; None where all are.

    One that could not be graded has cost no try.
    """
    tries = Watch(config=config).tries
    used, _ = GradingState(root, assignment).read_tries(student)
    return max(0, tries - used) if tries else None


def say_again(config: Any, root: Path, assignment: str, student: str, due: datetime | None) -> str:
    """Say whether a student can hand in again, for their page; "" where no limit is set.

    Args:
        config: nbgrader's settings.
        root: the course folder.
        assignment: its name.
        student: the student's id.
        due: the student's own deadline in UTC, or None.
    """
    left = count_tries_left(config, root, assignment, student)
    tries = Watch(config=config).tries
    if left is None:
        return ""
    if not left:
        return f"All tries are used ({tries} of {tries}): this is what counts."
    if due is not None and due < datetime.now(UTC):
        return ""  # it would be late, and what that costs is not for this sentence
    until = f" until {write_time(due, read_zone(config))}" if due else ""
    of = write_count(tries, "try", "tries")
    return f"You can hand in again{until}: {left} of {of} left. The last one counts."
