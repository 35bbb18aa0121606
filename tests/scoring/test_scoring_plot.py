"""Plots: judged by what they show."""

import json
from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest

from course.scoring import describe_axes, mistake, plot

mpl.use("agg")
import matplotlib.pyplot as plt

SHARES = {"Ollanta Humala": 30.616, "Alan García": 24.324, "Lourdes Flores": 23.814}
KEY: dict[str, Any] = {"values": SHARES, "within": 0.06, "order": "descending"}
BARS = plot("bar", "barh", unit="percent")


@pytest.fixture(autouse=True)
def _closed_figures() -> Iterator[None]:
    yield
    plt.close("all")


def draw(
    values: dict[str, float] = SHARES,
    how: str = "bar",
    title: str = "First round 2006",
    labels: tuple[str, str] = ("candidate", "percent of valid votes"),
) -> Any:
    """Return a finished chart of `values`."""
    _, ax = plt.subplots()
    getattr(ax, how)(list(values), list(values.values()))
    ax.set(title=title, xlabel=labels[0], ylabel=labels[1])
    return ax


@pytest.mark.parametrize("how", ["bar", "barh"])
def test_a_finished_chart_gets_everything(how: str) -> None:
    """Standing or lying: as Axes, as figure, as description and as description from JSON."""
    ax = draw(how=how)
    for chart in (ax, ax.figure, describe_axes(ax), json.loads(json.dumps(describe_axes(ax)))):
        assert BARS.form(chart) is None
        assert BARS.score(chart, **KEY).fraction == 1.0


def test_labels_are_forgiving_and_values_have_a_tolerance() -> None:
    """Accents, case and rounding to one decimal cost nothing."""
    chart = draw({"OLLANTA HUMALA": 30.6, "alan garcia": 24.3, "lourdes_flores": 23.8})
    assert BARS.score(chart, **KEY).fraction == 1.0


@pytest.mark.parametrize("turn", [False, True])
def test_lying_bars_may_have_the_largest_at_either_end(turn: bool) -> None:
    """Sorted is sorted, seen from the top or from the bottom."""
    ax = draw(how="barh")
    if turn:
        ax.invert_yaxis()
    assert BARS.score(ax, **KEY).fraction == 1.0


@pytest.mark.parametrize(
    ("chart", "lost", "says"),
    [
        (lambda: draw(how="scatter"), 1, "with bars or lying bars is wanted; this shows points"),
        (lambda: draw(dict(sorted(SHARES.items()))), 1, "not sorted in descending order"),
        (lambda: draw(dict(reversed(SHARES.items()))), 1, "not sorted in descending order"),
        (lambda: draw(labels=("", "")), 1, "the x and the y axis have no label"),
        (lambda: draw(labels=("candidate", "")), 0.5, "the y axis has no label"),
        (lambda: draw(title=""), 1, "there is no title"),
        (lambda: draw({**SHARES, "Alan García": 28}), 1, "2 of 3 values are right"),
        (lambda: draw(dict(list(SHARES.items())[:2])), 1, "1 missing"),
        (lambda: draw({**SHARES, "Others": 21.0}), 0.75, '"Others" is not asked for'),
        (lambda: draw({k: v / 100 for k, v in SHARES.items()}), 3, "multiply by a hundred"),
    ],
)
def test_each_criterion_costs_its_own_weight_and_is_named(
    chart: Any, lost: float, says: str
) -> None:
    """Kind 1, values 3, order 1, axis labels 1, title 1: of seven."""
    score = BARS.score(chart(), **KEY)
    assert score.fraction == pytest.approx(1 - lost / 7)
    assert says in score.message


def test_named_mistakes_of_values_are_told() -> None:
    """A value of a known misconception is explained, without its being wrong for other bars."""
    known = [mistake(25.685, "Votes cast."), mistake(24.324, "That is García.")]
    chart = draw({**SHARES, "Ollanta Humala": 25.685})
    assert "Votes cast." in BARS.score(chart, mistakes=known, **KEY).message
    assert BARS.score(draw(), mistakes=known, **KEY).fraction == 1.0


