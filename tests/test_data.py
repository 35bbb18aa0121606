"""The tables agree with their description, and the loaders give them or say what is wrong."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package, system

from course import data
from course.data import DataError
from tests.tablechecks import check_tables
from tests.tables import FOLDER, cells, change, copy_tables

ROWS = {
    "first_round": 20,
    "runoff": 2,
    "totals": 2,
    "first_round_departments": 26,
    "runoff_departments": 26,
    "electoral_roll": 30,
    "count_reports": 52,
    "polls": 30,
    "runoff_polls": 49,
    "elite_polls": 23,
    "events": 63,
    "elections": 39,
    "iraq_coalition": 31,
    "trade": 43,
    "trade_by_country": 60,
    "poverty": 13,
    "poverty_context": 16,
    "intervention_counts": 8,
    "government_changes": 22,
    "omitted_events": 17,
    "approval": 25,
    "campaign": 25,
    "sources": 311,
}
COLLECTED = (
    "count_reports",
    "polls",
    "runoff_polls",
    "elite_polls",
    "events",
    "elections",
    "iraq_coalition",
    "poverty",
    "poverty_context",
    "intervention_counts",
    "government_changes",
    "omitted_events",
    "approval",
    "campaign",
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tables that a test may damage."""
    return copy_tables(tmp_path)


def validate(folder: Path, table: str | None = None) -> list[str]:
    """Return what the Frictionless library finds wrong with the package in a folder.

    Where a table is named, it is looked at alone, with those that it refers to.
    """
    with system.use_context(trusted=True):
        package = Package(str(folder / "datapackage.json"))
        if table is not None:
            keys = package.get_resource(table).schema.foreign_keys
            kept = {table, *(key["reference"]["resource"] for key in keys)}
            for name in set(package.resource_names) - kept:
                package.remove_resource(name)
        report = package.validate()
    return [
        f"{task.name}: {error.type}: {error.note}" for task in report.tasks for error in task.errors
    ] + [f"{error.type}: {error.note}" for error in report.errors]


def test_tables_fit_their_description() -> None:
    """Every table is valid by datapackage.json: types, constraints, keys, encoding."""
    assert validate(FOLDER) == []


@pytest.mark.parametrize(
    ("table", "column", "value", "fault"),
    [
        ("first_round", "votes", -1, "constraint-error"),
        ("totals", "date", "9 April", "type-error"),
        ("runoff", "candidate", "Lourdes", "foreign-key"),
        ("electoral_roll", "unit", "Lima", "unique-error"),
        ("polls", "base", "some", "constraint-error"),
        ("runoff_polls", "field_start", "May 2006", "constraint-error"),
        ("events", "date", "December 1823", "constraint-error"),
        ("events", "monroe_invoked", "perhaps", "constraint-error"),
        ("events", "countries", "USA, MEX", "constraint-error"),
        ("elections", "bloc", "far left", "constraint-error"),
        ("elections", "runoff", "1998", "type-error"),
        ("iraq_coalition", "statement", "I02", "unique-error"),
        ("trade", "usa", "64.2", "type-error"),
        ("trade", "year", 1995, "primary-key"),
        ("trade_by_country", "usa_percent", 112.1, "constraint-error"),
        ("poverty", "status", "a guess", "constraint-error"),
        ("poverty_context", "fact", "L1", "constraint-error"),
        ("intervention_counts", "source", "from memory", "foreign-key"),
        ("government_changes", "event", "E99", "foreign-key"),
        ("government_changes", "us_aim", "perhaps", "constraint-error"),
        ("omitted_events", "event", "E02", "constraint-error"),
        ("approval", "answers", "12 and 87", "constraint-error"),
        ("campaign", "topic", "gossip", "constraint-error"),
    ],
)
def test_a_cell_against_the_description_is_found(
    copy: Path, table: str, column: str, value: object, fault: str
) -> None:
    """The description is strict enough to refuse each of these cells."""
    change(copy, table, 0, column, value)
    assert any(found.startswith(f"{table}: {fault}") for found in validate(copy, table))


def test_the_package_describes_every_table_and_file() -> None:
    """Tables described, tables loaded and files in the folder are the same."""
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    described = [table["name"] for table in package["resources"]]
    assert sorted(described) == sorted(data.TABLES)
    assert sorted(described) == sorted(path.stem for path in FOLDER.glob("*.csv"))
    assert {table["name"]: len(cells(table["name"])) for table in package["resources"]} == ROWS


