"""What a key has to be: computed, no trouble to the notebook, worth nothing to a guesser."""

from __future__ import annotations

import ast
import symtable
from typing import Any

import matplotlib
import pytest

from bench.fairness import QuestionFairness, functions_to_try, measure_assignment
from course import scoring
from course.scoring.functions import FunctionKind
from tests.notebooks import ROOT, grade_cells, grade_id, is_grade_cell, read, run_all, source

matplotlib.use("agg")

ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))
HIDDEN = "### BEGIN HIDDEN TESTS"
MOST_OF_A_FUNCTION = 0.10
MOST_OF_AN_ASSIGNMENT = 0.12


class Recorder(scoring.Question):
    """A question that remembers its keys."""

    found: dict[tuple[str, str], tuple[Any, tuple[Any, ...], dict[str, Any]]]

    def key(self, name: str, *key: Any, **options: Any) -> None:
        """Remember a key and set it."""
        self.found[self.name, name] = (self._parts[name].kind, key, options)
        super().key(name, *key, **options)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    """Every key of every notebook, by question and part: its kind, its arguments, its options."""
    found: dict[tuple[str, str], Any] = {}
    recorder = type("Recording", (Recorder,), {"found": found})
    for assignment in ASSIGNMENTS:
        names: dict[str, Any] = {"__name__": "__main__"}
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(tmp_path_factory.mktemp("desk"))
            patch.setattr(scoring, "Question", recorder)
            run_all(source(assignment), names)
        for question, part in found:
            found[question, part][2].setdefault("right", names.get(part))
    return found


def test_functions_that_do_not_read_every_argument_earn_next_to_nothing(
    keys: dict[tuple[str, str], Any],
) -> None:
    """Constants, copies of the example, and functions that ignore an argument: at most a tenth."""
    tried = 0
    for (question, part), (kind, args, options) in keys.items():
        if not isinstance(kind, FunctionKind):
            continue
        chosen = {k: v for k, v in options.items() if k != "note"}
        key = kind.read_key(*args, **chosen)
        for one in functions_to_try(kind, tuple(chosen["cases"]), chosen["right"]):
            tried += 1
            score = kind.score_read(kind.read(one), key)
            assert score.fraction <= MOST_OF_A_FUNCTION, (question, part, one, score.message)
    assert tried > 200


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_submission_made_without_reading_earns_next_to_nothing(assignment: str) -> None:
    """Constants, every option, stars, copied examples: together at most an eighth of the points."""
    rows: list[QuestionFairness] = measure_assignment(assignment)
    whole = sum(row.points for row in rows)
    lazy = sum(row.points * row.earned["lazy"] for row in rows) / whole
    table = {row.question: row.earned["lazy"] for row in rows if row.earned["lazy"]}
    assert lazy <= MOST_OF_AN_ASSIGNMENT, table
    assert all(row.earned["untouched"] == 0 for row in rows)


def blocks() -> list[Any]:
    """Return the hidden block of every check, as test parameters."""
    return [
        pytest.param(assignment, cell, id=grade_id(cell))
        for assignment in ASSIGNMENTS
        for cell in grade_cells(source(assignment))
    ]


def names_set(code: str) -> set[str]:
    """Return the names that a cell sets for others to see."""
    table = symtable.symtable(code, "<cell>", "exec")
    return {one.get_name() for one in table.get_symbols() if one.is_assigned()}


@pytest.mark.parametrize(("assignment", "cell"), blocks())
def test_a_hidden_block_leaves_the_names_of_the_notebook_alone(assignment: str, cell: Any) -> None:
    """Where checks run among the student's own names, a key overwrites no answer and no table."""
    used: set[str] = set()
    for other in read(ROOT / "release" / assignment / f"{assignment}.ipynb").cells:
        if other.cell_type == "code" and not is_grade_cell(other):
            used |= names_set(other.source)
    hidden = cell.source.partition(HIDDEN)[2]
    assert names_set(hidden) & used == set()


def typed_numbers(code: str) -> list[float]:
    """Return the numbers that stand typed as a key or as a mistake."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        called = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        place = {"key": 1, "mistake": 0}.get(called)
        if place is not None and len(node.args) > place:
            value = node.args[place]
            if isinstance(value, ast.UnaryOp):
                value = value.operand
            if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
                found.append(float(value.value))
    return [number for number in found if number]  # nothing is nothing in every table


@pytest.mark.parametrize(("assignment", "cell"), blocks())
def test_no_key_is_a_typed_number(assignment: str, cell: Any) -> None:
    """A key, and a named wrong number, is an expression over the tables of the course."""
    assert typed_numbers(cell.source) == []
