"""Reads the marks of a matplotlib chart: bars however they are drawn, points, lines, pies."""

from collections.abc import Sequence
from typing import Any, NamedTuple, NotRequired, TypedDict

import numpy as np

from course.scoring.plain import Listing, Other, plain
from course.scoring.ticks import read_amount, read_date_at, read_labels_at, read_value, writes_dates


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


def read_series(axes: Any) -> list[SeriesDescription]:
    """Return all marks that an Axes shows, bars first."""
    bars = _read_bars(axes) + _drawn_bars(axes)
    return bars + _read_points(axes) + _read_lines(axes) + _read_pies(axes)


def _own_label(artist: Any) -> str:
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else label


class _Bar(NamedTuple):
    place: float
    value: float | None
    start: float | None


FAINT = 0.1  # less opaque than this, a mark is not seen
THICK = 3.0  # points: a line as thick as this is seen as a bar


def _drawn_bars(axes: Any) -> list[SeriesDescription]:
    """Return bars that are drawn by other means: `broken_barh`, thick `hlines`, thick lines."""
    lying, standing = [], []
    for left, bottom, right, top, width in [*_rectangles(axes), *_thick_strokes(axes)]:
        if width == "lying":
            lying.append(_Bar((bottom + top) / 2, read_value(right - left), read_value(left)))
        else:
            standing.append(_Bar((left + right) / 2, read_value(top - bottom), read_value(bottom)))
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
        for patch in filter(_is_seen, container.patches):
            x, y, width, height = (*patch.get_xy(), patch.get_width(), patch.get_height())
            if lying:
                places.append(_Bar(y + height / 2, read_value(width), read_value(x)))
            else:
                places.append(_Bar(x + width / 2, read_value(height), read_value(y)))
    return [_bar_series(axes, kind, name, bars) for (kind, name), bars in groups.items() if bars]


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


def _bar_series(axes: Any, kind: str, name: str, bars: list[_Bar]) -> SeriesDescription:
    lying = kind == "barh"
    axis = axes.yaxis if lying else axes.xaxis
    values = axes.xaxis if lying else axes.yaxis
    dated = writes_dates(values.get_major_formatter())
    # Seen from the top, the largest y comes first, unless the axis is turned round.
    bars = sorted(bars, key=lambda bar: bar.place, reverse=lying != bool(axis.get_inverted()))
    # Grouped bars stand beside their tick, at most half a category away.
    labels = [
        _label_text(label) for label in read_labels_at(axis, [bar.place for bar in bars], reach=0.5)
    ]
    return {
        "kind": kind,
        "label": name.partition(" ")[2],
        "x": [*labels],
        "y": [read_amount(bar.value, values) for bar in bars],
        "start": [
            read_date_at(bar.start)
            if bar.start is not None and dated
            else read_amount(bar.start, values)
            for bar in bars
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
                xs = read_labels_at(axes.xaxis, [x for x, _ in places])
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
        ys = [read_value(v) for v in values.items] if isinstance(values, Listing) else []
        found.append(
            _make_series("scatter" if bare else "line", line, _line_places(axes, line), axes, ys)
        )
    return found


def _line_places(axes: Any, line: Any) -> list[str | float | None]:
    original = plain(line.get_xdata(orig=True))
    items = original.items if isinstance(original, Listing) else ()
    if any(isinstance(item, (str, Other)) for item in items):
        return [i.text if isinstance(i, Other) else str(i) for i in items]
    return read_labels_at(axes.xaxis, [float(x) for x in line.get_xdata(orig=False)])


def _make_series(
    kind: str, artist: Any, xs: list[str | float | None], axes: Any, ys: Sequence[float | None]
) -> SeriesDescription:
    values = [read_amount(y, axes.yaxis) for y in ys]
    return {"kind": kind, "label": _own_label(artist), "x": xs, "y": values}


def _read_pies(axes: Any) -> list[SeriesDescription]:
    from matplotlib.patches import Wedge

    wedges = [patch for patch in axes.patches if isinstance(patch, Wedge)]
    if not wedges:
        return []
    shares = [read_value(abs(w.theta2 - w.theta1) / 3.6) for w in wedges]
    return [{"kind": "pie", "label": "", "x": [_own_label(w) for w in wedges], "y": shares}]
