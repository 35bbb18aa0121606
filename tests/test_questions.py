"""Every question from both sides: solution, release, alternatives, wrong answers, mutated keys.

The cells are run in this process; `test_classroom.py` runs whole submissions through nbgrader.
What is right or wrong beside the model solution stands in `questions/ASSIGNMENT.toml`.
"""

from __future__ import annotations

import ast
import copy
import tomllib
from typing import Any

import matplotlib
import pytest

from course import scoring
from tests.notebooks import ROOT, grade_cells, grade_id, read, run_all, run_cell, source

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

# Parts that are read from a panel: the variable that holds it, by question.
PANELS = {"votes-11": "replay", "votes-12": "laboratory"}


def points_of(question: str) -> float:
    """Return the points that a question can bring."""
    return float(CELLS[question].metadata.nbgrader.points)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The variables after running each instructor's notebook, by assignment."""
    return {name: _run_in(tmp_path_factory, source(name))[0] for name in ASSIGNMENTS}


def _run_in(factory: pytest.TempPathFactory, notebook: Any) -> tuple[dict[str, Any], Any]:
    """Run a notebook in an empty folder; return its variables and runs."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(factory.mktemp("desk"))
        runs = run_all(notebook, namespace)
    return namespace, runs


@pytest.fixture
def variables(solved: dict[str, dict[str, Any]], request: pytest.FixtureRequest) -> dict[str, Any]:
    """The variables of a solved notebook, for one test alone."""
    question: str = request.getfixturevalue("question")
    original = solved[question.rsplit("-", 1)[0]]
    panels = {name: copy.deepcopy(original[name].value) for name in set(PANELS.values())}
    yield dict(original)
    for name, value in panels.items():
        original[name].value = value


def grade(question: str, variables: dict[str, Any], code: str = "") -> Any:
    """Run an answer and the question's grade cell; return what the grade cell gave."""
    if code:
        run_cell(code, variables)
    return run_cell(CELLS[question].source, variables)


class Recorder(scoring.Question):
    """A question that remembers its keys."""

    keys: dict[str, tuple[tuple[Any, ...], dict[str, Any]]]

    def key(self, name: str, *key: Any, **options: Any) -> None:
        """Remember a key and set it."""
        self.__dict__.setdefault("keys", {})[name] = (key, options)
        super().key(name, *key, **options)


