"""The claim ledger: the names of rows, what it keeps, and what it refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course import data
from course.scoring.labels import Options
from course.text.claims import list_claims
from course.text.column import paragraphs
from course.text.documents import documents
from course.text.rows import LEFT_OUT, list_rows
from course.widgets.verdict import ClaimLedger


def test_each_row_of_each_table_has_a_name_of_its_own() -> None:
    """All rows are there, and no two names differ in case, accents or marks alone."""
    rows = list_rows()
    tables = [name for name in data.TABLES if name not in LEFT_OUT]
    assert len(rows) == sum(len(getattr(data, name)()) for name in tables) + len(documents())
    Options.of(rows)
    assert rows["first_round:Ollanta Humala"].endswith("votes: 3,758,258")
    assert rows["events:E58"].startswith("title: ")
    assert "peace and safety" in rows["documents:D02"]


def test_the_claims_stand_in_the_column_s_order() -> None:
    """Each names a paragraph, none of them comes before the one above it."""
    places = [place for place, _ in list_claims().values()]
    assert places == sorted(places)
    assert {*places} <= {paragraph.label for paragraph in paragraphs()}


def test_a_ledger_keeps_verdicts_and_rows_in_the_order_of_the_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name typed in another way is the row's own name; what is not entered is not kept."""
    monkeypatch.chdir(tmp_path)
    ledger = ClaimLedger("verdict-01", ["C01", "C06"])
    ledger.value = {"evidence": {"C06": "First_Round:alan garcia"}, "verdicts": {"C06": "holds"}}
    assert ledger.value == {
        "verdicts": {"C06": "holds"},
        "evidence": {"C06": "first_round:Alan García"},
    }
    assert ClaimLedger("verdict-01", ["C01", "C06"]).value == ledger.value
    ledger.value = {"verdicts": {}, "evidence": {}}
    assert ledger.value == {}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"verdict": {"C01": "holds"}}, "'verdict'"),
        ({"verdicts": {"C02": "holds"}}, "'C02'"),
        ({"verdicts": {"C01": "true"}}, "one of holds, in_part"),
        ({"evidence": {"C01": "events:E99"}}, "'events:E99'"),
        ({"evidence": {"C01": ["events:E01"]}}, "a row's name"),
        ({"verdicts": ["holds"]}, "expected verdicts as in"),
    ],
)
def test_a_ledger_refuses_what_is_no_entry(
    value: object, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names what was found, and the form of an answer."""
    monkeypatch.chdir(tmp_path)
    ledger = ClaimLedger("verdict-01", ["C01"])
    with pytest.raises(ValueError, match=re.escape(said)):
        ledger.value = value
    assert ledger.value == {}
