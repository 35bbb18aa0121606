"""Keeps how often a practice question was tried: beside the answers, and never as one."""

from dataclasses import dataclass

from course.answers.carried import read_entries
from course.answers.store import AnswerStore
from course.practice.verdict import Verdict

PREFIX = "practice-"
LAST = 200  # characters of how the last try was read


@dataclass(frozen=True)
class Practised:
    """How often a question was tried, and whether it was right in the end."""

    tries: int
    right: bool

    def __str__(self) -> str:
        tries = "1 try" if self.tries == 1 else f"{self.tries} tries"
        return f"right after {tries}" if self.right else tries


def say_practised(question: str) -> str:
    """Return how often the practice of a question was tried in this folder; "" if never."""
    return str(read_practised(AnswerStore().load(PREFIX + question)) or "")


def keep_try(question: str, verdict: Verdict, store: AnswerStore | None = None) -> None:
    """Count a try; the same answer again, as when all cells are run, is none."""
    if not verdict.answered:
        return
    store = store or AnswerStore()
    kept = store.load(PREFIX + question)
    known, last = read_practised(kept), verdict.read_as[:LAST]
    if kept is not None and known and kept.get("last") == last:
        return
    tries, right = (known.tries, known.right) if known else (0, False)
    # Whether it is kept is not said: nothing is lost that a student would miss.
    store.save(
        PREFIX + question,
        {"tries": tries + (not right), "right": right or verdict.right, "last": last},
    )


def read_practised(kept: object) -> Practised | None:
    """Return what is kept of a question; None where nothing is, or nothing that can be read."""
    if not isinstance(kept, dict):
        return None
    tries, right = kept.get("tries"), kept.get("right")
    if type(tries) is not int or not 0 < tries < 1_000_000 or not isinstance(right, bool):
        return None
    return Practised(tries, right)


def read_handed_in(file: bytes) -> dict[str, Practised]:
    """Return what was practised, by question, from the ``answers.json`` of a submission."""
    entries = (read_entries(file) or {}).items()
    found = {
        name.removeprefix(PREFIX): read_practised(entry["value"])
        for name, entry in entries
        if name.startswith(PREFIX)
    }
    return {question: practised for question, practised in found.items() if practised}
