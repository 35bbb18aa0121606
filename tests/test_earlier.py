"""What verdict shows of earlier notebooks: the student's own map and what they wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.answers.carried import MIME
from course.answers.store import FORMAT, AnswerStore
from course.overview.earlier import draw_own_map, say_earlier
from course.text.claims import list_claims
from tests.notebooks import ROOT, read

LINKS = [
    {"from": "P06", "to": "P12", "relation": "supports"},
    {"from": "P05", "to": "P01", "relation": "challenges"},
    {"from": "P03", "to": "P01", "relation": "supports"},
]
VERDICTS = {"C09": "holds", "C10": "not_settled", "C06": "does_not_hold", "C08": "judgment"}


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all notebooks; the one of verdict is where the kernel runs."""
    (tmp_path / "verdict").mkdir()
    monkeypatch.chdir(tmp_path / "verdict")
    return tmp_path


def write_notebook(path: Path, *cells: Any) -> None:
    """Write a notebook with these cells."""
    path.parent.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), path)


def carry(links: list[dict[str, str]], saved: str) -> Any:
    """Return a cell whose output carries a map."""
    content = {"format": FORMAT, "question": "argument-06", "value": {"links": links}}
    output = nbformat.v4.new_output("display_data", {MIME: {**content, "saved": saved}})
    return nbformat.v4.new_code_cell("map_", outputs=[output])


def written(name: str, code: str) -> Any:
    """Return the cell of an answer."""
    tag = {"grade": False, "grade_id": f"{name}-answer", "solution": True, "locked": False}
    return nbformat.v4.new_code_cell(code, metadata={"nbgrader": tag})


