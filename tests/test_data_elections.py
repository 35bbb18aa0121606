"""Elections hold together: days, shares, codings, and what is contested about them."""

import re
from pathlib import Path

import pandas as pd
import pytest

from course import data
from course.data import DataError
from tests.tablechecks import check_tables
from tests.tables import cells, change, copy_tables


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tables that a test may damage."""
    return copy_tables(tmp_path)


def place(election: str) -> int:
    """Return the number of an election's row, from 0."""
    return [row["election"] for row in cells("elections")].index(election)


@pytest.mark.parametrize(
    ("election", "column", "value", "expected"),
    [
        ("CHL2000", "election", "CHL1999", "the name CHL2000"),
        ("PAN1999", "country", "PNM", "code of a country"),
        ("PAN1999", "country_name", "Paraguay", "Panama, for PAN"),
        ("PAN1999", "region", "South America", "the region of PAN"),
        ("PAN1999", "region", "Europe", "the region of PAN"),
        ("PAN1999", "decided_by", "runoff", "decided_by runoff where a day"),
        ("CHL2000", "decided_by", "first round", "decided_by runoff where a day"),
        ("CHL2000", "runoff", "1999-12-12", "a runoff after 1999-12-12"),
        ("MEX2000", "first_round", "2000-04-02", "order of the deciding day"),
        ("PAN1999", "winner_first_round", "37.8", "more than the runner-up's 37.82"),
        ("PAN1999", "winner_first_round", "", "shares of both or of none"),
        ("PAN1999", "winner_first_round", "62.3", "first-round shares of at most 100"),
        ("PAN1999", "winner_runoff", "62.3", "no shares of a runoff that was not held"),
        ("CHL2000", "winner_runoff", "51.41", "sum to 100"),
        ("CHL2000", "winner_runoff", "", "sum to 100"),
        ("COL2002", "contested", "country; wining", "contested to name columns"),
        ("DOM2000", "contested", "", "bloc_dpi is left"),
        ("DOM2004", "contested", "", "bloc_v_party is centre-right"),
        ("PER2001", "contested", "", "bloc_dpi is centre"),
        ("VEN2000", "note", "", "a note"),
        ("COL2002", "note", "", "a note"),
    ],
)
def test_an_election_that_does_not_hold_is_named(
    copy: Path, election: str, column: str, value: str, expected: str
) -> None:
    """The check names the election, and what it expected of it."""
    change(copy, "elections", place(election), column, value)
    with pytest.raises(DataError, match=r"elections\.csv") as error:
        check_tables(copy)
    assert expected in error.value.expected
    assert error.value.where.endswith((election, value))
    assert error.value.found


def test_a_winner_with_fewer_votes_in_the_runoff_is_an_error(copy: Path) -> None:
    """The two shares still sum to 100, but the winner's is the smaller one."""
    change(copy, "elections", place("CHL2000"), "winner_runoff", "48.69")
    change(copy, "elections", place("CHL2000"), "runner_up_runoff", "51.31")
    with pytest.raises(DataError, match="CHL2000") as error:
        check_tables(copy)
    assert "more than 51.31 percent" in error.value.expected


def test_a_name_that_does_not_fit_its_election_is_found_by_country(copy: Path) -> None:
    """Names come from the country and the year of the deciding round, not of the first."""
    years = {row["election"]: row for row in cells("elections")}
    assert years["CHL2000"]["first_round"].startswith("1999")
    assert years["CHL2006"]["first_round"].startswith("2005")
    change(copy, "elections", place("CHL2006"), "election", "CHL2005")
    with pytest.raises(DataError, match="CHL2005"):
        check_tables(copy)


def test_winners_are_in_order_of_the_deciding_day() -> None:
    """39 elections of 19 countries, from the first of the period to the last."""
    table = data.elections()
    decided = table["runoff"].fillna(table["first_round"])
    assert decided.is_monotonic_increasing
    assert table["country"].nunique() == 19
    assert decided.min() == pd.Timestamp("1998-12-06")
    assert decided.max() == pd.Timestamp("2006-12-03")


def test_every_contested_bloc_names_who_says_otherwise() -> None:
    """Where a winner's side is contested, another coder differs or the note names who does."""
    for row in cells("elections"):
        others = {row[name].removeprefix("centre-") for name in row if name.startswith("bloc_")}
        others -= {"", row["bloc"], row["bloc_note"].removeprefix("centre-")}
        if "bloc" in row["contested"].split("; "):
            named = re.search("has |have |calls |version|coding kept", row["bloc_note"])
            assert others or named, row["election"]
        else:
            assert not others, row["election"]


def test_stances_that_were_found_have_their_evidence_and_source() -> None:
    """Yes, partly, no and in office only say what they rest on."""
    for row in cells("elections"):
        if row["against_us_trade"] != "not found":
            assert len(row["trade_evidence"]) > 30, row["election"]


def test_shares_on_another_base_say_so() -> None:
    """Shares of all votes are marked, and the note gives those of valid votes."""
    for row in cells("elections"):
        assert (row["base"] == "cast") == ("Of valid votes" in row["note"]), row["election"]
    bases = {row["election"] for row in cells("elections") if row["base"] != "valid"}
    assert bases == {"SLV1999", "CRI2002", "HND2005", "MEX2006"}


def test_the_election_that_students_work_out_has_no_shares() -> None:
    """Peru's shares of 2006 are an exercise on the tables of votes."""
    row = cells("elections")[place("PER2006")]
    assert not [name for name in row if re.search("_(first_round|runoff)$", name) and row[name]]
    without = [row["election"] for row in cells("elections") if not row["winner_first_round"]]
    assert without == ["PER2006"]
