"""The count replay: the reports of the first-round count, one after the other."""

from typing import Any

import pandas as pd

from course import data
from course.answers.store import JsonValue
from course.widgets.ballots import read_ballots
from course.widgets.base import CourseWidget, read_bundle, whole_number

NUMBERS = (
    "sheets_percent",
    "humala_percent",
    "garcia_percent",
    "flores_percent",
    "humala_votes",
    "garcia_votes",
    "flores_votes",
    "gap_votes_stated",
)
TEXTS = ("time", "sheets_precision", "base", "note", "source")


class CountReplay(CourseWidget):
    """The reports of the first-round count as they came in; a student marks one.

    ``value`` is ``{"report": n}``, n the number of the report in `data.count_reports`.
    """

    _esm, _css = read_bundle("count_replay")

    def __init__(self, question: str | None = "votes-11") -> None:
        ballots = read_ballots()
        totals = {kind: ballots[kind] for kind in ("votes_cast", "valid_votes")}
        content = {"reports": _list_reports(), **totals}
        super().__init__(question, content=content)

    def example(self) -> str:
        """Return the form of an answer."""
        return '{"report": 3}'

    def checked(self, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the answer with the report's number as an int; raise ValueError otherwise."""
        self.refuse_other_names(value, {"report"})
        last = len(self.content["reports"])
        return {"report": whole_number(value["report"], "report", 1, last)}


def _list_reports() -> list[dict[str, JsonValue]]:
    """Return the reports of the count in order; what a report does not state is None."""
    reports = []
    for row in data.count_reports().to_dict("records"):
        numbers = {name: _read_number(row[name]) for name in NUMBERS}
        texts = {name: _read_text(row[name]) for name in TEXTS}
        day = f"{row['date'].day} {row['date'].month_name()} {row['date'].year}"  # 10 April 2006
        reports.append({"report": int(row["report"]), "date": day, **numbers, **texts})
    return reports


def _read_number(cell: Any) -> JsonValue:
    """Return a table's cell as int or float, or None where the source states nothing."""
    if pd.isna(cell):
        return None
    number = float(cell)
    return int(number) if number.is_integer() else number


def _read_text(cell: Any) -> str:
    """Return a table's cell as text, "" where the source states nothing."""
    return "" if pd.isna(cell) else str(cell)
