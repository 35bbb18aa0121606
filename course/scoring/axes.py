"""Describes what a matplotlib Axes shows, as plain data that can travel between processes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple, NotRequired, TypedDict

import numpy as np
import pandas as pd

from course.scoring.plain import DEEPEST, Listing, Other, Pairs, Plain, is_a, plain, type_name
from course.scoring.quiet import keep_quiet

__all__ = [
    "AxesDescription",
    "SeriesDescription",
    "describe_axes",
    "find_axes",
    "plain_chart",
]

NO_CHART = "this is no chart"


class SeriesDescription(TypedDict):
    """One set of marks. Bars stand as they are seen: left to right, or top to bottom.

    `kind`: "bar", "barh", "line", "scatter" or "pie". `x`: labels (also of lying bars) or numbers.
    `y`: the values, in the unit of the axis; None where a value is missing. `start`, of bars: where
    they begin on the axis of the values, a number or a date as text such as "1899-01-01".
    """

    kind: str
    label: str
    x: list[str | float | None]
    y: list[float | None]
    start: NotRequired[list[str | float | None]]


class AxesDescription(TypedDict):
    """What can be read off an Axes.

    `kind` is that of the first series, "other" for a drawing that is none of these, or "none".
    """

    kind: str
    title: str
    xlabel: str
    ylabel: str
    legend: list[str]
    xlim: list[float]
    ylim: list[float]
    series: list[SeriesDescription]


def describe_axes(chart: object) -> AxesDescription:
    """Return what `chart` shows as JSON-like data.

    `chart`: an Axes, a Figure with one Axes that shows something, or any artist drawn in an Axes
    (so also what `plt.bar` returns). Raises ValueError for anything else.
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
    try:
        axes = find_axes(value)
    except ValueError as error:
        return read if str(error) == NO_CHART else Other(str(error))
    except KeyboardInterrupt:
        raise
    except BaseException:
        return Other("a chart that cannot be read")
    try:
        return plain(describe_axes(axes))
    except KeyboardInterrupt:
        raise
    except BaseException:
        return Other("a chart that cannot be read")


def _describe_one(axes: Any) -> AxesDescription:
    bars = _read_bars(axes)
    bars += _drawn_bars(axes)
    series = bars + _read_points(axes) + _read_lines(axes) + _read_pies(axes)
    legend = axes.get_legend()
    return {
        "kind": series[0]["kind"] if series else "other" if axes.has_data() else "none",
        "title": _read_title(axes),
        "xlabel": str(axes.get_xlabel()),
        "ylabel": str(axes.get_ylabel()),
        "legend": [str(t.get_text()) for t in legend.get_texts()] if legend else [],
        "xlim": [float(v) for v in axes.get_xlim()],
        "ylim": [float(v) for v in axes.get_ylim()],
        "series": series,
    }


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


def _read_title(axes: Any) -> str:
    for place in ("center", "left", "right"):
        if str(axes.get_title(loc=place)).strip():
            return str(axes.get_title(loc=place))
    figure = axes.get_figure()
    getter = getattr(figure, "get_suptitle", None)
    return str(getter()) if getter is not None else ""


def _read_number(value: Any) -> float | None:
    found = plain(value)
    if isinstance(found, bool) or not isinstance(found, (int, float)) or found != found:
        return None
    return float(found)


def _labels_at(axis: Any, places: Sequence[float], reach: float = 1e-6) -> list[str | float | None]:
    """Return what the axis writes at `places`: a category, a date, a fixed label or the number.

    A fixed label counts for a place at most `reach` from its tick.
    """
    from matplotlib import ticker

    formatter = axis.get_major_formatter()
    if _writes_dates(formatter):
        return [_date_at(place) for place in places]
    if type(formatter).__name__ == "TimeSeries_DateFormatter":  # pandas counts periods
        freq = formatter.freq
        return [_read_day(pd.Period(ordinal=int(p), freq=freq).to_timestamp()) for p in places]
    if isinstance(formatter, ticker.ScalarFormatter | ticker.LogFormatter | ticker.NullFormatter):
        return [_read_number(place) for place in places]
    if isinstance(axis.get_major_locator(), ticker.FixedLocator):
        ticks = list(axis.get_majorticklocs())
        texts = [str(text).strip() for text in formatter.format_ticks(ticks)]
        return _at_ticks(places, ticks, texts, reach)
    texts = [str(text).strip() for text in formatter.format_ticks(list(places))]
    return [text or _read_number(place) for text, place in zip(texts, places, strict=True)]


