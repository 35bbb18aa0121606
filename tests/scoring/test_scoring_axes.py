"""The description of an Axes: what it shows, as plain data."""

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest

from course.scoring import describe_axes
from course.scoring.asking import NamedAnswers
from course.scoring.plain import Other, Pairs

mpl.use("agg")
import matplotlib.pyplot as plt

NAMES = ["Humala", "García", "Flores"]
SHARES = [30.6, 24.3, 23.8]
SERIES = pd.Series(SHARES, index=NAMES)


@pytest.fixture(autouse=True)
def _closed_figures() -> Iterator[None]:
    yield
    plt.close("all")


def _one_bar_at_a_time() -> Any:
    for name, share in zip(NAMES, SHARES, strict=True):
        plt.bar(name, share)
    return plt.gca()


def _fixed_ticks() -> Any:
    _, ax = plt.subplots()
    ax.bar(range(3), SHARES)
    ax.set_xticks(range(3), NAMES)
    return ax


DRAWN: dict[str, tuple[str, Callable[[], Any]]] = {
    "plt.bar": ("bar", lambda: (plt.bar(NAMES, SHARES), plt.gca())[1]),
    "what plt.bar returns": ("bar", lambda: plt.bar(NAMES, SHARES)),
    "the figure": ("bar", lambda: (plt.bar(NAMES, SHARES), plt.gcf())[1]),
    "one bar at a time": ("bar", _one_bar_at_a_time),
    "fixed ticks": ("bar", _fixed_ticks),
    "tick_label": ("bar", lambda: plt.bar([5, 7, 9], SHARES, tick_label=NAMES)),
    "pandas bar": ("bar", lambda: SERIES.plot.bar()),
    "pandas frame": ("bar", lambda: SERIES.rename("s").to_frame().plot(kind="bar", legend=False)),
    "pandas subplots": ("bar", lambda: SERIES.to_frame("s").plot.bar(subplots=True)),
    "lines": ("line", lambda: plt.plot(NAMES, SHARES)),
    "pandas line": ("line", lambda: SERIES.plot.line()),
    "points": ("scatter", lambda: plt.scatter(NAMES, SHARES)),
    "line without line": ("scatter", lambda: plt.plot(NAMES, SHARES, "o")),
}


@pytest.mark.parametrize("way", DRAWN)
def test_every_way_of_drawing_is_read_alike(way: str) -> None:
    """Labels and values come out the same, however they were drawn."""
    kind, draw = DRAWN[way]
    found = describe_axes(draw())
    assert found["kind"] == kind
    assert [s["kind"] for s in found["series"]] == [kind]
    assert found["series"][0]["x"] == NAMES
    assert found["series"][0]["y"] == pytest.approx(SHARES)


@pytest.mark.parametrize("draw", [lambda: plt.barh(NAMES, SHARES)[0].axes, SERIES.plot.barh])
def test_lying_bars_are_read_from_the_top(draw: Callable[[], Any]) -> None:
    """matplotlib draws the first lying bar at the bottom; turned round, it is at the top."""
    ax = draw()
    assert describe_axes(ax)["series"][0]["x"] == NAMES[::-1]
    ax.invert_yaxis()
    found = describe_axes(ax)
    assert found["kind"] == "barh"
    assert found["series"][0]["x"] == NAMES
    assert found["series"][0]["y"] == pytest.approx(SHARES)


def test_an_inverted_x_axis_is_read_as_it_is_seen() -> None:
    """The order is the order on the page."""
    plt.bar(NAMES, SHARES)
    plt.gca().invert_xaxis()
    assert describe_axes(plt.gca())["series"][0]["x"] == NAMES[::-1]


def test_grouped_bars_find_their_group_label() -> None:
    """Bars beside a tick carry its label, and each series its name."""
    found = describe_axes(pd.DataFrame({"A": SHARES, "B": SHARES}, index=NAMES).plot.bar())
    assert [s["label"] for s in found["series"]] == ["A", "B"]
    assert [s["x"] for s in found["series"]] == [NAMES, NAMES]
    assert found["legend"] == ["A", "B"]


def test_numbers_below_the_axis_stay_numbers() -> None:
    """Round ticks near a point are not its label."""
    _, ax = plt.subplots()
    ax.plot([1.0, 2.4, 52.0], SHARES)
    ax.set_xticks([0, 10, 20])
    assert describe_axes(ax)["series"][0]["x"] == [1.0, 2.4, 52.0]
    _, other = plt.subplots()
    other.bar([1998, 2000], [3, 4])
    assert describe_axes(other)["series"][0]["x"] == ["1998", "2000"]


@pytest.mark.parametrize("way", ["plot", "scatter", "bar"])
def test_dates_are_written_as_days(way: str) -> None:
    """A date axis gives ISO dates."""
    days = pd.to_datetime(["2006-04-09", "2006-04-10", "2006-05-03"])
    _, ax = plt.subplots()
    getattr(ax, way)(days, SHARES)
    assert describe_axes(ax)["series"][0]["x"] == ["2006-04-09", "2006-04-10", "2006-05-03"]


