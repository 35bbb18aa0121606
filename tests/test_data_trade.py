"""Trade adds up: partners to totals, countries to groups, shares to dollars."""

from pathlib import Path
from typing import Any

import pytest

from course import data
from course.data import DataError
from tests.tablechecks import check_tables
from tests.tables import cells, change, copy_tables

PARTNERS = ["usa", "eu15", "china", "japan", "canada", "latin_america", "rest"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tables that a test may damage."""
    return copy_tables(tmp_path)


def place(table: str, name: str) -> int:
    """Return the number of a row, from 0, by its key: exports Mexico 1990, or ARG 1990."""
    key = ("direction", "group", "year") if table == "trade" else ("country", "year")
    return [" ".join(row[column] for column in key) for row in cells(table)].index(name)


def test_partners_sum_to_the_total() -> None:
    """In every row of trade the seven partners are the whole."""
    table = data.trade()
    assert (table[PARTNERS].sum(axis=1) == table["total"]).all()


@pytest.mark.parametrize("year", [1990, 2000, 2005])
@pytest.mark.parametrize("group", ["Latin America", "South America", "Central America", "Mexico"])
def test_exports_of_the_countries_sum_to_their_group(group: str, year: int) -> None:
    """Where both tables have a group and year, the countries are the group."""
    groups = data.trade().set_index(["direction", "group", "year"])["total"]
    countries = data.trade_by_country()
    members = countries[countries["year"] == year]
    if group != "Latin America":
        members = members[members["region"] == group]
    assert members["exports"].sum() == groups["exports", group, year]


def test_exports_inside_the_region_are_its_imports_from_itself() -> None:
    """What the 20 countries sell to each other is what they buy from each other."""
    table = data.trade()
    whole: Any = table[table["group"] == "Latin America"].set_index(["year", "direction"])
    for year in (1990, 1995, 2000, 2005, 2006):
        exports, imports = whole.loc[(year, "exports")], whole.loc[(year, "imports")]
        assert exports["latin_america"] == imports["latin_america"]


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "where", "expected"),
    [
        ("trade", "exports Mexico 1990", "usa", "30798", "exports Mexico 1990", "40,886"),
        ("trade", "imports Mexico 1990", "total", "1", "imports Mexico 1990", "all partners"),
        ("trade", "imports Mexico 1990", "year", "1991", "imports Mexico 1991", "a row for Latin"),
        ("trade_by_country", "ARG 1990", "exports", "13804", "Latin America 1990", "146,985"),
        ("trade_by_country", "ARG 1990", "country", "AGR", "AGR 1990", "code of a country"),
        ("trade_by_country", "ARG 1990", "country_name", "Bolivia", "ARG 1990", "Argentina"),
        ("trade_by_country", "ARG 1990", "region", "Mexico", "ARG 1990", "the region of ARG"),
        ("trade_by_country", "ARG 1990", "largest_buyer", "BRZ", "ARG 1990", "code of a country"),
        ("trade_by_country", "ARG 1990", "eu15_percent", "72.8", "ARG 1990", "at most 100"),
        ("trade_by_country", "ARG 1990", "usa_percent", "12.2", "ARG 1990", "12.2 or more"),
        ("trade_by_country", "MEX 1990", "usa_percent", "75.2", "MEX 1990", "75.2 or more"),
        ("trade_by_country", "BRA 2005", "china_percent", "7.3", "Latin America 2005", "china"),
        ("trade_by_country", "HTI 2005", "year", "2000", "2000", "the 20 countries, once each"),
    ],
)
def test_trade_that_does_not_add_up_is_named(
    copy: Path, table: str, row: str, column: str, value: str, where: str, expected: str
) -> None:
    """The check names the row, what was expected and what was found."""
    change(copy, table, place(table, row), column, value)
    with pytest.raises(DataError) as error:
        check_tables(copy)
    assert error.value.where == f"{copy / table}.csv, {where}"
    assert expected in error.value.expected
    assert error.value.found


def test_a_part_larger_than_the_whole_is_an_error(copy: Path) -> None:
    """A group cannot trade more with a partner than Latin America does."""
    row = place("trade", "exports Mexico 1990")
    change(copy, "trade", row, "japan", 9258)
    change(copy, "trade", row, "total", 40886 + 9258 - 1913)
    with pytest.raises(DataError, match="exports Mexico 1990") as error:
        check_tables(copy)
    assert "japan of at most 9,257" in error.value.expected


def test_dollars_moved_between_regions_are_found(copy: Path) -> None:
    """The sum of all 20 still closes; the sum of a region does not."""
    for country, step in (("ARG", 1), ("HTI", -1)):
        row = place("trade_by_country", f"{country} 1990")
        exports = int(cells("trade_by_country")[row]["exports"]) + step
        change(copy, "trade_by_country", row, "exports", exports)
    with pytest.raises(DataError, match="South America 1990") as error:
        check_tables(copy)
    assert "93,642" in error.value.expected


def test_trade_of_groups_holds_dollars_and_no_share() -> None:
    """Shares of the groups, and Latin America without Mexico, are left to work out."""
    assert list(cells("trade")[0]) == ["direction", "group", "year", *PARTNERS, "total"]
    assert {row["group"] for row in cells("trade")} == {
        "Latin America",
        "South America",
        "Central America",
        "Mexico",
    }
