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
from matplotlib.ticker import PercentFormatter

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


@pytest.mark.parametrize(("how", "side"), [("bar", "yaxis"), ("barh", "xaxis")])
def test_values_are_in_the_unit_that_the_axis_writes(how: str, side: str) -> None:
    """Shares drawn as fractions on an axis that writes them as percent are percent."""
    ax = draw({name: share / 100 for name, share in SHARES.items()}, how=how)
    assert BARS.score(ax, **KEY).fraction < 1.0
    for formatter in (PercentFormatter(1.0), "{x:.0%}", lambda x, _: f"{100 * x:.0f} %"):
        getattr(ax, side).set_major_formatter(formatter)
        assert BARS.score(ax, **KEY).fraction == 1.0


@pytest.mark.parametrize("formatter", ["{x:.0f} %", "{x:.1f}", lambda x, _: f"{x:.0f} percent"])
def test_what_is_percent_already_stays_as_it_is(formatter: Any) -> None:
    """An axis that only adds a sign to its numbers changes no value."""
    ax = draw()
    ax.yaxis.set_major_formatter(formatter)
    assert BARS.score(ax, **KEY).fraction == 1.0


def test_what_is_drawn_into_a_twin_is_in_the_chart() -> None:
    """Bars and names of axes are found where a person sees them, at the twin or at the figure."""
    _, ax = plt.subplots()
    ax.twinx().bar(list(SHARES), list(SHARES.values()))
    ax.set_title("First round")
    assert "no label" in BARS.score(ax, **KEY).message
    ax.figure.supxlabel("candidate")
    ax.figure.supylabel("percent")
    assert BARS.score(ax, **KEY).fraction == 1.0


@pytest.mark.parametrize("color", ["white", "none", (0, 0, 0, 0)])
def test_a_bar_that_nobody_sees_only_pushes_another_one(color: Any) -> None:
    """Bars in the color of what is behind them, or in none, are no marks."""
    _, ax = plt.subplots()
    begin = {name: 1900.0 + place for place, name in enumerate(SHARES)}
    ax.barh(list(SHARES), list(begin.values()), color=color)
    ax.barh(list(SHARES), list(SHARES.values()), left=list(begin.values()))
    asked = {"values": SHARES, "within": 0.06, "need_labels": False, "need_title": False}
    assert BARS.score(ax, **asked, starts=begin).fraction == 1.0


def test_another_kind_of_chart_is_all_that_is_said() -> None:
    """Where no bars are drawn, no message speaks of their names, values or order."""
    _, ax = plt.subplots()
    ax.plot(list(SHARES.values()), list(SHARES), "o")
    score = BARS.score(ax, **KEY)
    assert score.message == "a plot with bars or lying bars is wanted; this shows points"
    assert BARS.form(ax) == score.message
    assert score.fraction <= 0.25


def test_bars_without_names_may_begin_where_they_should() -> None:
    """What is lacking is the names, and only that is said."""
    _, ax = plt.subplots()
    ax.barh(range(3), list(SHARES.values()), left=[1901, 1902, 1903])
    starts = dict(zip(SHARES, (1901, 1902, 1903), strict=True))
    score = BARS.score(ax, values=SHARES, within=0.06, starts=starts)
    assert "no mark carries a name asked for" in score.message
    assert "begin" not in score.message


def test_a_name_that_is_cut_off_is_known_by_its_beginning() -> None:
    """Dots at the end say that a word is cut."""
    chart = draw({"Ollanta Hum…": 30.6, "Alan Gar...": 24.3, "Lourdes Flores": 23.8})
    assert BARS.score(chart, **KEY).fraction == 1.0


def test_a_mark_that_is_asked_for_and_stands_twice_is_said_to() -> None:
    """No message calls a name odd that the question asks for."""
    ax = draw()
    ax.bar(["Alan García"], [12])
    message = BARS.score(ax, **KEY).message
    assert '"Alan García" is given twice' in message
    assert "not asked for" not in message


@pytest.mark.parametrize("turn", [False, True])
def test_lying_bars_may_have_the_largest_at_either_end(turn: bool) -> None:
    """Sorted is sorted, seen from the top or from the bottom."""
    ax = draw(how="barh")
    if turn:
        ax.invert_yaxis()
    assert BARS.score(ax, **KEY).fraction == 1.0


