"""The labels that panels offer for the column's paragraphs, and how these speak to one another."""

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
