"""Poverty, counts of interventions, codings, approval, the campaign: what must hold in them."""

import re
from pathlib import Path

import pytest

from course import data
from course.data import DataError
from tests.tablechecks import check_tables
from tests.tables import cells, change, copy_tables

FORCE = ("military intervention", "occupation", "covert action")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tables that a test may damage."""
    return copy_tables(tmp_path)


def place(table: str, words: str) -> int:
    """Return the number of the only row, from 0, whose cells begin with these words."""
    (found,) = (
        number
        for number, row in enumerate(cells(table))
        if ",".join(row.values()).startswith(words)
    )
    return found


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "expected"),
    [
        ("poverty", "1990", "year", "1979", "years in order, here 1980 or later"),
        ("poverty", "2007", "extreme_poverty_percent", "34.1", "below poverty_percent, 34.1"),
        ("poverty", "2007", "extreme_poor_million", "185", "below poor_million, 184"),
        ("poverty", "1997", "poverty_percent", "43.5", "a statement only"),
        ("poverty_context", "L12", "countries", "PEU", "code of a country"),
        ("poverty_context", "L12", "unit", "", "a unit where a figure is"),
        ("poverty_context", "L01", "direction", "", "a figure or a direction"),
        ("poverty_context", "L13", "later_value", "23.6", "the direction from 23.7 to 23.6"),
        ("poverty_context", "L15", "direction", "hardly changed", "the direction from 45.4"),
        ("approval", "A05", "source", "", "a source, or support not found"),
        ("approval", "A23", "note", "", "a note that says what was not found"),
        ("approval", "A07", "note", "", "figures, or a note"),
        ("campaign", "R05", "source", "", "a source, or support not found"),
    ],
)
def test_a_row_that_does_not_hold_is_named(
    copy: Path, table: str, row: str, column: str, value: str, expected: str
) -> None:
    """The check names the table, the row and what it expected there."""
    change(copy, table, place(table, row), column, value)
    with pytest.raises(DataError, match=rf"{table}\.csv") as error:
        check_tables(copy)
    assert expected in error.value.expected
    assert error.value.found


def test_codings_of_government_changes_cover_each_action_of_force() -> None:
    """The rows are the US actions of force in events, and the missile crisis (E36)."""
    actions = {
        row["event"]
        for row in cells("events")
        if row["category"] in FORCE and "USA" in row["countries"]
    }
    coded = [row["event"] for row in cells("government_changes")]
    assert set(coded) == actions | {"E36"}
    assert coded == sorted(coded)


def test_what_is_listed_elsewhere_agrees_with_the_list() -> None:
    """Direct in government_changes stands among the cases that the list of 17 names by year."""
    (direct,) = (row["note"] for row in cells("intervention_counts") if row["entry"] == "N02")
    years = {int(year) for year in re.findall(r"\b(1[89]\d\d)", direct)}
    dates = {row["event"]: row["date"] for row in cells("events")}
    for row in cells("government_changes"):
        began = int(dates[row["event"]][:4])
        if row["coatsworth"] == "direct":
            assert {began, began - 1} & years, row["event"]
        assert (row["coatsworth"] == "outside period") == (not 1898 <= began <= 1994), row["event"]


def test_polls_that_stand_in_two_tables_say_the_same() -> None:
    """Figures of elite polls in approval are those in elite_polls."""
    figures = {(row["poll"], row["item"]): row["percent"] for row in cells("elite_polls")}
    answers = {row["question"]: row["answers"] for row in cells("approval")}
    policy = "US handling of relations with Latin America: fair or poor"
    for question, year, item, words in (
        ("A01", 2003, "Bush performance on Latin America: positive", "positive"),
        ("A01", 2003, "Bush performance on Latin America: negative", "negative"),
        ("A05", 2005, "Bush job approval: negative", "negative"),
        ("A09", 2006, "Bush: negative rating", "all"),
        ("A09", 2006, "Bush: negative rating, Mexico only", "Mexico"),
        ("A10", 2006, policy, "all"),
        ("A10", 2006, f"{policy}, Peru only", "Peru"),
    ):
        figure = figures[f"Zogby elite poll {year}", item]
        assert f"{words}: {figure}" in answers[question].split("; "), question


def test_what_came_after_the_column_says_so() -> None:
    """No estimate or poll of later date can be taken for one that its author knew."""
    for row in cells("poverty"):
        edition = int(row["edition"].split("America ")[1][:4])
        if edition >= 2006 and row["year"] >= "2005":
            assert "after the column" in row["note"], row
    for row in cells("approval"):
        if row["field_start"] > "2006-04-13":
            assert "after the column" in row["note"], row["question"]


def test_omitted_events_have_the_columns_of_events_and_none_of_its_rows() -> None:
    """An event stands in one of the two tables, and the two can be put together."""
    assert list(cells("omitted_events")[0]) == list(cells("events")[0])
    titles = {row["title"] for row in cells("events")}
    assert not titles & {row["title"] for row in cells("omitted_events")}
    assert len(data.omitted_events()) + len(data.events()) == 80
