"""The scoring says of a travelled value, word for word, what it said of the original."""

import io
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from course.grading.travel import Callables, dumps, dumps_names, loads_names
from course.scoring import (
    Question,
    case,
    choice,
    function,
    label_map,
    label_set,
    number,
    order,
    plot,
    table,
    truth,
)
from course.scoring.plain import plain
from tests import test_questions
from tests.scoring.kinds import EXAMPLES
from tests.scoring.test_scoring_hostile import HOSTILE
from tests.scoring.test_scoring_properties import answers
from tests.test_questions import CELLS, grade, listed, run_cell
from tests.travel.journey import alike, remote, travelled

mpl.use("agg")
import matplotlib.pyplot as plt

quick = settings(deadline=None, max_examples=40, database=None)
solved, variables = test_questions.solved, test_questions.variables


@pytest.fixture(autouse=True)
def _closed_figures() -> Iterator[None]:
    yield
    plt.close("all")


def told(name: str, value: object) -> tuple[str | None, float, str]:
    """Return all that a kind says of a value."""
    example = EXAMPLES[name]
    return example.kind.form(value), example.score(value), example.message(value)


@pytest.mark.parametrize("name", EXAMPLES)
@quick
@given(value=answers)
def test_any_answer_gets_the_same_score_and_words(name: str, value: object) -> None:
    """For every kind of question, whatever the answer."""
    assert told(name, travelled(value)) == told(name, value)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_right_answer_stays_right(name: str) -> None:
    """The other properties would also hold if nothing arrived."""
    assert told(name, travelled(EXAMPLES[name].right)) == (None, 1.0, "")


# A number of thousands of digits stays behind; what it is called differs.
CHANGED = {"a huge number"}
# What holds a value arrives as that value, even where the original could also be called.
HOLDING = ["array", "dict", "list", "int", "table", "text", "tuple", "Series"]
PAIRS = [
    (name, hostile)
    for name in EXAMPLES
    for hostile in sorted(set(HOSTILE) - CHANGED)
    if name != "function" or hostile.removesuffix(" that fails").split()[-1] not in HOLDING
]


@pytest.mark.parametrize(("name", "hostile"), PAIRS)
def test_a_hostile_object_gets_the_same_words(name: str, hostile: str) -> None:
    """Objects that lie or fail are described alike."""
    found = travelled(HOSTILE[hostile]())
    assert told(name, found) == told(name, HOSTILE[hostile]())


def test_a_huge_number_earns_nothing_and_is_described() -> None:
    """It does not travel, and the message says why."""
    assert "more than 4,000 digits" in (number().form(travelled(10**5000)) or "")


# --- listed answers of the assignments -----------------------------------------------------------


def judged(question: str, variables: dict[str, Any], code: str) -> tuple[Any, Any]:
    """Run an answer; return the grade cell's run in one kernel and on travelled values."""
    run_cell(code, variables)
    here = grade(question, dict(variables))
    callables = Callables()
    message = dumps_names(variables, [n for n in variables if n.isidentifier()], callables)
    there = run_cell(CELLS[question].source, loads_names(message, remote(callables)))
    return here, there


@pytest.mark.parametrize(("question", "entry"), listed("right") + listed("wrong"))
def test_a_listed_answer_gets_the_same_points_and_words(
    question: str, entry: dict[str, Any], variables: dict[str, Any]
) -> None:
    """All right and wrong answers listed for the assignments."""
    here, there = judged(question, variables, entry["code"])
    assert there.value == here.value
    assert there.printed == here.printed


# --- charts --------------------------------------------------------------------------------------

BARS = {"a": 73.125, "b": 61.375}


def _two_charts() -> Any:
    figure, axes = plt.subplots(1, 2)
    for ax in axes:
        ax.bar(list(BARS), list(BARS.values()))
    return figure


