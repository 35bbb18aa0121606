"""The key of verdict: made of the readings by a rule, kept in step, and never wider than said."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from course.desk.cli import main
from course.desk.keys.accepted import CAUTION
from course.desk.keys.ledger import build_ledger, require_fresh_key, rewrite_ledger
from course.errors import CourseError
from course.scoring import choice, label_map
from course.text.claims import VERDICTS, list_claims
from course.text.rows import list_rows, match_rows
from docs.generate import write_readings
from docs.splits import ledger_table
from tests.notebooks import ROOT

FOLDER = ROOT / "source/verdict/readings"
NOTEBOOK = ROOT / "source/verdict/verdict.ipynb"


def read_readings() -> list[dict[str, dict[str, str]]]:
    """Return what each reader says of each claim, as it stands in the files."""
    found = []
    for path in sorted(FOLDER.glob("automated_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found.append({row["claim"]: row for row in csv.DictReader(file)})
    return found


def test_a_verdict_is_accepted_by_the_rule_of_the_readings() -> None:
    """Two readers give it first, or three first or second; three such verdicts are not marked."""
    key, readings = build_ledger(FOLDER), read_readings()
    assert len(readings) == 5
    for claim, accepted in key.accepted_verdicts.items():
        first = Counter(reading[claim]["verdict"] for reading in readings)
        second = Counter(reading[claim]["alt_verdict"] for reading in readings)
        right = [v for v in VERDICTS if first[v] >= 2 or first[v] + second[v] >= 3]
        assert list(accepted) == (right if len(right) < 3 else list(VERDICTS)), claim
        assert (key.verdict_weights[claim] == 0) == (len(right) > 2)
    assert [claim for claim, weight in key.verdict_weights.items() if not weight] == ["C05"]
    assert key.verdict_weights["C06"] == 1.0
    assert key.verdict_weights["C09"] == 0.56  # all five give the same second one


def test_each_row_that_a_reader_named_is_accepted_or_struck_out_with_a_reason() -> None:
    """Rows stand in a table; of those that do, only a decision takes one away."""
    key = build_ledger(FOLDER)
    with (FOLDER / "decisions.csv").open(encoding="utf-8", newline="") as file:
        decisions = list(csv.DictReader(file))
    assert all(row["reason"] for row in decisions)
    struck = {
        (row["claim"], one.strip())
        for row in decisions
        if row["field"] == "not evidence"
        for one in row["answer"].split(";")
    }
    for claim in list_claims():
        accepted = match_rows(key.accepted_evidence[claim])
        named = {
            row for reading in read_readings() for row in reading[claim]["evidence"].split(";")
        }
        for row in match_rows(named):
            assert (row in accepted) != ((claim, row) in struck), (claim, row)
        assert accepted


def test_the_notebook_holds_the_key_that_the_readings_give() -> None:
    """Made again, nothing changes: otherwise run `course key verdict`, then `make release`."""
    key = build_ledger(FOLDER)
    text = NOTEBOOK.read_text("utf-8")
    assert rewrite_ledger(text, key, NOTEBOOK) == text
    assert "accepted_verdicts = {" in text


def test_the_page_on_questions_shows_how_the_readers_of_claims_split() -> None:
    """Each claim with its verdicts, what is accepted and its weight, below the caution."""
    said = write_readings("verdict")
    assert said.index(CAUTION) < said.index("| C01 |")
    for row in ledger_table(build_ledger(FOLDER)):
        assert f"| {' | '.join(row)} |" in said
    assert "| C05 | does_not_hold 3, in_part 2, not_settled 0 (5) | not marked | 0.00 |" in said


@pytest.mark.parametrize("reader", range(5))
def test_whoever_answers_as_a_reader_did_earns_nearly_all(reader: int) -> None:
    """First verdicts earn all but a tenth in each question; rows, but for one struck out, all."""
    key, reading = build_ledger(FOLDER), read_readings()[reader]
    parts = re.findall(r"# claims: ([C\d ]+)", NOTEBOOK.read_text("utf-8"))
    assert " ".join(parts).split() == list(list_claims())
    for part in parts:
        claims = part.split()
        verdicts = {claim: reading[claim]["verdict"] for claim in claims}
        accepted = {claim: key.accepted_verdicts[claim] for claim in claims}
        weights = {claim: key.verdict_weights[claim] for claim in claims}
        kind = label_map(claims, list(VERDICTS))
        assert kind.score(verdicts, accepted, weights=weights).fraction >= 0.9
        named = {c: match_rows(reading[c]["evidence"].split(";")) for c in claims}
        first = {c: sorted(rows)[0] for c, rows in named.items()}
        rows = {c: sorted(match_rows(key.accepted_evidence[c])) for c in claims}
        assert label_map(claims, choice(list_rows())).score(first, rows).fraction >= 0.75, first


def copy_readings(folder: Path) -> Path:
    """Copy the assignment's source to a course of its own; return its readings."""
    made = folder / "source/verdict/readings"
    made.mkdir(parents=True)
    for path in FOLDER.iterdir():
        (made / path.name).write_bytes(path.read_bytes())
    (made.parent / "verdict.ipynb").write_bytes(NOTEBOOK.read_bytes())
    return made


def test_a_key_that_is_older_than_its_readings_is_not_generated(tmp_path: Path) -> None:
    """Another reading moves the key; until it is written anew, no release is made."""
    readings = copy_readings(tmp_path)
    require_fresh_key(tmp_path, "verdict")
    other = (readings / "automated_a.csv").read_text("utf-8").replace("C06,holds", "C06,in_part")
    for name in ("lopez.csv", "ruiz.csv"):
        (readings / name).write_text(other, "utf-8")
    assert build_ledger(readings).accepted_verdicts["C06"] == ["holds", "in_part"]
    with pytest.raises(CourseError, match="course key verdict"):
        require_fresh_key(tmp_path, "verdict")


def test_the_command_writes_the_key_or_says_that_it_is_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`course key verdict --check` changes nothing; without it the notebook is written."""
    readings = copy_readings(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["key", "verdict", "--check"]) == 0
    assert "Notebook and readings agree." in capsys.readouterr().out
    notebook = readings.parent / "verdict.ipynb"
    edited = notebook.read_text("utf-8").replace('\\"C06\\": 1.0', '\\"C06\\": 0.5')
    notebook.write_text(edited, "utf-8")
    assert main(["key", "verdict", "--check"]) == 1
    assert "NOT IN STEP: source/verdict/verdict.ipynb" in capsys.readouterr().out
    assert notebook.read_text("utf-8") == edited
    assert main(["key", "verdict"]) == 0
    assert notebook.read_text("utf-8") == NOTEBOOK.read_text("utf-8")
    assert main(["key", "verdict", "--add", "lopez.csv"]) == 1
    assert "without --add" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("automated_a.csv", "C06,holds", "C06,true", "line 7"),
        ("automated_a.csv", "C06,holds", "C66,holds", "claim: one of C01"),
        ("automated_a.csv", "claim,verdict", "claim,judgement", "no column verdict"),
        ("decisions.csv", "campaign:R23", "campaign:R99", "campaign:R99"),
        ("decisions.csv", "evidence,C11", "proof,C11", "field: one of evidence"),
    ],
)
def test_what_cannot_be_read_is_named(
    file: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    """The error names the file and the line, and what was expected there."""
    readings = copy_readings(tmp_path)
    path = readings / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(CourseError, match=said) as error:
        build_ledger(readings)
    assert file in error.value.where