def _at_ticks(
    places: Sequence[float], ticks: Sequence[float], texts: Sequence[str], reach: float
) -> list[str | float | None]:
    """Return the text of the tick within `reach` of each place; the numbers if a place has none."""
    found: list[str | float | None] = []
    for place in places:
        near = [(abs(tick - place), text) for tick, text in zip(ticks, texts, strict=False)]
        distance, text = min(near, default=(float("inf"), ""))
        if distance > reach or not text:
            return [_read_number(place) for place in places]
        found.append(text)
    return found


def _writes_dates(formatter: Any) -> bool:
    from matplotlib.dates import AutoDateFormatter, ConciseDateFormatter, DateFormatter

    return isinstance(formatter, AutoDateFormatter | ConciseDateFormatter | DateFormatter)


def _date_at(place: float) -> str:
    from matplotlib import dates

    num2date: Any = dates.num2date
    return _read_day(num2date(place).replace(tzinfo=None))


def _read_day(moment: Any) -> str:
    found = plain(moment)
    return found.text or "" if isinstance(found, Other) else ""


def _own_label(artist: Any) -> str:
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else label


class _Bar(NamedTuple):
    place: float
    value: float | None
    start: float | None


THICK = 3.0  # points: a line as thick as this is seen as a bar


def _drawn_bars(axes: Any) -> list[SeriesDescription]:
    """Return bars that are drawn by other means: `broken_barh`, thick `hlines`, thick lines."""
    lying, standing = [], []
    for left, bottom, right, top, width in [*_rectangles(axes), *_thick_strokes(axes)]:
        if width == "lying":
            lying.append(_Bar((bottom + top) / 2, _read_number(right - left), _read_number(left)))
        else:
            standing.append(
                _Bar((left + right) / 2, _read_number(top - bottom), _read_number(bottom))
            )
    found = (("barh", lying), ("bar", standing))
    return [_bar_series(axes, kind, "", bars) for kind, bars in found if bars]


_Box = tuple[float, float, float, float, str]
"""Left, bottom, right, top, and whether it is a lying bar or a standing one."""


def _rectangles(axes: Any) -> list[_Box]:
    """Return the rectangles of `broken_barh`."""
    from matplotlib.collections import PolyCollection

    found: list[_Box] = []
    for collection in axes.collections:
        if isinstance(collection, PolyCollection):
            for path in collection.get_paths():
                corners = np.unique(np.round(np.asarray(path.vertices, dtype=float), 9), axis=0)
                if len(corners) == 4 and all(len(set(corners[:, i])) == 2 for i in (0, 1)):
                    (left, bottom), (right, top) = corners.min(axis=0), corners.max(axis=0)
                    found.append((left, bottom, right, top, "lying"))
    return found


def _thick_strokes(axes: Any) -> list[_Box]:
    """Return the lines that are seen as bars, along either axis."""
    from matplotlib.collections import LineCollection

    strokes: list[tuple[Any, float]] = []
    for collection in axes.collections:
        if isinstance(collection, LineCollection):
            widths = list(np.atleast_1d(collection.get_linewidth()))
            segments: Any = collection.get_segments()
            strokes += [(s, widths[i % len(widths)]) for i, s in enumerate(segments)]
    strokes += [(line.get_xydata(), line.get_linewidth()) for line in _bar_lines(axes)]
    found: list[_Box] = []
    for points, width in strokes:
        ends = np.asarray(points, dtype=float)
        if width >= THICK and ends.shape == (2, 2) and np.isfinite(ends).all():
            (left, bottom), (right, top) = ends.min(axis=0), ends.max(axis=0)
            if bottom == top or left == right:
                found.append((left, bottom, right, top, "lying" if bottom == top else "standing"))
    return found


def _bar_lines(axes: Any) -> list[Any]:
    """Return the lines of two points along an axis that are thick enough to be seen as bars."""
    found = []
    for line in axes.get_lines():
        ends = np.asarray(line.get_xydata(), dtype=float)
        along = ends.shape == (2, 2) and bool((ends[0] == ends[1]).any())
        if along and line.get_linewidth() >= THICK and line.get_transform() == axes.transData:
            found.append(line)
    return found


