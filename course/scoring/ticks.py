"""Reads what an axis of a matplotlib chart writes at a place: a name, a day, or a number."""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from course.scoring.plain import Other, plain

_PERCENT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*%")


def read_value(value: Any) -> float | None:
    """Return a finite or infinite number as Python's own; None for what is none."""
    found = plain(value)
    if isinstance(found, bool) or not isinstance(found, (int, float)) or found != found:
        return None
    return float(found)


def read_amount(value: Any, axis: Any) -> float | None:
    """Return a value in the unit that its axis writes: matplotlib can write 0.3 as 30 %."""
    from matplotlib import ticker

    found, formatter = read_value(value), axis.get_major_formatter()
    if found is None:
        return None
    if isinstance(formatter, ticker.PercentFormatter):
        whole = read_value(formatter.xmax)
        return 100 * found / whole if whole else found
    if isinstance(formatter, ticker.FuncFormatter | ticker.StrMethodFormatter):
        written = _PERCENT.match(str(formatter(found, None)))
        if written and abs(float(written[1]) - 100 * found) < 1 <= abs(100 * found):
            return 100 * found
    return found


def read_labels_at(
    axis: Any, places: Sequence[float], reach: float = 1e-6
) -> list[str | float | None]:
    """Return what the axis writes at `places`: a category, a date, a fixed label or the number.

    A fixed label counts for a place at most `reach` from its tick.
    """
    from matplotlib import ticker

    formatter = axis.get_major_formatter()
    if writes_dates(formatter):
        return [read_date_at(place) for place in places]
    if type(formatter).__name__ == "TimeSeries_DateFormatter":  # pandas counts periods
        freq = formatter.freq
        return [_read_day(pd.Period(ordinal=int(p), freq=freq).to_timestamp()) for p in places]
    if isinstance(formatter, ticker.ScalarFormatter | ticker.LogFormatter | ticker.NullFormatter):
        return [read_value(place) for place in places]
    if isinstance(axis.get_major_locator(), ticker.FixedLocator):
        ticks = list(axis.get_majorticklocs())
        texts = [str(text).strip() for text in formatter.format_ticks(ticks)]
        return _at_ticks(places, ticks, texts, reach)
    texts = [str(text).strip() for text in formatter.format_ticks(list(places))]
    return [text or read_value(place) for text, place in zip(texts, places, strict=True)]


def _at_ticks(
    places: Sequence[float], ticks: Sequence[float], texts: Sequence[str], reach: float
) -> list[str | float | None]:
    """Return the text of the tick within `reach` of each place; the numbers if a place has none."""
    found: list[str | float | None] = []
    for place in places:
        near = [(abs(tick - place), text) for tick, text in zip(ticks, texts, strict=False)]
        distance, text = min(near, default=(float("inf"), ""))
        if distance > reach or not text:
            return [read_value(place) for place in places]
        found.append(text)
    return found


def writes_dates(formatter: Any) -> bool:
    """Tell whether an axis shows days."""
    from matplotlib.dates import AutoDateFormatter, ConciseDateFormatter, DateFormatter

    return isinstance(formatter, AutoDateFormatter | ConciseDateFormatter | DateFormatter)


def read_date_at(place: float) -> str:
    """Return the day at a place of an axis that shows days, as text."""
    from matplotlib import dates

    num2date: Any = dates.num2date
    return _read_day(num2date(place).replace(tzinfo=None))


def _read_day(moment: Any) -> str:
    found = plain(moment)
    return found.text or "" if isinstance(found, Other) else ""
