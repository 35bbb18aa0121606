"""Dated rows hold together, their doubts stay visible, and they give no answer away."""

import re
from pathlib import Path

import pytest

from course import data
from course.data import DataError
from course.data.countries import COUNTRIES
from course.data.dates import span
from tests.tablechecks import check_tables
from tests.tablechecks.regions import REGIONS
from tests.tables import cells, change, copy_tables

HISTORY = ("events", "elections", "iraq_coalition", "government_changes", "omitted_events")
FORCE = ("military intervention", "occupation", "covert action")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tables that a test may damage."""
    return copy_tables(tmp_path)


def place(table: str, key: str) -> int:
    """Return the number of a row, from 0, by the name in its first column."""
    return [next(iter(row.values())) for row in cells(table)].index(key)


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "expected"),
    [
        ("events", "E02", "event", "E03", "numbered in order"),
        ("events", "E14", "date_precision", "day", "date_precision month, for 1905-02"),
        ("events", "E14", "date", "1905-14", "date as a day, month or year"),
        ("events", "E41", "end_precision", "month", "end_precision year, for 1990"),
        ("events", "E41", "end_precision", "", "end_precision year, for 1990"),
        ("events", "E41", "end", "1990-00", "end as a day, month or year"),
        ("events", "E24", "end_precision", "day", "no end_precision without an end"),
        ("events", "E33", "end", "1961-04-17", "an end after 1961-04-17"),
        ("events", "E20", "end", "1915-12", "an end after 1916-03"),
        ("events", "E12", "category", "occupation", "an end of the occupation"),
        ("events", "E13", "date", "1902-12-06", "order of date, here 1903-11-03 or later"),
        ("events", "E31", "countries", "CUB; SUN; XYZ", "code of a country"),
        ("events", "E23", "other_category", "reinterpretation", "another category"),
        ("events", "E24", "other_category", "declaration", "another category"),
        ("events", "E39", "contested", "verdict", "contested to name columns"),
        ("events", "E24", "contested", "end", "contested to name columns"),
        ("events", "E03", "note", "", "a note"),
        ("events", "E35", "note", "", "a note"),
        ("iraq_coalition", "I02", "statement", "I03", "numbered in order"),
        ("iraq_coalition", "I02", "country", "ESV", "code of a country"),
        ("iraq_coalition", "I02", "country_name", "Honduras", "El Salvador, for SLV"),
        ("iraq_coalition", "I13", "date_precision", "day", "date_precision year, for 2003"),
        ("iraq_coalition", "I24", "troops", "12", "a number only of troops"),
        ("iraq_coalition", "I14", "date", "2003-07", r"withdrew after troops \(2003-08\)"),
        ("iraq_coalition", "I16", "country_name", "Dominica", "Dominican Republic, for DOM"),
        ("iraq_coalition", "I17", "date", "2003-03-18", "support annulled after listed supporter"),
        ("iraq_coalition", "I18", "date", "2003-03-18", "asked for removal after listed supporter"),
        ("iraq_coalition", "I09", "note", "", "a note"),
        ("omitted_events", "X02", "end", "1854", "an end after 1855"),
        ("omitted_events", "X04", "date_precision", "year", "date_precision day, for 1859-12-19"),
        ("omitted_events", "X10", "countries", "CUB; XYZ", "code of a country"),
        ("omitted_events", "X13", "note", "", "a note"),
        ("government_changes", "E18", "title", "Veracruz 1914", "US forces seize Veracruz"),
    ],
)
def test_a_row_that_does_not_hold_is_named(
    copy: Path, table: str, row: str, column: str, value: str, expected: str
) -> None:
    """The check names the table, the row and what it expected there."""
    change(copy, table, place(table, row), column, value)
    with pytest.raises(DataError, match=rf"{table}\.csv") as error:
        check_tables(copy)
    assert re.search(expected, error.value.expected)
    assert error.value.found
    country = cells(table)[place(table, row)].get("country", row)
    assert row in error.value.where or value in error.value.where or country in error.value.where


def test_troops_that_never_came_cannot_leave(copy: Path) -> None:
    """A withdrawal without troops is an error that says so."""
    change(copy, "iraq_coalition", place("iraq_coalition", "I12"), "position", "opposed")
    change(copy, "iraq_coalition", place("iraq_coalition", "I12"), "troops", "")
    with pytest.raises(DataError, match="NIC") as error:
        check_tables(copy)
    assert "(never)" in error.value.expected


def test_a_date_never_says_more_than_its_precision() -> None:
    """No column holds a day for an event of which only the month or year is known."""
    dated = [
        (table, column) for table in ("events", "omitted_events") for column in ("date", "end")
    ]
    for table, column in (*dated, ("iraq_coalition", "date")):
        for row in cells(table):
            if row[column]:
                first, last = span(row[column])
                assert (first == last) == (row[f"{column}_precision"] == "day")
    frame = data.events()
    assert not [column for column in frame if frame[column].dtype.kind == "M"]
    assert {row["date_precision"] for row in cells("events")} == {"day", "month"}
    assert [row["event"] for row in cells("events") if row["end_precision"] == "year"] == ["E41"]


def test_force_of_the_united_states_is_told_by_the_countries() -> None:
    """Two European interventions apart, USA stands in every row of force or covert action."""
    without = [
        row["event"]
        for row in cells("events")
        if row["category"] in FORCE and "USA" not in row["countries"].split("; ")
    ]
    assert without == ["E05", "E10"]
    for row in cells("events"):
        countries = row["countries"].split("; ")
        assert len(countries) == len(set(countries)), row["event"]


def test_every_country_of_the_list_is_used_and_regions_are_apart() -> None:
    """Codes and names belong to countries of the tables; no country is in two regions."""
    used = {country for row in cells("events") for country in row["countries"].split("; ")}
    used |= {row["country"] for table in ("elections", "iraq_coalition") for row in cells(table)}
    for row in cells("trade_by_country"):
        used |= {row["country"], row["largest_buyer"]}
    assert used == set(COUNTRIES)
    members = [country for region in REGIONS.values() for country in region]
    assert len(members) == len(set(members)) == 20


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("events", "E09 E10 E18 E19 E21 E22 E23 E35 E38 E42 E43 E46 E53"),
        ("iraq_coalition", "I07 I09 I16 I25 I26 I27 I29"),
        ("omitted_events", "X01 X06 X08 X10 X11 X13 X14 X18"),
        ("government_changes", "E18"),
        ("intervention_counts", "N08 N09"),
    ],
)
def test_rows_on_thin_sources_are_marked_and_listed(table: str, rows: str) -> None:
    """What rests on thin sources is marked in its row, and README.md lists it."""
    key = next(iter(cells(table)[0]))
    thin = [row[key] for row in cells(table) if row["support"] == "thin"]
    assert thin == rows.split()
    readme = (data.data_folder() / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"Thin rows?: {', '.join(thin)}\.", readme)


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "words"),
    [
        ("events", "E10", "date", "1902-12-20", "9 December"),
        ("events", "E14", "date", "1905-02", "4 February"),
        ("events", "E15", "end", "1909-01-28", "6 February 1909"),
        ("events", "E17", "end", "1925-08-03", "4 August 1925"),
        ("events", "E20", "date", "1916-03", "16 March 1916"),
        ("events", "E21", "end", "1924-09-18", "27 December 1924"),
        ("events", "E30", "monroe_invoked", "yes", "first coding of this table said no"),
        ("events", "E36", "category", "declaration", "without a landing"),
        ("events", "E51", "end", "2002-04", "13 or 14 April"),
        ("iraq_coalition", "I30", "position", "refused or unclear", "4 April 2003"),
        ("iraq_coalition", "I07", "position", "refused or unclear", "24 March 2003"),
        ("omitted_events", "X10", "date", "1917-02", "25 August 1917"),
        ("elections", "URY1999", "runoff", "1999-11-28", "29 November"),
        ("elections", "MEX2006", "winner_first_round", "35.89", "5 September"),
        ("elections", "CHL2006", "winner_runoff", "53.50", "53.49"),
    ],
)
def test_disagreements_between_sources_stay_visible(
    table: str, row: str, column: str, value: str, words: str
) -> None:
    """The row holds the better supported value, contested names the column, the note the other."""
    found = cells(table)[place(table, row)]
    assert found[column] == value
    assert column in found["contested"].split("; ")
    assert words in found["note"]


def test_votes_on_two_bills_are_kept_apart() -> None:
    """The law has the votes on its own bill; the Senate's 54 to 45 stands with its bill and day."""
    row = cells("events")[place("events", "E56")]
    assert "217 to 215" in row["description"]
    assert "54 to 45" not in row["description"]
    assert "54 to 45, on 30 June 2005, was on a bill of its own" in row["note"]


