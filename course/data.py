"""The module's tables: one function a table, each returns a fresh pandas DataFrame.

Counts are integers (nullable where a report leaves a count out), shares are percentages from 0 to
100, full dates are datetimes, everything else is text; a missing cell is NA or NaN. What each
column means, its unit and its sources stand in ``datapackage.json`` beside the tables, what is
doubtful stands in their ``note`` columns and in ``data/README.md``.
"""

from __future__ import annotations

import functools
import json
import os
import unicodedata
from pathlib import Path
from typing import Any

import pandas as pd

from course.errors import CourseError

__all__ = [
    "TABLES",
    "DataError",
    "candidate_column",
    "check",
    "count_reports",
    "data_folder",
    "electoral_roll",
    "elite_polls",
    "first_round",
    "first_round_departments",
    "polls",
    "runoff",
    "runoff_departments",
    "runoff_polls",
    "totals",
]

EXPECTED = {"integer": "a whole number", "number": "a number", "date": "a date, YYYY-MM-DD"}
AGAIN = "Get the tables again (git restore data, or install the package again)."
Row = dict[str, Any]
TABLES = (
    "first_round",
    "runoff",
    "totals",
    "first_round_departments",
    "runoff_departments",
    "electoral_roll",
    "count_reports",
    "polls",
    "runoff_polls",
    "elite_polls",
)
BALLOTS = ["valid_votes", "blank_votes", "null_votes"]


class DataError(CourseError):
    """A table is missing, damaged, or does not add up."""


def first_round() -> pd.DataFrame:
    """Votes of the 20 candidates in the first round, 9 April 2006; one row a candidate."""
    return _read("first_round")


def runoff() -> pd.DataFrame:
    """Votes of the two candidates in the runoff, 4 June 2006; one row a candidate."""
    return _read("runoff")


def totals() -> pd.DataFrame:
    """Electors and ballots of the nation; one row a round.

    Valid, blank and null votes together are the votes cast.
    """
    return _read("totals")


def first_round_departments() -> pd.DataFrame:
    """First round in the 24 departments, Callao and abroad; one column of votes a candidate."""
    return _read("first_round_departments")


def runoff_departments() -> pd.DataFrame:
    """Runoff in the 24 departments, Callao and abroad; one column of votes a candidate."""
    return _read("runoff_departments")


def electoral_roll() -> pd.DataFrame:
    """Registered electors by department, Callao and, abroad, by continent."""
    return _read("electoral_roll")


def count_reports() -> pd.DataFrame:
    """The 52 reports of the first-round count as they came in, in order.

    Shares are percentages as printed; ``base`` says of what. Votes and the stated gap (García
    minus Flores) are there only where the source prints them.
    """
    return _read("count_reports")


def polls() -> pd.DataFrame:
    """First-round polls, exit polls and quick counts; shares in percent of what ``base`` says."""
    return _read("polls")


def runoff_polls() -> pd.DataFrame:
    """Head-to-head polls; one row a pair of candidates, shares in percent of what ``base`` says."""
    return _read("runoff_polls")


def elite_polls() -> pd.DataFrame:
    """Zogby polls of Latin American opinion leaders; shares in percent of the people asked."""
    return _read("elite_polls")


def data_folder() -> Path:
    """Return the folder that holds the tables.

    It is the environment variable BACKYARD_DATA where that is set, else the copy inside the
    installed package, else ``data/`` of the repository.

    Raises:
        DataError: there is no such folder.
    """
    named = os.environ.get("BACKYARD_DATA")
    if named:
        folder = Path(named)
        if not folder.is_dir():
            raise DataError(
                "environment variable BACKYARD_DATA",
                "a folder with the tables",
                f"{named}, which is no folder",
                "Correct the variable, or unset it to use the tables of the module.",
            )
        return folder
    here = Path(__file__).resolve().parent
    for folder in (here / "_tables", here.parent / "data"):
        if folder.is_dir():
            return folder
    raise DataError(str(here.parent / "data"), "the folder of the tables", "no such folder", AGAIN)


def candidate_column(candidate: str) -> str:
    """Return the column of a candidate in the tables by department: Susana Villarán gives
    ``susana_villaran``.
    """
    plain = unicodedata.normalize("NFKD", candidate).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "_")


def check(folder: Path | str | None = None) -> None:
    """Prove that every table can be read and that the counts add up.

    Candidates sum to the valid votes; valid, blank and null votes to the votes cast; the units to
    the nation, candidate by candidate; men and women to the registered electors.

    Args:
        folder: where the tables are; the default is :func:`data_folder`.

    Raises:
        DataError: names the table, the row, the sum that was expected and the one found.
    """
    place = data_folder() if folder is None else Path(folder)
    tables = {name: _read(name, place) for name in TABLES}
    rounds = {row["round"]: row for row in _rows(tables["totals"])}
    for name in ("first round", "runoff"):
        if name not in rounds:
            raise DataError(_where(place, "totals", name), f"a row for the {name}", "none", AGAIN)
        total, table = rounds[name], name.replace(" ", "_")
        votes = {candidate_column(row["candidate"]): row["votes"] for row in _rows(tables[table])}
        _check_ballots(place, "totals", name, total)
        found = sum(votes.values())
        _same(place, table, "all candidates", "votes", total["valid_votes"], found)
        units = f"{table}_departments"
        _check_units(place, units, tables[units], votes, total)
    _check_roll(place, tables)