def test_the_own_map_has_verdicts_on_its_cards_and_says_what_is_left(
    earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its links are the student's, nothing edits it, and each arrow is told by its start."""
    (earlier / "argument").mkdir()
    AnswerStore(earlier / "argument").save("argument-06", {"links": LINKS})
    own = draw_own_map(VERDICTS)
    assert own is not None
    assert own.value == {"links": LINKS}
    assert own.question is None
    texts = {item["id"]: item["text"] for item in own.content["items"]}
    assert texts["P06"].startswith("C09 holds, C10 not settled. ")
    assert texts["P11"].startswith("C17 not yet, ")
    assert texts["P03"].startswith("not in the ledger. ")
    assert capsys.readouterr().out.splitlines()[1:] == [
        "1 carry: P06 to P12",
        "1 lost their start: P05 to P01",
        "1 have an open start: P03 to P01",
    ]
    assert [path.name for path in (earlier / "verdict").iterdir()] == []


def test_the_newer_of_file_and_notebook_is_drawn(earlier: Path) -> None:
    """A notebook that came alone carries its map; where both hold one, the newer counts."""
    write_notebook(earlier / "argument/argument.ipynb", carry(LINKS[:1], "2020-01-01T00:00:00Z"))
    own = draw_own_map({})
    assert own is not None
    assert own.value == {"links": LINKS[:1]}
    AnswerStore(earlier / "argument").save("argument-06", {"links": LINKS})
    own = draw_own_map({})
    assert own is not None
    assert own.value == {"links": LINKS}


def test_all_notebooks_may_stand_in_one_folder(
    earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As after a download from an LMS."""
    AnswerStore(earlier / "verdict").save("argument-06", {"links": LINKS})
    write_notebook(earlier / "verdict/votes.ipynb", written("votes-02", "share_valid = 30.6"))
    assert draw_own_map({}) is not None
    capsys.readouterr()
    say_earlier("votes-02", "share_valid")
    assert capsys.readouterr().out == "In votes-02 you wrote: share_valid = 30.6\n"


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "{",
        "[" * 100_000,
        json.dumps({"format": FORMAT, "answers": {"argument-06": {"value": {}}}}),
        json.dumps({"format": FORMAT, "answers": {"argument-06": {"value": {"links": ["P01"]}}}}),
        json.dumps({"format": FORMAT, "answers": {"argument-06": {"value": "P01"}}}),
    ],
)
def test_without_a_map_that_can_be_read_one_sentence_says_so(
    content: str | None, earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing, empty, damaged or no map: the reading below is what is left."""
    if content is not None:
        (earlier / "argument").mkdir()
        (earlier / "argument/answers.json").write_text(content)
        (earlier / "argument/argument.ipynb").write_text(content)
    assert draw_own_map(VERDICTS) is None
    assert capsys.readouterr().out.startswith("No map of yours was found")


def test_what_was_written_is_told_as_it_stands(
    earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A number as a number, code as code; the three dots, other names and other questions not."""
    write_notebook(
        earlier / "timeline/timeline.ipynb",
        written("timeline-12", "declined_share = ...   # your answer\ncountries = {'troops': 4}"),
        written("timeline-12", "countries = {'troops': ...}"),
        written("timeline-13", "usa_without_mexico = 100 * us['2005'] / 7  # mine\nother = 1"),
    )
    say_earlier("timeline-12", "declined_share", "countries")
    say_earlier("timeline-13", "usa_without_mexico")
    say_earlier("votes-02", "share_valid")
    assert capsys.readouterr().out.splitlines() == [
        "In timeline-12 you wrote: countries = {'troops': 4}",
        "In timeline-13 you wrote: usa_without_mexico = 100 * us['2005'] / 7",
    ]


@pytest.mark.parametrize("content", ["", "{}", '{"cells": [1]}', '{"cells": {"a": 1}}'])
def test_a_damaged_notebook_says_nothing(
    content: str, earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor does a cell that Python cannot read."""
    write_notebook(earlier / "votes/votes.ipynb", written("votes-02", "share_valid = (30.6"))
    say_earlier("votes-02", "share_valid")
    (earlier / "votes/votes.ipynb").write_text(content)
    say_earlier("votes-02", "share_valid")
    assert capsys.readouterr().out == ""


def test_nothing_of_another_folder_is_read_while_grading(
    earlier: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In nbgrader's runs the cells are silent, whatever stands beside the notebook."""
    (earlier / "argument").mkdir()
    AnswerStore(earlier / "argument").save("argument-06", {"links": LINKS})
    write_notebook(earlier / "votes/votes.ipynb", written("votes-02", "share_valid = 30.6"))
    for run in ("autograde", "validate"):
        monkeypatch.setenv("NBGRADER_EXECUTION", run)
        assert draw_own_map(VERDICTS) is None
        say_earlier("votes-02", "share_valid")
    assert capsys.readouterr().out == ""


def test_what_is_asked_for_exists_in_the_earlier_notebooks() -> None:
    """Every name that verdict asks for is one that the cell of that answer sets."""
    sources = [cell.source for cell in read(ROOT / "release/verdict/verdict.ipynb").cells]
    asked = [call for source in sources for call in re.findall(r"say_earlier\((.*)\)", source)]
    assert len(asked) == 5
    for call in asked:
        question, *names = re.findall(r'"([^"]+)"', call)
        assignment = question.partition("-")[0]
        cells = read(ROOT / f"release/{assignment}/{assignment}.ipynb").cells
        (answer,) = [
            c.source
            for c in cells
            if c.metadata.get("nbgrader", {}).get("grade_id") == f"{question}-answer"
        ]
        assert all(re.search(rf"(?m)^{name} = ", answer) for name in names), question


def test_the_claims_stand_in_the_text_as_in_the_panel() -> None:
    """Who reads the notebook without running it reads the claims of each ledger."""
    cells = {cell.id: cell.source for cell in read(ROOT / "source/verdict/verdict.ipynb").cells}
    told = 0
    for number in range(1, 5):
        asked = re.findall(r'"(C\d\d)"', cells[f"verdict-0{number}-panel"])
        lines = re.findall(r"(?m)^\* \*\*C.*$", cells[f"verdict-0{number}-question"])
        claims = [(name, *list_claims()[name]) for name in asked]
        assert lines == [f"* **{name}** · {words} ({place})" for name, place, words in claims]
        told += len(lines)
    assert told == len(list_claims())
