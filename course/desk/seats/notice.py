"""What students are told through the exchange: when each assignment is due, whom to ask.

The gradebook is the instructor's. What students may know of it is written beside the released
assignments, in a file that nbgrader's lists do not show.
"""

import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeReleaseAssignment

from course.grader.wholefolder import replace_folder
from course.wholefile import write_whole

FILE_NAME = ".notice.json"


@dataclass(frozen=True)
class Notice:
    """`due`: by assignment, where a date is set; `contact`: whom to ask, or ''."""

    due: dict[str, datetime] = field(default_factory=dict)
    contact: str = ""


def publish_notice(outbound: Path, db_url: str, course_id: str) -> None:
    """Write the notice beside the released assignments.

    Args:
        outbound: the exchange's folder of released assignments.
        db_url: the gradebook, from which the due dates are taken.
        course_id: the course's name in it.

    Of assignments that are not released nothing is said, not even that there are any. The contact
    is taken from the environment (BACKYARD_CONTACT); where it is not set, it stays.
    """
    from nbgrader.api import Gradebook

    with Gradebook(db_url, course_id) as gradebook:
        due = {
            assignment.name: assignment.duedate.replace(tzinfo=UTC).isoformat()
            for assignment in gradebook.assignments
            if assignment.duedate is not None and (outbound / assignment.name).is_dir()
        }
    # A release from another terminal must not take the name away.
    contact = os.environ.get("BACKYARD_CONTACT", read_notice(outbound).contact)
    content = {"due": due, "contact": contact}
    # 0644: students have accounts of their own, and must be able to read it.
    write_whole(outbound / FILE_NAME, json.dumps(content, indent=2) + "\n", mode=0o644)


def read_notice(outbound: Path) -> Notice:
    """Return the notice; an empty one where there is none or it cannot be read."""
    try:
        content: dict[str, Any] = json.loads((outbound / FILE_NAME).read_text(encoding="utf-8"))
        due = {str(name): datetime.fromisoformat(when) for name, when in content["due"].items()}
        return Notice(due, str(content["contact"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Notice()


class ReleaseWithNotice(ExchangeReleaseAssignment):  # type: ignore[misc]
    """Releases an assignment as nbgrader does, then brings the notice up to date.

    For `c.ExchangeFactory.release_assignment`: the formgrader's button, `nbgrader
    release_assignment` and `course release` all go through it.
    """

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy the assignment beside its place, then put it there: students find all or nothing."""
        copy = super().do_copy
        replace_folder(Path(dest), lambda new: copy(src, str(new), log))

    def copy_files(self) -> None:
        """Copy the assignment into the exchange and publish the notice."""
        super().copy_files()
        try:
            publish_notice(
                Path(self.outbound_path), str(self.coursedir.db_url), str(self.coursedir.course_id)
            )
        except OSError as error:  # students then see no due date; the release stands
            self.log.warning("The notice to the students could not be written: %s", error)
