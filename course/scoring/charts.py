"""Says in words what a chart shows: the text alternative of its picture."""

from typing import Any

from course.scoring.axes import describe_axes
from course.scoring.drawn import Description, Series, read_description
from course.scoring.plain import Pairs, plain, words_for
from course.scoring.shown import mark_name, one_line, write_value

MARKS = 30  # of one series
KINDS = {"bar": "bars", "barh": "lying bars", "line": "a line", "scatter": "points"}


def in_words(ax: Any) -> str:
    """Return what a chart shows, as a sentence for those who do not see it.

    Args:
        ax: the chart, as `plt.subplots()` gives it.

    Raises:
        ValueError: if it is no chart.
    """
    described = plain(describe_axes(ax))
    if not isinstance(described, Pairs):
        raise ValueError(f"in_words wants a chart, such as ax; this is {words_for(described)}")
    return chart_in_words(read_description(described))


def chart_in_words(chart: Description) -> str:
    """Return what a chart shows: title, axes, and each mark with its value."""
    titled = f"with the title {chart.title!r}" if chart.title else "without a title"
    names = [
        f"the {axis} axis is called {name!r}" if name else f"the {axis} axis has no name"
        for axis, name in (("x", chart.xlabel), ("y", chart.ylabel))
    ]
    parts = [f"a chart {titled}", *names, *map(_series_words, chart.series)]
    return one_line("; ".join(parts))


def _series_words(series: Series) -> str:
    named = f" {series.name!r}" if series.name and not series.name.startswith("_") else ""
    marks = [f"{mark_name(x)}: {write_value(y)}" for x, y in series.marks[:MARKS]]
    more = [f"and {len(series.marks) - MARKS} more"] if len(series.marks) > MARKS else []
    return f"{KINDS.get(series.kind, series.kind)}{named}: " + ", ".join([*marks, *more])
