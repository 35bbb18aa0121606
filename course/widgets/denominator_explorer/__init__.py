"""The denominator explorer: one number of votes as a part of three wholes."""

from course import data
from course.answers.store import JsonValue
from course.widgets.ballots import BALLOTS, read_ballots
from course.widgets.base import CourseWidget, read_bundle

NATION = "Nation"
START = "Valentín Paniagua"  # a candidate that no graded question asks about


class DenominatorExplorer(CourseWidget):
    """One candidate's votes against the valid votes, the votes cast and the registered electors.

    It shows votes as counts and bars, for the nation and its 26 units; it asks nothing and keeps
    nothing.
    """

    _esm, _css = read_bundle("denominator_explorer")

    def __init__(self) -> None:
        candidates = _list_candidates()
        start = [candidate["name"] for candidate in candidates].index(START)
        content = {"candidates": candidates, "places": _list_places(), "start": start}
        super().__init__(content=content)


def _list_candidates() -> list[dict[str, JsonValue]]:
    """Return the 20 candidates in ballot-rank order with their column in the units' table."""
    names = data.first_round()["candidate"].tolist()
    return [{"name": name, "column": data.candidate_column(name)} for name in names]


def _list_places() -> list[dict[str, JsonValue]]:
    """Return the nation and the 26 units, each with its totals and the votes by column."""
    units = data.first_round_departments()
    votes = data.first_round()["votes"].tolist()
    columns = [str(candidate["column"]) for candidate in _list_candidates()]
    nation: dict[str, JsonValue] = {
        "name": NATION,
        **read_ballots(),
        "votes": dict(zip(columns, map(int, votes), strict=True)),
    }
    return [nation] + [
        {
            "name": str(unit["unit"]),
            **{kind: int(unit[kind]) for kind in BALLOTS},
            "votes": {column: int(unit[column]) for column in columns},
        }
        for unit in units.to_dict("records")
    ]
