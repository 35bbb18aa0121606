"""The notebook of *argument* as a whole: its codebook, its quotations, readers and chance."""

from __future__ import annotations

import ast
import copy
import random
import re
from typing import Any

import pytest

from course.desk.keys.blocks import find_blocks, values_of
from course.desk.keys.codebook import Reading
from course.desk.keys.readings import load_readings
from course.practice.exercise import PANEL, find_exercise
from tests.conftest import Keys, Recorder
from tests.notebooks import (
    ROOT,
    Run,
    grade_cells,
    grade_id,
    map_value,
    read,
    run_all,
    run_cell,
    source,
)
from tests.test_column import TOO_LONG

NOTEBOOK = ROOT / "source/argument/argument.ipynb"
READINGS = load_readings(ROOT / "source/argument/readings")
BOOK = READINGS[0].book
PARAGRAPHS, ROLES, CLAIM_TYPES = BOOK.paragraphs, BOOK.labels["role"], BOOK.labels["claim_type"]
CELLS = {grade_id(cell): cell for cell in grade_cells(source("argument"))}
KEY = {
    block.name: values_of(block)
    for block in find_blocks(NOTEBOOK.read_text(encoding="utf-8"), NOTEBOOK)
}

# The questions whose key was made from the readings.
FROM_READINGS = ("argument-02", "argument-03", "argument-04", "argument-06")

# The panels with a label for each item: question and part, by the variable that holds it.
LABELLED = {
    "labeller": ("argument-03", "roles"),
    "kinds": ("argument-04", "claims"),
    "reasons": ("argument-05", "reasons"),
    "ledger": ("argument-07", "ledger"),
    "faults": ("argument-10", "faults"),
}


def released_text() -> str:
    """Return the text that students read, without code."""
    released = read(ROOT / "release/argument/argument.ipynb")
    return "\n".join(cell.source for cell in released.cells if cell.cell_type == "markdown")


# --- what students are told -----------------------------------------------------------------------


def test_the_thirteen_questions_bring_thirty_points() -> None:
    """The points of all questions, the one graded by hand too, add up to 30."""
    points = [
        cell.metadata.nbgrader.points
        for cell in source("argument").cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert len(points) == 13
    assert sum(points) == 30


@pytest.mark.parametrize("label", [*ROLES, *CLAIM_TYPES])
def test_the_codebook_explains_every_label(label: str) -> None:
    """Each role and each kind of claim has its row in a table of the notebook."""
    assert f"\n| `{label}` |" in released_text()


def test_the_example_letter_has_every_role() -> None:
    """Each role is practiced once at least, on a letter that is not the column."""
    found: Keys = {}
    question = type("Recording", (Recorder,), {"found": found})("argument-03")
    find_exercise("argument-03").build(question)
    _, (key,), _ = found["argument-03", PANEL]
    assert set(key.values()) == set(ROLES)


def test_a_phrase_of_the_column_has_at_most_eight_words() -> None:
    """What the notebook quotes with its paragraph is short."""
    phrases = re.findall(r'^\* \*\*[A-G]\*\* "(.+)" \(P\d\d\)$', released_text(), re.MULTILINE)
    assert len(phrases) == 7
    assert all(len(phrase.split()) < TOO_LONG for phrase in phrases)


def test_everybody_is_told_alike_who_read() -> None:
    """Notebook, feedback and the page on marks say the same of the readings."""
    said = "the key rests on five readings, made by programs of one family, and on your instructor"
    places = {
        "notebook": released_text(),
        "marks.md": (ROOT / "docs/marks.md").read_text(encoding="utf-8"),
        **{question: CELLS[question].source for question in FROM_READINGS},
    }
    assert [name for name, text in places.items() if said not in text.replace("The", "the")] == []
    assert len(READINGS) == sum(reading.automated for reading in READINGS) == 5


@pytest.mark.parametrize(
    ("main_claim", "drawn"), [("P01", ("P12", "P01")), ("P12", ("P01", "P12"))]
)
def test_the_map_follows_the_main_claim(
    solved: dict[str, Any], main_claim: str, drawn: tuple[str, str]
) -> None:
    """Whoever takes P12 for the main claim may draw its arrow the other way: full points."""
    variables = solved | {"main_claim": main_claim}
    links = [link for link in solved["map_"].value["links"] if link["from"] not in ("P01", "P12")]
    start, end = drawn
    links.append({"from": start, "to": end, "relation": "supports"})
    run = grade(variables, "argument-06", "map_", {"links": links})
    assert run.value == 5, run.printed


def test_the_key_of_the_main_claim_agrees_with_that_of_the_roles() -> None:
    """Question 2 accepts the paragraphs for which question 3 accepts the role of a main claim."""
    accepted = {p for p, labels in KEY["roles"]["accepted_roles"].items() if "main_claim" in labels}
    (line,) = re.findall(r'q\.key\("main_claim", (\{.*?\}),', CELLS["argument-02"].source)
    assert set(re.findall(r"P\d\d", line)) == accepted


def test_an_example_of_the_form_is_no_right_answer(solved: dict[str, Any]) -> None:
    """What the text shows as an example of how to answer is nowhere what the key accepts."""
    text = "\n".join(
        cell.source
        for cell in read(ROOT / "release/argument/argument.ipynb").cells
        if cell.cell_type == "markdown" or grade_id(cell).endswith("-answer")
    )
    examples = re.findall(r'(\w+)\.value = (\{"\w+": "\w+"(?:, "\w+": "\w+")*)', text)
    assert {panel for panel, _ in examples} == set(LABELLED)
    for panel, example in examples:
        question, part = LABELLED[panel]
        run = grade(solved, question, panel, ast.literal_eval(example + "}"))
        assert f"· {part}: right" not in run.printed, example
        assert f"· {part}: partly right" not in run.printed, example
    drawn = re.findall(r'"from": "(P\d\d)", "to": "(P\d\d)"', text)
    assert drawn
    assert not set(drawn) & set(KEY["map"]["accepted_links"])


# --- readers and chance ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The variables after running the instructor's notebook."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("desk"))
        run_all(source("argument"), namespace)
    return namespace


def grade(solved: dict[str, Any], question: str, panel: str, value: dict[str, Any]) -> Run:
    """Let a panel hold an answer and run the question's grade cell."""
    variables = dict(solved)
    before = copy.deepcopy(variables[panel].value)
    variables[panel].value = value
    try:
        return run_cell(CELLS[question].source, variables)
    finally:
        variables[panel].value = before


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.reader)
def test_a_complete_careful_reading_loses_at_most_half_a_point(
    solved: dict[str, Any], reading: Reading
) -> None:
    """Each reading, handed in as a student's answers, gets 10.5 of the 11 points or more."""
    earned = read_so(
        solved, "P01", reading.labels("role"), reading.labels("claim_type"), map_value(reading)
    )
    assert earned >= 10.5