@pytest.mark.parametrize(
    ("chart", "earned", "says"),
    [
        (
            lambda: draw(how="scatter"),
            1 / 4,
            "with bars or lying bars is wanted; this shows points",
        ),
        (lambda: draw(dict(sorted(SHARES.items()))), 6 / 7, "not sorted in descending order"),
        (lambda: draw(dict(reversed(SHARES.items()))), 6 / 7, "not sorted in descending order"),
        (lambda: draw(labels=("", "")), 6 / 7, "the x and the y axis have no label"),
        (lambda: draw(labels=("candidate", "")), 6.5 / 7, "the y axis has no label"),
        (lambda: draw(title=""), 6 / 7, "there is no title"),
        (lambda: draw({**SHARES, "Alan García": 28}), 2 / 3, "2 of 3 values are right"),
        (lambda: draw(dict(list(SHARES.items())[:2])), 2 / 3, "1 missing"),
        (lambda: draw({**SHARES, "Others": 21.0}), 3 / 4, '"Others" is not asked for'),
        (lambda: draw({k: v / 100 for k, v in SHARES.items()}), 0, "multiply by a hundred"),
    ],
)
def test_each_criterion_counts_by_its_weight_and_is_named(
    chart: Any, earned: float, says: str
) -> None:
    """Values 3, kind, order, axis labels, title 1 each, these in proportion to right values.

    Another kind of chart earns a quarter at most.
    """
    score = BARS.score(chart(), **KEY)
    assert score.fraction == pytest.approx(earned)
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
    assert kind.score(ax, **key).fraction == pytest.approx((1 / 2 + 3 / 2) / 4)


def test_points_are_compared_by_both_coordinates() -> None:
    """A scatter plot is its set of points."""
    kind = plot("scatter")
    key: dict[str, Any] = {"values": ([1, 2], [3, 4]), "need_title": False, "need_labels": False}
    _, ax = plt.subplots()
    ax.scatter([2, 1], [4, 3])
    assert kind.score(ax, **key).fraction == 1.0
    _, swapped = plt.subplots()
    swapped.scatter([4, 3], [2, 1])
    assert kind.score(swapped, **key).fraction == 0.0


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
    """Bars of the right length at a wrong time are half right, and so is what goes with them."""
    late = TIMES.score(draw_timeline(2), **TIMES_KEY)
    assert late.fraction == pytest.approx(4.5 / 8)
    assert late.message == "0 of 3 bars begin where they should"
    ax = draw_timeline()
    ax.clear()
    ax.barh(list(LAMPS), [days for _, days in LAMPS.values()])
    ax.set(title="Who kept the lamp", xlabel="time", ylabel="keeper")
    assert TIMES.score(ax, **TIMES_KEY).fraction == pytest.approx(4.5 / 8)


def test_bars_may_begin_at_numbers() -> None:
    """A key may say where bars begin in the unit of an axis without dates."""
    _, ax = plt.subplots()
    ax.barh(["a", "b"], [2, 3], left=[1899.0, 1906.7])
    ax.set(title="t", xlabel="x", ylabel="y")
    key = {"values": {"a": 2, "b": 3}, "starts": {"a": 1899, "b": 1906.75}}
    assert TIMES.score(ax, **key).fraction == pytest.approx(6.25 / 8)
    assert TIMES.score(ax, **key, starts_within=0.06).fraction == 1.0


# --- read as a person reads them ---------------------------------------------------------------

NAMED = plot(
    "bar",
    "barh",
    names={
        "Ollanta Humala": ["Unión por el Perú"],
        "Alan García": ["APRA"],
        "Lourdes Flores": ["Unidad Nacional"],
        "Ulises Humala": ["Avanza País"],
    },
)


@pytest.mark.parametrize(
    "names",
    [
        ["Humala", "García", "Flores"],
        ["humala", "GARCIA", "flores"],
        ["Ollanta Humala (30.6)", "Alan García (24.3)", "Lourdes Flores (23.8)"],
        ["Ollanta Humala\n30.6 %", "García 24.3", "Flores: 23.8"],
        ["Unión por el Perú", "APRA", "Unidad Nacional"],
        ["O. Humala", "A. García", "L. Flores"],
    ],
)
def test_marks_are_found_by_what_names_them(names: list[str]) -> None:
    """A surname, a party, an initial, a number behind the name: whatever a reader understands."""
    chart = draw(dict(zip(names, SHARES.values(), strict=True)))
    assert NAMED.score(chart, **KEY).fraction == 1.0
    assert NAMED.form(chart) is None


