"""The counts of votes add up: candidates, ballots, units, roll."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from course.data.schema import candidate_column
from tests.tablechecks.rows import Row, list_rows, raise_error, require_same

__all__ = ["check_votes"]

BALLOTS = ["valid_votes", "blank_votes", "null_votes"]


def check_votes(place: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Prove that the votes of both rounds add up.

    Candidates sum to the valid votes; valid, blank and null votes to the votes cast; the units to
    the nation, candidate by candidate; men and women to the registered electors.

    Raises:
        DataError: names the table, the row, the sum that was expected and the one found.
    """
    rounds = {row["round"]: row for row in list_rows(tables["totals"])}
    for name in ("first round", "runoff"):
        if name not in rounds:
            raise_error(place, "totals", name, f"a row for the {name}", "none")
        total, table = rounds[name], name.replace(" ", "_")
        votes = {
            candidate_column(row["candidate"]): row["votes"] for row in list_rows(tables[table])
        }
        _check_ballots(place, "totals", name, total)
        found = sum(votes.values())
        require_same(place, table, "all candidates", "votes", total["valid_votes"], found)
        units = f"{table}_departments"
        _check_units(place, units, tables[units], votes, total)
    _check_roll(place, tables)


def _check_units(
    place: Path, table: str, units: pd.DataFrame, votes: dict[str, int], total: Row
) -> None:
    """Each unit adds up, and the units add up to the nation."""
    unknown = ", ".join(sorted(votes.keys() - set(units.columns)))
    if unknown:
        raise_error(place, table, "header", "a column for each candidate", f"none for {unknown}")
    for unit in list_rows(units):
        _check_ballots(place, table, unit["unit"], unit)
        found = sum(unit[candidate] for candidate in votes)
        require_same(
            place, table, unit["unit"], "sum of the candidates (valid)", unit["valid_votes"], found
        )
    national = {column: total[column] for column in ("registered", "votes_cast", *BALLOTS)}
    for column, expected in (national | votes).items():
        require_same(place, table, "all units", column, expected, int(units[column].sum()))


def _check_ballots(place: Path, table: str, row: str, counts: Row) -> None:
    """Valid, blank and null votes are the votes cast, which are no more than the electors."""
    found = sum(counts[column] for column in BALLOTS)
    require_same(
        place, table, row, "valid + blank + null (votes cast)", counts["votes_cast"], found
    )
    if counts["votes_cast"] > counts["registered"]:
        raise_error(
            place,
            table,
            row,
            f"votes_cast of at most {counts['registered']:,} (registered)",
            f"{counts['votes_cast']:,}",
        )


def _check_roll(place: Path, tables: dict[str, pd.DataFrame]) -> None:
    """The roll agrees with the electors registered in both rounds, unit by unit."""
    expected: dict[str, int] = {"Extranjero": 0}
    for row in list_rows(tables["electoral_roll"]):
        found = row["men"] + row["women"]
        require_same(place, "electoral_roll", row["unit"], "men + women", row["registered"], found)
        unit = "Extranjero" if row["unit_type"] == "continent" else row["unit"]
        expected[unit] = expected.get(unit, 0) + row["registered"]
    for table in ("first_round_departments", "runoff_departments"):
        registered = {row["unit"]: row["registered"] for row in list_rows(tables[table])}
        for unit in expected | registered:
            electors = expected.get(unit, 0), registered.get(unit, 0)
            require_same(place, table, unit, "registered (by electoral_roll)", *electors)