def test_a_careful_reading_by_the_other_main_claim_loses_at_most_half_a_point(
    solved: dict[str, Any],
) -> None:
    """Whoever takes P12 for the main claim, and reads the rest in that light, gets 10.5 or more."""
    roles = READINGS[0].labels("role") | {"P01": "reason", "P12": "main_claim", "P04": "background"}
    kinds = READINGS[0].labels("claim_type") | {"P07": "cause", "P08": "value", "P10": "fact"}
    arrows = (
        "P01-P12 P02-P01 P03-P04 P05-P01 P06-P12 P07-P06 P07-P12 P08-P12 P09-P08 P10-P06 P11-P10 "
        "P13-P12 P14-P16 P16-P15"
    )
    links = [
        {"from": start, "to": end, "relation": "supports"}
        for start, end in (arrow.split("-") for arrow in arrows.split())
    ]
    assert read_so(solved, "P12", roles, kinds, {"links": links}) >= 10.5


def read_so(
    solved: dict[str, Any],
    main_claim: str,
    roles: dict[str, str],
    kinds: dict[str, str],
    drawn: dict[str, Any],
) -> float:
    """Return the points of questions 3, 4 and 6 for one reading of the column."""
    variables = solved | {"main_claim": main_claim}
    before = copy.deepcopy(solved["labeller"].value)
    solved["labeller"].value = roles
    try:
        points = [
            run_cell(CELLS["argument-03"].source, dict(variables)).value,
            grade(variables, "argument-04", "kinds", kinds).value,
            grade(variables, "argument-06", "map_", drawn).value,
        ]
    finally:
        solved["labeller"].value = before
    return float(sum(points))


def test_answers_at_random_get_no_more_than_chance(solved: dict[str, Any]) -> None:
    """The mean of 60 random answers is next to nothing, as the instructor's page says."""
    chance = random.Random(1823)
    roles, claims, maps = [], [], []
    for _ in range(60):
        some = {p: chance.choice(ROLES) for p in PARAGRAPHS}
        roles.append(grade(solved, "argument-03", "labeller", some).value / 4)
        some = {p: chance.choice(CLAIM_TYPES) for p in PARAGRAPHS}
        claims.append(grade(solved, "argument-04", "kinds", some).value / 2)
        pairs = dict.fromkeys(tuple(chance.sample(PARAGRAPHS, 2)) for _ in range(20))
        links = [{"from": a, "to": b, "relation": "supports"} for a, b in pairs]
        maps.append(grade(solved, "argument-06", "map_", {"links": links}).value / 5)
    for name, shares in (("roles", roles), ("claims", claims), ("map", maps)):
        assert sum(shares) / 60 <= 0.04, name