def test_title_words_may_be_asked_for() -> None:
    """Each word, or one of several, has to stand in the title."""
    words = ["2006", ("first round", "primera vuelta")]
    assert BARS.score(draw(), title_words=words, **KEY).fraction == 1.0
    assert BARS.score(draw(title="PRIMERA VUELTA, 2006"), title_words=words, **KEY).fraction == 1.0
    score = BARS.score(draw(title="Votes"), title_words=words, **KEY)
    assert score.fraction == pytest.approx(1 - 0.5 / 7)
    assert "title" in score.message


def test_criteria_can_be_left_out_or_weighted() -> None:
    """What is not asked for is not missed."""
    bare = draw(dict(reversed(SHARES.items())), title="", labels=("", ""))
    free = {**KEY, "order": None, "need_labels": False, "need_title": False}
    assert BARS.score(bare, **free).fraction == 1.0
    weights = {"kind": 0, "order": 0, "labels": 3}
    assert BARS.score(bare, weights=weights, **KEY).fraction == pytest.approx(3 / 7)


def test_a_cut_axis_is_told_where_it_matters() -> None:
    """Bars whose axis leaves out zero mislead."""
    ax = draw()
    ax.set_ylim(20, 32)
    score = BARS.score(ax, need_zero=True, **KEY)
    assert score.fraction == pytest.approx(7 / 8)
    assert "does not include zero" in score.message
    assert BARS.score(draw(), need_zero=True, **KEY).fraction == 1.0


def test_a_line_over_bars_is_an_aid() -> None:
    """A drawn threshold is not counted as values."""
    ax = draw()
    ax.plot([0, 2], [50, 50])
    assert BARS.score(ax, **KEY).fraction == 1.0


def test_lines_are_compared_by_name_then_by_order() -> None:
    """Named lines may come in any order; unnamed ones in the order of the key."""
    values = {"Humala": ([1, 2, 3], [30, 31, 30.6]), "García": ([1, 2, 3], [26, 25, 24.3])}
    key: dict[str, Any] = {"values": values, "need_title": False, "need_labels": False}
    kind = plot("line")
    for names in (("garcia", "HUMALA"), (None, None)):
        _, ax = plt.subplots()
        drawn = reversed(values.items()) if names[0] else values.items()
        for name, (_, (xs, ys)) in zip(names, drawn, strict=True):
            ax.plot(xs, ys, label=name)
        assert kind.score(ax, **key).fraction == 1.0
    _, ax = plt.subplots()
    ax.plot([1, 2, 3], [30, 31, 30.6], label="Humala")
    assert kind.score(ax, **key).fraction == pytest.approx((1 + 3 / 2) / 4)


def test_points_are_compared_by_both_coordinates() -> None:
    """A scatter plot is its set of points."""
    kind = plot("scatter")
    key: dict[str, Any] = {"values": ([1, 2], [3, 4]), "need_title": False, "need_labels": False}
    _, ax = plt.subplots()
    ax.scatter([2, 1], [4, 3])
    assert kind.score(ax, **key).fraction == 1.0
    _, swapped = plt.subplots()
    swapped.scatter([4, 3], [2, 1])
    assert kind.score(swapped, **key).fraction == 0.25


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "there is no answer yet"),
        (3, "is wanted; this is a number"),
        ("chart", "is wanted; this is text"),
        (plt, "ax = plt.gca()"),
        ({"kind": "bar"}, "nothing is drawn"),
        ({"series": [3, {"x": 1}, {"x": [1], "y": []}]}, "nothing is drawn"),
    ],
)
def test_what_is_no_chart_is_named(value: object, says: str) -> None:
    """The message says what was given and how to keep the chart."""
    assert says in (BARS.form(value) or "")
    score = BARS.score(value, **KEY)
    assert score.fraction == 0.0
    assert says in score.message


