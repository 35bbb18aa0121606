"""Widgets of the timeline strand: events on lanes, and events to be put in order.

Whatever is shown comes from the tables or from the notebook; no answer to a question stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from course import data
from course.answers import JsonValue
from course.countries import COUNTRIES
from course.dates import precision, span
from course.widgets.base import CourseWidget

__all__ = ["EventSorter", "TimelineExplorer"]

NEEDED = ("event", "date", "title", "category")
MORE = ("description", "invocation_evidence", "other_category", "contested", "note", "source")
INVOKED = ("yes", "disputed", "no")


class EventSorter(CourseWidget):
    """Events that are put in order, the earliest first.

    ``items``: what is shown of each event, by its id, in the order in which they are offered. The
    ids are shown, for those who answer in code, so they should not themselves have an order in
    time. ``value`` is the list of all ids, such as ``["C", "A", "B"]``; it is ``[]`` until
    something has been moved or the order as it stands has been kept. ``title`` stands above.
    """

    parts = ("shared/draft", "event_sorter/drag", "event_sorter/panel")
    kind = list

    def __init__(
        self,
        question: str | None,
        items: Mapping[str, str],
        *,
        title: str = "",
        folder: Path | str | None = None,
    ) -> None:
        if len(items) < 2:
            raise ValueError("items: expected at least two texts by their ids, found fewer.")
        content: dict[str, JsonValue] = {
            "title": title or "Put these events in order, the earliest first",
            "items": [{"id": name, "text": text} for name, text in items.items()],
        }
        super().__init__(question, content=content, folder=folder)

    def example(self) -> str:
        """Return the form of an answer: the items as they are offered."""
        names = ", ".join(f'"{name}"' for name in self._names())
        return f"[{names}]"

    def checked(self, value: list[JsonValue]) -> list[JsonValue]:
        """Return the order if it holds each id once; raise ValueError otherwise."""
        names = self._names()
        wanted = f"expected each of {', '.join(names)} once"
        unknown = [one for one in value if one not in names]
        if unknown:
            raise ValueError(f"{wanted}, found {', '.join(map(repr, unknown))}.")
        twice = [name for name in names if value.count(name) > 1]
        if twice:
            raise ValueError(f"{wanted}, found {', '.join(twice)} more than once.")
        missing = [name for name in names if name not in value]
        if missing:
            raise ValueError(f"{wanted}, found all but {', '.join(missing)}.")
        return value

    def _names(self) -> list[str]:
        return [item["id"] for item in self.content["items"]]


class TimelineExplorer(CourseWidget):
    """Events as points and intervals on lanes by category; it asks nothing and keeps nothing.

    ``events``: a table with the columns of `course.data.events`, by default that table. It needs
    event, date, title and category; the others may be missing, and cells may be empty. ``title``
    stands above.
    """

    parts = (
        "timeline_explorer/dates",
        "timeline_explorer/words",
        "timeline_explorer/layout",
        "timeline_explorer/picture",
        "timeline_explorer/filter",
        "timeline_explorer/view",
        "timeline_explorer/panel",
    )

    def __init__(self, events: pd.DataFrame | None = None, *, title: str = "") -> None:
        table = data.events() if events is None else events
        shown = _events(table)
        first, last = shown[0]["first"][:4], max(event["until"] for event in shown)[:4]
        years = first if first == last else f"{first} to {last}"
        content: dict[str, JsonValue] = {
            "title": title or f"Timeline: {len(shown)} events, {years}",
            "events": shown,
        }
        super().__init__(content=content)

    def example(self) -> str:
        """Return the only form of an answer: none."""
        return "{}"

    def checked(self, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Refuse every answer: this widget asks nothing."""
        raise ValueError("expected {} (this widget takes no answer), found entries.")


def _events(table: pd.DataFrame) -> list[dict[str, JsonValue]]:
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
    shown = [_event(row) for row in table.to_dict("records")]
    return sorted(shown, key=lambda event: (event["first"], event["last"]))


def _event(row: dict[Any, Any]) -> dict[str, JsonValue]:
    """Return what the page needs of an event.

    first, last: the days between which it began; from, until: those between which it ended (None
    and the same as last if it is no interval).
    """
    name = str(row["event"])
    first, last = _days(row["date"], f"{name}, date")
    end = _text(row.get("end"))
    ends = _days(end, f"{name}, end") if end else None
    if ends and ends[1] < first:
        raise ValueError(f"events: {name}: expected an end after {first}, found {end}.")
    invoked = _text(row.get("monroe_invoked")) or "not stated"
    codes = [code.strip() for code in _text(row.get("countries")).split(";") if code.strip()]
    return {
        "id": name,
        "title": _text(row["title"]),
        "category": _text(row["category"]),
        "first": first,
        "last": last,
        "precision": precision(_text(row["date"])),
        "from": ends[0] if ends else None,
        "until": ends[1] if ends else last,
        "end_precision": precision(end) if ends else None,
        "countries": [[code, COUNTRIES.get(code, code)] for code in codes],
        "invoked": invoked,
        "thin": _text(row.get("support")) == "thin",
        **{column: _text(row.get(column)) for column in MORE},
    }


def _days(cell: object, where: str) -> tuple[str, str]:
    """Return the first and the last day that a date allows, as text."""
    try:
        first, last = span(_text(cell))
    except ValueError as error:
        raise ValueError(f"events: {where}: {error}.") from None
    return first.isoformat(), last.isoformat()


def _text(cell: Any) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell)
