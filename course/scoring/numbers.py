"""Numbers: a stated precision or tolerance, and names for what goes wrong with size and sign.

A number that is asked for with so many decimals is right when it is the key, the key rounded or cut
off there, or anything as near as rounding brings it. Rounded more coarsely it earns half.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course.scoring import slips
from course.scoring.kind import WRONG, Kind, Score
from course.scoring.plain import Plain, WrongForm, plain, words_for
from course.scoring.reading import ROUNDING, ZERO, Real, is_near, measure_gap, read_number
from course.scoring.results import NamedMistake, name_mistake
from course.scoring.shown import write_value

COARSE = 0.5  # the credit of a number that is rounded too coarsely
# A coarser rounding is one only while it keeps the size: "5" for 4.54 is one, "1" for 0.51 is not.
COARSEST = 0.125
_COUNTS = ("no decimals", "one decimal", "two decimals", "three decimals", "four decimals")


@dataclass(frozen=True)
class Mistake:
    """A wrong number with a name; `credit` is the fraction that it still earns."""

    value: Real
    message: str
    within: float | None = None
    credit: float = 0.0


def mistake(
    value: object, message: str, within: float | None = None, credit: float = 0.0
) -> Mistake:
    """Name a wrong number: `value` in the question's unit, `message` for the student.

    `within` is the tolerance in that unit (None: the key's own), `credit` the fraction of the part
    that the mistake still earns, 0 to 1. Raises ValueError where these make no sense.
    """
    if not message.strip():
        raise ValueError("a named mistake needs a message")
    if not 0 <= credit <= 1:
        raise ValueError(f"the credit of a mistake is a fraction from 0 to 1, not {credit}")
    return Mistake(_author_number(value, "a mistake"), message, within, credit)


@dataclass(frozen=True)
class NumberKey:
    """The accepted values, their tolerance in the stated unit, and the named mistakes."""

    accepted: tuple[Real, ...]
    within: float
    mistakes: tuple[Mistake, ...]


def number(
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    whole: bool = False,
    decimals: int | None = None,
) -> NumberKind:
    """Return the kind "one number".

    `unit` stands in the messages ("percent", "votes"); `low` and `high` are the bounds that any
    sensible answer keeps, in that unit; `whole` asks for a whole number; `decimals`, 0 to 4, is the
    precision that is asked for. Raises ValueError for a precision that makes no sense.
    """
    if decimals is not None and (whole or not 0 <= decimals < len(_COUNTS)):
        raise ValueError(f"decimals are 0 to {len(_COUNTS) - 1}, and a whole number has none")
    return NumberKind(unit, low, high, whole, decimals)


@dataclass(frozen=True)
class NumberKind(Kind[NumberKey]):
    """One number. int, float, numpy, Decimal, Fraction and a Series of one all count alike."""

    unit: str = ""
    low: float | None = None
    high: float | None = None
    whole: bool = False
    decimals: int | None = None

    def wants(self) -> str:
        """Say what is wanted."""
        what = "a whole number" if self.whole else "a number"
        unit = f" in {self.unit}" if self.unit else ""
        precision = "" if self.decimals is None else f", {_COUNTS[self.decimals]},"
        return f"{what}{unit}{precision}"

    def take(self, value: Plain) -> Real:
        """Return the number; see `Kind.take`."""
        return read_number(value, self.wants())

    def check(self, found: Real) -> str | None:
        """Return what is wrong with its size, or None."""
        if self._has_fraction(found):
            return "a whole number is wanted; this one has a fractional part"
        too_low = self.low is not None and found < self.low - ROUNDING * max(1.0, abs(self.low))
        too_high = self.high is not None and found > self.high + ROUNDING * max(1.0, abs(self.high))
        if not too_low and not too_high:
            return None
        side = "too small" if too_low else "too large"
        return f"the number is {side} to be an answer here: {self._say_bounds()} is expected"

    def remark(self, value: Plain) -> str | None:
        """Ask about a number that looks like a fraction of one where percent is wanted."""
        if self.unit != "percent" or not 0 < abs(self.take(value)) < 1:
            return None
        return (
            f"{write_value(value)} is less than one percent. "
            "If it is a fraction of one, multiply it by a hundred"
        )

    def read_key(
        self,
        value: object,
        *,
        within: float | None = None,
        also: Iterable[object] = (),
        mistakes: Iterable[Mistake] = (),
    ) -> NumberKey:
        """Take the right value, other accepted values, mistakes.

        `within`: a tolerance in the unit, where the stated precision is not what decides.
        """
        if within is None:
            within = 0.0 if self.decimals is None else 0.5 * 10.0**-self.decimals
        if not (within >= 0 and math.isfinite(within)):
            raise ValueError(f"within is a tolerance of 0 or more, not {within}")
        accepted = tuple(_author_number(v, "the key") for v in (value, *also))
        for right in accepted:
            if self.check(right):
                raise ValueError(f"the key {right} is itself not {self._say_bounds()}")
        named = tuple(mistakes)
        for wrong in named:
            if any(self._hits(wrong.value, right, within) for right in accepted):
                raise ValueError(f"the mistake {wrong.value} would be counted as right")
        return NumberKey(accepted, float(within), named)

    def judge(self, found: Real, key: NumberKey) -> Score:
        """Right within the tolerance, else the first rung of the ladder that fits."""
        if any(self._hits(found, right, key.within) for right in key.accepted):
            return Score(1.0)
        named = self._nearest_mistake(found, key)
        coarse = self._coarse_gap(found, key)
        if coarse is not None and (named is None or coarse < measure_gap(found, named.value)):
            return self._say_coarse()
        if named is not None:
            known = name_mistake(named.message, write_value(named.value))
            return Score(named.credit, named.message, (known,))
        for right in key.accepted:
            if rung := self._wrong_scale(found, right, key.within):
                return Score(0.0, rung[0], (rung[1],))
        if (problem := self.check(found)) is None:
            return Score(0.0, WRONG)
        return Score(
            0.0, problem, (slips.NOT_WHOLE if self._has_fraction(found) else slips.NO_ANSWER_SIZE,)
        )

    def score_together(self, pairs: Sequence[tuple[Plain, NumberKey]]) -> list[Score]:
        """Score numbers that stand together: rounded too coarsely where all are at best that.

        However small: "1" for 1.4 is such a one beside "31" for 30.6.
        """
        scores = [self.score_read(value, key) for value, key in pairs]
        together = [
            self._say_coarse() if score.fraction < 1.0 and self._is_coarse(value, key) else score
            for score, (value, key) in zip(scores, pairs, strict=True)
        ]
        return together if all(s.fraction >= COARSE for s in together) else scores

    def _is_coarse(self, value: Plain, key: NumberKey) -> bool:
        try:
            return self._coarse_gap(self.take(value), key, coarsest=1.0) is not None
        except WrongForm:
            return False

    def _say_coarse(self) -> Score:
        return Score(
            COARSE, f"rounded too coarsely: {self.wants()} is wanted", (slips.ROUNDED_COARSELY,)
        )

    def _hits(self, found: Real, right: Real, within: float) -> bool:
        """Tell whether a number is right: near enough, or cut off at the stated precision."""
        if is_near(found, right, within):
            return True
        return self.decimals is not None and is_near(found, _cut(right, self.decimals), 0.0)

    def _nearest_mistake(self, found: Real, key: NumberKey) -> Mistake | None:
        hits = [
            wrong
            for wrong in key.mistakes
            if (
                self._hits(found, wrong.value, key.within)
                if wrong.within is None
                else is_near(found, wrong.value, wrong.within)
            )
        ]
        return min(hits, key=lambda wrong: measure_gap(found, wrong.value), default=None)

    def _coarse_gap(self, found: Real, key: NumberKey, coarsest: float = COARSEST) -> float | None:
        """Return how far from the key a number is that is it, rounded too coarsely; else None."""
        gaps = [
            measure_gap(found, right)
            for right in key.accepted
            for places in range(self.decimals or 0)
            for rounded in (round(float(right), places), _cut(right, places))
            if is_near(found, rounded, 0.0)
            and measure_gap(rounded, right) <= coarsest * abs(float(right))
        ]
        return min(gaps, default=None)

    def _has_fraction(self, found: Real) -> bool:
        return self.whole and isinstance(found, float) and not is_near(found, round(found), 0.0)

    def _say_bounds(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if self.low is not None and self.high is not None:
            return f"a number from {self.low:g} to {self.high:g}{unit}"
        if self.low is not None:
            return f"{self.low:g}{unit} or more"
        if self.high is not None:
            return f"at most {self.high:g}{unit}"
        return self.wants()

    def _wrong_scale(
        self, found: Real, right: Real, within: float
    ) -> tuple[str, NamedMistake] | None:
        size = abs(float(right))
        # Looser than the key, as it gives no points: a fraction may have been rounded early. Never
        # so loose that a small key is hit by chance.
        loose = min(max(within, 0.01 * size), 0.1 * size)
        if size <= ZERO:
            return None
        percent = self.unit.startswith(("percent", "%"))
        small, large = "is too small by a factor of", "is too large by a factor of"
        rungs: tuple[tuple[float, str, NamedMistake], ...] = (
            (
                100,
                "this looks like a fraction of one; percent is wanted: multiply by a hundred"
                if percent
                else f"the number {small} one hundred",
                slips.FRACTION_FOR_PERCENT if percent else slips.OTHER_SIZE,
            ),
            (
                0.01,
                f"the number {large} one hundred: it seems to be multiplied once too often"
                if percent
                else "this looks like percent or is too large by a factor of one hundred: "
                "divide by a hundred",
                slips.PERCENT_TWICE if percent else slips.OTHER_SIZE,
            ),
            (1000, f"the number {small} one thousand: is it given in thousands?", slips.OTHER_SIZE),
            (0.001, f"the number {large} one thousand: look at the unit again", slips.OTHER_SIZE),
            (1e6, f"the number {small} one million: is it given in millions?", slips.OTHER_SIZE),
            (1e-6, f"the number {large} one million: look at the unit again", slips.OTHER_SIZE),
            (-1, "the size is right, but the sign is the other way around", slips.OTHER_SIGN),
        )
        for factor, message, slip in rungs:
            if measure_gap(_multiply_safely(found, factor), right) <= loose:
                return message, slip
        return None


def _cut(value: Real, decimals: int) -> float:
    """Return a number cut off after so many decimals."""
    scale = 10.0**decimals
    # Else 22.7 = 227.0 / 10, kept as 22.699999…, would be cut to 22.6.
    return math.trunc(float(value) * scale * (1 + ROUNDING)) / scale


def _multiply_safely(found: Real, factor: float) -> float:
    try:
        return float(found) * factor
    except OverflowError:
        return math.inf


def _author_number(value: object, what: str) -> Real:
    try:
        return read_number(plain(value))
    except WrongForm:
        raise ValueError(
            f"{what} has to be a finite number, not {words_for(plain(value))}"
        ) from None
