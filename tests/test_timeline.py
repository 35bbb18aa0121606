"""The notebook of *timeline* as a whole: names, minutes, order in time, quotations."""

from __future__ import annotations

import ast
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from course import data
from course.data.dates import span
from tests.conftest import Keys
from tests.notebooks import ROOT, grade_cells, grade_id, read, run_cell, source

CELLS = source("timeline").cells
RELEASED = read(ROOT / "release/timeline/timeline.ipynb").cells
TEXT = "\n".join(cell.source for cell in RELEASED if cell.cell_type == "markdown")
CHECKS = {grade_id(cell): cell.source for cell in grade_cells(source("timeline"))}
TABLE = data.events().set_index("event")

# The events of the panel of question 2, by the letters that stand for them there.
OFFERED = {
    "A": "E13",
    "B": "E09",
    "C": "E23",
    "D": "E01",
    "E": "E24",
    "F": "E11",
    "G": "E06",
    "H": "E14",
}


def assigned(code: str) -> set[str]:
    """Return the names that a cell gives a value to."""
    names = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Store)}


def test_fifteen_questions_bring_thirty_points_and_each_part_states_its_time() -> None:
    """The points of all questions add up to 30; test_practice.py holds the minutes."""
    tags = [cell.metadata.get("nbgrader", {}) for cell in CELLS]
    points = [tag["points"] for tag in tags if tag.get("grade")]
    assert len(points) == 15
    assert sum(points) == 30
    assert len(re.findall(r"^## Part \d .*\(\d+ minutes\)$", TEXT, re.MULTILINE)) == 6


def test_the_first_question_is_met_in_two_steps_each_checked_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has written the function is told so, before there is an answer to the pairs."""
    monkeypatch.chdir(tmp_path)
    questions: dict[str, Any] = {}
    monkeypatch.setattr("course.register.questions", questions)
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = {grade_id(cell): cell.source for cell in RELEASED if grade_id(cell)}
    steps = ["timeline-01-answer-a", "timeline-01-check-a", "timeline-01-answer", "timeline-01"]
    assert [name for name in cells if name in steps] == steps
    run_cell(cells["timeline-setup"], names)
    run_cell("def last_day(text):\n    return text", names)
    capsys.readouterr()
    said = run_cell(cells["timeline-01-check-a"], names).printed
    assert said == "● timeline-01, step a: filled in. Points come with grading.\n"
    assert not questions  # the table of all questions waits for the whole question
    said = run_cell(cells["timeline-01-answer"] + "\n" + cells["timeline-01"], names).printed
    assert said.startswith("◐ timeline-01: 1 of 2 filled in.")
    assert 'no answer yet for "A"' in said


def test_no_answer_is_overwritten_by_a_later_cell() -> None:
    """Whoever goes back and checks an earlier question again is told of the same answer."""
    asked: Counter[str] = Counter()
    elsewhere: set[str] = set()
    for cell in RELEASED:
        if cell.cell_type != "code":
            continue
        if "-answer" in grade_id(cell):
            asked.update(re.findall(r"^(\w+) = (?:\.\.\.|\{)", cell.source, re.MULTILINE))
            asked.update(re.findall(r"^def (\w+)", cell.source, re.MULTILINE))
        else:
            elsewhere |= assigned(cell.source)
            elsewhere.update(re.findall(r"^def (\w+)", cell.source, re.MULTILINE))
    assert len(asked) > 30
    assert max(asked.values()) == 1, asked.most_common(3)
    assert not asked.keys() & elsewhere


def test_the_order_of_the_events_can_be_told_from_the_table(keys: Keys) -> None:
    """Each event ends its possible days before the next one begins, as the key has them."""
    _, (order, *_), _ = keys["timeline-02", "order"]
    dates = [span(str(TABLE.loc[OFFERED[letter], "date"])) for letter in order]
    assert len(dates) == len(OFFERED)
    for earlier, later in pairwise(dates):
        assert earlier[1] < later[0]


def test_the_pairs_of_dates_are_judged_by_their_first_and_last_days(keys: Keys) -> None:
    """The key of question 1 follows from the dates that its text prints, and from the table."""
    rows = re.findall(r"^\| \*\*([A-E])\*\* \|.*?`(.*?)` \|.*?`(.*?)` \|$", TEXT, re.MULTILINE)
    _, (key, *_), _ = keys["timeline-01", "which_first"]
    assert sorted(key) == [letter for letter, *_ in rows]
    known = {*TABLE["date"], *TABLE["end"].dropna(), *data.iraq_coalition()["date"]}
    for letter, first, second in rows:
        assert {first, second} <= known
        one, other = span(first), span(second)
        told = "first" if one[1] < other[0] else "second" if other[1] < one[0] else "cannot tell"
        assert key[letter] == told, letter


@pytest.mark.parametrize("question", ["timeline-09", "timeline-11"])
def test_an_example_of_the_form_is_no_right_answer(question: str) -> None:
    """What a question shows as an example of how to answer earns nothing."""
    (name, example) = re.findall(
        rf"Question {question} .*?answer: `(\w+)`.*?for example `(\[.*?\])`", TEXT
    )[0]
    run = run_cell(CHECKS[question], {name: ast.literal_eval(example)})
    assert run.value == 0, run.printed
