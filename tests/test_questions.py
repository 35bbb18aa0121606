"""Every question from both sides: solution, release, alternatives, wrong answers, mutated keys.

The cells are run in this process; `test_classroom.py` runs whole submissions through nbgrader.
What is right or wrong beside the model solution stands in `questions/ASSIGNMENT.toml`.
"""

from __future__ import annotations

import ast
import copy
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import pytest

from course import scoring
from course.scoring.arrows import LinksKind
from course.scoring.checkcell import TOOLS
from course.scoring.choices import ChoiceKind, LabelSetKind, TruthKind
from course.scoring.days import DayKind
from course.scoring.maps import LabelMapKind
from course.scoring.numbers import NumberKind
from course.scoring.orders import OrderKind
from course.widgets.base import CourseWidget
from docs import generate
from tests.notebooks import (
    ROOT,
    fetch_files,
    grade_cells,
    grade_id,
    names_set,
    read,
    run_all,
    run_cell,
    source,
)

matplotlib.use("agg")

ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))
CELLS = {
    grade_id(cell): cell for assignment in ASSIGNMENTS for cell in grade_cells(source(assignment))
}
QUESTIONS = sorted(CELLS)
LISTED = {
    assignment: tomllib.loads((ROOT / "tests/questions" / f"{assignment}.toml").read_text("utf-8"))
    for assignment in ASSIGNMENTS
}

DOZENS = (12, 12)
# How many answers of each side a question lists at least; one, where no notes on it are kept.
LEAST = {name: DOZENS for name in ASSIGNMENTS if (ROOT / "docs/questions" / f"{name}.md").exists()}
WITH_REASONS = ("argument", "timeline")


def points_of(question: str) -> float:
    """Return the points that a question can bring."""
    return float(CELLS[question].metadata.nbgrader.points)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The variables after running each instructor's notebook, by assignment."""
    return {name: _run_in(tmp_path_factory, name, source(name))[0] for name in ASSIGNMENTS}


def _run_in(
    factory: pytest.TempPathFactory, assignment: str, notebook: Any
) -> tuple[dict[str, Any], Any]:
    """Run a notebook in a folder with its files; return its variables and runs."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(fetch_files(assignment, factory.mktemp("desk")))
        runs = run_all(notebook, namespace)
    return namespace, runs


@pytest.fixture
def variables(
    solved: dict[str, dict[str, Any]], request: pytest.FixtureRequest
) -> Iterator[dict[str, Any]]:
    """The variables of a solved notebook, for one test alone."""
    question: str = request.getfixturevalue("question")
    original = solved[question.rsplit("-", 1)[0]]
    panels = [one for one in original.values() if isinstance(one, CourseWidget)]
    values = [copy.deepcopy(panel.value) for panel in panels]
    yield dict(original)
    plt.close("all")
    for panel, value in zip(panels, values, strict=True):
        if panel.value != value or panel.refused is not None:  # each setting goes to the disk
            panel.value = value


def grade(question: str, variables: dict[str, Any], code: str = "") -> Any:
    """Run an answer and the question's grade cell; return what the grade cell gave."""
    if code:
        run_cell(code, variables)
    return run_cell(CELLS[question].source, variables)


@dataclass(frozen=True)
class Recorded:
    """A part's kind, and what its key was made of."""

    kind: Any
    args: tuple[Any, ...]
    options: dict[str, Any]


class Recorder(scoring.Question):
    """A question that remembers its keys."""

    recorded: dict[str, Recorded]

    def key(self, name: str, *key: Any, **options: Any) -> None:
        """Remember a key and set it."""
        known = Recorded(self._parts[name].kind, key, options)
        self.__dict__.setdefault("recorded", {})[name] = known
        super().key(name, *key, **options)


