"""Dated rows hold together: events, and statements on the Iraq war."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from course.data.countries import COUNTRIES
from course.data.dates import precision, span
from tests.tablechecks.rows import Row, list_rows, raise_error

__all__ = [
    "check_country",
    "check_dated",
    "check_doubt",
    "check_events",
    "check_iraq",
    "split_list",
]


def check_events(place: Path, events: pd.DataFrame) -> None:
    """Prove that the events are numbered in order of time and that their dates and codes hold.

    Raises:
        DataError: names the event, what was expected and what was found.
    """
    table = "events"
    before = ""
    for number, row in enumerate(list_rows(events), start=1):
        name = row["event"]
        if name != f"E{number:02}":
            raise_error(place, table, name, f"events numbered in order, here E{number:02}", name)
        if not before <= row["date"]:
            raise_error(
                place, table, name, f"rows in order of date, here {before} or later", row["date"]
            )
        before = row["date"]
    check_dated(place, table, events)


def check_dated(place: Path, table: str, events: pd.DataFrame) -> None:
    """Prove that dates, countries and codes of a table of events hold.

    Raises:
        DataError: names the event, what was expected and what was found.
    """
    for row in list_rows(events):
        name = row["event"]
        _check_date(place, table, row, "date")
        _check_end(place, table, row)
        for country in split_list(row["countries"]):
            check_country(place, table, name, country)
        other = _cell_text(row["other_category"])
        if other and (other == row["category"] or "category" not in split_list(row["contested"])):
            expected = "another category only where contested names category"
            raise_error(place, table, name, expected, f"{row['category']} and {other}")
        check_doubt(place, table, row, "event", events)


def check_iraq(place: Path, statements: pd.DataFrame) -> None:
    """Prove that dates and codes of the statements hold, and that nobody leaves before coming.

    Raises:
        DataError: names the statement, what was expected and what was found.
    """
    table = "iraq_coalition"
    first: dict[tuple[str, str], str] = {}
    for number, row in enumerate(list_rows(statements), start=1):
        name, country, position = row["statement"], row["country"], row["position"]
        if name != f"I{number:02}":
            raise_error(
                place, table, name, f"statements numbered in order, here I{number:02}", name
            )
        check_country(place, table, name, country, row["country_name"])
        _check_date(place, table, row, "date")
        check_doubt(place, table, row, "statement", statements)
        if not pd.isna(row["troops"]) and position not in ("troops", "withdrew"):
            raise_error(place, table, name, "a number only of troops that come or go", position)
        key = country, position
        first[key] = min(first.get(key, row["date"]), row["date"])
    for later, earlier in (
        ("withdrew", "troops"),
        ("support annulled", "listed supporter"),
        ("asked for removal", "listed supporter"),
    ):
        for (country, position), day in first.items():
            if position == later and not first.get((country, earlier), "9999") < day:
                since = first.get((country, earlier), "never")
                expected = f"{later} after {earlier} ({since})"
                raise_error(place, table, country, expected, day)


def check_country(place: Path, table: str, row: str, code: str, name: str | None = None) -> None:
    """Raise unless the code is that of a country and, where a name is given, of this one."""
    if code not in COUNTRIES:
        raise_error(place, table, row, "the code of a country, as in course.data.countries", code)
    if name is not None and COUNTRIES[code] != name:
        raise_error(place, table, row, f"{COUNTRIES[code]}, for {code}", name)


def check_doubt(place: Path, table: str, row: Row, key: str, frame: pd.DataFrame) -> None:
    """Raise unless what is contested is a column with a value, and every doubt has its note."""
    contested = split_list(row["contested"])
    for column in contested:
        if column not in frame.columns or not _cell_text(row[column]):
            expected = "contested to name columns that have a value in this row"
            raise_error(place, table, row[key], expected, column)
    doubted = row["support"] == "thin" or set(contested) - {"bloc"}
    if doubted and not _cell_text(row["note"]):
        raise_error(place, table, row[key], "a note that says what is doubtful", "an empty note")


def split_list(cell: object) -> list[str]:
    """Return what a cell lists between semicolons; nothing for an empty cell."""
    return _cell_text(cell).split("; ") if _cell_text(cell) else []


def _check_date(place: Path, table: str, row: Row, column: str) -> None:
    """Raise unless the date is one and its precision is that of its text."""
    stated = _cell_text(row[f"{column}_precision"])
    name = next(iter(row.values()))
    try:
        found = precision(row[column])
    except ValueError:
        raise_error(place, table, name, f"{column} as a day, month or year", row[column])
    if stated != found:
        where = f"{column}_precision {found}, for {row[column]}"
        raise_error(place, table, name, where, stated or "an empty cell")


def _check_end(place: Path, table: str, row: Row) -> None:
    """Raise unless an event with an end ends after it begins; an occupation has an end."""
    name, end = row["event"], _cell_text(row["end"])
    if end:
        _check_date(place, table, row, "end")
        if not span(row["date"])[0] < span(end)[1]:
            raise_error(place, table, name, f"an end after {row['date']}", end)
    elif _cell_text(row["end_precision"]):
        raise_error(place, table, name, "no end_precision without an end", row["end_precision"])
    elif row["category"] == "occupation":
        raise_error(place, table, name, "an end of the occupation", "an empty cell")


def _cell_text(cell: object) -> str:
    """Return a cell as text, an empty one as nothing."""
    return "" if pd.isna(cell) else str(cell)  # type: ignore[call-overload]
