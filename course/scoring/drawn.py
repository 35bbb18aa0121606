"""What a plot shows, read back from the description that `describe_axes` gives, and in words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, TypeGuard

from course.scoring.axes import describe_axes
from course.scoring.labels import fold_text, label_of, same_label
from course.scoring.numbers import COARSE
from course.scoring.plain import Listing, Pairs, Plain, plain
from course.scoring.reading import is_near
from course.scoring.shown import mark_name, one_line, write_value

_WORD = re.compile(r"[^\W_]+")
DAYS_A_YEAR = 365.2425
YEARS = (1000, 3000)  # what an axis of decimal years may show
MARKS = 30  # of one series that are put in words
KINDS = {"bar": "bars", "barh": "lying bars", "line": "a line", "scatter": "points"}


@dataclass(frozen=True)
class Series:
    """One set of marks: pairs of what stands below (label or number) and the value.

    `starts`: where bars begin, one for each mark; nothing for other marks.
    """

    kind: str
    name: str
    marks: tuple[tuple[Plain, Plain], ...]
    starts: tuple[Plain, ...] = ()


@dataclass(frozen=True)
class Description:
    """What a plot shows, read back from the plain data of `describe_axes`."""

    kind: str = "none"
    title: str = ""
    xlabel: str = ""
    ylabel: str = ""
    limits: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    series: tuple[Series, ...] = ()


def read_description(value: Plain) -> Description:
    """Read what `describe_axes` gave, also after it has travelled as JSON."""
    top = _by_name(value)
    series = [_read_series(one) for one in _read_items(top.get("series"))]
    limits = {
        side: tuple(float(i) for i in _read_items(top.get(side)) if isinstance(i, int | float))
        for side in ("xlim", "ylim")
    }
    texts = {name: _read_text(top.get(name)) for name in ("kind", "title", "xlabel", "ylabel")}
    return Description(**texts, limits=limits, series=tuple(s for s in series if s.marks))


def _read_series(value: Plain) -> Series:
    one = _by_name(value)
    marks = tuple(zip(_read_items(one.get("x")), _read_items(one.get("y")), strict=False))
    starts = _read_items(one.get("start"))
    begun = starts if len(starts) == len(marks) else ()
    return Series(_read_text(one.get("kind")), _read_text(one.get("label")), marks, begun)


def _by_name(value: Plain) -> dict[str, Plain]:
    pairs = value.pairs if isinstance(value, Pairs) else ()
    return {name: part for name, part in pairs if isinstance(name, str)}


def _read_items(value: Plain) -> tuple[Plain, ...]:
    return value.items if isinstance(value, Listing) else ()


def _read_text(value: Plain) -> str:
    return value.strip() if isinstance(value, str) else ""


def in_words(ax: Any) -> str:
    """Return what a chart shows, as a sentence for those who do not see it.

    Args:
        ax: the chart, as `plt.subplots()` gives it.

    Raises:
        ValueError: if it is no chart.
    """
    return chart_in_words(read_description(plain(describe_axes(ax))))


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


def same_place(one: Plain, other: Plain) -> bool:
    """Whether two marks stand at the same label or number."""
    if _is_number(one) and _is_number(other):
        return is_near(one, other, 0.0)
    return same_label(one, other)


def _is_number(value: Plain) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def shared_words(label: Plain, names: Iterable[str]) -> int:
    """Return how many words of a mark's label name one thing; 0 where it does not name it.

    A label names it that holds all words of one of its names, whatever else it holds, or that
    holds nothing but words of one, as a surname does. Numbers in a label are a value, not a name;
    initials do not count.
    """
    folded = label_of(label) if isinstance(label, str) else None
    found = _WORD.findall(folded or "")
    if folded and folded.endswith("..."):
        del found[-1:]  # a word that is cut off
    words = {word for word in found if len(word) > 1 and not word[0].isdigit()}  # no initials
    best = 0
    for name in names:
        own = set(_WORD.findall(fold_text(name)))
        if own and (own <= words or (words and words <= own)):
            best = max(best, len(own & words))
    return best


def same_start(one: Plain, other: Plain, within: float) -> bool:
    """Whether two bars begin at most `within` apart: in days for dates, else in the axis's unit."""
    days = [_day_number(value) for value in (one, other)]
    if None not in days:
        one, other = days
    return _is_number(one) and _is_number(other) and is_near(one, other, within)


def credit_start(one: Plain, right: object, within: float) -> float:
    """Return what a bar's beginning earns; the first day of its year is rounded too coarsely."""
    if same_start(one, plain(right), within):
        return 1.0
    year = f"{right[:4]}-01-01" if isinstance(right, str) else None
    return COARSE if year and same_start(one, year, within) else 0.0


def in_days(series: Series) -> Series:
    """Return bars that begin at decimal years as bars of days; other series as they are."""
    years = [
        start for start in series.starts if _is_number(start) and YEARS[0] <= start <= YEARS[1]
    ]
    if not years or len(years) < len(series.starts):
        return series
    marks = tuple(
        (x, y * DAYS_A_YEAR if isinstance(y, int | float) else y) for x, y in series.marks
    )
    return replace(series, marks=marks, starts=tuple(map(_day_of_year, years)))


def _day_of_year(value: float) -> str:
    """Return the day of a decimal year, as text."""
    year = int(value)
    day = date(year, 1, 1) + timedelta(days=round((value - year) * DAYS_A_YEAR))
    return day.isoformat()


def _day_number(value: Plain) -> int | None:
    try:
        return date.fromisoformat(value).toordinal() if isinstance(value, str) else None
    except ValueError:
        return None