def _patched() -> Any:
    _, ax = plt.subplots()
    ax.bar(list(BARS), list(BARS.values()))
    ax.get_title = lambda **options: 1 / 0
    return ax


def _ax(how: str = "bar", **labels: str) -> Any:
    _, ax = plt.subplots()
    getattr(ax, how)(list(BARS), list(BARS.values()))
    ax.set(**labels)
    return ax


CHARTS: dict[str, Callable[[], Any]] = {
    "axes": _ax,
    "with labels": lambda: _ax(title="t", xlabel="x", ylabel="y"),
    "lying": lambda: _ax("barh"),
    "line": lambda: _ax("plot"),
    "points": lambda: _ax("scatter"),
    "figure": lambda: _ax().figure,
    "empty figure": plt.figure,
    "figure of two": _two_charts,
    "array of two": lambda: plt.subplots(1, 2)[1],
    "empty axes": lambda: plt.subplots()[1],
    "figure and axes": plt.subplots,
    "what bar gives": lambda: plt.bar(list(BARS), list(BARS.values())),
    "what plot gives": lambda: plt.plot([1, 2], [3, 4]),
    "what scatter gives": lambda: plt.scatter([1, 2], [3, 4]),
    "what hist gives": lambda: plt.hist([1, 2, 2]),
    "what pie gives": lambda: plt.pie([1, 2]),
    "what errorbar gives": lambda: plt.errorbar([1, 2], [3, 4], yerr=1, fmt="none"),
    "what title gives": lambda: _ax().set_title("t"),
    "pandas subplots": lambda: pd.DataFrame(BARS, index=[0]).T.plot.bar(subplots=True),
    "an artist in no chart": lambda: mpl.patches.Rectangle((0, 0), 1, 1),
    "patched": _patched,
    "pyplot": lambda: plt,
    "a description": lambda: EXAMPLES["plot"].right,
}


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_gets_the_same_score_and_words(name: str, chart: str) -> None:
    """However it was drawn and whatever part of it is handed in."""
    value = CHARTS[chart]()
    found = travelled(value)
    assert told(name, found) == told(name, value)
    assert alike(plain(found), plain(value))
    strict = plot("bar", "barh")
    key = {"values": BARS, "within": 0.1, "order": "descending", "title_words": ["t"]}
    assert strict.score(found, **key) == strict.score(value, **key)


def test_parts_of_one_chart_share_its_description() -> None:
    """Bars are described once, not once a bar."""
    bars = plt.bar(range(100), range(100))
    assert len(dumps(bars)) < 3 * len(dumps(bars[0]))


def test_a_travelled_chart_can_travel_again() -> None:
    """As the argument of a student's function, say."""
    assert told("plot", travelled(travelled(_ax()))) == told("plot", _ax())
    assert told("plot", travelled(travelled(plt.figure()))) == told("plot", plt.figure())


# --- panels --------------------------------------------------------------------------------------


def _report(panel: Any) -> tuple[float, str]:
    question = Question("votes-11", 1)
    question.part("report", lambda: panel.value.get("report"), number("report", low=1, high=52))
    question.key("report", 48)
    from course.scoring.question import _read  # what a part reads

    return question.grade(), str(_read(question._parts["report"]))


def test_a_panel_s_value_arrives(tmp_path: Any) -> None:
    """The panels of the course, and stock ones."""
    import ipywidgets

    from course.widgets.votes import CountReplay

    panel = CountReplay("votes-11", folder=tmp_path)
    panel.value = {"report": 48}
    found = travelled(panel)
    assert (found.value, found.question) == ({"report": 48}, "votes-11")
    assert plain(found) == plain(panel)
    assert _report(found) == _report(panel)
    assert travelled(ipywidgets.IntSlider(7)).value == 7
    assert travelled(ipywidgets.SelectMultiple(options=["a"], value=["a"])).value == ("a",)
    box = ipywidgets.VBox()
    assert _report(travelled(box)) == _report(box)


