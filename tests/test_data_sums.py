"""The counts add up, and a wrong sum is named with its place."""

import re
from pathlib import Path

import pytest

from course import data
from course.data import DataError
from tests.tablechecks import check_tables
from tests.tables import BALLOTS, FOLDER, cells, change, copy_tables


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tables that a test may damage."""
    return copy_tables(tmp_path)


def test_candidates_sum_to_the_valid_votes_of_the_nation() -> None:
    """In both rounds the candidates' votes are all the valid votes there are."""
    valid = data.totals()["valid_votes"].tolist()
    assert [data.first_round()["votes"].sum(), data.runoff()["votes"].sum()] == valid


def test_valid_blank_and_null_votes_are_the_votes_cast() -> None:
    """In the nation and in every unit, in both rounds."""
    for table in (data.totals(), data.first_round_departments(), data.runoff_departments()):
        assert (table[BALLOTS].sum(axis=1) == table["votes_cast"]).all()
        assert (table["votes_cast"] <= table["registered"]).all()


@pytest.mark.parametrize("table", ["first_round", "runoff"])
def test_units_close_and_sum_to_the_nation(table: str) -> None:
    """Each unit's candidates sum to its valid votes, and each column to the nation."""
    nation = getattr(data, table)()
    units = getattr(data, f"{table}_departments")()
    votes = {data.candidate_column(row.candidate): row.votes for row in nation.itertuples()}
    assert (units[list(votes)].sum(axis=1) == units["valid_votes"]).all()
    assert units[list(votes)].sum().to_dict() == votes
    total = data.totals().set_index("round").loc[table.replace("_", " ")]
    for column in ("registered", "votes_cast", *BALLOTS):
        assert units[column].sum() == total[column], column


def test_units_are_24_departments_callao_and_abroad() -> None:
    """Both rounds have the same units in the same order, with the same electors."""
    first, second = data.first_round_departments(), data.runoff_departments()
    assert first["unit_type"].value_counts().to_dict() == {
        "department": 24,
        "constitutional province": 1,
        "abroad": 1,
    }
    for column in ("unit", "unit_type", "registered"):
        assert first[column].tolist() == second[column].tolist()


def test_the_roll_closes() -> None:
    """Men and women are the electors; departments match the results, continents the abroad."""
    roll = data.electoral_roll()
    assert (roll["men"] + roll["women"] == roll["registered"]).all()
    assert (roll["under_30"] + roll["over_70"] <= roll["registered"]).all()
    units = data.first_round_departments().set_index("unit")["registered"].to_dict()
    abroad = units.pop("Extranjero")
    home = roll[roll["unit_type"] != "continent"].set_index("unit")["registered"].to_dict()
    assert home == units
    assert roll.loc[roll["unit_type"] == "continent", "registered"].sum() == abroad


def test_check_passes_on_the_tables() -> None:
    """The tables as they are shipped pass the check."""
    check_tables(FOLDER)


@pytest.mark.parametrize(
    ("table", "row", "column", "where"),
    [
        ("first_round", 3, "votes", "first_round.csv, all candidates"),
        ("runoff", 1, "votes", "runoff.csv, all candidates"),
        ("totals", 0, "null_votes", "totals.csv, first round"),
        ("totals", 1, "blank_votes", "totals.csv, runoff"),
        ("totals", 1, "registered", "runoff_departments.csv, all units"),
        ("first_round_departments", 13, "luis_guerrero", "first_round_departments.csv, Lima"),
        ("first_round_departments", 1, "blank_votes", "first_round_departments.csv, Áncash"),
        ("runoff_departments", 25, "alan_garcia", "runoff_departments.csv, Extranjero"),
        ("electoral_roll", 9, "men", "electoral_roll.csv, Huánuco"),
    ],
)
def test_a_wrong_sum_names_table_row_expected_and_found(
    copy: Path, table: str, row: int, column: str, where: str
) -> None:
    """One vote too many is found, with the place, the sum expected and the sum found."""
    before = int(cells(table)[row][column])
    change(copy, table, row, column, before + 1)
    with pytest.raises(DataError) as error:
        check_tables(copy)
    assert error.value.where == str(copy / where.split(",")[0]) + "," + where.split(",")[1]
    expected, found = (
        int(re.findall(r"[\d,]*\d", text)[-1].replace(",", ""))
        for text in (error.value.expected, error.value.found)
    )
    assert abs(expected - found) == 1
    assert error.value.todo


def test_votes_moved_between_candidates_of_a_unit_are_found(copy: Path) -> None:
    """Sums of the unit still close; the candidate's sum over the units does not."""
    row = cells("runoff_departments")[0]
    change(copy, "runoff_departments", 0, "alan_garcia", int(row["alan_garcia"]) + 5)
    change(copy, "runoff_departments", 0, "ollanta_humala", int(row["ollanta_humala"]) - 5)
    with pytest.raises(DataError, match="all units") as error:
        check_tables(copy)
    assert "alan_garcia" in error.value.expected


def test_electors_moved_between_units_are_found(copy: Path) -> None:
    """The roll tells which unit has other electors, although the nation has as many as before."""
    rows = cells("runoff_departments")
    for place, step in ((0, 10), (1, -10)):
        registered = int(rows[place]["registered"]) + step
        change(copy, "runoff_departments", place, "registered", registered)
    with pytest.raises(DataError, match=r"runoff_departments\.csv, Amazonas"):
        check_tables(copy)


def test_more_ballots_than_electors_are_found(copy: Path) -> None:
    """Votes cast above the electors registered are an error even where the sums close."""
    change(copy, "totals", 0, "registered", 14_000_000)
    with pytest.raises(DataError, match=r"totals\.csv, first round") as error:
        check_tables(copy)
    assert "at most 14,000,000" in error.value.expected


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("totals", "round", "second round"), ("first_round", "candidate", "Nobody")],
)
def test_an_unknown_name_is_an_error(copy: Path, table: str, column: str, value: str) -> None:
    """A round or candidate of another name is told plainly."""
    change(copy, table, 0, column, value)
    with pytest.raises(DataError, match="none"):
        check_tables(copy)
