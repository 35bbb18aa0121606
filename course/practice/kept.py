"""Keeps how often a practice question was tried: beside the answers, and never as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course.answers.carried import read_entries
from course.answers.store import FILE_NAME, AnswerStore

if TYPE_CHECKING:  # what judges needs pandas; who reads what was kept does not
    from course.practice.judging import Verdict

PREFIX = "practice-"
LAST = 200  # characters of how the last try was read and what was said of it


@dataclass(frozen=True)
class Practiced:
    """How often a question was tried, and whether it was right in the end."""

    tries: int
    right: bool

    def __str__(self) -> str:
        tries = "1 try" if self.tries == 1 else f"{self.tries} tries"
        return f"right after {tries}" if self.right else tries


def say_practiced(question: str) -> str:
    """Return how often the practice of a question was tried in this folder; "" if never."""
    return str(read_handed_in(Path()).get(question, ""))


def keep_try(question: str, verdict: Verdict, store: AnswerStore | None = None) -> None:
    """Count a try; the same answer again, as when all cells are run, is none."""
    if not verdict.answered:
        return
    store = store or AnswerStore()
    kept = store.load(PREFIX + question)
    known = read_practiced(kept)
    # One function is told from another by what is said of it.
    last = " ".join((verdict.headline, verdict.read_as, *verdict.lines))[:LAST]
    if kept is not None and known and kept.get("last") == last:
        return
    tries, right = (known.tries, known.right) if known else (0, False)
    # Whether it is kept is not said: nothing is lost that a student would miss.
    store.save(
        PREFIX + question,
        {"tries": tries + (not right), "right": right or verdict.right, "last": last},
    )


def read_practiced(kept: object) -> Practiced | None:
    """Return what is kept of a question; None where nothing is, or nothing that can be read."""
    if not isinstance(kept, dict):
        return None
    tries, right = kept.get("tries"), kept.get("right")
    if type(tries) is not int or not 0 < tries < 1_000_000 or not isinstance(right, bool):
        return None
    return Practiced(tries, right)


def read_handed_in(folder: Path) -> dict[str, Practiced]:
    """Return what was practiced, by question; nothing where ``answers.json`` did not come along."""
    try:
        entries = (read_entries((folder / FILE_NAME).read_bytes()) or {}).items()
    except OSError:
        return {}
    found: dict[str, Practiced] = {}
    for name, entry in entries:
        practiced = read_practiced(entry["value"]) if name.startswith(PREFIX) else None
        if practiced:
            # The practice of a step, as "timeline-01b", is one of its question.
            question = re.sub(r"(?<=\d)[a-z]$", "", name.removeprefix(PREFIX))
            before = found.get(question, Practiced(0, True))
            found[question] = Practiced(
                before.tries + practiced.tries, before.right and practiced.right
            )
    return found
