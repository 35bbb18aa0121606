"""Describes what a matplotlib Axes shows, as plain data that can travel between processes."""

import sys
from collections.abc import Iterable
from typing import Any

import numpy as np

from course.scoring.artists import read_series
from course.scoring.plain import DEEPEST, Other, Pairs, Plain, is_a, plain, type_name
from course.scoring.quiet import keep_quiet, try_quietly

NO_CHART = "this is no chart"
UNREADABLE = Other("a chart that cannot be read")


def describe_axes(chart: object) -> dict[str, Any]:
    """Return what `chart` shows as JSON-like data.

    Args:
        chart: an Axes, a Figure with one Axes that shows something, or any artist drawn in an Axes
            (so also what `plt.bar` returns).

    Returns:
        Its `kind` (that of the first series, "other" for a drawing that is none of these, or
        "none"), `title`, `xlabel`, `ylabel`, `legend` (a list of texts), `xlim` and `ylim` (two
        numbers each), and `series`, one for each set of marks; bars stand as they are seen: left to
        right, or top to bottom. Of a series the `kind` ("bar", "barh", "line", "scatter" or "pie"),
        its `label`, `x` (labels, also of lying bars, or numbers), `y` (the values, in the unit of
        the axis; None where a value is missing) and, of bars, `start`: where they begin on the axis
        of the values, a number or a date as text such as "1899-01-01".

    Raises:
        ValueError: it is none of these.
    """
    with keep_quiet():
        return _describe_one(find_axes(chart))


def plain_chart(value: object) -> Plain:
    """Return what a chart shows as a record, or the record of what stands in its place.

    Never raises, whatever the object does.
    """
    read = plain(value)
    if isinstance(read, Pairs):  # a description, as `describe_axes` gives it
        return read

    def describe() -> Plain:
        try:
            axes = find_axes(value)
        except ValueError as error:
            return read if str(error) == NO_CHART else Other(str(error))
        return plain(describe_axes(axes))

    return try_quietly(describe, lambda: UNREADABLE)


def _describe_one(axes: Any) -> dict[str, Any]:
    # What is drawn into a twin stands in the same frame.
    twins = [one for one in axes.figure.axes if _in_one_frame(one, axes) and one.has_data()]
    shown = axes if axes.has_data() or not twins else twins[0]
    series = read_series(shown) if _shows_marks(shown) else []
    legend, figure, frames = axes.get_legend(), axes.get_figure(), (axes, shown)
    titles = [axes.get_title(loc=place) for place in ("center", "left", "right")]
    return {
        "kind": series[0]["kind"] if series else "other" if _shows_marks(shown) else "none",
        # Any of these may stand at the whole figure.
        "title": _read_first([*titles, figure.get_suptitle()]),
        "xlabel": _read_first([one.get_xlabel() for one in frames] + [figure.get_supxlabel()]),
        "ylabel": _read_first([one.get_ylabel() for one in frames] + [figure.get_supylabel()]),
        "legend": [str(t.get_text()) for t in legend.get_texts()] if legend else [],
        "xlim": [float(v) for v in shown.get_xlim()],
        "ylim": [float(v) for v in shown.get_ylim()],
        "series": series,
    }


def _shows_marks(axes: Any) -> bool:
    """Tell whether an Axes can be seen, and some of what is drawn in it lies within its limits."""
    from matplotlib.transforms import Bbox

    if not (axes.has_data() and axes.get_visible() and axes.figure.get_visible()):
        return False
    drawn = axes.dataLim
    return (
        not np.isfinite(drawn.extents).all() or Bbox.intersection(drawn, axes.viewLim) is not None
    )


def find_axes(chart: Any, depth: int = 0) -> Any:
    """Return the one Axes that `chart` is, holds or is drawn in; ValueError if there is none.

    `depth` counts the lists that it was taken out of.
    """
    if depth > DEEPEST:
        raise ValueError(NO_CHART)
    if is_a(chart, list, tuple):
        items = list.__iter__(chart) if is_a(chart, list) else tuple.__iter__(chart)
        return find_axes(next((c for c in items if c is not None), None), depth + 1)
    if is_a(chart, np.ndarray) and np.ndarray.size.__get__(chart) == 1:
        return find_axes(np.ndarray.item(chart), depth + 1)
    if "matplotlib" not in sys.modules:
        raise ValueError(NO_CHART)
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    if is_a(chart, Axes):
        return chart
    if is_a(chart, FigureBase):
        shown = [a for a in chart.axes if a.has_data()] or list(chart.axes)
        if len(shown) != 1:
            raise ValueError(f"a figure that holds {len(shown)} charts (one is wanted)")
        return shown[0]
    if type_name(chart) == "PieContainer":  # not a Container; matplotlib 3.11 and later
        return find_axes(chart.wedges[0])
    if is_a(chart, Artist) and getattr(chart, "axes", None) is not None:
        return chart.axes
    raise ValueError(NO_CHART)


def _in_one_frame(one: Any, other: Any) -> bool:
    """Tell whether two Axes stand in the same place of a figure."""
    return bool((one.get_position().get_points() == other.get_position().get_points()).all())


def _read_first(texts: Iterable[Any]) -> str:
    """Return the first text that says anything, or ""."""
    return next((str(text) for text in texts if str(text).strip()), "")
