"""Elections hold together: days, deciding rounds, shares, codings."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.tablechecks.events import check_country, check_doubt, split_list
from tests.tablechecks.regions import REGIONS
from tests.tablechecks.rows import Row, list_rows, raise_error

__all__ = ["check_elections"]

TABLE = "elections"
CODERS = ("bloc_dpi", "bloc_brambor", "bloc_v_party")
# Shares are printed with at most two decimals, so the two of a runoff can miss 100 by this much.
SLACK = 0.02


def check_elections(place: Path, elections: pd.DataFrame) -> None:
    """Prove that the elections are in order and that days, shares and codings hold.

    Raises:
        DataError: names the election, what was expected and what was found.
    """
    before = None
    for row in list_rows(elections):
        name = row["election"]
        check_country(place, TABLE, name, row["country"], row["country_name"])
        if row["country"] not in REGIONS.get(row["region"], ()):
            raise_error(place, TABLE, name, f"the region of {row['country']}", row["region"])
        decided = _check_days(place, row)
        if before is not None and decided < before:
            expected = f"rows in order of the deciding day, here {before:%Y-%m-%d} or later"
            raise_error(place, TABLE, name, expected, f"{decided:%Y-%m-%d}")
        before = decided
        _check_first_round(place, row)
        _check_runoff(place, row)
        _check_blocs(place, row)
        check_doubt(place, TABLE, row, "election", elections)


def _check_days(place: Path, row: Row) -> pd.Timestamp:
    """Return the day of the deciding round; the runoff follows the first, the name is its year."""
    name, first, second = row["election"], row["first_round"], row["runoff"]
    held = not pd.isna(second)
    if held != (row["decided_by"] == "runoff"):
        expected = "decided_by runoff where a day of the runoff is given, and only there"
        raise_error(place, TABLE, name, expected, row["decided_by"])
    if held and not first < second:
        raise_error(place, TABLE, name, f"a runoff after {first:%Y-%m-%d}", f"{second:%Y-%m-%d}")
    decided: pd.Timestamp = second if held else first
    if name != f"{row['country']}{decided.year}":
        expected = f"the name {row['country']}{decided.year}, of country and deciding round"
        raise_error(place, TABLE, name, expected, name)
    return decided


def _check_first_round(place: Path, row: Row) -> None:
    """Shares come in pairs and fit 100; who wins in the first round has more votes there."""
    winner, other = row["winner_first_round"], row["runner_up_first_round"]
    if pd.isna(winner) != pd.isna(other):
        raise_error(place, TABLE, row["election"], "first-round shares of both or of none", "one")
    if winner + other > 100 + SLACK:
        raise_error(
            place, TABLE, row["election"], "first-round shares of at most 100", f"{winner + other}"
        )
    if row["decided_by"] == "first round" and winner <= other:
        expected = f"more than the runner-up's {other} percent for the winner of the first round"
        raise_error(place, TABLE, row["election"], expected, f"{winner}")


def _check_runoff(place: Path, row: Row) -> None:
    """Shares of a runoff sum to 100, the winner has more; without a runoff there are none."""
    winner, other = row["winner_runoff"], row["runner_up_runoff"]
    if pd.isna(winner) and pd.isna(other):
        return
    if pd.isna(row["runoff"]):
        raise_error(
            place, TABLE, row["election"], "no shares of a runoff that was not held", f"{winner}"
        )
    if not abs(winner + other - 100) <= SLACK:
        expected = "two shares of the runoff that sum to 100"
        raise_error(place, TABLE, row["election"], expected, f"{winner + other:.2f}")
    if winner <= other:
        raise_error(
            place, TABLE, row["election"], f"more than {other} percent for the winner", f"{winner}"
        )


def _check_blocs(place: Path, row: Row) -> None:
    """Where another coder sees the winner on another side, contested names the bloc."""
    for coder in CODERS:
        coding = row[coder]
        if pd.isna(coding) or coding.removeprefix("centre-") == row["bloc"]:
            continue
        if "bloc" not in split_list(row["contested"]):
            expected = f"contested to name bloc, where {coder} is {coding}"
            raise_error(place, TABLE, row["election"], expected, f"bloc {row['bloc']}")