def recorded_keys(question: str, variables: dict[str, Any]) -> dict[str, Any]:
    """Return the keys that a grade cell sets, by part."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scoring, "Question", Recorder)
        run_cell(CELLS[question].source, variables)
    keys: dict[str, Any] = variables["q"].keys
    return keys


def give(question: str, part: str, value: Any, variables: dict[str, Any]) -> None:
    """Let a part of a question hold a value, as a student would."""
    if question in PANELS:
        panel = variables[PANELS[question]]
        panel.value = {**panel.value, part: value}
    else:
        variables[part] = value


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
    _, runs = _run_in(tmp_path_factory, released)
    assert {name: runs[name].value for name in hidden} == dict.fromkeys(hidden, 0.0)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_untouched_release_runs_and_says_what_is_missing(
    assignment: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """ "Run all" on the release stops nowhere; every check cell says that the answer is missing."""
    released = read(ROOT / "release" / assignment / f"{assignment}.ipynb")
    _, runs = _run_in(tmp_path_factory, released)
    for cell in grade_cells(released):
        assert runs[grade_id(cell)].value is None
        assert "form is right" not in runs[grade_id(cell)].printed, grade_id(cell)
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
def test_every_question_lists_an_alternative_and_two_wrong_answers(question: str) -> None:
    """Both sides of each key are tested by hand-written answers."""
    lists = LISTED[question.rsplit("-", 1)[0]].get(question, {})
    assert len(lists.get("right", [])) >= 1
    assert len(lists.get("wrong", [])) >= 2


# --- named mistakes ------------------------------------------------------------------------------


def _named_mistakes(key: Any) -> list[tuple[Any, str, float]]:
    """Return (value, message, credit) for the mistakes that a key names."""
    _, options = key
    mistakes = options.get("mistakes", ())
    if isinstance(mistakes, dict):
        return [(value, message, 0.0) for value, message in mistakes.items()]
    wrong = options.get("wrong_functions", ())
    return [(m.value, m.message, m.credit) for m in mistakes] + [
        (w.func, w.message, w.credit) for w in wrong
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_named_mistake_is_recognised(question: str, variables: dict[str, Any]) -> None:
    """Whoever makes a mistake that the key names is told so, and gets the credit that it names."""
    named = 0
    for part, key in recorded_keys(question, variables).items():
        for value, message, _ in _named_mistakes(key):
            named += 1
            answers = dict(variables)
            give(question, part, _mistaken(value, part, variables, key), answers)
            run = grade(question, answers)
            assert message in run.printed, (part, value, run.printed)
            assert run.value < points_of(question), (part, value)
        give(question, part, _right_value(question, part, variables), variables)
    assert named >= 2, "a question names at least two misconceptions"


def _right_value(question: str, part: str, variables: dict[str, Any]) -> Any:
    """Return what the solved notebook holds for a part."""
    panel = PANELS.get(question)
    return variables[panel].value[part] if panel else variables[part]


def _mistaken(value: Any, part: str, variables: dict[str, Any], key: Any) -> Any:
    """Return an answer that makes a named mistake."""
    right = key[0][0] if key[0] else None
    if isinstance(value, tuple):  # a label map: (key, wrong value)
        return {**right, value[0]: value[1]}
    if isinstance(right, (set, frozenset)):  # a label set: a wrong label chosen
        return sorted({*right, value})
    if "values" in key[1]:  # a plot: a first bar of the wrong height
        return _plot_of({**key[1]["values"], next(iter(key[1]["values"])): value})
    return value


def _plot_of(values: dict[str, float]) -> Any:
    """Return a labelled bar chart."""
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    ax.bar(list(values), list(values.values()))
    ax.set(title="title", xlabel="candidate", ylabel="percent")
    return ax


# --- mutated keys --------------------------------------------------------------------------------


class MutateKey(ast.NodeTransformer):
    """Changes the key of one part: a number grows, a text or set is another one, a case turns."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.done = 0

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Change the call `q.key(part, ...)`."""
        named = isinstance(node.func, ast.Attribute) and node.func.attr == "key"
        first = node.args[0] if node.args else None
        if named and isinstance(first, ast.Constant) and first.value == self.part:
            self.done += 1
            if len(node.args) > 1:
                node.args[1] = self.other(node.args[1])
            node.keywords = [k for k in node.keywords if k.arg != "mistakes"]
            for keyword in node.keywords:
                if keyword.arg == "cases":
                    call = keyword.value.elts[0]  # type: ignore[attr-defined]
                    call.args[1] = self.other(call.args[1])
                if keyword.arg == "values":
                    keyword.value = self.other(keyword.value)
        return node

    def other(self, node: ast.expr) -> ast.expr:
        """Return another value of the same kind."""
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            return ast.Constant(not node.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return ast.Constant(self._other_choice(node.value))
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return ast.Constant(node.value - max(1, node.value // 16))
        if isinstance(node, ast.Dict):
            node.values[0] = self.other(node.values[0])
            return node
        if isinstance(node, ast.Set):
            return ast.Set(node.elts[:-1])
        grown = ast.BinOp(node, ast.Mult(), ast.Constant(1.07))
        return ast.BinOp(grown, ast.Add(), ast.Constant(3))

    def _other_choice(self, text: str) -> str:
        return {"cast": "valid", "Tumbes": "Lima"}.get(text, "A")


PARTS = [
    (question, node.args[0].value)
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
    mutation = MutateKey(part)
    tree = ast.fix_missing_locations(mutation.visit(ast.parse(CELLS[question].source)))
    assert mutation.done == 1
    run = run_cell(ast.unparse(tree), variables)
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


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_instructors_page_lists_every_named_mistake(
    question: str, variables: dict[str, Any]
) -> None:
    """What a student may read about a question stands on the instructor's page about it."""
    page = (ROOT / "docs" / f"questions-{question.rsplit('-', 1)[0]}.md").read_text("utf-8")
    for key in recorded_keys(question, variables).values():
        for _, message, _ in _named_mistakes(key):
            assert message in page, f"not on the page: {message}"