def _read_bars(axes: Any) -> list[SeriesDescription]:
    from matplotlib.container import BarContainer

    groups: dict[tuple[str, str], list[_Bar]] = {}
    for number, container in enumerate(c for c in axes.containers if isinstance(c, BarContainer)):
        lying = container.orientation == "horizontal"
        # A loop that draws one bar at a time makes one chart, not many.
        group = _own_label(container) if len(container.patches) > 1 else ""
        name = f"{number} {group}" if len(container.patches) > 1 else ""
        places = groups.setdefault(("barh" if lying else "bar", name), [])
        for patch in container.patches:
            x, y, width, height = (*patch.get_xy(), patch.get_width(), patch.get_height())
            if lying:
                places.append(_Bar(y + height / 2, _read_number(width), _read_number(x)))
            else:
                places.append(_Bar(x + width / 2, _read_number(height), _read_number(y)))
    return [_bar_series(axes, kind, name, bars) for (kind, name), bars in groups.items() if bars]


def _bar_series(axes: Any, kind: str, name: str, bars: list[_Bar]) -> SeriesDescription:
    lying = kind == "barh"
    axis = axes.yaxis if lying else axes.xaxis
    dated = _writes_dates((axes.xaxis if lying else axes.yaxis).get_major_formatter())
    # Seen from the top, the largest y comes first, unless the axis is turned round.
    bars = sorted(bars, key=lambda bar: bar.place, reverse=lying != bool(axis.get_inverted()))
    # Grouped bars stand beside their tick, at most half a category away.
    labels = [
        _label_text(label) for label in _labels_at(axis, [bar.place for bar in bars], reach=0.5)
    ]
    return {
        "kind": kind,
        "label": name.partition(" ")[2],
        "x": [*labels],
        "y": [bar.value for bar in bars],
        "start": [_date_at(s) if s is not None and dated else s for s in (b.start for b in bars)],
    }


def _label_text(label: str | float | None) -> str:
    if isinstance(label, float):
        return str(int(label)) if label == int(label) else f"{label:.10g}"
    return label or ""


def _read_points(axes: Any) -> list[SeriesDescription]:
    from matplotlib.collections import PathCollection

    found: list[SeriesDescription] = []
    for cloud in axes.collections:
        if isinstance(cloud, PathCollection):
            offsets: Any = cloud.get_offsets()
            # What is masked comes as None.
            pairs = [(x, y) for x, y in offsets.tolist() if x is not None and y is not None]
            places = [(float(x), float(y)) for x, y in pairs]
            if places:
                xs = _labels_at(axes.xaxis, [x for x, _ in places])
                found.append(_make_series("scatter", cloud, xs, [y for _, y in places]))
    return found


def _read_lines(axes: Any) -> list[SeriesDescription]:
    found: list[SeriesDescription] = []
    seen_as_bars = _bar_lines(axes)
    for line in axes.get_lines():
        if line in seen_as_bars:
            continue
        # Lines across the whole Axes (axhline, axvline) are aids to the eye, not data.
        if line.get_transform() != axes.transData or len(line.get_xdata()) == 0:
            continue
        bare = str(line.get_linestyle()).strip() in {"None", ""}
        values = plain(line.get_ydata(orig=False))
        ys = [_read_number(v) for v in values.items] if isinstance(values, Listing) else []
        found.append(
            _make_series("scatter" if bare else "line", line, _line_places(axes, line), ys)
        )
    return found


def _line_places(axes: Any, line: Any) -> list[str | float | None]:
    original = plain(line.get_xdata(orig=True))
    items = original.items if isinstance(original, Listing) else ()
    if any(isinstance(item, (str, Other)) for item in items):
        return [i.text if isinstance(i, Other) else str(i) for i in items]
    return _labels_at(axes.xaxis, [float(x) for x in line.get_xdata(orig=False)])


def _make_series(
    kind: str, artist: Any, xs: list[str | float | None], ys: Sequence[float | None]
) -> SeriesDescription:
    return {"kind": kind, "label": _own_label(artist), "x": xs, "y": [_read_number(y) for y in ys]}


def _read_pies(axes: Any) -> list[SeriesDescription]:
    from matplotlib.patches import Wedge

    wedges = [patch for patch in axes.patches if isinstance(patch, Wedge)]
    if not wedges:
        return []
    shares = [_read_number(abs(w.theta2 - w.theta1) / 3.6) for w in wedges]
    return [{"kind": "pie", "label": "", "x": [_own_label(w) for w in wedges], "y": shares}]
