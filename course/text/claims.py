"""The column's claims in neutral words, and what a verdict on one can be."""

import tomllib
from functools import cache
from pathlib import Path

# What a claim has to be for each verdict; the ledger shows it, the notebook explains it.
VERDICTS = {
    "holds": "Holds: the record bears it out as it is said",
    "in_part": "Holds in part: a part that matters is borne out, and one is not",
    "does_not_hold": "Does not hold: the record says otherwise",
    "not_settled": "Not settled: a matter of record or cause, but what we have does not decide",
    "judgment": "A judgment: no record would settle it, or nothing tests it yet",
}


@cache
def list_claims() -> dict[str, tuple[str, str]]:
    """Return the paragraph and the words of each claim, by its name such as "C06"."""
    found = tomllib.loads(Path(__file__).with_name("claims.toml").read_text("utf-8"))
    return {name: (paragraph, words) for name, (paragraph, words) in found.items()}
