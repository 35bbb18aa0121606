"""What careful readers earn, and what an answer without reading earns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib
import pytest

from bench.fairness import GOAL, measure_assignment
from tests.notebooks import grade_cells, grade_id, run_all, run_cell, source

pytestmark = pytest.mark.long

matplotlib.use("agg")

LAZY = 0.12  # of an assignment's points; the goal is a tenth
CAREFUL = 27.5  # of the 28 points of argument that the computer gives

# Three ways to read the column from end to end, each with its own main claim, roles, kinds and map.
READINGS: dict[str, dict[str, Any]] = {
    # The vote in Peru is the point: all else explains why Bush lost it.
    "the vote": {
        "main_claim": "P01",
        "roles": "main_claim evidence background reason concession evidence reason reason evidence "
        "reason evidence reason evidence concession forecast forecast credit",
        "kinds": "value fact fact fact value fact value cause fact value fact cause fact fact "
        "policy prediction none",
        "links": "02-01 04-06 05-01 06-01 07-01 08-07 09-08 10-06 11-12 12-01 13-01 14-16 16-15",
    },
    # Washington's conduct is the point: the vote is one of its effects.
    "the conduct": {
        "main_claim": "P12",
        "roles": "reason evidence reason evidence evidence reason reason reason reason reason "
        "evidence main_claim reason reason forecast forecast credit",
        "kinds": "value fact fact fact fact fact cause value fact fact fact cause fact fact "
        "prediction prediction none",
        "links": "01-12 02-01 03-04 04-06 05-06 06-12 07-12 08-12 09-08 10-12 11-10 13-12 14-16 "
        "16-15",
    },
    # The region turns away: what it does is support for the warning at the end as well. One arrow,
    # from P10 to P15, is of the reader's own.
    "the region": {
        "main_claim": "P01",
        "roles": "main_claim evidence evidence background evidence evidence reason reason "
        "background reason evidence reason evidence evidence forecast forecast credit",
        "kinds": "value fact fact fact fact fact value value fact cause fact cause fact fact "
        "prediction prediction none",
        "links": "02-06 03-01 04-06 05-01 06-12 07-06 08-01 09-08 10-07 10-15 11-01 12-16 12-01 "
        "13-16 14-01 16-15",
    },
}


def answers_of(reading: dict[str, Any]) -> dict[str, Any]:
    """Return a reading as the answers that a notebook holds."""
    labels = [f"P{number:02}" for number in range(1, 18)]
    roles = dict(zip(labels, reading["roles"].split(), strict=True))
    return {
        "main_claim": reading["main_claim"],
        "labeller": roles,
        "kinds": dict(zip(labels, reading["kinds"].split(), strict=True)),
        "map_": [tuple(f"P{end}" for end in one.split("-")) for one in reading["links"].split()],
        "my_evidence": list(roles.values()).count("evidence"),
    }


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The variables after running the instructor's notebook of argument."""
    variables: dict[str, Any] = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("desk"))
        run_all(source("argument"), variables)
    return variables


@pytest.mark.parametrize("name", READINGS)
def test_a_careful_reading_of_the_column_earns_nearly_all(
    name: str, solved: dict[str, Any]
) -> None:
    """Readers who differ in the main claim, the roles, the kinds and the map all do well."""
    held = {**solved, **answers_of(READINGS[name])}
    earned = {grade_id(c): run_cell(c.source, held).value for c in grade_cells(source("argument"))}
    assert sum(earned.values()) >= CAREFUL, earned


def test_the_readings_differ() -> None:
    """No two of them have the same roles, kinds or arrows."""
    for part in ("roles", "kinds", "links"):
        assert len({reading[part] for reading in READINGS.values()}) == len(READINGS)


# One of two words is right by luck every second time, one of three sentences every third.
MOST_OF_A_QUESTION = {"argument": GOAL, "timeline": GOAL, "verdict": GOAL, "votes": 0.2}


@pytest.mark.parametrize("assignment", MOST_OF_A_QUESTION)
def test_an_answer_without_reading_earns_next_to_nothing(
    assignment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No question gives much to a constant, a star or a copied example, and all together do not."""
    monkeypatch.chdir(tmp_path)  # where its panels may keep their answers
    rows = measure_assignment(assignment)
    whole = sum(row.points for row in rows)
    assert sum(row.points * row.earned["lazy"] for row in rows) <= LAZY * whole
    for row in rows:
        for way in ("untouched", "constant", "star", "example"):
            assert row.earned[way] <= MOST_OF_A_QUESTION[assignment] + 1e-9, (row.question, way)
