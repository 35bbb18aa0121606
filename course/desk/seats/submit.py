"""How a submission is sent: one that lacks an answer says which, before it is sent.

The first Submit of a folder with unanswered questions is held back with a message that names them.
A second Submit of the same folder, unchanged and within half an hour, sends it as it is, and counts
as handed in at the first: so nobody misses a deadline by being asked.
"""

import hashlib
import json
import os
import textwrap
import time
from pathlib import Path
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeSubmit
from traitlets import Integer

from course.cells.saved import read_notebook
from course.grader.intake.stamp import read_stamp
from course.overview.listing import Row
from course.overview.rehearsal import SECONDS, TooLong, rehearse

SAME_TIME = 60  # seconds between the two times of a note, at most
WIDTH = 56  # characters of a line; a dialog shows so many at 200 % zoom


class HeldBack(ExchangeError):  # type: ignore[misc]  # noqa: N818 - asks, rather than fails
    """A submission was not sent, because answers are missing; the text says which."""


class CheckedSubmit(ExchangeSubmit):  # type: ignore[misc]
    """Submits as nbgrader does, after telling once what is not filled in.

    For `c.ExchangeFactory.submit` in a student's settings.
    """

    ask_again_after = Integer(
        1800,
        help="Seconds for which a second Submit of an unchanged folder sends it. 0: never ask.",
    ).tag(config=True)

    def init_src(self) -> None:
        """Find the folder to send; hold it back where answers are missing and nobody was told.

        Raises:
            HeldBack: if it is not sent.
        """
        super().init_src()
        if not self.ask_again_after:
            return
        # Read from the disk, as nbgrader will send it, not from the browser's page.
        missing = self._find_missing()
        if not missing:
            return
        fingerprint = _make_fingerprint(Path(self.src_path))
        asked = self._read_asked()
        if (
            asked.get("fingerprint") == fingerprint
            # A note from the future is not believed: clocks go wrong, and notes can be written
            # by hand.
            and 0 <= time.time() - float(asked["seconds"]) <= self.ask_again_after
        ):
            # The time of the first press, so that nobody is late by having been asked.
            self.timestamp = str(asked["timestamp"])
            return
        # What the folder held, and when: as nbgrader writes it, and in seconds since the epoch.
        note = {
            "fingerprint": fingerprint,
            "timestamp": self.timestamp,
            "seconds": time.time(),
        }
        self._note_path().parent.mkdir(parents=True, exist_ok=True)
        self._note_path().write_text(json.dumps(note) + "\n", encoding="utf-8")
        message = self._write_message(missing)
        self.log.error(message)
        raise HeldBack(message)

    def copy_files(self) -> None:
        """Send the folder; what was asked is then forgotten."""
        # Only once it is sent: where sending fails, the next press must not ask again.
        super().copy_files()
        self._note_path().unlink(missing_ok=True)

    def _find_missing(self) -> list[str]:
        released = Path(self.root) / self.coursedir.course_id / "outbound"
        return find_unanswered(Path(self.src_path), released / self.coursedir.assignment_id)

    def _write_message(self, missing: list[str]) -> str:
        minutes = self.ask_again_after // 60
        # "votes-02: Fill in share_cast." lacks a part; without a colon there is no answer at all.
        whole = [line for line in missing if ": " not in line]
        parts = [f"{line}\n" for line in missing if ": " in line]
        name = self.coursedir.assignment_id
        no_answer = f"No answer: {', '.join(whole)}\n" if whole else ""
        in_part = f"Still to do:\n{''.join(parts)}" if parts else ""
        text = (
            f"NOT SENT YET: {name} is not all filled in.\n"
            f"To send it as it is, press Submit again within {minutes} minutes; "
            "it then counts as handed in now.\n\n"
            f"{no_answer}{in_part}\n"
            "This is what the saved notebook gives when it runs from top to bottom, as in grading. "
            "Is more filled in? Then save it first: only what is saved is sent."
        )
        return "\n".join(
            textwrap.fill(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False)
            for line in text.splitlines()
        )

    def _note_path(self) -> Path:
        """Return the file that says what was asked: beside the copies of submissions."""
        # In nbgrader's cache and not in the folder, where it would change the fingerprint and
        # be sent along.
        name = f"asked-{self.coursedir.course_id}-{os.path.basename(self.src_path)}.json"
        return Path(self.cache) / name

    def _read_asked(self) -> dict[str, Any]:
        """Return what a student was told of missing answers; nothing where the note is damaged."""
        try:
            note: dict[str, Any] = json.loads(self._note_path().read_text(encoding="utf-8"))
            moment = read_stamp(str(note["timestamp"]))
            # The two times are the same one: nobody could collect with one that is none.
            sound = moment and abs(moment.timestamp() - float(note["seconds"])) < SAME_TIME
        except (OSError, ValueError, KeyError, TypeError, OverflowError):
            return {}
        return note if sound else {}


def find_unanswered(folder: Path, released: Path) -> list[str]:
    """Return what is left to do in the saved notebooks, in their order, by running them once.

    Args:
        folder: the student's folder of an assignment, as it is on the disk.
        released: the folder of the same assignment as it was handed out.

    Returns:
        A line for each question without an answer ("votes-03"), and for each of which there is more
        to say ("votes-02: Fill in share_cast."). Empty when all is filled in.
    """
    lines: list[str] = []
    for path in sorted(released.glob("*.ipynb")):
        handed_out = read_notebook(path)
        if handed_out is None:
            continue
        if read_notebook(folder / path.name) is None:
            lines.append(f"{path.name}: there is no such notebook in your folder")
            continue
        try:
            rows = rehearse(folder / path.name)
        except TooLong:
            lines.append(
                f"{path.name}: it does not come to its end within {SECONDS} seconds. "
                "Does a loop never end?"
            )
            continue
        if rows is None:
            lines.append(
                f"{path.name}: its run from top to bottom broke off. Does a cell end Python?"
            )
            continue
        found = {row.question: row for row in rows}
        asked = [listed.name for listed in handed_out.list_questions(path.stem)] if rows else []
        lines += [line for name in asked if (line := _say_left(name, found.get(name)))]
    return lines


def _say_left(name: str, row: Row | None) -> str:
    """Return what is left to do for a question, or ""."""
    if row is None or row.empty:
        return name
    return "" if row.done else f"{name}: {row.trouble or row.todo}"


def _make_fingerprint(folder: Path) -> str:
    """Return a text that changes when anything does that a notebook may read: any file.

    What programs keep there by themselves, such as saved states of notebooks, is left out.
    """
    whole = hashlib.sha256()
    for place, folders, names in os.walk(folder):
        # In place: that is how os.walk is told where not to go.
        folders[:] = sorted(name for name in folders if not _passes_by(name))
        for name in sorted(names):
            path = Path(place, name)
            if not _passes_by(name) and path.is_file():
                content = hashlib.sha256(path.read_bytes()).digest()
                whole.update(os.fsencode(path.relative_to(folder)) + b"\0" + content)
    return whole.hexdigest()


def _passes_by(name: str) -> bool:
    return name.startswith(".") or name in {"__pycache__", "feedback"} or name.endswith(".tmp")
