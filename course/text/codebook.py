"""The codebook's labels: what a reader can say of a paragraph, and what panels offer."""

from __future__ import annotations

from course.text.column import OWN, read_paragraphs

__all__ = [
    "CHECKABLE",
    "CLAIM_TYPES",
    "EVIDENCE_TYPES",
    "LOADED",
    "PARAGRAPHS",
    "QUESTIONS",
    "RELATIONS",
    "ROLES",
    "ROLE_TEXTS",
]

PARAGRAPHS = tuple(f"P{number:02}" for number in range(1, len(read_paragraphs(OWN)) + 1))

ROLE_TEXTS = {
    "main_claim": "Main claim: what the column as a whole argues for",
    "reason": "Reason: a claim one can dispute, given for another claim",
    "evidence": "Evidence: a report one can check, given for a claim",
    "background": "Background: who, what, when; neither for nor against",
    "concession": "Concession: admits a point against the author's own line",
    "forecast": "Forecast: what will, may or should happen",
    "credit": "Credit: who wrote it",
}
RELATIONS = ("supports", "challenges")
ROLES = tuple(ROLE_TEXTS)
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
