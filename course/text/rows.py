"""Every row of the tables, and every document, under one name such as "events:E58"."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache

import pandas as pd

from course import data
from course.text.documents import documents

# What makes a row of a table one of a kind, where that is not its first column alone.
KEYS = {
    "polls": ("pollster", "kind", "field_end"),
    "runoff_polls": ("pollster", "field_end", "candidate_1", "candidate_2"),
    "elite_polls": ("poll", "item"),
    "trade": ("direction", "group", "year"),
    "trade_by_country": ("country", "year"),
}
# Where a row comes from, and how sure it is, is for whoever opens the table.
UNSAID = {"note", "source", "address", "support", "contested", "invocation_evidence", "seen_as"}
UNSAID |= {"date_precision", "end_precision", "troops_precision", "sheets_precision"}
# What a row is about stands before when and where.
FIRST = {"title", "item", "answers", "statement", "position", "country_name", "percent", "winner"}
FIRST |= {"bloc", "against_us_trade"}
LONGEST = 300  # characters of a line
LEFT_OUT = ("sources",)


@cache
def list_rows() -> dict[str, str]:
    """Return what each row of the tables says in a line, by its name "table:key"."""
    found: dict[str, str] = {}
    for table in data.TABLES:
        if table not in LEFT_OUT:
            found |= _rows_of(table)
    for one in documents().values():
        said = f"{one.title}; {one.author}, {one.date}: {one.text}"
        found[f"documents:{one.label}"] = said[:LONGEST]
    return found


def match_rows(patterns: Iterable[str]) -> set[str]:
    """Return the names of rows that are named, or meant by a pattern such as "poverty:*"."""
    return {name for one in patterns for name in _match_rows(one)}


@cache
def _match_rows(pattern: str) -> list[str]:
    return [name for name in list_rows() if fnmatchcase(name, pattern)]


def _rows_of(table: str) -> dict[str, str]:
    """Return the rows of a table by name; one that stands there twice is numbered."""
    frame: pd.DataFrame = getattr(data, table)()
    keys = KEYS.get(table, (frame.columns[0],))
    said = [name for name in frame.columns if name not in {*keys, *UNSAID}]
    said.sort(key=lambda name: name not in FIRST)
    found: dict[str, str] = {}
    for row in frame.astype(object).to_dict("records"):
        name = f"{table}:{' '.join(_write(row[key]) for key in keys)}"
        twice = sum(other == name or other.startswith(f"{name} (") for other in found)
        words = "; ".join(f"{one}: {_write(row[one])}" for one in said if not pd.isna(row[one]))
        found[name + f" ({twice + 1})" * bool(twice)] = words[:LONGEST]
    return found


def _write(value: object) -> str:
    """Write a cell: a day as 2006-04-09, a whole number without a point, thousands parted."""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 10_000 else str(value)