def recorded_keys(question: str, variables: dict[str, Any]) -> dict[str, Recorded]:
    """Return the keys that a grade cell sets, by part."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("course.scoring.checkcell.Question", Recorder)
        run_cell(CELLS[question].source, variables)
    keys: dict[str, Recorded] = variables["q"].recorded
    return keys


# Where parts are read from that do not stand under their own name: "panel" or "panel.entry".
AT = {
    (question, node.args[0].value): keyword.value.value
    for question, cell in CELLS.items()
    for node in ast.walk(ast.parse(cell.source))
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
    for keyword in node.keywords
    if keyword.arg == "at" and isinstance(keyword.value, ast.Constant)
}


def panel_of(question: str, part: str, variables: dict[str, Any]) -> tuple[Any, str] | None:
    """Return the panel that holds a part, and which entry of it; None where none does."""
    name, _, entry = str(AT.get((question, part), part)).partition(".")
    panel = variables.get(name)
    return (panel, entry) if isinstance(panel, CourseWidget) else None


def give(question: str, part: str, value: Any, variables: dict[str, Any]) -> None:
    """Let a part of a question hold a value, as a student would."""
    if held := panel_of(question, part, variables):
        panel, entry = held
        panel.value = {**panel.value, entry: value} if entry else value
    else:
        variables[part] = value


def given(question: str, part: str, variables: dict[str, Any]) -> Any:
    """Return what a part of a question holds."""
    if held := panel_of(question, part, variables):
        panel, entry = held
        return panel.value[entry] if entry else panel.value
    return variables[part]


# Questions whose panel lists items and options of its own, beside those of the check.
CHOSEN = sorted(
    grade_id(cell).removesuffix("-panel")
    for assignment in ASSIGNMENTS
    for cell in source(assignment).cells
    if grade_id(cell).endswith("-panel") and "options=" in cell.source
)


@pytest.mark.parametrize("question", CHOSEN)
def test_a_panel_offers_what_its_check_knows(question: str, variables: dict[str, Any]) -> None:
    """A choice or an item that only one of them has could be chosen in vain, or never."""
    keys = recorded_keys(question, variables)
    held = {part: panel for part in keys if (panel := panel_of(question, part, variables))}
    assert held
    for part, (panel, _) in held.items():
        kind = keys[part].kind
        assert {o["value"] for o in panel.content["options"]} == set(kind.values.options.labels)
        assert {one["id"] for one in panel.content["items"]} == set(kind.keys.labels)


# --- the model solution and the untouched release ------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_model_solution_gets_full_points(question: str, variables: dict[str, Any]) -> None:
    """The solution of the instructor's notebook earns every point of its question."""
    run = grade(question, variables)
    assert run.value == points_of(question), run.printed


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_untouched_release_gets_nothing(
    assignment: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whoever submits the notebook as it was handed out gets 0 for every question."""
    released = read(ROOT / "release" / assignment / f"{assignment}.ipynb")
    hidden = {grade_id(cell): cell.source for cell in grade_cells(source(assignment))}
    for cell in released.cells:
        cell.source = hidden.get(grade_id(cell), cell.source)
    _, runs = _run_in(tmp_path_factory, assignment, released)
    assert {name: runs[name].value for name in hidden} == dict.fromkeys(hidden, 0.0)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_untouched_release_runs_and_says_what_is_missing(
    assignment: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """ "Run all" on the release stops nowhere; every check cell says that the answer is missing."""
    released = read(ROOT / "release" / assignment / f"{assignment}.ipynb")
    _, runs = _run_in(tmp_path_factory, assignment, released)
    for cell in grade_cells(released):
        assert runs[grade_id(cell)].value is None
        assert "filled in. Points" not in runs[grade_id(cell)].printed, grade_id(cell)
        assert grade_id(cell) in runs[grade_id(cell)].printed


# --- listed answers ------------------------------------------------------------------------------


def listed(kind: str) -> list[Any]:
    """Return the listed answers of a kind ("right" or "wrong") as test parameters."""
    return [
        pytest.param(question, entry, id=f"{question}-{number}")
        for questions in LISTED.values()
        for question, lists in questions.items()
        for number, entry in enumerate(lists.get(kind, []), start=1)
    ]


@pytest.mark.parametrize(("question", "entry"), listed("right"))
def test_a_right_answer_in_another_form_gets_full_points(
    question: str, entry: dict[str, Any], variables: dict[str, Any]
) -> None:
    """An alternative that the question does not forbid earns every point."""
    run = grade(question, variables, entry["code"])
    assert run.value == points_of(question), run.printed


@pytest.mark.parametrize(("question", "entry"), listed("wrong"))
def test_a_wrong_answer_gets_its_points_and_its_message(
    question: str, entry: dict[str, Any], variables: dict[str, Any]
) -> None:
    """A typical wrong answer earns what is listed, and the message names what went wrong."""
    run = grade(question, variables, entry["code"])
    assert run.value == pytest.approx(entry["points"], abs=0.006), run.printed
    assert run.value < points_of(question)
    assert entry["says"] in run.printed


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_lists_right_and_wrong_answers_with_their_reasons(question: str) -> None:
    """Both sides of each key are tested by hand-written answers, a dozen of each."""
    assignment = question.rsplit("-", 1)[0]
    lists = LISTED[assignment].get(question, {})
    right, wrong = lists.get("right", []), lists.get("wrong", [])
    assert len(right) >= LEAST.get(assignment, (1, 1))[0]
    assert len(wrong) >= LEAST.get(assignment, (1, 1))[1]
    if assignment in WITH_REASONS:
        assert all(entry["why"] for entry in [*right, *wrong])


# --- named mistakes ------------------------------------------------------------------------------


def named_mistakes(key: Recorded) -> list[tuple[Any, str, float]]:
    """Return (value, message, credit) for the mistakes that a key names."""
    if isinstance(key.kind, LinksKind):  # the kind itself names what can be wrong with a link
        return [(_turned, "the other way", 0.0), (_opposed, "the other relation", 0.0)]
    mistakes = key.options.get("mistakes", ())
    if isinstance(key.kind, OrderKind):  # pairs of a whole order and its message
        return [(list(value), message, 0.0) for value, message in mistakes]
    if isinstance(mistakes, dict):
        return [(value, message, 0.0) for value, message in mistakes.items()]
    wrong = key.options.get("wrong_functions", ())
    return [(m.value, m.message, m.credit) for m in mistakes] + [
        (w.func, w.message, w.credit) for w in wrong
    ]


def _turned(value: dict[str, Any]) -> dict[str, Any]:
    """Return a map with every link the other way around."""
    return {"links": [{**a, "from": a["to"], "to": a["from"]} for a in value["links"]]}


def _opposed(value: dict[str, Any]) -> dict[str, Any]:
    """Return a map in which what supports challenges, and the other way around."""
    other = {"supports": "challenges", "challenges": "supports"}
    return {"links": [{**a, "relation": other[a["relation"]]} for a in value["links"]]}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_named_mistake_is_recognised(question: str, variables: dict[str, Any]) -> None:
    """Whoever makes a mistake that the key names is told so, and it is counted by its name."""
    named = 0
    for part, key in recorded_keys(question, variables).items():
        right = given(question, part, variables)
        for value, message, _ in named_mistakes(key):
            named += 1
            answers = dict(variables)
            give(question, part, mistaken(value, right, key), answers)
            run = grade(question, answers)
            assert message in run.printed, (part, value, run.printed)
            named_of = {p.part: [m.text for m in p.mistakes] for p in answers["q"].result().parts}
            assert any(message in text for text in named_of[part]), (part, value, named_of)
            assert run.value < points_of(question), (part, value)
        give(question, part, right, variables)
    assert named >= 2, "a question names at least two misconceptions"


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_two_named_numbers_are_nearer_than_the_tolerance(
    question: str, variables: dict[str, Any]
) -> None:
    """A number is never taken for the key or for a mistake that somebody else made."""
    recorded_keys(question, variables)
    asked = variables["q"]
    for name, part in asked._parts.items():
        if not isinstance(part.kind, NumberKind):
            continue
        for key in asked._keys[name]:
            named = [(m.value, key.within if m.within is None else m.within) for m in key.mistakes]
            named += [(right, key.within) for right in key.accepted]
            for (one, near), (other, near_too) in combinations(named, 2):
                assert abs(one - other) > max(near, near_too), (name, one, other)


def mistaken(value: Any, right: Any, key: Recorded) -> Any:
    """Return an answer that makes a named mistake."""
    if isinstance(key.kind, LinksKind):  # what to do to the right map
        return value(right)
    if isinstance(value, tuple):  # a label map: (key, wrong value)
        return {**dict(right), value[0]: value[1]}
    if isinstance(key.kind, LabelSetKind):  # a wrong label chosen
        return sorted({*key.args[0], value})
    if "values" in key.options:  # a plot: a first bar of the wrong height
        first = next(iter(key.options["values"]))
        return plot_of({**key.options["values"], first: value}, key.kind.kinds[0])
    return value


def plot_of(values: dict[str, float], how: str) -> Any:
    """Return a labelled bar chart."""
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    getattr(ax, how)(list(values), list(values.values()))
    ax.set(title="title", xlabel="candidate", ylabel="percent")
    return ax


# --- mutated keys --------------------------------------------------------------------------------


class Mutated(scoring.Question):
    """A question with a slip in the key of one part, and nothing else that accepts an answer."""

    slip_in = ""

    def key(self, name: str, *key: Any, **options: Any) -> None:
        """Set a key, that of the part with a slip."""
        if name == self.slip_in:
            key, options = _with_slip(self._parts[name].kind, key, options)
        super().key(name, *key, **options)

    def alternative(self, name: str, *key: Any, **options: Any) -> None:
        """Add another key to the other parts only."""
        if name != self.slip_in:
            super().alternative(name, *key, **options)

    def follow(self, name: str, earlier: Any, key: Any, **options: Any) -> None:
        """Let the other parts only follow from an answer."""
        if name != self.slip_in:
            super().follow(name, earlier, key, **options)


def _with_slip(kind: Any, key: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """Return a key and its options with one slip."""
    kept = {k: v for k, v in options.items() if k not in ("mistakes", "wrong_functions", "also")}
    if "cases" in kept:
        first, *rest = kept["cases"]
        right = first.expected if first.expected is not None else kept["right"](*first.args)
        kept["cases"] = [replace(first, expected=_another(kind.returns, right)), *rest]
        return (), kept
    if "values" in kept:
        label, value = next(iter(kept["values"].items()))
        changed = value + 3 + 2 * kept.get("within", 0)
        return (), {**kept, "values": {**kept["values"], label: changed}}
    return (_another(kind, key[0]), *key[1:]), kept


def _another(kind: Any, value: Any) -> Any:
    """Return another key of the same kind.

    A number grows, an accepted label is another one, a set loses one, a link or an order turns
    round, a day moves.
    """
    match kind:
        case LinksKind():
            # Not the first: it joins the two that may be the main claim, so both ways are right.
            links = list(value.items())
            (start, end, *more), weight = links[1]
            return dict([links[0], ((end, start, *more), weight), *links[2:]])
        case OrderKind():
            return value[::-1]
        case LabelMapKind():
            first = next(iter(value))
            return {**value, first: _another(kind.values, value[first])}
        case LabelSetKind():
            return sorted(value)[:-1]
        case ChoiceKind():
            accepted = value if isinstance(value, set | list | tuple) else [value]
            return next(label for label in kind.options.labels if label not in accepted)
        case TruthKind():
            return not value
        case DayKind():
            return "1066-10-14"
    # Where a thousand votes are near enough, three more are no other key.
    large = isinstance(value, int) or value > 1000
    return value - max(1, value // 16) if large else value + 3


PARTS = [
    (question, str(node.args[0].value))
    for question, cell in sorted(CELLS.items())
    for node in ast.walk(ast.parse(cell.source))
    if isinstance(node, ast.Call)
    and isinstance(node.func, ast.Attribute)
    and node.func.attr == "key"
    and isinstance(node.args[0], ast.Constant)
]


@pytest.mark.parametrize(("question", "part"), PARTS)
def test_a_mutated_key_fails_the_solution(
    question: str, part: str, variables: dict[str, Any]
) -> None:
    """A slip in a key cannot go unnoticed: with it the solution loses points."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("course.scoring.checkcell.Question", Mutated)
        patch.setattr(Mutated, "slip_in", part)
        run = grade(question, variables)
    assert run.value < points_of(question)


# --- the fixed line and the form -----------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_fixed_line_states_question_points_and_names(question: str) -> None:
    """The line above an answer names the question, its points and every name that is read."""
    notebook = source(question.rsplit("-", 1)[0])
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    points = f"{points_of(question):g}"
    start = text.index(f"**Question {question} · {points} point")
    line = text[start : text.index("\n", start)]
    assert " · answer: " in line
    for name in (part for asked, part in PARTS if asked == question):
        assert f"`{name}`" in line or name in line, f"{name} is not in: {line}"


write_questions = cache(generate.write_questions)  # it runs the whole notebook


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_instructors_page_lists_every_named_mistake(
    question: str, variables: dict[str, Any]
) -> None:
    """What a student may read about a question stands on the instructor's page about it."""
    page = write_questions(question.rsplit("-", 1)[0])
    for key in recorded_keys(question, variables).values():
        for _, message, _ in named_mistakes(key):
            assert message in page, f"not on the page: {message}"


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_instructors_page_shows_numbers_not_how_they_are_computed(
    question: str, variables: dict[str, Any]
) -> None:
    """Each number of a key, and each named wrong one, stands on the page as a number."""
    page = write_questions(question.rsplit("-", 1)[0])
    for part, key in recorded_keys(question, variables).items():
        if not isinstance(key.kind, NumberKind):
            continue
        shown = re.findall(rf"`{part}` (-?[\d.]*\d)", page)
        assert any(float(one) == pytest.approx(key.args[0], rel=0.001) for one in shown), part
        for value, message, _ in named_mistakes(key):
            rows = [line for line in page.splitlines() if f"| `{part}` |" in line]
            given = [row.split("|")[2].split(",") for row in rows if message in row]
            found = [float(one) for cell in given for one in cell]
            assert any(one == pytest.approx(value, rel=0.01) for one in found), (part, message)


# --- the tools ------------------------------------------------------------------------------------


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_no_cell_takes_the_name_of_a_tool(assignment: str) -> None:
    """What a notebook names in passing does not replace the tools of its check cells."""
    for cell in source(assignment).cells:
        if cell.cell_type == "code":
            assert not names_set(cell.source) & {"ask", *TOOLS}, cell.source