def test_an_empty_chart_earns_nothing_for_its_title() -> None:
    """Texts without marks are no plot."""
    _, ax = plt.subplots()
    ax.set(title="First round 2006", xlabel="candidate", ylabel="percent")
    assert BARS.form(ax) == "nothing is drawn in this chart yet"
    assert BARS.score(ax, **KEY).fraction == 0.0


@pytest.mark.parametrize(
    "wrong_author",
    [
        lambda: plot("pie"),
        lambda: plot(),
        lambda: BARS.read_key(values={}),
        lambda: BARS.read_key(values=([1, 2], [3])),
        lambda: BARS.read_key(values=SHARES, order="falling"),
        lambda: BARS.read_key(values=SHARES, weights={"colour": 1}),
        lambda: BARS.read_key(values={"a": "much"}),
    ],
)
def test_a_key_without_sense_is_refused(wrong_author: Any) -> None:
    """An author's slip is an error when the key is set, not a wrong grade later."""
    with pytest.raises(ValueError, match=r".{10}"):
        wrong_author()


LAMPS = {"Ana": ("1951-03-02", 365), "Ben": ("1951-11-20", 100), "Cleo": ("1953-01-01", 31)}
TIMES = plot("barh", unit="days")
TIMES_KEY: dict[str, Any] = {
    "values": {name: days for name, (_, days) in LAMPS.items()},
    "starts": {name: first for name, (first, _) in LAMPS.items()},
    "starts_within": 1,
}


def draw_timeline(shift: int = 0, one_by_one: bool = False) -> Any:
    """Return a timeline with a lying bar for each of LAMPS, `shift` days late."""
    _, ax = plt.subplots()
    for name, (first, days) in LAMPS.items() if one_by_one else []:
        ax.barh(name, pd.Timedelta(days=days), left=pd.Timestamp(first) + pd.Timedelta(days=shift))
    if not one_by_one:
        first = pd.to_datetime([first for first, _ in LAMPS.values()]) + pd.Timedelta(days=shift)
        ax.barh(list(LAMPS), pd.to_timedelta([d for _, d in LAMPS.values()], unit="D"), left=first)
    ax.set(title="Who kept the lamp", xlabel="time", ylabel="keeper")
    return ax


@pytest.mark.parametrize("one_by_one", [False, True])
def test_a_timeline_is_read_with_the_days_on_which_its_bars_begin(one_by_one: bool) -> None:
    """Bars on an axis of dates count by their length in days and by their first day."""
    ax = draw_timeline(one_by_one=one_by_one)
    for chart in (ax, json.loads(json.dumps(describe_axes(ax)))):
        assert TIMES.score(chart, **TIMES_KEY).fraction == 1.0
    assert TIMES.score(draw_timeline(1), **TIMES_KEY).fraction == 1.0


def test_bars_that_begin_elsewhere_cost_their_share() -> None:
    """Right lengths at wrong times lose the criterion of the starts, and are told so."""
    late = TIMES.score(draw_timeline(2), **TIMES_KEY)
    assert late.fraction == pytest.approx(6 / 8)
    assert late.message == "0 of 3 bars begin where they should"
    ax = draw_timeline()
    ax.clear()
    ax.barh(list(LAMPS), [days for _, days in LAMPS.values()])
    ax.set(title="Who kept the lamp", xlabel="time", ylabel="keeper")
    assert TIMES.score(ax, **TIMES_KEY).fraction == pytest.approx(6 / 8)


def test_bars_may_begin_at_numbers() -> None:
    """A key may say where bars begin in the unit of an axis without dates."""
    _, ax = plt.subplots()
    ax.barh(["a", "b"], [2, 3], left=[1899.0, 1906.7])
    ax.set(title="t", xlabel="x", ylabel="y")
    key = {"values": {"a": 2, "b": 3}, "starts": {"a": 1899, "b": 1906.75}}
    assert TIMES.score(ax, **key).fraction == pytest.approx(7 / 8)
    assert TIMES.score(ax, **key, starts_within=0.06).fraction == 1.0
