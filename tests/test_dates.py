"""A date that is known to the day, the month or the year says no more than that."""

from datetime import date

import pytest

from course.data.dates import precision, span


@pytest.mark.parametrize(
    ("text", "known", "first", "last"),
    [
        ("1823-12-02", "day", date(1823, 12, 2), date(1823, 12, 2)),
        ("1905-02", "month", date(1905, 2, 1), date(1905, 2, 28)),
        ("1904-02", "month", date(1904, 2, 1), date(1904, 2, 29)),
        ("2002-12", "month", date(2002, 12, 1), date(2002, 12, 31)),
        ("1990", "year", date(1990, 1, 1), date(1990, 12, 31)),
    ],
)
def test_a_date_has_a_precision_and_the_days_it_allows(
    text: str, known: str, first: date, last: date
) -> None:
    """The form tells what is known; a month or year allows all its days."""
    assert precision(text) == known
    assert span(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "1823-13", "1823-02-30", "1823-2", "23", "1823-12-02 ", "2 December 1823", "１８２３"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """Days that do not exist and other forms are errors, not guesses."""
    with pytest.raises(ValueError, match=r"month|day|expected a date"):
        precision(text)
