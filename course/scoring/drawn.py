"""What a plot shows, read back from the description that `describe_axes` gives."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from course.scoring.labels import fold_text, label_of
from course.scoring.numbers import COARSE
from course.scoring.plain import Listing, Pairs, Plain, plain
from course.scoring.reading import is_near

_WORD = re.compile(r"[^\W_]+")
DAYS_A_YEAR = 365.2425
YEARS = (1000, 3000)  # what an axis of decimal years may show


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


def read_description(value: Pairs) -> Description:
    """Read what `describe_axes` gave, also after it has travelled as JSON."""
    top = {name: one for name, one in value.pairs if isinstance(name, str)}
    listed = top.get("series")
    series = [_read_series(one) for one in (listed.items if isinstance(listed, Listing) else ())]
    limits = {side: _read_floats(top.get(side)) for side in ("xlim", "ylim")}
    texts = {name: _read_text(top.get(name)) for name in ("kind", "title", "xlabel", "ylabel")}
    return Description(**texts, limits=limits, series=tuple(s for s in series if s and s.marks))


def _read_series(value: Plain) -> Series | None:
    if not isinstance(value, Pairs):
        return None
    one = {name: part for name, part in value.pairs if isinstance(name, str)}
    xs, ys = one.get("x"), one.get("y")
    if not isinstance(xs, Listing) or not isinstance(ys, Listing):
        return None
    marks = tuple(zip(xs.items, ys.items, strict=False))
    starts = one.get("start")
    begun = starts.items if isinstance(starts, Listing) and len(starts.items) == len(marks) else ()
    return Series(_read_text(one.get("kind")), _read_text(one.get("label")), marks, begun)


def _read_text(value: Plain) -> str:
    return value.strip() if isinstance(value, str) else ""


def _read_floats(value: Plain) -> tuple[float, ...]:
    items = value.items if isinstance(value, Listing) else ()
    return tuple(float(i) for i in items if isinstance(i, int | float))


def same_place(one: Plain, other: Plain) -> bool:
    """Whether two marks stand at the same label or number."""
    numbers = [v for v in (one, other) if isinstance(v, int | float) and not isinstance(v, bool)]
    if len(numbers) == 2:
        return is_near(numbers[0], numbers[1], 0.0)
    folded = label_of(one)
    return folded is not None and folded == label_of(other)


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
    numbers = [v for v in (one, other) if isinstance(v, int | float) and not isinstance(v, bool)]
    return len(numbers) == 2 and is_near(numbers[0], numbers[1], within)


def credit_start(one: Plain, right: object, within: float) -> float:
    """Return what a bar's beginning earns; the first day of its year is rounded too coarsely."""
    if same_start(one, plain(right), within):
        return 1.0
    year = f"{right[:4]}-01-01" if isinstance(right, str) else None
    return COARSE if year and same_start(one, year, within) else 0.0


def in_days(series: Series) -> Series:
    """Return bars that begin at decimal years as bars of days; other series as they are."""
    if not series.starts or not all(_is_year(start) for start in series.starts):
        return series
    marks = tuple((x, _times(y, DAYS_A_YEAR)) for x, y in series.marks)
    return replace(series, marks=marks, starts=tuple(map(_day_of_year, series.starts)))


def _is_year(value: Plain) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and YEARS[0] <= value <= YEARS[1]  # type: ignore[operator]


def _times(value: Plain, factor: float) -> Plain:
    return value * factor if isinstance(value, int | float) else value


def _day_of_year(value: Plain) -> str:
    """Return the day of a decimal year, as text."""
    assert isinstance(value, int | float)
    year = int(value)
    day = date(year, 1, 1) + timedelta(days=round((value - year) * DAYS_A_YEAR))
    return day.isoformat()


def _day_number(value: Plain) -> int | None:
    try:
        return date.fromisoformat(value).toordinal() if isinstance(value, str) else None
    except ValueError:
        return None
