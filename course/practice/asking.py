"""What a practice cell says: `practice("votes-03").check()`."""

import os

from course.practice.exercise import find_exercise
from course.practice.judging import Verdict, judge
from course.practice.kept import keep_try


class Practice:
    """The practice before a graded question, such as "votes-03"."""

    def __init__(self, question: str) -> None:
        self.question = question

    def check(self) -> Verdict | None:
        """Return the verdict on the notebook's answer, and count the try.

        Raises:
            CourseError: there is no such practice.
        """
        if os.environ.get("NBGRADER_EXECUTION"):
            return None
        verdict = judge(find_exercise(self.question))
        keep_try(self.question, verdict)
        return verdict


def practice(question: str) -> Practice:
    """Return the practice before a graded question: call its `check`, as often as you like."""
    return Practice(question)
