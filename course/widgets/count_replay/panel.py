"""Widgets of the votes strand: denominators, the count as it came in, transfers to the runoff.

Every number drawn comes from the tables of `course.data`; no answer to a question stands here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from course import data
from course.answers import JsonValue
from course.widgets.base import CourseWidget, whole_number

__all__ = ["CountReplay", "DenominatorExplorer", "RunoffLaboratory"]

NATION = "Nation (all 26 units)"
BALLOTS = ("registered", "votes_cast", "valid_votes", "blank_votes", "null_votes")
FINALISTS = ("Alan García", "Ollanta Humala")


class DenominatorExplorer(CourseWidget):
    """One candidate's votes against the valid votes, the votes cast and the registered electors.

    It shows votes as counts and bars, for the nation and its 26 units; it asks nothing and keeps
    nothing.
    """

    parts = ("denominator_explorer/panel",)

    def __init__(self) -> None:
        super().__init__(content={"candidates": _candidates(), "places": _places()})

    def example(self) -> str:
        """Return the only form of an answer: none."""
        return "{}"

    def checked(self, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Refuse every answer: this widget asks nothing."""
        raise ValueError("expected {} (this widget takes no answer), found entries.")


class CountReplay(CourseWidget):
    """The reports of the first-round count as they came in; a student marks one.

    ``value`` is ``{"report": n}``, n the number of the report in `data.count_reports`.
    """

    parts = ("count_replay/chart", "count_replay/panel")

    def __init__(
        self, question: str | None = "votes-11", *, folder: Path | str | None = None
    ) -> None:
        content = {"reports": _reports(), "votes_cast": _ballots()["votes_cast"]}
        super().__init__(question, content=content, folder=folder)

    def example(self) -> str:
        """Return the form of an answer."""
        return '{"report": 3}'

    def checked(self, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the answer with the report's number as an int; raise ValueError otherwise."""
        _names(value, {"report"}, self.example())
        last = len(self.content["reports"])
        return {"report": whole_number(value["report"], "report", 1, last)}


class RunoffLaboratory(CourseWidget):
    """Where the votes of the 18 eliminated candidates can have gone, as far as arithmetic says.

    ``value`` is ``{"fewest": a, "most": b}``: votes (a count) of eliminated candidates' voters for
    García. One of the two may be missing while the student works.
    """

    parts = ("runoff_laboratory/panel",)

    def __init__(
        self, question: str | None = "votes-12", *, folder: Path | str | None = None
    ) -> None:
        super().__init__(question, content=_balance(), folder=folder)

    def example(self) -> str:
        """Return the form of an answer."""
        return '{"fewest": 1000, "most": 2000}'

    def checked(self, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the answer with both counts as ints; raise ValueError otherwise."""
        _names(value, {"fewest", "most"}, self.example())
        highest = self.content["eliminated"]
        return {name: whole_number(value[name], name, 0, highest) for name in value}


def _names(value: dict[str, JsonValue], known: set[str], example: str) -> None:
    """Raise ValueError if an answer has names that its question does not know."""
    unknown = sorted(set(value) - known)
    if unknown:
        raise ValueError(f"expected names as in {example}, found {', '.join(map(repr, unknown))}.")


def _ballots() -> dict[str, int]:
    """Return the nation's first-round totals (counts of electors or ballots)."""
    totals = data.totals()
    first = totals[totals["round"] == "first round"].to_dict("records")[0]
    return {str(kind): int(first[kind]) for kind in BALLOTS}


def _candidates() -> list[dict[str, JsonValue]]:
    """Return the 20 candidates in ballot-rank order with their column in the units' table."""
    names = data.first_round()["candidate"].tolist()
    columns = data.first_round_departments().columns
    first = columns.get_loc("ollanta_humala")
    assert isinstance(first, int)
    return [
        {"name": str(name), "column": str(column)}
        for name, column in zip(names, columns[first : first + len(names)], strict=True)
    ]


def _places() -> list[dict[str, JsonValue]]:
    """Return the nation and the 26 units, each with its totals and the votes by column."""
    units = data.first_round_departments()
    votes = data.first_round()["votes"].tolist()
    columns = [str(candidate["column"]) for candidate in _candidates()]
    nation: dict[str, JsonValue] = {
        "name": NATION,
        **_ballots(),
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


def _reports() -> list[dict[str, JsonValue]]:
    """Return the reports of the count in order; what a report does not state is None."""
    reports = []
    for row in data.count_reports().to_dict("records"):
        numbers = {
            name: _number(row[name])
            for name in (
                "sheets_percent",
                "humala_percent",
                "garcia_percent",
                "flores_percent",
                "humala_votes",
                "garcia_votes",
                "flores_votes",
                "gap_votes_stated",
            )
        }
        texts = {name: _words(row[name]) for name in ("time", "sheets_precision", "base", "note")}
        reports.append(
            {"report": int(row["report"]), "date": _day(row["date"]), **numbers, **texts}
        )
    return reports


def _balance() -> dict[str, JsonValue]:
    """Return what the two rounds' official counts say, without a word on transfers."""
    first = data.first_round().set_index("candidate")["votes"]
    runoff = data.runoff().set_index("candidate")["votes"]
    ballots = _ballots()
    garcia, humala = FINALISTS
    eliminated = first.drop(list(FINALISTS))
    return {
        "garcia_first": int(first[garcia]),
        "humala_first": int(first[humala]),
        "eliminated": int(eliminated.sum()),
        "eliminated_candidates": len(eliminated),
        "garcia_runoff": int(runoff[garcia]),
        "humala_runoff": int(runoff[humala]),
        "no_valid_vote": ballots["registered"] - ballots["valid_votes"],
    }


def _number(cell: Any) -> JsonValue:
    """Return a table's cell as int or float, or None where the source states nothing."""
    if pd.isna(cell):
        return None
    number = float(cell)
    return int(number) if number.is_integer() else number


def _words(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)


def _day(cell: pd.Timestamp) -> str:
    """Return a date as "10 April 2006"."""
    return f"{cell.day} {cell.month_name()} {cell.year}"