def _check_units(
    place: Path, table: str, units: pd.DataFrame, votes: dict[str, int], total: Row
) -> None:
    """Each unit adds up, and the units add up to the nation."""
    unknown = ", ".join(sorted(votes.keys() - set(units.columns)))
    if unknown:
        where = _where(place, table, "header")
        raise DataError(where, "a column for each candidate", f"none for {unknown}", AGAIN)
    for unit in _rows(units):
        _check_ballots(place, table, unit["unit"], unit)
        found = sum(unit[candidate] for candidate in votes)
        _same(
            place, table, unit["unit"], "sum of the candidates (valid)", unit["valid_votes"], found
        )
    national = {column: total[column] for column in ("registered", "votes_cast", *BALLOTS)}
    for column, expected in (national | votes).items():
        _same(place, table, "all units", column, expected, int(units[column].sum()))


def _check_ballots(place: Path, table: str, row: str, counts: Row) -> None:
    """Valid, blank and null votes are the votes cast, which are no more than the electors."""
    found = sum(counts[column] for column in BALLOTS)
    _same(place, table, row, "valid + blank + null (votes cast)", counts["votes_cast"], found)
    if counts["votes_cast"] > counts["registered"]:
        raise DataError(
            _where(place, table, row),
            f"votes_cast of at most {counts['registered']:,} (registered)",
            f"{counts['votes_cast']:,}",
            AGAIN,
        )


def _check_roll(place: Path, tables: dict[str, pd.DataFrame]) -> None:
    """The roll agrees with the electors registered in both rounds, unit by unit."""
    expected: dict[str, int] = {"Extranjero": 0}
    for row in _rows(tables["electoral_roll"]):
        found = row["men"] + row["women"]
        _same(place, "electoral_roll", row["unit"], "men + women", row["registered"], found)
        unit = "Extranjero" if row["unit_type"] == "continent" else row["unit"]
        expected[unit] = expected.get(unit, 0) + row["registered"]
    for table in ("first_round_departments", "runoff_departments"):
        registered = {row["unit"]: row["registered"] for row in _rows(tables[table])}
        for unit in expected | registered:
            electors = expected.get(unit, 0), registered.get(unit, 0)
            _same(place, table, unit, "registered (by electoral_roll)", *electors)


def _rows(table: pd.DataFrame) -> list[Row]:
    return [{str(column): cell for column, cell in row.items()} for row in table.to_dict("records")]


def _same(place: Path, table: str, row: str, what: str, expected: int, found: int) -> None:
    if expected != found:
        where = _where(place, table, row)
        raise DataError(where, f"{what}: {expected:,}", f"{found:,}", AGAIN)


def _where(place: Path, table: str, row: str) -> str:
    return f"{place / table}.csv, {row}"


def _schemas(place: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the fields of each table, as ``datapackage.json`` describes them."""
    path = place / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        return {table["name"]: table["schema"]["fields"] for table in package["resources"]}
    except FileNotFoundError as error:
        raise DataError(str(path), "the description of the tables", "no file", AGAIN) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(str(path), "the description of the tables", str(error), AGAIN) from error


def _read(name: str, place: Path | None = None) -> pd.DataFrame:
    """Return a table for the caller alone; files are read once, and again if they change."""
    place = data_folder() if place is None else place
    files = (place / f"{name}.csv", place / "datapackage.json")
    return _parse(name, place, tuple(map(_version, files))).copy()


def _version(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file does, or None when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


@functools.lru_cache(maxsize=64)
def _parse(name: str, place: Path, version: tuple[tuple[int, int] | None, ...]) -> pd.DataFrame:
    """Read a table and give every column the type that its description names."""
    path = place / f"{name}.csv"
    fields = _schemas(place).get(name)
    if fields is None:
        where = str(place / "datapackage.json")
        raise DataError(where, f"a description of the table {name}", "none", AGAIN)
    names = [field["name"] for field in fields]
    try:
        text = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    except FileNotFoundError as error:
        raise DataError(str(path), f"the table {name}", "no file", AGAIN) from error
    except (OSError, ValueError) as error:
        raise DataError(str(path), f"the table {name}, CSV in UTF-8", str(error), AGAIN) from error
    if list(text.columns) != names:
        expected, found = "columns " + ", ".join(names), ", ".join(map(str, text.columns))
        raise DataError(str(path), expected, found, AGAIN)
    return pd.DataFrame({field["name"]: _typed(path, field, text) for field in fields})


def _typed(path: Path, field: dict[str, Any], table: pd.DataFrame) -> pd.Series[Any]:
    """Return a column in its type; the first cell that does not fit is named."""
    text, kind = table[field["name"]], field["type"]
    required = bool(field.get("constraints", {}).get("required", False))
    values: pd.Series[Any] = text
    if kind in ("integer", "number"):
        values = pd.to_numeric(text, errors="coerce").astype("float64")
    elif kind == "date":
        values = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    bad = values.isna() & (text.notna() | required)
    if kind == "integer":
        bad = bad | (values.notna() & (values % 1 != 0))
    if bad.any():
        line, cell = next((i + 2, text.iloc[i]) for i, wrong in enumerate(bad) if wrong)
        raise DataError(
            f"{path}, line {line}, column {field['name']}",
            EXPECTED.get(kind, "text"),
            "an empty cell" if pd.isna(cell) else repr(cell),
            AGAIN,
        )
    if kind == "integer":
        values = values.astype("int64") if required else values.astype("Int64")
    return values
