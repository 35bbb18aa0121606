"""Charts arrive as what they show."""

from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest

from course.grading.travel import dumps
from course.scoring import (
    plot,
)
from course.scoring.plain import plain
from tests.scoring.kinds import EXAMPLES
from tests.travel.journey import alike, told, travelled

mpl.use("agg")
import matplotlib.pyplot as plt


@pytest.fixture(autouse=True)
def _closed_figures() -> Iterator[None]:
    yield
    plt.close("all")


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
