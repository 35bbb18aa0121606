"""Keeps how often a practice question was tried: beside the answers, and never as one."""

from dataclasses import dataclass
from pathlib import Path

from course.answers.carried import read_entries
from course.answers.store import FILE_NAME, AnswerStore
from course.practice.verdict import Verdict

PREFIX = "practice-"
LAST = 200  # characters of how the last try was read


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
    return str(read_practiced(AnswerStore().load(PREFIX + question)) or "")


def keep_try(question: str, verdict: Verdict, store: AnswerStore | None = None) -> None:
    """Count a try; the same answer again, as when all cells are run, is none."""
    if not verdict.answered:
        return
    store = store or AnswerStore()
    kept = store.load(PREFIX + question)
    known, last = read_practiced(kept), verdict.read_as[:LAST]
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
    found = {
        name.removeprefix(PREFIX): read_practiced(entry["value"])
        for name, entry in entries
        if name.startswith(PREFIX)
    }
    return {question: practiced for question, practiced in found.items() if practiced}
