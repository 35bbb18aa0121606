"""Decisions: answers that are accepted beyond what the readings give, each with its reason.

They stand in ``decisions.csv`` beside the readings. A decision counts as one reader more who gave
the answer.
"""

from dataclasses import dataclass
from pathlib import Path

from course.desk.keys.codebook import NEEDED, Codebook
from course.desk.keys.table import Row, read_table
from course.text.codebook import RELATIONS

DECISIONS = "decisions.csv"


@dataclass(frozen=True)
class Decision:
    """An answer that is accepted for a paragraph."""

    field: str  # "role", "claim_type", "supports" or "challenges"
    paragraph: str  # the paragraph that it is about
    answer: str  # a label of the codebook, or the paragraph that it supports or challenges
    reason: str  # why a careful reader can defend it


def load_decisions(folder: Path, book: Codebook) -> tuple[Decision, ...]:
    """Return the decisions of a folder of readings, none where there is no file of them.

    Raises:
        CourseError: naming the line, what was expected there and what was found.
    """
    path = folder / DECISIONS
    if not path.is_file():
        return ()
    rows = read_table(path, ("field", "paragraph", "answer", "reason"))
    return tuple(_read_decision(row, book) for row in rows)


def _read_decision(row: Row, book: Codebook) -> Decision:
    """Return the decision of a row; each cell has to be one that the codebook knows."""
    answers = {name: book.labels.get(name, ()) for name in NEEDED}
    answers |= dict.fromkeys(RELATIONS, book.paragraphs)
    field = row.require("field", answers)
    return Decision(
        field,
        row.require("paragraph", book.paragraphs),
        row.require("answer", answers[field]),
        row.require_text("reason", "why a careful reader can defend this answer"),
    )
