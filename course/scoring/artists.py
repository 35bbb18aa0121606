"""Reads the marks of a matplotlib chart: bars however they are drawn, points, lines, pies."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from course.scoring.plain import Listing, Other, plain

FAINT = 0.1  # less opaque than this, a mark is not seen
THICK = 3.0  # points: a line as thick as this is seen as a bar
_PERCENT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*%")

SeriesDescription: TypeAlias = dict[str, Any]
"""One set of marks; see `describe_axes`."""


def read_series(axes: Any) -> list[SeriesDescription]:
    """Return all marks that an Axes shows, bars first."""
    return [*_read_bars(axes), *_read_points(axes), *_read_lines(axes), *_read_pies(axes)]


def _own_label(artist: Any) -> str:
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else label


class _Bar(NamedTuple):
    lying: bool
    left: float
    bottom: float
    width: float
    height: float

    @property
    def place(self) -> float:
        """Where its middle stands on the axis of the names."""
        return self.bottom + self.height / 2 if self.lying else self.left + self.width / 2


def _rectangles(axes: Any) -> list[_Bar]:
    """Return the rectangles of `broken_barh`."""
    from matplotlib.collections import PolyCollection

    found: list[_Bar] = []
    for collection in axes.collections:
        if isinstance(collection, PolyCollection):
            for path in collection.get_paths():
                corners = np.unique(np.round(np.asarray(path.vertices, dtype=float), 9), axis=0)
                if len(corners) == 4 and all(len(set(corners[:, i])) == 2 for i in (0, 1)):
                    (left, bottom), (right, top) = corners.min(axis=0), corners.max(axis=0)
                    found.append(_Bar(True, left, bottom, right - left, top - bottom))
    return found


def _thick_strokes(axes: Any) -> list[_Bar]:
    """Return the lines that are seen as bars, along either axis."""
    from matplotlib.collections import LineCollection

    strokes: list[tuple[Any, float]] = []
    for collection in axes.collections:
        if isinstance(collection, LineCollection):
            widths = list(np.atleast_1d(collection.get_linewidth()))
            segments: Any = collection.get_segments()
            strokes += [(s, widths[i % len(widths)]) for i, s in enumerate(segments)]
    strokes += [(line.get_xydata(), line.get_linewidth()) for line in _bar_lines(axes)]
    found: list[_Bar] = []
    for points, width in strokes:
        ends = np.asarray(points, dtype=float)
        if width >= THICK and ends.shape == (2, 2) and np.isfinite(ends).all():
            (left, bottom), (right, top) = ends.min(axis=0), ends.max(axis=0)
            if bottom == top or left == right:
                found.append(_Bar(bool(bottom == top), left, bottom, right - left, top - bottom))
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
    """Return the bars, also those drawn by `broken_barh`, thick `hlines` or thick lines."""
    from matplotlib.container import BarContainer

    groups: dict[tuple[bool, str, str], list[_Bar]] = {}
    for number, container in enumerate(c for c in axes.containers if isinstance(c, BarContainer)):
        lying = container.orientation == "horizontal"
        # A loop that draws one bar at a time makes one chart, not many.
        several = len(container.patches) > 1
        group = (lying, str(number), _own_label(container)) if several else (lying, "", "")
        groups.setdefault(group, []).extend(
            _Bar(lying, *patch.get_xy(), patch.get_width(), patch.get_height())
            for patch in filter(_is_seen, container.patches)
        )
    drawn = [*_rectangles(axes), *_thick_strokes(axes)]
    for lying in (True, False):
        groups[lying, "drawn", ""] = [bar for bar in drawn if bar.lying == lying]
    return [_bar_series(axes, group[2], bars) for group, bars in groups.items() if bars]


def _is_seen(patch: Any) -> bool:
    """Tell whether a bar is seen: not one in no color or in that of what is behind it.

    So bars are pushed along an axis by others below them.
    """
    behind = tuple(patch.axes.get_facecolor())
    edge = tuple(patch.get_edgecolor()) if patch.get_linewidth() else behind
    return bool(patch.get_visible()) and any(
        tuple(color) != behind and color[3] >= FAINT for color in (patch.get_facecolor(), edge)
    )


def _is_shown(artist: Any) -> bool:
    """Tell whether a line or a cloud of points is seen."""
    alpha = artist.get_alpha()
    faint = isinstance(alpha, int | float) and alpha < FAINT
    return bool(artist.get_visible()) and not faint


def _bar_series(axes: Any, label: str, bars: list[_Bar]) -> SeriesDescription:
    lying = bars[0].lying
    axis, values = (axes.yaxis, axes.xaxis) if lying else (axes.xaxis, axes.yaxis)
    dated = _writes_dates(values.get_major_formatter())
    # Seen from the top, the largest y comes first, unless the axis is turned round.
    bars = sorted(bars, key=lambda bar: bar.place, reverse=lying != bool(axis.get_inverted()))
    # Grouped bars stand beside their tick, at most half a category away.
    names = _read_labels_at(axis, [bar.place for bar in bars], reach=0.5)
    starts = [_read_value(bar.left if lying else bar.bottom) for bar in bars]
    return {
        "kind": "barh" if lying else "bar",
        "label": label,
        "x": [_label_text(name) for name in names],
        "y": [_read_amount(bar.width if lying else bar.height, values) for bar in bars],
        "start": [
            _read_date_at(start) if start is not None and dated else _read_amount(start, values)
            for start in starts
        ],
    }


def _label_text(label: str | float | None) -> str:
    if isinstance(label, float):
        return str(int(label)) if label == int(label) else f"{label:.10g}"
    return label or ""


def _read_points(axes: Any) -> list[SeriesDescription]:
    from matplotlib.collections import PathCollection

    found: list[SeriesDescription] = []
    for cloud in axes.collections:
        if isinstance(cloud, PathCollection) and _is_shown(cloud):
            offsets: Any = cloud.get_offsets()
            # What is masked comes as None.
            pairs = [(x, y) for x, y in offsets.tolist() if x is not None and y is not None]
            places = [(float(x), float(y)) for x, y in pairs]
            if places:
                xs = _read_labels_at(axes.xaxis, [x for x, _ in places])
                found.append(_make_series("scatter", cloud, xs, axes, [y for _, y in places]))
    return found


def _read_lines(axes: Any) -> list[SeriesDescription]:
    found: list[SeriesDescription] = []
    seen_as_bars = _bar_lines(axes)
    for line in axes.get_lines():
        if line in seen_as_bars or not _is_shown(line):
            continue
        # Lines across the whole Axes (axhline, axvline) are aids to the eye, not data.
        if line.get_transform() != axes.transData or len(line.get_xdata()) == 0:
            continue
        bare = str(line.get_linestyle()).strip() in {"None", ""}
        values = plain(line.get_ydata(orig=False))
        ys = [_read_value(v) for v in values.items] if isinstance(values, Listing) else []
        found.append(
            _make_series("scatter" if bare else "line", line, _line_places(axes, line), axes, ys)
        )
    return found


def _line_places(axes: Any, line: Any) -> list[str | float | None]:
    original = plain(line.get_xdata(orig=True))
    items = original.items if isinstance(original, Listing) else ()
    if any(isinstance(item, (str, Other)) for item in items):
        return [i.text if isinstance(i, Other) else str(i) for i in items]
    return _read_labels_at(axes.xaxis, [float(x) for x in line.get_xdata(orig=False)])


def _make_series(
    kind: str, artist: Any, xs: list[str | float | None], axes: Any, ys: Sequence[float | None]
) -> SeriesDescription:
    values = [_read_amount(y, axes.yaxis) for y in ys]
    return {"kind": kind, "label": _own_label(artist), "x": xs, "y": values}


def _read_pies(axes: Any) -> list[SeriesDescription]:
    from matplotlib.patches import Wedge

    wedges = [patch for patch in axes.patches if isinstance(patch, Wedge)]
    if not wedges:
        return []
    shares = [_read_value(abs(w.theta2 - w.theta1) / 3.6) for w in wedges]
    return [{"kind": "pie", "label": "", "x": [_own_label(w) for w in wedges], "y": shares}]


def _read_value(value: Any) -> float | None:
    """Return a finite or infinite number as Python's own; None for what is none."""
    found = plain(value)
    if isinstance(found, bool) or not isinstance(found, (int, float)) or found != found:
        return None
    return float(found)


