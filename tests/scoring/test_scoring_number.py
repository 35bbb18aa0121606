"""One number: what counts as a number, the tolerance, the ladder of messages."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course.scoring import mistake, number
from course.scoring.kind import WRONG

PERCENT = number("percent", low=0, high=100)
KEY = {"within": 0.06}

SAME_NUMBER = [
    88.7,
    np.float64(88.7),
    np.float32(88.7),
    np.longdouble("88.7"),
    Decimal("88.7"),
    Fraction(887, 10),
    np.array(88.7),
    np.array([88.7]),
    np.array([[88.7]]),
    pd.Series([88.7]),
    pd.Series([88.7], index=["turnout"]),
    pd.Index([88.7]),
    pd.DataFrame({"turnout": [88.7]}),
    pd.array([88.7], dtype="Float64"),
]


@pytest.mark.parametrize("value", SAME_NUMBER, ids=lambda v: type(v).__name__)
def test_every_type_of_number_counts_alike(value: object) -> None:
    """A number is right whatever library holds it."""
    assert PERCENT.form(value) is None
    assert PERCENT.score(value, 88.7).fraction == 1.0


@pytest.mark.parametrize(
    "value", [5, np.int64(5), np.uint8(5), 5.0, Decimal(5), Fraction(5), pd.Series([5])]
)
def test_whole_numbers_of_every_type_count_alike(value: object) -> None:
    """A whole number is whole also where a float holds it."""
    assert number(whole=True).form(value) is None
    assert number(whole=True).score(value, 5).fraction == 1.0


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("88.7", "take the quotes away"),
        ("88.7%", "leave the percent sign out"),
        ("88,7 %", "write a decimal point"),
        ("3.758.258", "one point at most, and nothing between thousands"),
        ("lots", "this is text"),
        ([88.7], "take it out of the list"),
        ((88.7,), "take the comma away"),
        ({88.7}, "take it out of the set"),
        ([1, 2], "list of 2 values"),
        (pd.Series([1.0, 2.0]), "Series of 2 values"),
        (pd.DataFrame({"a": [1, 2]}), "a whole table (2 rows, 1 columns)"),
        ({"turnout": 88.7}, "a dict"),
        (True, "True or False"),
        (np.bool_(True), "True or False"),
        (float("nan"), "not a number"),
        (pd.NA, "not a number"),
        (pd.NaT, "not a number"),
        (float("inf"), "divided by zero"),
        (Decimal("-Infinity"), "divided by zero"),
        (Fraction(10**5000), "divided by zero"),
        (1j, "a complex number"),
        (b"88.7", "bytes"),
        (len, "call it, with brackets"),
        (lambda: 88.7, "call it, with brackets"),
        (pd.Timestamp("2006-04-09"), "a date"),
        (pd.Timedelta(days=3), "a length of time"),
        (object(), "an object of type object"),
        ((x for x in [88.7]), "wrap it in list"),
    ],
)
def test_what_is_no_number_is_named(value: object, says: str) -> None:
    """The form check and the grade both say what was given instead of a number."""
    message = PERCENT.form(value)
    assert message is not None
    assert says in message
    score = PERCENT.score(value, 88.7)
    assert score.fraction == 0.0
    assert says in score.message


@pytest.mark.parametrize("value", [None, ..., "", "  ", [], {}, ()])
def test_nothing_is_no_answer_yet(value: object) -> None:
    """Emptiness is reported as a missing answer."""
    assert PERCENT.form(value) == "there is no answer yet"
    assert PERCENT.score(value, 88.7).message == "there is no answer yet"


@pytest.mark.parametrize(
    ("value", "right"),
    [(88.64, True), (88.76, True), (88.7, True), (88.63, False), (88.77, False)],
)
def test_the_tolerance_includes_its_ends(value: float, right: bool) -> None:
    """A value exactly as far off as allowed is right, whatever floats make of it."""
    assert PERCENT.score(value, 88.7, **KEY).fraction == float(right)


def test_floats_need_no_tolerance_for_their_own_rounding() -> None:
    """What differs only by arithmetic in another order is the same number."""
    assert number().score(0.1 + 0.2, 0.3).fraction == 1.0
    assert number().score(0.1 + 0.2 - 0.3, 0).fraction == 1.0


def test_whole_counts_are_compared_exactly() -> None:
    """One vote is one vote, also among twelve thousand million."""
    assert number("votes").score(12_000_000_001, 12_000_000_000).fraction == 0.0


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (0.887, "multiply by a hundred"),
        (0.89, "multiply by a hundred"),
        (8870, "multiplied once too often"),
        (0.0887, "in thousands"),
        (88700, "one thousand"),
        (88.7e6, "one million"),
        (88.7e-6, "in millions"),
        (-88.7, "the sign is the other way around"),
    ],
)
def test_wrong_units_and_signs_are_named(value: float, says: str) -> None:
    """A wrong unit earns nothing and gets its own message."""
    score = number("percent").score(value, 88.7, **KEY)
    assert score.fraction == 0.0
    assert says in score.message


def test_percent_for_a_fraction_is_named() -> None:
    """Where a plain quotient is wanted, percent are a named mistake."""
    assert "divide by a hundred" in number().score(88.7, 0.887, within=0.001).message


def test_a_zero_key_names_no_scale() -> None:
    """Every scale of zero is zero, so a wrong value is only wrong."""
    assert number("percent").score(5, 0, **KEY).message == WRONG


def test_the_bounds_are_told() -> None:
    """An answer that cannot be one is told so before grading."""
    message = PERCENT.form(417)
    assert message is not None
    assert "too large" in message
    assert "from 0 to 100 percent" in message
    assert "too small" in (PERCENT.form(-1) or "")
    assert PERCENT.form(100) is None
    assert PERCENT.form(0) is None


def test_one_bound_is_told_alone() -> None:
    """A question may have only a lower or only an upper bound."""
    assert "0 votes or more is expected" in (number("votes", low=0).form(-1) or "")
    assert "at most 52 is expected" in (number(high=52).form(53) or "")
    assert number("votes", low=0).form(10**9) is None


def test_a_fraction_is_not_a_whole_number() -> None:
    """Half a vote is refused where whole votes are wanted."""
    assert "fractional part" in (number("votes", whole=True).form(2.5) or "")


def test_a_named_mistake_earns_its_credit_and_message() -> None:
    """The author's message comes before the general ones, with the credit that it states."""
    known = [mistake(0.887, "That is a fraction.", credit=0.5), mistake(74.4, "Valid votes.")]
    fraction = PERCENT.score(0.887, 88.7, mistakes=known, **KEY)
    assert (fraction.fraction, fraction.message) == (0.5, "That is a fraction.")
    valid = PERCENT.score(74.43, 88.7, mistakes=known, **KEY)
    assert (valid.fraction, valid.message) == (0.0, "Valid votes.")