@pytest.mark.parametrize("panel", [5, None, "text", [1], {"value": 1}, math, pd.Series([1])])
def test_what_is_no_panel_gets_the_same_words(panel: Any, capsys: Any) -> None:
    """A name that no longer holds the panel."""
    there = _report(travelled(panel)), capsys.readouterr().out
    assert there == (_report(panel), capsys.readouterr().out)


def test_a_panel_whose_value_fails_gets_the_same_words(capsys: Any) -> None:
    """What it raised is raised again when the value is asked for."""
    import ipywidgets

    class Failing(ipywidgets.IntSlider):
        value = property(lambda self: {}["gone"])  # type: ignore[assignment]

    panel = Failing.__new__(Failing)
    there = _report(travelled(panel)), capsys.readouterr().out
    assert there == (_report(panel), capsys.readouterr().out)


# --- functions -----------------------------------------------------------------------------------


class Own(Exception):  # noqa: N818
    """A student's own exception."""


class OwnKeyError(KeyError):
    """One that derives from a built-in one."""


def _raise(error: BaseException) -> Any:
    raise error


def _emptied(*args: Any) -> Any:
    args[0].clear()
    return 3


def _named(x: int) -> int:
    return x


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "right": lambda x: 73.125 * x,
    "divides by nothing": lambda x: x / 0,
    "key": lambda x: {}[x],
    "key of text": lambda x: {}["gone"],
    "own": lambda x: _raise(Own("own text")),
    "own key": lambda x: _raise(OwnKeyError("own text")),
    "own without text": lambda x: _raise(Own()),
    "leaves": lambda x: _raise(SystemExit("bye")),
    "leaves with a number": lambda x: _raise(SystemExit(3)),
    "generator exit": lambda x: _raise(GeneratorExit()),
    "stops": lambda x: next(iter(())),
    "unicode": lambda x: b"\xff".decode(),
    "group": lambda x: _raise(ExceptionGroup("several", [ValueError("a")])),
    "file": lambda x: Path("/none/such").read_text(),
    "assertion": lambda x: _raise(AssertionError("wrong")),
    "numpy's": lambda x: np.zeros(3).sum(axis=x + 7),
    "linear algebra": lambda x: np.linalg.inv(np.zeros((2, 2))),
    "long text": lambda x: _raise(ValueError("y" * 9000)),
    "surrogates": lambda x: _raise(ValueError("\ud800\n")),
    "recursion": lambda x: FUNCTIONS["recursion"](x),
    "prints": lambda x: print(73.125 * x),
    "prints spaces": lambda x: print("  "),
    "prints and returns": lambda x: (print("a"), 73.125 * x)[1],
    "nothing": lambda x: None,
    "dots": lambda x: ...,
    "list of one": lambda x: [73.125],
    "table": lambda x: pd.DataFrame({"a": [73.125 * x]}),
    "series": lambda x: pd.Series([73.125 * x]),
    "generator": lambda x: (i for i in range(3)),
    "function": lambda x: lambda: 3,
    "empties": _emptied,
    "one": _named,
    "none": lambda: 3,
    "two": lambda x, y: 3,
    "keyword": lambda *, x: 3,
    "class": int,
    "builtin": len,
    "ufunc": np.sqrt,
    "method": "abc".upper,
    "async": None,
}


async def _later(x: int) -> int:
    return x


FUNCTIONS["async"] = _later