def test_without_names_the_values_are_compared_and_the_message_says_so() -> None:
    """Right bars under numbers are right values without names; nothing false is said of them."""
    chart = draw({str(n): value for n, value in enumerate(SHARES.values())})
    score = NAMED.score(chart, **KEY)
    assert score.fraction == pytest.approx(0.75)
    assert "3 of 3 values are right, but no mark carries a name asked for" in score.message
    assert "not sorted" not in score.message
    assert "no mark carries a name that is known" in (NAMED.form(chart) or "")


def test_other_marks_under_the_right_names_earn_nothing() -> None:
    """A copied example has a title, names of the axes, bars, and no value that is asked for."""
    copied = draw({"Alan García": 52.6, "Ollanta Humala": 47.4}, title="Runoff")
    assert NAMED.score(copied, **KEY).fraction == 0.0


def test_what_cannot_be_read_is_not_called_nothing() -> None:
    """A picture is drawn, though no bars."""
    _, ax = plt.subplots()
    ax.imshow([[1, 2], [3, 4]])
    score = BARS.score(ax, **KEY)
    assert score.fraction == 0.0
    assert "nothing is drawn" not in score.message
    assert "cannot be read as one" in score.message


SPANS = {"One": ("1899-01-01", 1234), "Two": ("1906-09-29", 852), "Three": ("1912-08-04", 4747)}
TIMELINE = plot("barh", unit="days")
TIMELINE_KEY: dict[str, Any] = {
    "values": {name: days for name, (_, days) in SPANS.items()},
    "starts": {name: start for name, (start, _) in SPANS.items()},
    "within": 2.0,
    "starts_within": 2,
}


def begin(name: str) -> pd.Timestamp:
    """Return the day on which a span begins."""
    return pd.Timestamp(SPANS[name][0])


def length(name: str) -> pd.Timedelta:
    """Return how long a span is."""
    return pd.Timedelta(days=SPANS[name][1])


def as_broken_bars(ax: Any) -> None:
    """Draw each span as a broken bar."""
    for row, name in enumerate(SPANS):
        ax.broken_barh([(begin(name), length(name))], (row - 0.4, 0.8))


def as_thick_strokes(ax: Any) -> None:
    """Draw each span as a thick horizontal line."""
    ax.hlines(
        range(3), [begin(n) for n in SPANS], [begin(n) + length(n) for n in SPANS], linewidth=8
    )


def as_thick_lines(ax: Any) -> None:
    """Draw each span as a thick line between two points."""
    for row, name in enumerate(SPANS):
        ax.plot([begin(name), begin(name) + length(name)], [row, row], linewidth=6)


def as_decimal_years(ax: Any) -> None:
    """Draw each span along an axis of years."""
    starts = [begin(n).year + (begin(n).day_of_year - 1) / 365.25 for n in SPANS]
    ax.barh(range(3), [days / 365.25 for _, days in SPANS.values()], left=starts)


@pytest.mark.parametrize(
    "drawing", [as_broken_bars, as_thick_strokes, as_thick_lines, as_decimal_years]
)
def test_bars_are_bars_however_they_are_drawn(drawing: Any) -> None:
    """Broken bars, thick strokes, thick lines, and years in place of dates."""
    _, ax = plt.subplots()
    drawing(ax)
    ax.set_yticks(range(3), list(SPANS))
    ax.set(title="Spans", xlabel="time", ylabel="what")
    score = TIMELINE.score(ax, **TIMELINE_KEY)
    assert score.fraction == 1.0, score.message


def test_a_thin_line_is_no_bar() -> None:
    """What is drawn to guide the eye stays a line."""
    _, ax = plt.subplots()
    ax.hlines([0, 1], [0, 0], [1, 2], linewidth=1)
    assert describe_axes(ax)["series"] == []


def test_bars_that_begin_with_their_year_are_half_right() -> None:
    """A year in place of a day is rounded too coarsely."""
    figure, ax = plt.subplots()
    years = [begin(name).replace(month=1, day=1) for name in SPANS]
    ax.barh(list(SPANS), [length(name) for name in SPANS], left=years)
    ax.set(title="Spans", xlabel="time", ylabel="which")
    score = TIMELINE.score(ax, **TIMELINE_KEY)
    plt.close(figure)
    starts = (1 + 0.5 + 0.5) / 3
    assert score.fraction == pytest.approx((3 + 2 * starts + 3 * (1 + starts) / 2) / 8)
    assert "1 of 3 bars begin where they should" in score.message