def test_of_two_mistakes_the_nearer_one_is_named() -> None:
    """Overlapping tolerances are settled by distance."""
    known = [mistake(70, "Seventy.", within=5), mistake(74, "Seventy-four.", within=5)]
    assert PERCENT.score(73, 88.7, mistakes=known).message == "Seventy-four."


def test_a_mistake_outside_the_bounds_is_named_all_the_same() -> None:
    """A named mistake may be a value that no sensible answer has."""
    known = [mistake(354.2, "Divided the wrong way round.")]
    assert PERCENT.score(354.2, 28.2, mistakes=known).message == "Divided the wrong way round."


def test_other_accepted_values_are_right() -> None:
    """A question may accept more than one number."""
    assert PERCENT.score(12, 11, also=(12,)).fraction == 1.0


def test_a_huge_number_is_only_wrong() -> None:
    """Five thousand digits are no reason to stop."""
    assert number().score(10**5000, 5).fraction == 0.0
    assert number().score(-(10**5000), 5.5, within=1).fraction == 0.0


@pytest.mark.parametrize(
    "wrong_key",
    [
        lambda: PERCENT.read_key("88.7"),
        lambda: PERCENT.read_key(float("nan")),
        lambda: PERCENT.read_key(887),
        lambda: PERCENT.read_key(88.7, within=-1),
        lambda: PERCENT.read_key(88.7, within=0.06, mistakes=[mistake(88.71, "Near.")]),
        lambda: mistake(3, " "),
        lambda: mistake(3, "Message.", credit=2),
        lambda: mistake("3", "Message."),
    ],
)
def test_a_key_without_sense_is_refused(wrong_key: Any) -> None:
    """An author's slip is an error when the key is set, not a wrong grade later."""
    with pytest.raises(ValueError, match=r".{10}"):
        wrong_key()


# --- precision ---------------------------------------------------------------------------------

SHARE = number("percent", low=0, high=100, decimals=1)


@pytest.mark.parametrize("value", [26.6743, 26.67, 26.7, 26.6, 26.66, 26.674, Decimal("26.7")])
def test_rounded_or_cut_off_at_the_stated_precision_is_right(value: object) -> None:
    """One decimal is asked for: the whole value, rounded or cut off, at one decimal or more."""
    assert SHARE.score(value, 26.6743).fraction == 1.0


@pytest.mark.parametrize("value", [26.5, 26.8, 26.75, 26.59])
def test_another_number_is_not_right_however_near(value: float) -> None:
    """Precision is kept: one unit of the last decimal is another number."""
    assert SHARE.score(value, 26.6743).fraction == 0.0


@pytest.mark.parametrize("value", [27, 26, 26.0, 27.0])
def test_rounded_too_coarsely_earns_half_and_is_named(value: float) -> None:
    """It is never told as "not right"."""
    score = SHARE.score(value, 26.6743)
    assert score.fraction == 0.5
    assert "rounded too coarsely" in score.message
    assert "one decimal" in score.message
    assert [one.id for one in score.mistakes] == ["rounded-coarsely"]


def test_a_coarse_rounding_keeps_the_size() -> None:
    """One for 0.51 is another number; what decimals do not name is no rounding."""
    assert number("points", decimals=2).score(1, 0.5168).fraction == 0.0
    assert number("points", decimals=2).score(0.5, 0.5168).fraction == 0.5
    assert number("percent").score(27, 26.6743, within=0.05).fraction == 0.0
    assert number("", decimals=1).score(5, 4.535).fraction == 0.5
    assert number("", decimals=3).score(1, 0.887).fraction == 0.0


def test_a_named_mistake_that_is_nearer_comes_first() -> None:
    """A misconception is not taken for a rounding."""
    named = [mistake(27.02, "Another whole.", within=0.05)]
    assert "Another whole" in SHARE.score(27, 26.6743, mistakes=named).message
    assert "coarsely" in SHARE.score(26, 26.6743, mistakes=named).message


def test_a_negative_number_is_cut_off_towards_zero() -> None:
    """As whoever leaves digits out does it."""
    kind = number("points", decimals=1)
    for value, fraction in ((-2.6, 1.0), (-2.7, 1.0), (-2.8, 0.0)):
        assert kind.score(value, -2.6743).fraction == fraction


def test_the_precision_is_part_of_what_is_wanted() -> None:
    """The question's fixed line and the messages say the same."""
    assert SHARE.wants() == "a number in percent, one decimal,"
    with pytest.raises(ValueError, match="decimals"):
        number(whole=True, decimals=1)