KINDS = {
    "number": (function(example=2, returns=number()), [case(1, 73.125), case(3, 219.375)], 0.06),
    "truth": (function(example=2, returns=truth()), [case(1, True), case(3, False)], None),
    "text": (function(example=("a",), returns=choice(["a", "b"])), [case("a", "b")], None),
    "list": (function(example=([1],), returns=number()), [case(([3, 1],), 4)], 0.1),
    "two": (function(example=(1, 2), returns=number()), [case((3, 1), 4)], 0.1),
    "series": (function(example=(pd.Series([1]),), returns=number()), [case(np.ones(3), 3)], 0.1),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore:coroutine")
def test_a_function_gets_the_same_score_and_words(kind: str, name: str) -> None:
    """Whatever it returns, prints or raises, in the process where it runs."""
    wanted, cases, within = KINDS[kind]
    func = FUNCTIONS[name]
    found = travelled(func)
    assert wanted.form(found) == wanted.form(func)
    options = {} if within is None else {"within": within}
    assert wanted.score(found, cases=cases, **options) == wanted.score(func, cases=cases, **options)


def test_the_words_of_a_wrong_call_name_the_student_s_function() -> None:
    """`_named() takes 1 positional argument but 2 were given`."""
    form = KINDS["two"][0].form(travelled(_named)) or ""
    assert "_named() takes 1 positional argument but 2 were given" in form


# --- the other kinds -----------------------------------------------------------------------------

ODD: dict[str, Any] = {
    "set": {"A", "Z", "Y", "X", 3, None, 2.5, "B"},
    "big set": {f"u{i}" for i in range(40)},
    "views": {"P01": 73.125, "P02": 1}.items(),
    "keys": {"A": 1, "C": 2}.keys(),
    "dict of arrays": {"unit": np.array(["Lima"]), "share": np.array([73.125])},
    "rows": [{"unit": "Lima", "share": 73.125}, {"unit": "Puno"}],
    "grouped": pd.DataFrame({"unit": ["Lima", "Puno"], "share": [1, 2]}).groupby("unit").sum(),
    "counts": pd.Series(["A", "C", "A"]).value_counts(),
    "category": pd.Series(["A", "C"], dtype="category"),
    "unique": pd.Series(["A", "C"]).unique(),
    "structure": np.array([("a", 1)], dtype=[("x", "U1"), ("y", "i4")]),
    "masked": np.ma.array([1.0, 2.0], mask=[True, False]),
    "zero": np.array(5),
    "date": pd.Timestamp("2006-04-09"),
    "dates": pd.Series(pd.to_datetime(["2006-04-09"])),
    "sparse": pd.Series(pd.arrays.SparseArray([0, 1])),
    "groupby": pd.DataFrame({"a": [1]}).groupby("a"),
    "dtype": np.dtype("i8"),
    "exception": ValueError("a"),
    "error class": ValueError,
    "file": io.StringIO("a"),
    "surrogate": "\ud800",
    "pair of surrogates": "\ud83d\ude00",
    "line": "a\nb\u2028c\0",
    "deep": [[[[[[[[[[[["x"]]]]]]]]]]]],
    "chain": __import__("itertools").chain([1]),
    "iterator": iter([1]),
    "deque": __import__("collections").deque([1]),
    "offset": pd.DateOffset(days=1),
    "memory": memoryview(b"a"),
    "style": type("Ståle\n", (), {})(),
}
OTHERS = {
    **{name: example.kind for name, example in EXAMPLES.items()},
    "map of labels": label_map(["P01", "P02"], ["x", "y"]),
    "options": label_set(["A", "C"], none_allowed=True),
    "any table": table(["unit", "share"]),
    "an order": order(["A", "C"]),
}


@pytest.mark.parametrize("odd", sorted(set(ODD) - {"style"}))
def test_odd_answers_get_the_same_words(odd: str) -> None:
    """Views, groups, structures, texts that are hard to write."""
    value = ODD[odd]
    found = travelled(value)
    assert alike(plain(found), plain(value))
    for kind in OTHERS.values():
        assert kind.form(found) == kind.form(value)
    for name in EXAMPLES:
        assert told(name, found) == told(name, value)


def test_the_name_of_a_type_is_cleaned() -> None:
    """What cannot be printed is replaced; nothing else changes."""
    assert type(travelled(ODD["style"])).__name__ == "Ståle\ufffd"
