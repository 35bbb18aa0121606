"""Practice for *verdict*: other claims, on other rows of the same tables."""

from collections.abc import Mapping
from typing import Any

from course.practice.exercise import PANEL, ask, exercise, pair_mistakes, read_practice
from course.scoring.choices import choice, label_set
from course.scoring.maps import label_map
from course.scoring.question import Question
from course.text.claims import VERDICTS
from course.text.rows import list_rows, match_rows

read_practice("verdict")


def _ask_ledger(q: Question, entry: Mapping[str, Any]) -> None:
    """Ask for a verdict on each claim, and for a row that shows it."""
    claims = entry["claims"]
    verdicts = {name: one["verdict"] for name, one in claims.items()}
    rows = choice(list_rows())
    q.part("practice_verdicts", label_map(verdicts, list(VERDICTS)), at=f"{PANEL}.verdicts")
    q.part("practice_evidence", label_map(verdicts, rows), at=f"{PANEL}.evidence")
    q.key("practice_verdicts", verdicts, mistakes=pair_mistakes(entry["mistakes"]))
    evidence = {name: sorted(match_rows(one["rows"])) for name, one in claims.items()}
    q.key("practice_evidence", evidence)


read_practice("ledgers", _ask_ledger, texts="claims")


# fmt: off
@exercise("verdict-06",
    hint="Which of the two that point to Z did the reader find to hold, wholly or in part?",
    right="The arrow from X still carries; that from Y does not. Now your own verdicts.")
def _what_carries(q: Question) -> None:
    ask(q, "practice_carrying", label_set(["X", "Y"]), {"X"}, mistakes={
        "Y": "The reader found that Y does not hold. Its arrow has lost its start.",
    })
