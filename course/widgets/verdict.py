"""The panels of the verdict, under the name that notebooks import."""

from course.text.claims import VERDICTS, list_claims
from course.widgets.argument_map import ArgumentMap
from course.widgets.claim_ledger import ClaimLedger
from course.widgets.matching import Matching

__all__ = ["VERDICTS", "ArgumentMap", "ClaimLedger", "Matching", "list_claims"]