def test_pandas_own_date_axis_is_written_as_days() -> None:
    """pandas counts periods on its axis; the description gives days."""
    days = pd.date_range("2006-04-09", periods=3)
    found = describe_axes(pd.Series(SHARES, index=days).plot())
    assert found["series"][0]["x"] == ["2006-04-09", "2006-04-10", "2006-04-11"]


def test_texts_and_several_lines_are_read() -> None:
    """Title, axis labels, legend, series names; lines across the Axes are no data."""
    _, ax = plt.subplots()
    ax.plot([1, 2], [3, 4], label="a")
    ax.plot([1, 2], [5, float("nan")], label="b")
    ax.axhline(50)
    ax.axvline(1)
    ax.set(title="Count", xlabel="report", ylabel="percent")
    ax.legend()
    found = describe_axes(ax)
    assert [found[key] for key in ("title", "xlabel", "ylabel", "legend")] == [
        "Count",
        "report",
        "percent",
        ["a", "b"],
    ]
    assert [(s["label"], s["y"]) for s in found["series"]] == [
        ("a", [3.0, 4.0]),
        ("b", [5.0, None]),
    ]


@pytest.mark.parametrize("place", ["left", "right", "figure"])
def test_a_title_counts_wherever_it_stands(place: str) -> None:
    """A title on the left, on the right or over the figure is a title."""
    figure, ax = plt.subplots()
    if place == "figure":
        figure.suptitle("Count")
    else:
        ax.set_title("Count", loc=place)
    assert describe_axes(ax)["title"] == "Count"


def test_a_pie_is_a_pie() -> None:
    """A pie chart is recognised, with its shares in percent."""
    found = describe_axes((plt.pie([1, 3], labels=["a", "b"]), plt.gca())[1])
    assert found["kind"] == "pie"
    assert found["series"][0]["x"] == ["a", "b"]
    assert found["series"][0]["y"] == pytest.approx([25, 75], abs=0.01)


def test_an_empty_axes_shows_nothing() -> None:
    """Axes without marks have the kind "none"."""
    assert describe_axes(plt.gca())["kind"] == "none"


def test_the_description_survives_json() -> None:
    """It can travel between processes as text."""
    found = describe_axes(SERIES.plot.bar(title="T"))
    assert json.loads(json.dumps(found, allow_nan=False)) == found


@pytest.mark.parametrize("value", [3, "ax", None, [], object(), pd.DataFrame({"a": [1]})])
def test_what_is_no_chart_is_refused(value: object) -> None:
    """Anything else is a ValueError."""
    with pytest.raises(ValueError, match="no chart"):
        describe_axes(value)


def test_a_figure_with_two_charts_is_refused() -> None:
    """It would not be clear which one is meant; an empty second Axes does not matter."""
    figure, (one, two) = plt.subplots(1, 2)
    one.bar(NAMES, SHARES)
    assert describe_axes(figure)["kind"] == "bar"
    two.bar(NAMES, SHARES)
    with pytest.raises(ValueError, match="2 charts"):
        describe_axes(figure)


def test_reading_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    """A tick formatter that prints or warns reaches neither stream."""

    def noisy(place: float, _: int | None) -> str:
        print("tick", file=sys.stderr)
        return f"at {place:g}"

    plt.bar([1, 2], [3, 4])
    plt.gca().xaxis.set_major_formatter(noisy)
    assert describe_axes(plt.gca())["series"][0]["x"] == ["at 1", "at 2"]
    assert capsys.readouterr() == ("", "")


def _hide_axes(ax: Any) -> None:
    ax.set_visible(False)


def _look_elsewhere(ax: Any) -> None:
    ax.set_xlim(50, 60)


def _make_faint(ax: Any) -> None:
    for patch in ax.patches:
        patch.set_alpha(0.003)
    for artist in (*ax.lines, *ax.collections):
        artist.set_alpha(0.003)


@pytest.mark.parametrize("hide", [_hide_axes, _look_elsewhere, _make_faint])
@pytest.mark.parametrize("draw", ["bar", "plot", "scatter"])
def test_marks_that_nobody_sees_are_not_read(draw: str, hide: Callable[[Any], None]) -> None:
    """A chart that is hidden, looks elsewhere or is as faint as nothing shows nothing."""
    _, ax = plt.subplots()
    getattr(ax, draw)([1, 2, 3], SHARES)
    assert len(describe_axes(ax)["series"]) == 1
    hide(ax)
    assert describe_axes(ax)["series"] == []


def test_who_is_to_draw_a_chart_cannot_describe_it() -> None:
    """The description of a chart, as a dict under the answer's name, is no chart."""
    _, ax = plt.subplots()
    ax.bar(NAMES, SHARES)
    told = NamedAnswers({"ax": describe_axes(ax), "drawn": ax})
    assert isinstance(told.ask("drawn", chart=True), Pairs)
    assert isinstance(told.ask("ax", chart=True), Other)
