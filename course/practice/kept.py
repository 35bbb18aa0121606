"""Keeps how often a practice question was tried: beside the answers, and never as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course.answers.store import AnswerStore
from course.practice.verdict import Verdict

__all__ = ["PREFIX", "Practised", "keep_try", "read_practised"]

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


def keep_try(question: str, verdict: Verdict, store: AnswerStore | None = None) -> None:
    """Count a try; the same answer again, as when all cells are run, is none."""
    if not verdict.answered:
        return
    store = store or AnswerStore()
    kept = store.load(PREFIX + question)
    known, last = read_practised(kept), verdict.read_as[:LAST]
    if known and isinstance(kept, dict) and kept.get("last") == last:
        return
    tries, right = (known.tries, known.right) if known else (0, False)
    # Whether it is kept is not said: nothing is lost that a student would miss.
    store.save(
        PREFIX + question,
        {"tries": tries + (not right), "right": right or verdict.right, "last": last},
    )


def read_practised(kept: object) -> Practised | None:
    """Return what is kept of a question; None where nothing is, or nothing that can be read."""
    if not isinstance(kept, Mapping):
        return None
    known: Mapping[str, Any] = kept
    tries, right = known.get("tries"), known.get("right")
    sound = type(tries) is int and 0 < tries < 1_000_000 and isinstance(right, bool)
    return Practised(tries, right) if sound and tries and isinstance(right, bool) else None
