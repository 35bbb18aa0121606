"""Keeps on disk how far grading has come, so that a run that was killed goes on where it stopped.

In the course folder, `.grading/ASSIGNMENT/` holds for each student

    STUDENT.json       what became of the submission: its fingerprint, graded or not, why not
    tries/STUDENT      how many of the student's submissions were graded, and the last of them
    pending/STUDENT/   a result that is complete but not yet in the gradebook and in autograded/

Everything is written beside and renamed: what is there under its name is whole. A result first
becomes pending; then it is entered in the gradebook, put in autograded/, noted in STUDENT.json and
removed from pending, in this order. Each step may be done twice; after a kill they are done again.
"""

import json
import logging
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from course.grader.faults import Fault
from course.grader.run.task import Comment, Grade, Graded
from course.wholefile import sync_folder, write_whole

# A state of another format is as good as none: the submission is graded again.
FORMAT = 1
RESULT = "result.json"


@dataclass(frozen=True)
class Outcome:
    """What became of one submission."""

    student: str  # the student's id
    fault: str | None = None  # why it could not be graded, or None when it was
    skipped: bool = False  # True when it was graded before and has not changed since
    # what went wrong in single cells, as JSON (`Fault.as_json`)
    faults: tuple[dict[str, Any], ...] = ()
    remarks: tuple[str, ...] = ()  # what was left out or mended before it ran
    fingerprint: str = ""  # of what was handed in
    questions: str = ""  # fingerprint of the checks, points and files that it was graded by
    times: dict[str, float] | None = None  # seconds by phase


@dataclass(frozen=True)
class Pending:
    """A complete result that is not in the gradebook yet."""

    graded: Graded
    timestamp: str | None
    fingerprint: str
    questions: str


