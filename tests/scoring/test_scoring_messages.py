"""Each way of going wrong has a true sentence of its own, the same at the check and in feedback."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib as mpl
import pytest
from ipywidgets import Widget

from course.scoring import Question, case, choice, function, mistake, number, plot, truth, wrong
from course.scoring.asking import CannotBeRead, NamedAnswers, NoAnswer

mpl.use("agg")

PERCENT = number("percent", low=0, high=100, decimals=1)
VOTES = number("votes", low=0, whole=True)
SAFE = function((1000, 900, 50), truth())
SAFE_KEY: dict[str, Any] = {
    "right": lambda a, b, out: a - b > out,
    "cases": [case((101, 100, 0)), case((1400, 1300, 90)), case((5300, 5200, 200))],
}
MARGIN = function((50, 400), number("percentage points", decimals=1))
MARGIN_KEY: dict[str, Any] = {
    "right": lambda p, n: 1.96 * (p * (100 - p) / n) ** 0.5,
    "cases": [case((50, 523)), case((6, 1500)), case((40, 90)), case((75, 60))],
}


class Panel(Widget):
    """A widget that holds an answer, and has none yet."""

    value: ClassVar[dict[str, object]] = {}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ((30, 6), "the comma in 30,6 makes several numbers of it"),
        ((3, 758, 258), "the comma in 3,758,258 makes several numbers of it"),
        ((30.6,), "take the comma away"),
        ([30.6], "take it out of the list"),
    ],
)
def test_a_comma_or_a_bracket_too_many_is_named(value: object, said: str) -> None:
    """What a comma does to a number is said in the same words at the check and in the grade."""
    assert said in str(PERCENT.form(value))
    assert said in PERCENT.score(value, 30.6162).message


def test_two_numbers_that_no_comma_split_are_not_said_to_be_one() -> None:
    """A tuple of numbers with decimals is a tuple of several numbers."""
    assert "comma" not in str(PERCENT.form((30.5, 25.5)))


@pytest.mark.parametrize("value", [(True,), [True]])
def test_true_in_a_bracket_is_told_apart_from_no_answer(value: object) -> None:
    """One value in a list or tuple is taken out, not missed."""
    assert "take" in str(truth().form(value))


def test_an_option_may_have_other_names() -> None:
    """What the question itself calls an option is that option; another text is not."""
    base = choice(["valid", "cast"], also={"votes cast": "cast"})
    assert base.score("Votes cast", "cast").fraction == 1
    assert base.score("votes cast", "valid").fraction == 0
    assert "not one of" in str(base.form("all votes"))
    with pytest.raises(ValueError, match="names 'all'"):
        choice(["valid", "cast"], also={"everything": "all"})


def test_a_function_that_always_gives_the_same_is_told_so() -> None:
    """A claim typed into a function is named as such, not as a mistake that it did not make."""
    leads = wrong(lambda a, b, out: a > out, "compares the first with the ballots")
    score = SAFE.score(lambda a, b, out: True, **SAFE_KEY, wrong_functions=[leads])
    assert "it returns the same in every case" in score.message
    assert "compares" not in score.message
    assert score.fraction == 0


def test_swapped_arguments_are_named_where_they_show() -> None:
    """A function that takes its arguments in another order is told so; a constant is not."""
    swapped = MARGIN.score(lambda n, p: 1.96 * (p * (100 - p) / n) ** 0.5, **MARGIN_KEY)
    assert "a different order" in swapped.message
    assert "a different order" not in MARGIN.score(lambda p, n: 4.3, **MARGIN_KEY).message
    assert "a different order" not in SAFE.score(lambda a, b, out: False, **SAFE_KEY).message


def test_small_results_of_wrong_functions_are_told_apart() -> None:
    """Two mistakes whose results are both next to nothing keep their own messages."""
    kind = function(([1, 2],), number("", decimals=1))
    named = [
        wrong(lambda v: 0.004 * sum(v), "the first"),
        wrong(lambda v: 0.0004 * sum(v), "the second"),
    ]
    key = {"right": sum, "cases": [case(([1, 2],)), case(([3, 4],))], "wrong_functions": named}
    assert kind.score(lambda v: 0.0004 * sum(v), **key).message == "the second"


def test_a_named_mistake_may_be_cut_off_too() -> None:
    """A wrong number is recognized rounded and cut off, as the right one is."""
    of_cast = mistake(25.6852, "the votes cast")
    assert PERCENT.score(25.6, 30.6162, mistakes=[of_cast]).message == "the votes cast"
    assert PERCENT.score(25.7, 30.6162, mistakes=[of_cast]).message == "the votes cast"


def test_nothing_follows_from_nothing() -> None:
    """An earlier answer of zero is none that another could follow from."""
    answers = {"votes": 0, "rise": -8.0}
    q = Question("votes-06", 1, answers=answers)
    q.part("rise", number("points", decimals=1))
    q.key("rise", 17.7)
    q.follow("rise", "votes", lambda votes: votes / 100 - 8)
    assert q.result().earned == 0
    answers |= {"votes": 2000, "rise": 12.0}
    assert q.result().parts[0].follows == "it follows from your own votes"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("share = 3.758.258", "a number has one point at most"),
        ("share = 100 * / 3", "cannot be read by Python"),
        ("share = votse + 1", "stops with an error before it does so"),
    ],
)
def test_a_cell_that_went_wrong_is_not_called_no_answer(cell: str, said: str) -> None:
    """Where a cell was to set a name and could not, this is what is said."""
    with pytest.raises(CannotBeRead, match=said):
        NamedAnswers({"In": ["", cell]}).ask("share", chart=False)
    q = Question("votes-02", 1, answers={"In": ["", cell]})
    q.part("share", PERCENT)
    q.key("share", 30.6)
    (part,) = q.result().parts
    assert said in part.message
    assert part.answered
    assert said in str(q.forms()[0].problem)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            'panel.value = {"report": 4,8}',
            "the cell that sets panel.value cannot be read by Python",
        ),
        ("# panel.value = {1, 2", "there is no answer yet"),
        ("panel.value = {}", "there is no answer yet"),
    ],
)
def test_a_cell_that_was_to_fill_a_panel_and_could_not_is_named(cell: str, said: str) -> None:
    """The panel is there and empty; what is said is what became of the cell."""
    q = Question("votes-11", 1, answers={"In": ["", cell], "panel": Panel()})
    q.part("report", number("votes"), at="panel.report")
    assert said in str(q.forms()[0].problem)


@pytest.mark.parametrize(
    "cells",
    [
        [],
        ["share = ...   # your answer"],
        ["share == 3"],
        ["other_share = 3.758.258"],
        ["share = 3", "del share"],
    ],
)
def test_a_name_that_no_cell_was_to_set_holds_no_answer(cells: list[str]) -> None:
    """Untouched dots, another name, an answer taken back: there is no answer."""
    with pytest.raises(NoAnswer):
        NamedAnswers({"In": ["", *cells]}).ask("share", chart=False)


def test_a_chart_states_its_decimals_and_is_seen_once() -> None:
    """Values may be rounded or cut off as stated; bars drawn twice in one place are one."""
    from matplotlib.figure import Figure

    kind = plot("bar", decimals=1)
    right = {"Humala": 30.6162, "Lay": 4.3792}
    for values in ([30.6, 4.3], [30.6, 4.4]):
        ax = Figure().subplots()
        for _ in range(2):
            ax.bar(list(right), values)
        ax.set(title="t", xlabel="x", ylabel="y")
        assert kind.score(ax, values=right).fraction == 1, values
    ax = Figure().subplots()
    ax.bar(list(right), [30.6, 4.6])
    assert kind.score(ax, values=right).fraction < 1
