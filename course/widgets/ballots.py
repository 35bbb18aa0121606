"""The nation's first-round totals, which more than one panel draws from."""

from course import data

BALLOTS = ("registered", "votes_cast", "valid_votes", "blank_votes", "null_votes")


def read_ballots() -> dict[str, int]:
    """Return the nation's first-round totals (counts of electors or ballots)."""
    totals = data.totals()
    first = totals[totals["round"] == "first round"].to_dict("records")[0]
    return {str(kind): int(first[kind]) for kind in BALLOTS}
