"""Trade adds up: partners to the total, countries to their group, shares to the group's dollars."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.tablechecks.events import check_country
from tests.tablechecks.regions import REGIONS
from tests.tablechecks.rows import Row, list_rows, raise_error, require_same

__all__ = ["check_trade"]

NAMED = ("usa", "eu15", "china", "japan", "latin_america")
PARTNERS = (*NAMED, "canada", "rest")
BUYERS = {"USA": "usa", "CHN": "china", "JPN": "japan"}
ALL = "Latin America"
# Shares are rounded to one decimal.
HALF = 0.05


def check_trade(place: Path, trade: pd.DataFrame, by_country: pd.DataFrame) -> None:
    """Prove that partners sum to the total, and countries to the group they belong to.

    Raises:
        DataError: names the row, the sum that was expected and the one found.
    """
    groups: dict[tuple[str, str, int], Row] = {}
    for row in list_rows(trade):
        name = f"{row['direction']} {row['group']} {row['year']}"
        groups[row["direction"], row["group"], row["year"]] = row
        found = sum(row[partner] for partner in PARTNERS)
        require_same(place, "trade", name, "all partners (total)", row["total"], found)
    for (direction, group, year), row in groups.items():
        whole = groups.get((direction, ALL, year))
        if whole is None:
            raise_error(place, "trade", f"{direction} {group} {year}", f"a row for {ALL}", "none")
        for partner in PARTNERS:
            if row[partner] > whole[partner]:
                expected = f"{partner} of at most {whole[partner]:,} ({ALL})"
                name = f"{direction} {group} {year}"
                raise_error(place, "trade", name, expected, f"{row[partner]:,}")
    _check_countries(place, by_country)
    for when, table in by_country.groupby("year"):
        for group in (ALL, *REGIONS):
            members = table if group == ALL else table[table["region"] == group]
            known = groups.get(("exports", group, int(str(when))))
            if known is not None:
                _check_group(place, f"{group} {when}", known, members)


def _check_countries(place: Path, by_country: pd.DataFrame) -> None:
    """Codes and regions are known, every year has every country, shares are possible."""
    table = "trade_by_country"
    for row in list_rows(by_country):
        name = f"{row['country']} {row['year']}"
        check_country(place, table, name, row["country"], row["country_name"])
        check_country(place, table, name, row["largest_buyer"])
        if row["country"] not in REGIONS.get(row["region"], ()):
            raise_error(place, table, name, f"the region of {row['country']}", row["region"])
        shares = {partner: row[f"{partner}_percent"] for partner in NAMED}
        if sum(shares.values()) > 100 + HALF * len(shares):
            raise_error(place, table, name, "shares of at most 100", f"{sum(shares.values()):.1f}")
        largest, buyer = row["largest_buyer_percent"], row["largest_buyer"]
        for code, partner in BUYERS.items():
            if shares[partner] > largest or (code == buyer and shares[partner] != largest):
                expected = f"largest_buyer_percent {shares[partner]} or more, as {code} takes"
                raise_error(place, table, name, expected, f"{largest} ({buyer})")
    expected_countries = sorted(code for codes in REGIONS.values() for code in codes)
    for year, members in by_country.groupby("year"):
        if sorted(members["country"]) != expected_countries:
            expected = f"the {len(expected_countries)} countries, once each"
            raise_error(place, table, str(year), expected, ", ".join(sorted(members["country"])))


def _check_group(place: Path, name: str, group: Row, members: pd.DataFrame) -> None:
    """Exports of the countries sum to the group's, and so do their shares turned into dollars."""
    table = "trade_by_country"
    require_same(
        place, table, name, "exports (by trade)", group["total"], int(members["exports"].sum())
    )
    for partner in NAMED:
        dollars = float((members["exports"] * members[f"{partner}_percent"]).sum()) / 100
        slack = float(members["exports"].sum()) * HALF / 100 + len(members)
        if abs(dollars - group[partner]) > slack:
            expected = f"{partner}: {group[partner]:,} by trade, give or take {slack:,.0f}"
            raise_error(place, table, name, expected, f"{dollars:,.0f}")
