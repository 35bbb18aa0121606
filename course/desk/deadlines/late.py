"""What a late submission loses, in steps; and extensions, entered before that is worked out.

`LateSteps` is an nbgrader late-submission plugin, `GrantExtensions` a step of autograding; both
are named in nbgrader_config.py and serve `nbgrader autograde`, the formgrader and `course grade`.
"""

import math
from datetime import timedelta
from pathlib import Path

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float

from course.desk.deadlines.extensions import read_extensions
from course.grader.book.row import GrantSteps

DAY = 86_400  # seconds


class LateSteps(LateSubmissionPlugin):  # type: ignore[misc]
    """Takes so many percent of the points earned for each day begun.

    For `c.AssignLatePenalties.plugin_class`. Days are counted from the end of the grace period.
    """

    percent_a_day = Float(
        0, min=0, max=100, help="Percent of the points earned that each day begun costs; 0: none."
    ).tag(config=True)
    grace_minutes = Float(
        15, min=0, help="How late a submission may be without losing anything, in minutes."
    ).tag(config=True)
    max_percent = Float(
        100, min=0, max=100, help="Percent of the points earned that lateness costs at most."
    ).tag(config=True)

    def days_begun(self, seconds: float) -> int:
        """Return how many days have begun after the grace period, `seconds` after the deadline."""
        # Begun, not full: an hour past the grace period is one day.
        return max(0, math.ceil((seconds - 60 * self.grace_minutes) / DAY))

    def percent_lost(self, seconds: float) -> float:
        """Return the percent of the points reached that are lost, from 0 to 100."""
        return float(min(self.days_begun(seconds) * self.percent_a_day, self.max_percent))

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Return the points that are lost, with two decimals, or None when none are."""
        percent = self.percent_lost(total_seconds_late)
        # None, not 0: nbgrader then enters no penalty at all.
        return round(score * percent / 100, 2) if percent else None


class GrantExtensions(GrantSteps):
    """Enters a student's extension in the gradebook as soon as there is a submission.

    An extension may be granted before: `course extend` keeps it in the course folder. Stands
    before nbgrader's `AssignLatePenalties` in `c.Autograde.autograde_preprocessors`.
    """

    @classmethod
    def granted(cls, root: Path, assignment: str) -> dict[str, timedelta]:
        """Return the extensions that the course folder keeps."""
        return read_extensions(root, assignment)
