"""What a key has to be: computed, no trouble to the notebook, worth nothing to a guesser."""

from __future__ import annotations

import ast
import csv
import symtable
from typing import Any

import matplotlib
import pytest

from bench.fairness import functions_to_try
from course import scoring
from course.scoring.functions import FunctionKind
from course.scoring.numbers import NumberKind
from tests.notebooks import ROOT, grade_cells, grade_id, is_grade_cell, read, run_all, source

matplotlib.use("agg")

ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))
HIDDEN = "### BEGIN HIDDEN TESTS"
MOST_OF_A_FUNCTION = 0.10


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
            patch.setattr("course.scoring.checkcell.Question", recorder)
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


# --- votes, worked out again ----------------------------------------------------------------------


def rows_of(table: str) -> list[dict[str, str]]:
    """Return the rows of a table in data/, as they stand in the file."""
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def worked_out_again() -> dict[tuple[str, str], float]:
    """Return the numbers that the questions of votes ask for, from the files, in plain Python."""
    got = {row["candidate"]: int(row["votes"]) for row in rows_of("first_round")}
    june = {row["candidate"]: int(row["votes"]) for row in rows_of("runoff")}
    humala, garcia, flores = (got[n] for n in ("Ollanta Humala", "Alan García", "Lourdes Flores"))
    totals = next(row for row in rows_of("totals") if row["round"] == "first round")
    cast, roll = int(totals["votes_cast"]), int(totals["registered"])
    valid = sum(got.values())
    units = rows_of("first_round_departments")
    abroad = next(row for row in units if row["unit"] == "Extranjero")
    shares = [100 * int(row["ollanta_humala"]) / int(row["valid_votes"]) for row in units]
    (poll,) = (
        float(row["humala"])
        for row in rows_of("polls")
        if (row["pollster"], row["field_end"]) == ("Apoyo", "2005-10")
    )
    gained = june["Alan García"] - garcia
    rise = 100 * humala / cast - poll
    at_home = garcia - flores - int(abroad["alan_garcia"]) + int(abroad["lourdes_flores"])
    return {
        ("votes-01", "humala_votes"): humala,
        ("votes-02", "share_valid"): 100 * humala / valid,
        ("votes-02", "share_cast"): 100 * humala / cast,
        ("votes-02", "share_registered"): 100 * humala / roll,
        ("votes-03", "turnout"): 100 * cast / roll,
        ("votes-03", "blank_null_share"): 100 * (cast - valid) / cast,
        ("votes-04", "votes_missing"): valid // 2 + 1 - humala,
        ("votes-05", "margin_votes"): garcia - flores,
        ("votes-05", "margin_points"): 100 * (garcia - flores) / valid,
        ("votes-05", "margin_at_home"): at_home,
        ("votes-06", "rise_points"): rise,
        ("votes-06", "rise_percent"): 100 * rise / poll,
        ("votes-07", "ratio"): 24.675 / 27.804,  # as the question prints them
        ("votes-08", "mean_of_shares"): sum(shares) / len(shares),
        ("votes-08", "pooled_share"): 100 * humala / valid,
        ("votes-11", "report"): 48,  # read off the panel
        ("votes-12", "fewest"): gained - (sum(june.values()) - valid),
        ("votes-12", "most"): gained,
        ("votes-14", "enp_nation"): valid**2 / sum(votes**2 for votes in got.values()),
    }


def test_every_number_of_votes_is_what_the_files_say(keys: dict[tuple[str, str], Any]) -> None:
    """A key that is worked out by another way, from the files themselves, is the same."""
    again = worked_out_again()
    numbers = {
        name: args[0]
        for name, (kind, args, _) in keys.items()
        if isinstance(kind, NumberKind) and name[0].startswith("votes")
    }
    assert numbers.keys() == again.keys()
    for name, value in numbers.items():
        assert value == pytest.approx(again[name], rel=1e-12), name
