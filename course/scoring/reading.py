"""Reads a number out of whatever holds it, and says how near two numbers are."""

import math
import re
from collections.abc import Iterable
from typing import TypeAlias

from course.scoring.plain import Frame, Function, Listing, Plain, WrongForm, refuse, say_unwrap
from course.scoring.shown import in_words

Real: TypeAlias = int | float

# What arithmetic in another order, or another library version, may change.
ROUNDING = 1e-9
# Nearer to zero than this is zero.
ZERO = 1e-12
CALL_IT = "this is the function itself: call it, with brackets"

_NUMBER_TEXT = re.compile(r"^[+-]?[\d\s'.,_]*\d[\d\s'.,_]*(e[+-]?\d+)?\s*(%|percent)?$", re.I)


def read_number(value: Plain, wanted: str = "a number") -> Real:
    """Return the finite number in `value`. Raises WrongForm where it holds none."""
    match value:
        case float() if math.isnan(value):
            raise WrongForm(f"{wanted} is wanted; this is nan (not a number): a value was missing")
        case float() if math.isinf(value):
            raise WrongForm(f"{wanted} is wanted; this is infinite: was it divided by zero?")
        case int() | float() if not isinstance(value, bool):
            return value
        case str():
            raise WrongForm(_text_problem(value, wanted))
        case Listing() if value.holds_one:
            return read_number(value.items[0], wanted)
        case Frame() if value.rows == 1 and len(value.columns) == 1:
            return read_number(value.columns[0][1][0], wanted)
        case Listing() if len(value.items) == 1:
            raise WrongForm(f"{wanted} is wanted; {say_unwrap(value)}")
        case Listing(origin="tuple") if all(type(item) is int for item in value.items):
            raise WrongForm(f"{wanted} is wanted; {_say_commas(value.items)}")
        case Listing():
            raise refuse(wanted, value, ": choose or add up")
        case Function():
            raise WrongForm(f"{wanted} is wanted; {CALL_IT}")
    raise refuse(wanted, value)


def is_near(found: Real, right: Real, within: float) -> bool:
    """Whether two numbers differ by at most `within`, apart from the rounding of floats."""
    if isinstance(found, int) and isinstance(right, int):
        return abs(found - right) <= within
    gap = measure_gap(found, right)
    if not math.isfinite(gap):
        return False
    return gap <= within + ROUNDING * max(abs(float(right)), within) + ZERO


def _say_commas(items: Iterable[Plain]) -> str:
    """Say what commas between whole numbers do, as in 30,6 and in 3,758,258."""
    written = in_words(Listing(tuple(items), "list")).strip("[]").replace(" ", "")
    return (
        f"the comma in {written} makes several numbers of it: write a decimal point, "
        "and nothing between thousands"
    )


def _text_problem(text: str, wanted: str) -> str:
    text = text.strip()
    if len(text) > 60 or not _NUMBER_TEXT.match(text):
        return f"{wanted} is wanted; this is text"
    advice = ["take the quotes away"]
    if text.endswith(("%", "t", "T")):
        advice.append("leave the percent sign out")
    if re.search(r"\d,\d", text):
        advice.append("write a decimal point, not a comma, and no thousands separator")
    elif text.count(".") > 1:
        advice.append("write one point at most, and nothing between thousands")
    return f"{wanted} is wanted; this is text: " + ", ".join(advice)


def measure_gap(found: Real, right: Real) -> float:
    """Return how far apart two numbers are; infinite where that cannot be said."""
    try:
        gap = abs(float(found) - float(right))
    except OverflowError:
        return math.inf
    return gap if math.isfinite(gap) else math.inf