def test_every_coding_of_the_doctrine_says_what_it_rests_on() -> None:
    """Yes, no and disputed all have evidence; what rests on one encyclopedia or weblog is thin."""
    for row in cells("events"):
        assert len(row["invocation_evidence"]) >= 6, row["event"]
        if re.search(r"encyclopedia cop|Wikipedia|weblog|Wiki,", row["source"]):
            assert row["support"] == "thin" or "date" in row["contested"], row["event"]


def test_the_tables_hold_no_length_order_or_verdict() -> None:
    """No column counts years, ranks, marks an era or judges a claim."""
    word = re.compile(
        r"length|duration|elapsed|years|days|rank|order|era$|decade|after|before|known|claim"
        r"|verdict|right|true|share|count$|number"
    )
    for table in HISTORY:
        names = list(cells(table)[0])
        assert not [name for name in names if word.search(name)], table


def test_texts_count_no_years_and_judge_no_claim() -> None:
    """Titles, descriptions, evidence and notes state no time between events, and no column."""
    elapsed = re.compile(
        r"\b(\d+|two|three|four|five|seven|eight|nineteen|twenty\w*) (years|months) "
        r"(after|later|before)|\b\d{2,3} years\b|nineteen years|seven months|two centuries"
    )
    verdict = re.compile(r"\b(the column|op-ed|newspaper column|supported claim|fact.check)\b")
    for table in HISTORY:
        for row in cells(table):
            for name in set(row) - {"source", "contested"}:
                assert not elapsed.search(row[name]), f"{table}: {row[name]}"
                assert not verdict.search(row[name]), f"{table}: {row[name]}"


def test_sources_are_institutions_and_titles_not_mirrors() -> None:
    """A copy is named as one where it was all that could be read; no address stands in a row."""
    mirror = re.compile(
        r"http|azureedge|osmarks|nina\.az|piglix|howlingpixel|ipfs|kiwix|wikimili|explained\.today"
    )
    for table in HISTORY:
        for row in cells(table):
            text = " ".join(row.values())
            assert not mirror.search(text), text
