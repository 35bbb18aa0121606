"""The codebook's labels: what a reader can say of a paragraph."""

from __future__ import annotations

from course.text.paraphrase import PARAPHRASE

__all__ = [
    "CHECKABLE",
    "CLAIM_TYPES",
    "EVIDENCE_TYPES",
    "LOADED",
    "PARAGRAPHS",
    "QUESTIONS",
    "ROLES",
]

PARAGRAPHS = tuple(f"P{number:02}" for number in range(1, len(PARAPHRASE) + 1))

ROLES = ("main_claim", "reason", "evidence", "background", "concession", "forecast", "credit")
CLAIM_TYPES = ("fact", "cause", "value", "prediction", "policy", "none")
EVIDENCE_TYPES = (
    "election_result",
    "poll",
    "government_action",
    "history",
    "economic_trend",
    "none",
)
LOADED = ("yes", "no")
CHECKABLE = ("yes", "partly", "no")

# The questions whose widgets ask for the same as the codebook: a colleague can read with them.
QUESTIONS = {"roles": "argument-03", "claims": "argument-04", "map": "argument-06"}
