"""The timeline explorer: events as points and intervals on lanes.

Whatever is shown comes from the table that it is given; no answer to a question stands here.
"""

from typing import Any

import pandas as pd

from course import data
from course.answers.store import JsonValue
from course.data.countries import COUNTRIES
from course.data.dates import precision, span
from course.widgets.base import CourseWidget, read_bundle

NEEDED = ("event", "date", "title", "category")
MORE = ("description", "invocation_evidence", "other_category", "contested", "note", "source")


class TimelineExplorer(CourseWidget):
    """Events as points and intervals on lanes by category; it asks nothing and keeps nothing.

    ``events``: a table with the columns of `course.data.events`, by default that table. It needs
    event, date, title and category; the others may be missing, and cells may be empty. ``title``
    stands above.
    """

    _esm, _css = read_bundle("timeline_explorer")

    def __init__(self, events: pd.DataFrame | None = None, *, title: str = "") -> None:
        table = data.events() if events is None else events
        shown = _list_events(table)
        first, last = shown[0]["first"][:4], max(event["until"] for event in shown)[:4]
        years = first if first == last else f"{first} to {last}"
        content: dict[str, JsonValue] = {
            "title": title or f"{len(shown)} events, {years}",
            "events": shown,
        }
        super().__init__(content=content)


def _list_events(table: pd.DataFrame) -> list[dict[str, JsonValue]]:
    """Return the rows of a table of events in order of time; raise ValueError if it is none."""
    if not isinstance(table, pd.DataFrame):
        raise ValueError(
            f"events: expected a table such as data.events(), found {type(table).__name__}."
        )
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        raise ValueError(
            f"events: expected a table with the columns {', '.join(NEEDED)}, "
            f"found none named {', '.join(missing)}. Take rows of data.events(), not columns."
        )
    if table.empty:
        raise ValueError("events: expected at least one event, found a table without rows.")
    if table["event"].duplicated().any():
        twice = table.loc[table["event"].duplicated(), "event"].iloc[0]
        raise ValueError(f"events: expected each event once, found {twice} more than once.")
    shown = [_read_event(row) for row in table.to_dict("records")]
    return sorted(shown, key=lambda event: (event["first"], event["last"]))


def _read_event(row: dict[Any, Any]) -> dict[str, JsonValue]:
    """Return what the page needs of an event.

    first, last: the days between which it began; from, until: those between which it ended (None
    and the same as last if it is no interval).
    """
    name = str(row["event"])
    first, last = _read_days(row["date"], f"{name}, date")
    end = _read_text(row.get("end"))
    ends = _read_days(end, f"{name}, end") if end else None
    if ends and ends[1] < first:
        raise ValueError(f"events: {name}: expected an end after {first}, found {end}.")
    invoked = _read_text(row.get("monroe_invoked")) or "not stated"
    codes = [code.strip() for code in _read_text(row.get("countries")).split(";") if code.strip()]
    return {
        "id": name,
        "title": _read_text(row["title"]),
        "category": _read_text(row["category"]),
        "first": first,
        "last": last,
        "precision": precision(_read_text(row["date"])),
        "from": ends[0] if ends else None,
        "until": ends[1] if ends else last,
        "end_precision": precision(end) if ends else None,
        "countries": [[code, COUNTRIES.get(code, code)] for code in codes],
        "invoked": invoked,
        "thin": _read_text(row.get("support")) == "thin",
        **{column: _read_text(row.get(column)) for column in MORE},
    }


def _read_days(cell: object, where: str) -> tuple[str, str]:
    """Return the first and the last day that a date allows, as text."""
    try:
        first, last = span(_read_text(cell))
    except ValueError as error:
        raise ValueError(f"events: {where}: {error}.") from None
    return first.isoformat(), last.isoformat()


def _read_text(cell: Any) -> str:
    """Return a cell as text, "" where it is empty."""
    return "" if cell is None or pd.isna(cell) else str(cell)
