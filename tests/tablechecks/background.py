"""Tables beside the column's own: poverty, codings of events, polls, the campaign."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.tablechecks.events import check_country, check_dated, split_list
from tests.tablechecks.rows import list_rows, raise_error

__all__ = ["check_background"]

# The direction that a later figure shows; "unchanged" and "hardly changed" are a source's words.
_MOVES = {"rising": 1, "falling": -1}


def check_background(place: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Prove that parts do not exceed wholes, codings fit their events, no source is left out.

    Raises:
        DataError: names the table, the row, what was expected and what was found.
    """
    _check_poverty(place, tables["poverty"])
    _check_context(place, tables["poverty_context"])
    _check_changes(place, tables["government_changes"], tables["events"])
    check_dated(place, "omitted_events", tables["omitted_events"])
    for name in ("approval", "campaign"):
        _check_finds(place, name, tables[name])


def _check_poverty(place: Path, table: pd.DataFrame) -> None:
    """Raise unless the years go up and the extremely poor are fewer than the poor."""
    before = 0
    for row in list_rows(table):
        name = f"{row['year']}, {row['edition']}"
        if row["year"] < before:
            expected = f"years in order, here {before} or later"
            raise_error(place, "poverty", name, expected, str(row["year"]))
        before = row["year"]
        for part, whole in (
            ("extreme_poverty_percent", "poverty_percent"),
            ("extreme_poor_million", "poor_million"),
        ):
            if not pd.isna(row[part]) and not row[part] < row[whole]:
                expected = f"{part} below {whole}, {row[whole]}"
                raise_error(place, "poverty", name, expected, str(row[part]))
        figures = row["poverty_percent"], row["poor_million"]
        if (row["status"] == "statement only") != all(map(pd.isna, figures)):
            raise_error(place, "poverty", name, "figures, or a statement only", row["status"])


def _check_context(place: Path, table: pd.DataFrame) -> None:
    """Raise unless a row has a figure with its unit or a direction, and both agree."""
    for row in list_rows(table):
        name, first, last = row["fact"], row["value"], row["later_value"]
        for country in split_list(row["countries"]):
            check_country(place, "poverty_context", name, country)
        if pd.isna(first) != pd.isna(row["unit"]):
            raise_error(place, "poverty_context", name, "a unit where a figure is", str(first))
        if pd.isna(first) and pd.isna(row["direction"]):
            raise_error(place, "poverty_context", name, "a figure or a direction", "neither")
        if not pd.isna(last) and not (last - first) * _MOVES.get(row["direction"], 0) > 0:
            expected = f"the direction from {first} to {last}"
            raise_error(place, "poverty_context", name, expected, str(row["direction"]))


def _check_changes(place: Path, table: pd.DataFrame, events: pd.DataFrame) -> None:
    """Raise unless each coded event has the title that it has among the events."""
    titles = dict(zip(events["event"], events["title"], strict=True))
    for row in list_rows(table):
        if row["title"] != titles.get(row["event"]):
            expected = str(titles.get(row["event"], "an event of the table events"))
            raise_error(place, "government_changes", row["event"], expected, row["title"])


def _check_finds(place: Path, name: str, table: pd.DataFrame) -> None:
    """Raise unless a row without a source, or without figures, is one that says why."""
    for row in list_rows(table):
        key = next(iter(row.values()))
        if pd.isna(row["source"]) and row["support"] != "not found":
            raise_error(place, name, key, "a source, or support not found", "no source")
        if row["support"] == "not found" and pd.isna(row["note"]):
            raise_error(place, name, key, "a note that says what was not found", "an empty note")
        if name == "approval" and pd.isna(row["answers"]) and pd.isna(row["note"]):
            raise_error(place, name, key, "figures, or a note that says why not", "neither")
