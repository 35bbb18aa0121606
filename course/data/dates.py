"""Dates that are known to the day (1823-12-02), the month (1905-02) or the year (1990)."""

import re
from calendar import monthrange
from datetime import date

WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def precision(text: str) -> str:
    """Return how far a date is known: ``day``, ``month`` or ``year``.

    Raises:
        ValueError: the text is no date in one of the three forms.
    """
    span(text)
    return {4: "year", 7: "month", 10: "day"}[len(text)]


def span(text: str) -> tuple[date, date]:
    """Return the first and the last day that a date allows; they differ unless the day is known.

    Raises:
        ValueError: the text is no date in one of the three forms.
    """
    found = WRITTEN.fullmatch(text)
    if not found:
        raise ValueError(f"expected a date such as 1823-12-02, 1905-02 or 1990, found {text!r}")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        first = date(year, month, 1)
        return first, first.replace(day=monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)