def test_every_column_is_explained_and_every_quantity_has_a_unit() -> None:
    """Each field has a description; each number has a unit, unless it only counts rows."""
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    for table in package["resources"]:
        for field in table["schema"]["fields"]:
            where = f"{table['name']}.{field['name']}"
            assert len(field["description"]) > 4, where
            if field["type"] in ("integer", "number") and field["name"] != "report":
                assert field["unit"], where


def test_every_row_has_a_source_that_can_be_found_and_a_mark_of_how_good_it_is() -> None:
    """A row names its own source, or its table's is described; each has an address and a mark."""
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    addresses = {row["source"]: row["address"] for row in cells("sources")}
    for table in package["resources"]:
        if table["name"] in COLLECTED:
            for row in cells(table["name"]):
                found = row["support"] != "not found" or row["source"]
                assert not found or addresses[row["source"]].startswith("http"), row
                assert row["support"], row["source"]
        elif table["name"] != "sources":
            assert all(source["support"] for source in table["sources"]), table["name"]
            assert any("path" in source for source in table["sources"]), table["name"]


def test_what_was_not_found_is_said_and_nothing_else_is_without_a_source() -> None:
    """Four rows say what was looked for and not found; nothing rests on memory."""
    missing = [
        next(iter(row.values()))
        for table in COLLECTED
        for row in cells(table)
        if row["support"] == "not found"
    ]
    assert missing == ["A08", "A23", "A24", "R17"]
    for table in data.TABLES:
        for row in cells(table):
            assert not re.search(r"general knowledge|memory", " ".join(row.values())), row


def test_addresses_stand_in_the_table_of_sources_alone() -> None:
    """Rows name institutions and titles; each source is listed once, and none besides."""
    named = {row["source"] for table in COLLECTED for row in cells(table)} - {""}
    assert [row["source"] for row in cells("sources")] == list(
        dict.fromkeys(row["source"] for row in cells("sources"))
    )
    assert named == {row["source"] for row in cells("sources")}
    assert not [source for source in named if "http" in source]


def test_what_rests_on_a_copied_table_or_a_blog_is_weak_and_says_so() -> None:
    """20 runoff polls rest on a table copied from Wikipedia; each weak poll says why."""
    copied = [row for row in cells("runoff_polls") if "copied from Wikipedia" in row["note"]]
    assert len(copied) == 20
    assert all("scorevoting.net" in row["source"] for row in copied)
    for table in ("polls", "runoff_polls"):
        for row in cells(table):
            said = re.search("copied from Wikipedia|blog|recovered|derived", row["note"])
            assert (row["support"] == "weak") <= bool(said), row


def test_readme_counts_the_rows_of_each_mark() -> None:
    """What README.md says of how good the sources are is counted in the tables."""
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    names = {
        "count_reports": "reports of the count",
        "polls": "polls",
        "runoff_polls": "runoff polls",
        "elite_polls": "elite polls",
        "poverty": "rows on poverty",
        "poverty_context": "rows on its context",
        "approval": "rows of approval",
        "campaign": "rows on the campaign",
    }
    for table, name in names.items():
        for mark, number in Counter(row["support"] for row in cells(table)).items():
            (line,) = re.findall(rf"^\| `{mark}` .*$", readme, re.MULTILINE)
            counted = f"{number} {name if number > 1 else name.replace('rows', 'row')}" in line
            assert counted or (mark, table) == ("official", "count_reports"), (mark, table)


@pytest.mark.parametrize("table", data.TABLES)
def test_a_loader_gives_the_table_of_its_name(table: str) -> None:
    """Each table has a function of its name, and each call gives a frame of its own."""
    loader: Callable[[], pd.DataFrame] = getattr(data, table)
    first = loader()
    assert len(first) == ROWS[table]
    first.iloc[:, 0] = first.iloc[::-1, 0].to_numpy()
    assert list(loader().iloc[:, 0].astype(str)) == [
        next(iter(row.values())) for row in cells(table)
    ]