class GradingState:
    """The state of one assignment.

    Args:
        root: the course folder.
        assignment: its name.
    """

    def __init__(self, root: Path, assignment: str) -> None:
        self._root = root
        self._assignment = assignment
        self._folder = root / ".grading" / assignment
        self.pending = self._folder / "pending"  # the pending results, a folder a student

    def read_outcome(self, student: str) -> Outcome | None:
        """Return what became of a student's last submission, or None when that is not known."""
        try:
            content = json.loads((self._folder / f"{student}.json").read_text(encoding="utf-8"))
            if content.pop("format", None) != FORMAT:
                return None
            known = {one.name: content[one.name] for one in fields(Outcome) if one.name in content}
            known["faults"] = tuple(Fault(**fault).as_json() for fault in known.get("faults", ()))
            known["remarks"] = tuple(map(str, known.get("remarks", ())))
            return Outcome(**known)
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return None  # as if nothing was known: it is graded again

    def read_outcomes(self) -> dict[str, Outcome]:
        """Return what is known, by student."""
        names = sorted(path.stem for path in self._folder.glob("*.json"))
        found = {name: self.read_outcome(name) for name in names}
        return {name: outcome for name, outcome in found.items() if outcome is not None}

    def note_outcome(self, outcome: Outcome) -> None:
        """Write down what became of a submission."""
        tries, last = self.read_tries(outcome.student)
        place = self._folder / "tries" / outcome.student
        place.parent.mkdir(parents=True, exist_ok=True)
        # Noted twice, or graded again, it is still the same try; one that failed is none.
        if not outcome.fault and last != outcome.fingerprint:
            write_whole(place, f"{tries + 1} {outcome.fingerprint}")
        text = json.dumps({"format": FORMAT, **asdict(outcome)}, indent=1)
        write_whole(self._folder / f"{outcome.student}.json", text)

    def read_tries(self, student: str) -> tuple[int, str]:
        """Return how many submissions of a student were graded, and the last one's fingerprint."""
        try:
            number, _, last = (self._folder / "tries" / student).read_text("utf-8").partition(" ")
            return int(number), last
        except (OSError, ValueError):
            return 0, ""

    def forget_outcome(self, student: str) -> None:
        """Forget what became of a student's submission."""
        (self._folder / f"{student}.json").unlink(missing_ok=True)

    # --- results on their way -----------------------------------------------------------------

    def keep_pending(self, pending: Pending) -> None:
        """Keep a complete result until it is in the gradebook and in autograded/."""
        student = pending.graded.student
        half = self.pending / f".{student}.half"
        shutil.rmtree(half, ignore_errors=True)
        for name, content in pending.graded.files.items():
            path = half / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
        half.mkdir(parents=True, exist_ok=True)
        write_whole(half / RESULT, json.dumps(_as_json(pending)))
        # Only a whole folder gets the student's name; what a kill leaves half done begins with
        # a dot.
        whole = self.pending / student
        shutil.rmtree(whole, ignore_errors=True)
        half.rename(whole)
        sync_folder(self.pending)

    def yield_pending(self) -> Iterator[Pending]:
        """Yield the complete results that a run before left; remove what it left half done.

        What a power cut left unreadable is set aside; the submission is graded again.
        """
        for left in self.pending.glob(".*.half"):
            _remove_folder(left)
        for folder in sorted(self.pending.glob("[!.]*")):
            try:
                pending = _from_json(json.loads((folder / RESULT).read_text(encoding="utf-8")))
                if pending.graded.student != folder.name:
                    raise ValueError(folder.name)
            except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
                self._set_aside(folder)
                continue
            yield pending

    def _set_aside(self, path: Path) -> None:
        """Keep what cannot be read under another name, and say so in the log."""
        place = self._folder / "unreadable" / f"{path.name}-{time.time_ns()}"
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)
        self.forget_outcome(path.name)
        logging.getLogger("course.grader").warning(
            "%s cannot be read (was the power cut?): kept as %s; it is graded again", path, place
        )

    def adopt_result(self, result: Path) -> None:
        """Take a complete result, a folder named as its student, among the pending ones."""
        whole = self.pending / result.name
        shutil.rmtree(whole, ignore_errors=True)
        self.pending.mkdir(parents=True, exist_ok=True)
        result.rename(whole)

    def publish_files(self, student: str) -> None:
        """Move a pending result's files to autograded/, in place of older ones."""
        files = self.pending / student / "files"
        place = self._root / "autograded" / student / self._assignment
        if files.is_dir():
            self.withdraw_files(student)
            # Before it is moved: nobody then finds it there and writable.
            for path in files.rglob("*"):
                if path.is_file():
                    path.chmod(0o444)  # as nbgrader gives it to what it grades
            place.parent.mkdir(parents=True, exist_ok=True)
            files.rename(place)

    def withdraw_files(self, student: str) -> None:
        """Remove autograded/STUDENT/ASSIGNMENT: what it shows is no longer so."""
        place = self._root / "autograded" / student / self._assignment
        old = self.pending / f".{student}.old"
        _remove_folder(old)
        if place.exists():
            old.parent.mkdir(parents=True, exist_ok=True)
            # Renamed before it is removed, so that what can be seen in autograded/ is whole.
            place.rename(old)
            _remove_folder(old)

    def remove_pending(self, student: str) -> None:
        """Remove a pending result."""
        _remove_folder(self.pending / student)


def _as_json(pending: Pending) -> dict[str, Any]:
    graded = {name: value for name, value in asdict(pending.graded).items() if name != "files"}
    rest = {name: getattr(pending, name) for name in ("timestamp", "fingerprint", "questions")}
    return {"graded": graded, **rest}


def _from_json(content: dict[str, Any]) -> Pending:
    fields = dict(content.pop("graded"))
    fields["grades"] = [Grade(**grade) for grade in fields["grades"]]
    fields["comments"] = [Comment(**comment) for comment in fields["comments"]]
    return Pending(graded=Graded(**fields), **content)


def _remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)