def _read_amount(value: Any, axis: Any) -> float | None:
    """Return a value in the unit that its axis writes: matplotlib can write 0.3 as 30 %."""
    from matplotlib import ticker

    found, formatter = _read_value(value), axis.get_major_formatter()
    if found is None:
        return None
    if isinstance(formatter, ticker.PercentFormatter):
        whole = _read_value(formatter.xmax)
        return 100 * found / whole if whole else found
    if isinstance(formatter, ticker.FuncFormatter | ticker.StrMethodFormatter):
        written = _PERCENT.match(str(formatter(found, None)))
        if written and abs(float(written[1]) - 100 * found) < 1 <= abs(100 * found):
            return 100 * found
    return found


def _read_labels_at(
    axis: Any, places: Sequence[float], reach: float = 1e-6
) -> list[str | float | None]:
    """Return what the axis writes at `places`: a category, a date, a fixed label or the number.

    A fixed label counts for a place at most `reach` from its tick.
    """
    from matplotlib import ticker

    formatter = axis.get_major_formatter()
    if _writes_dates(formatter):
        return [_read_date_at(place) for place in places]
    if type(formatter).__name__ == "TimeSeries_DateFormatter":  # pandas counts periods
        freq = formatter.freq
        return [_read_day(pd.Period(ordinal=int(p), freq=freq).to_timestamp()) for p in places]
    if isinstance(formatter, ticker.ScalarFormatter | ticker.LogFormatter | ticker.NullFormatter):
        return [_read_value(place) for place in places]
    if isinstance(axis.get_major_locator(), ticker.FixedLocator):
        ticks = list(axis.get_majorticklocs())
        texts = [str(text).strip() for text in formatter.format_ticks(ticks)]
        return _at_ticks(places, ticks, texts, reach)
    texts = [str(text).strip() for text in formatter.format_ticks(list(places))]
    return [text or _read_value(place) for text, place in zip(texts, places, strict=True)]


def _at_ticks(
    places: Sequence[float], ticks: Sequence[float], texts: Sequence[str], reach: float
) -> list[str | float | None]:
    """Return the text of the tick within `reach` of each place; the numbers if a place has none."""
    found: list[str | float | None] = []
    for place in places:
        near = [(abs(tick - place), text) for tick, text in zip(ticks, texts, strict=False)]
        distance, text = min(near, default=(float("inf"), ""))
        if distance > reach or not text:
            return [_read_value(place) for place in places]
        found.append(text)
    return found


def _writes_dates(formatter: Any) -> bool:
    """Tell whether an axis shows days."""
    from matplotlib.dates import AutoDateFormatter, ConciseDateFormatter, DateFormatter

    return isinstance(formatter, AutoDateFormatter | ConciseDateFormatter | DateFormatter)


def _read_date_at(place: float) -> str:
    """Return the day at a place of an axis that shows days, as text."""
    from matplotlib import dates

    num2date: Any = dates.num2date
    return _read_day(num2date(place).replace(tzinfo=None))


def _read_day(moment: Any) -> str:
    found = plain(moment)
    return found.text or "" if isinstance(found, Other) else ""