def test_columns_have_the_types_of_what_they_hold() -> None:
    """Counts are integers, missing counts are NA, shares are floats, full dates are datetimes."""
    totals, reports = data.totals(), data.count_reports()
    assert str(totals["votes_cast"].dtype) == "int64"
    assert str(reports["garcia_votes"].dtype) == "Int64"
    assert reports["garcia_votes"][0] is pd.NA
    assert str(reports["garcia_percent"].dtype) == "float64"
    assert totals["date"].dt.strftime("%Y-%m-%d").tolist() == ["2006-04-09", "2006-06-04"]
    assert data.polls()["field_start"].tolist()[:2] == ["2005-04", "2005-10"]
    assert data.first_round()["candidate"].tolist()[1] == "Alan García"
    assert data.events()["date"].tolist()[13] == "1905-02"
    assert data.elections()["runoff"].isna().sum() == 26
    assert str(data.elections()["winner_runoff"].dtype) == "float64"
    assert str(data.iraq_coalition()["troops"].dtype) == "Int64"
    assert str(data.trade()["usa"].dtype) == "int64"


def test_the_tables_folder_can_be_named(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """BACKYARD_DATA names another folder of tables."""
    change(copy, "first_round", 0, "votes", 7)
    monkeypatch.setenv("BACKYARD_DATA", str(copy))
    assert data.data_folder() == copy
    assert data.first_round()["votes"][0] == 7


def test_an_installed_package_has_tables_of_its_own(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the variable, tables inside the package come before those of a repository."""
    package = copy.parent / "course"
    (package / "_tables").mkdir(parents=True)
    monkeypatch.delenv("BACKYARD_DATA", raising=False)
    monkeypatch.setattr(data, "__file__", str(package / "data" / "__init__.py"))
    assert data.data_folder() == package.resolve() / "_tables"
    (package / "_tables").rmdir()
    assert data.data_folder() == copy.resolve()


def test_a_wrong_variable_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """BACKYARD_DATA that names no folder is an error that says so and what to do."""
    monkeypatch.setenv("BACKYARD_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(DataError, match="BACKYARD_DATA") as error:
        data.first_round()
    assert "nowhere" in error.value.found
    assert "unset" in error.value.todo


@pytest.mark.parametrize("name", ["polls.csv", "datapackage.json"])
def test_a_missing_file_is_named(copy: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A table or the description that is not there is named with its path."""
    (copy / name).unlink()
    monkeypatch.setenv("BACKYARD_DATA", str(copy))
    with pytest.raises(DataError, match=re.escape(str(copy / name))) as error:
        data.polls()
    assert error.value.found == "no file"


@pytest.mark.parametrize(
    ("column", "value", "expected", "found"),
    [
        ("votes", "many", "a whole number", "'many'"),
        ("votes", "3.5", "a whole number", "'3.5'"),
        ("votes", "", "a whole number", "an empty cell"),
        ("candidate", "", "text", "an empty cell"),
    ],
)
def test_a_damaged_cell_is_named(
    copy: Path, column: str, value: str, expected: str, found: str
) -> None:
    """A cell of the wrong type is named by file, line and column."""
    change(copy, "first_round", 4, column, value)
    with pytest.raises(DataError, match=f"first_round.csv, line 6, column {column}") as error:
        check_tables(copy)
    assert (error.value.expected, error.value.found) == (expected, found)


def test_a_damaged_date_is_named(copy: Path) -> None:
    """A date of another form is named by file, line and column."""
    change(copy, "totals", 1, "date", "4.6.2006")
    with pytest.raises(DataError, match=r"totals\.csv, line 3, column date") as error:
        check_tables(copy)
    assert "YYYY-MM-DD" in error.value.expected


def test_other_columns_are_an_error(copy: Path) -> None:
    """A table with a column renamed is refused, with the columns expected and found."""
    path = copy / "runoff.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("votes", "ballots", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"runoff\.csv") as error:
        check_tables(copy)
    assert "party_list, votes" in error.value.expected
    assert "party_list, ballots" in error.value.found


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'a,b\n"1,2,3\n4,5,6,7,8\n'])
def test_a_file_that_is_no_table_is_an_error(copy: Path, content: bytes) -> None:
    """An empty, foreign or broken file gives the same kind of error, naming the file."""
    (copy / "polls.csv").write_bytes(content)
    with pytest.raises(DataError, match=r"polls\.csv"):
        check_tables(copy)


@pytest.mark.parametrize("content", ["", "[]", '{"resources": [{}]}'])
def test_a_damaged_description_is_an_error(copy: Path, content: str) -> None:
    """A description that cannot be read is named."""
    (copy / "datapackage.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"datapackage\.json"):
        check_tables(copy)
