"""Takes submissions out of the exchange: the newest of each student, whole, and from its owner.

What comes in is named by students: USER+ASSIGNMENT+TIME+RANDOM. What goes out is submitted/USER/
ASSIGNMENT. `nbgrader collect`, the formgrader's button and `course collect` go through it.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.exchange.default.collect import ExchangeCollect
from nbgrader.exchange.default.exchange import ignore_patterns

from course.desk.again import count_tries_left
from course.grader.intake.bounds import SubmissionError
from course.grader.intake.stamp import read_stamp, read_stamp_file
from course.grader.intake.submission import check_names, shorten_name
from course.grader.wholefolder import is_cut, replace_folder

AHEAD = timedelta(minutes=10)  # as far as clocks of two machines may differ
ARRIVING = 60  # seconds after its last file in which a submission may still be on its way


@dataclass(frozen=True)
class _Submitted:
    """A folder in the exchange: whose it says that it is, when it was handed in, who owns it."""

    path: Path
    student: str
    time: datetime
    owner: str


class CollectSafely(ExchangeCollect):  # type: ignore[misc]
    """Collects as nbgrader does, for `c.ExchangeFactory.collect`.

    A folder that belongs to somebody else than its name says, or is dated in the future, is not
    collected but named, and the newest honest one is. Each is copied beside the old one and then
    takes its place, so that a collect that is killed loses nothing. What is to be told stands in
    `notices` and in the log.
    """

    def init_src(self) -> None:
        """Choose what is to be collected; nothing is changed."""
        self.notices: list[str] = []
        self.inbound_path = os.path.join(self.root, self.coursedir.course_id, "inbound")
        if not os.access(self.inbound_path, os.R_OK | os.X_OK):
            self.fail(f"You cannot read the folder {self.inbound_path}")
        found = list(self._read_inbound())
        owners = {one.owner for one in found}
        shared = len(owners) == 1 and not owners & {one.student for one in found}
        if shared and self.check_owner and len({one.student for one in found}) > 1:
            self._tell(
                f"all submissions belong to one account ({owners.pop()}): the system does not say "
                "who handed them in, so names are taken on trust"
            )
        chosen: dict[str, _Submitted] = {}
        for one in sorted(found, key=lambda one: one.time):
            if self._is_honest(one, shared) and self._is_in_time(one, chosen.get(one.student)):
                chosen[one.student] = one
        self.chosen = [chosen[student] for student in sorted(chosen)]

    def copy_files(self) -> None:
        """Copy what is newer than what is there, or was not copied whole before."""
        if not self.chosen:
            self.log.warning("No submissions of '%s' to collect", self.coursedir.assignment_id)
        for one in self.chosen:
            place = Path(
                self.coursedir.format_path(
                    self.coursedir.submitted_directory, one.student, self.coursedir.assignment_id
                )
            )
            root, assignment = Path(self.coursedir.root), self.coursedir.assignment_id
            try:
                if self._is_collected(one, place):
                    self.log.info("No newer submission to collect: %s", one.student)
                    continue
                if count_tries_left(self.config, root, assignment, one.student) == 0:
                    self._tell(
                        f"{one.path.name} is not collected: {one.student} has used all tries "
                        "(c.Watch.tries in nbgrader_config.py)"
                    )
                    continue
                self._replace_folder(one.path, place)
                self.log.info("Collected submission: %s", one.student)
            except (OSError, RuntimeError) as error:
                self._tell(f"{one.path} cannot be copied ({str(error)[:200]}); collect again")

    def _read_inbound(self) -> Iterator[_Submitted]:
        """Yield the submissions of the assignment; what is no submission is named."""
        wanted = self.coursedir.student_id or "*"
        for path in sorted(Path(self.inbound_path).glob(f"*+{self.coursedir.assignment_id}+*")):
            student, _, rest = path.name.partition(f"+{self.coursedir.assignment_id}+")
            time = read_stamp(rest.split("+")[0])
            if wanted not in ("*", student):
                continue
            try:
                check_names(student)
                if time is None or path.is_symlink() or not path.is_dir():
                    raise SubmissionError(
                        "it is not a folder with a student and a time in its name"
                    )
                if _is_arriving(path):
                    continue
            except (OSError, SubmissionError) as error:
                reason = str(error) if isinstance(error, SubmissionError) else error.strerror
                self._tell(f"{shorten_name(path.name)} is not collected: {reason}")
                continue
            yield _Submitted(path, student, time, _find_account(path))

    def _is_honest(self, one: _Submitted, shared: bool) -> bool:
        """Tell whether a folder belongs to whom its name says, or to whoever collects."""
        if not self.check_owner or shared or one.owner in ("", one.student, _find_account()):
            return True
        self._tell(
            f"{one.path.name} is not collected: it says {one.student}, but belongs to {one.owner}. "
            "Ask both who made it"
        )
        return False

    def _is_in_time(self, one: _Submitted, earlier: _Submitted | None) -> bool:
        """Tell whether a folder is to be taken in place of an earlier one."""
        if one.time > datetime.now(UTC) + AHEAD:
            self._tell(
                f"{one.path.name} is not collected: its time is in the future. "
                f"{'The submission before it is kept' if earlier else 'There is no other'}; "
                f"ask {one.student}, and compare the clocks"
            )
            return False
        due = self.duedate_of_assignment() if self.before_duedate else None
        return due is None or earlier is None or one.time <= due

    def duedate_of_assignment(self) -> datetime | None:
        """Return the deadline in UTC, or None."""
        from nbgrader.api import Gradebook, MissingEntry

        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            try:
                due = gradebook.find_assignment(self.coursedir.assignment_id).duedate
            except MissingEntry:
                return None
            return None if due is None else due.replace(tzinfo=UTC)

    def _is_collected(self, one: _Submitted, place: Path) -> bool:
        """Tell whether submitted/ holds this submission, or a newer one, whole."""
        if not place.is_dir():
            return False
        there = read_stamp_file(place)
        if there is None or one.time != there:
            return there is not None and not self.before_duedate and one.time < there
        return not is_cut(one.path, place)

    def _replace_folder(self, source: Path, place: Path) -> None:
        """Copy a folder beside its place, then put it there."""
        if self.get_size(source) > 1000 * self.coursedir.max_dir_size:
            raise RuntimeError(f"it is larger than {self.coursedir.max_dir_size / 1000:g} MB")
        ignore = ignore_patterns(
            exclude=self.coursedir.ignore,
            include=self.coursedir.include,
            max_file_size=self.coursedir.max_file_size,
            log=self.log,
        )
        # What a link leads to stays where it is.
        replace_folder(
            place, lambda new: shutil.copytree(source, new, symlinks=True, ignore=ignore)
        )

    def _tell(self, text: str) -> None:
        self.notices.append(text)
        self.log.warning("%s", text)


def _is_arriving(path: Path) -> bool:
    """Tell whether a submission is still being copied: nbgrader writes the secret last."""
    fresh = datetime.now().timestamp() - path.stat().st_mtime < ARRIVING
    return fresh and not (path / "submission_secret.txt").is_file()


def _find_account(path: Path | None = None) -> str:
    """Return the account that a folder belongs to, else whoever collects; "" without accounts."""
    if sys.platform == "win32":
        return ""
    import pwd  # not there on Windows

    number = path.stat().st_uid if path else os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"account {number}"
