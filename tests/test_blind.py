"""Answers of readers who saw only what is handed out: each earns a mark that can be defended.

`questions/blind/ASSIGNMENT.json` lists them with the lowest and the highest mark, as a share of the
question's points, that the reader holds fair, and why. Where the key was upheld against the
reader, `decided` says for what reason.
"""

from __future__ import annotations

import contextlib
import json
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any

import matplotlib.pyplot as plt
import pytest

from course.widgets.base import CourseWidget
from tests.notebooks import ROOT, grade_id, run_all, run_cell, source
from tests.test_questions import CELLS, PARTS, panel_of, points_of

BANKS: dict[str, list[dict[str, Any]]] = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((ROOT / "tests/questions/blind").glob("*.json"))
}
TABLES = {grade_id(cell): cell.source for name in BANKS for cell in source(name).cells}
EACH_SIDE = 12
NEAR = 0.011  # marks are rounded to hundredths of a point


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The variables after running each instructor's notebook, by assignment."""
    notebooks: dict[str, dict[str, Any]] = {}
    for assignment in BANKS:
        notebooks[assignment] = {"__name__": "__main__"}
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(tmp_path_factory.mktemp("desk"))
            run_all(source(assignment), notebooks[assignment])
    return notebooks


@pytest.fixture
def variables(
    solved: dict[str, dict[str, Any]], assignment: str, tmp_path: Any
) -> Iterator[dict[str, Any]]:
    """The variables of a solved notebook; its panels are as they were for the next answer."""
    original = solved[assignment]
    panels = [one for one in original.values() if isinstance(one, CourseWidget)]
    held = [(panel, json.dumps(panel.value)) for panel in panels]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        yield dict(original)
        plt.close("all")
        for panel, value in held:
            if json.dumps(panel.value) != value or panel.refused is not None:
                panel.value = json.loads(value)


def empty_parts(question: str, variables: dict[str, Any]) -> None:
    """Leave a question as it is handed out: nothing is answered."""
    for part in (name for asked, name in PARTS if asked == question):
        if found := panel_of(question, part, variables):
            found[0].value = type(found[0].value)()
        else:
            variables[part] = ...


ANSWERS = [
    pytest.param(assignment, entry, id=f"{entry['question']}-{number}")
    for assignment, entries in BANKS.items()
    for number, entry in enumerate(entries)
]


@pytest.mark.parametrize(("assignment", "entry"), ANSWERS)
def test_a_blind_answer_earns_a_mark_in_its_range(
    assignment: str, entry: dict[str, Any], variables: dict[str, Any]
) -> None:
    """Nobody who has seen only what is handed out gets more or less than can be defended."""
    question = entry["question"]
    for code in entry.get("before", {}).values():
        run_cell(code, variables)
    if f"{question}-table" in TABLES:  # a table of the answers before
        run_cell(TABLES[f"{question}-table"], variables)
    empty_parts(question, variables)
    with contextlib.suppress(ValueError), warnings.catch_warnings():  # what a panel refuses
        warnings.simplefilter("ignore")
        run_cell(entry["code"], variables)
    run = run_cell(CELLS[question].source, variables)
    share = run.value / points_of(question)
    assert entry["least"] - NEAR <= share <= entry["most"] + NEAR, (entry["why"], run.printed)


@pytest.mark.parametrize("assignment", sorted(BANKS))
def test_a_bank_has_a_dozen_of_each_side(assignment: str) -> None:
    """Each question has twelve answers that are right and twelve that are not, or not surely."""
    whole = Counter(e["question"] for e in BANKS[assignment] if e["most"] >= 1.0)
    doubtful = [e for e in BANKS[assignment] if e["most"] < 1.0 or e["least"] < 0.5]
    part = Counter(e["question"] for e in doubtful)
    for question in {name for name in CELLS if name.startswith(f"{assignment}-")}:
        assert whole[question] >= EACH_SIDE, question
        assert part[question] >= EACH_SIDE, question
    assert all(entry["why"] for entry in BANKS[assignment])


@pytest.mark.parametrize("assignment", ["timeline"])
def test_the_sentence_that_shows_the_form_marks_no_claim(
    assignment: str, variables: dict[str, Any]
) -> None:
    """Whoever copies the example of the question's line has earned nothing, for any letter."""
    text = "".join(
        cell.source for cell in source(assignment).cells if "sentence such as" in cell.source
    )
    example = text.split('a sentence such as "')[1].split('"')[0]
    for letter in "abcdefghij":
        variables["reading"].value = {letter: example}
        assert run_cell(CELLS["timeline-04"].source, variables).value == 0.0, letter
