"""One day of the calendar."""

import datetime

import numpy as np
import pandas as pd
import pytest

from course.scoring import day

RIGHT = "1905-02-28"


@pytest.mark.parametrize(
    "value",
    [
        RIGHT,
        " 1905-2-28 ",
        "1905-02-28 00:00:00",
        datetime.date(1905, 2, 28),
        datetime.datetime(1905, 2, 28),
        pd.Timestamp(RIGHT),
        np.datetime64(RIGHT),
        pd.Series([pd.Timestamp(RIGHT)]),
    ],
)
def test_a_day_may_come_as_text_or_as_a_date(value: object) -> None:
    """Text, dates of Python, numpy and pandas mean the same day."""
    assert day().form(value) is None
    assert day().score(value, RIGHT).fraction == 1.0


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("1905", "is a year: the day is missing"),
        ("1905-02", "is a month: the day is missing"),
        ("1905-02-30", "no day"),
        ("28 February 1905", "with a hyphen"),
        ("28.02.1905", "with a hyphen"),
        (1905, "put it in quotes"),
        (datetime.datetime(1905, 2, 28, 7), "with a hyphen"),
        (pd.Period("1905-02"), "a period"),
        (["1905-02-28", "1905-02-27"], "a list of 2 values"),
        (None, "no answer yet"),
    ],
)
def test_what_is_no_day_is_told_what_is_wrong_with_it(value: object, says: str) -> None:
    """The form is refused, and the score says the same."""
    assert says in str(day().form(value))
    assert day().score(value, RIGHT).fraction == 0.0
    assert says in day().score(value, RIGHT).message


def test_another_day_is_wrong_and_a_known_one_is_named() -> None:
    """A wrong day earns nothing; a named mistake has its message, another accepted day counts."""
    options = {"also": ["1905-03-01"], "mistakes": {"1905-02-01": "This is the first day."}}
    assert day().score("1905-02-27", RIGHT, **options).message == "the answer is not right"
    assert day().score("1905-02-01", RIGHT, **options).message == "This is the first day."
    assert day().score("1905-03-01", RIGHT, **options).fraction == 1.0


@pytest.mark.parametrize(
    ("key", "options"),
    [("1905", {}), ("1905-02-30", {}), (RIGHT, {"mistakes": {"1905-2-28": "Both."}})],
)
def test_a_key_that_makes_no_sense_is_refused(key: object, options: dict[str, object]) -> None:
    """The author hears of a key that is no day, or of a mistake that is right."""
    with pytest.raises(ValueError, match=r"day|both"):
        day().read_key(key, **options)


@pytest.mark.parametrize("written", ["30000-01-01", "-5000-01-01"])
def test_a_day_of_a_far_year_is_no_other_day(written: str) -> None:
    """What numpy can keep and the calendar cannot is named, not read as some other day."""
    score = day().score(np.datetime64(written), "1972-01-01")
    assert score.fraction == 0
    assert "outside the years" in score.message
