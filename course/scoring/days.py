"""Days: one day of the calendar, however it is written down or kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from course.scoring.kind import WRONG, Kind, Score
from course.scoring.labels import quote_label
from course.scoring.plain import Listing, Other, Plain, plain, words_for
from course.scoring.results import name_mistake
from course.scoring.slips import WRONG_FORM

_WRITTEN = re.compile(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ]00:00:00)?)?)?\s*", re.ASCII)


def day() -> DayKind:
    """Return the kind "one day", such as "1905-02-28"."""
    return DayKind()


@dataclass(frozen=True)
class DayKey:
    """The accepted days, and the messages for named wrong ones."""

    accepted: frozenset[date]
    mistakes: Mapping[date, str]


@dataclass(frozen=True)
class DayKind(Kind[DayKey]):
    """One day: text as 1905-02-28, a date, a datetime at midnight, or what numpy or pandas keep."""

    def wants(self) -> str:
        """Say what is wanted."""
        return 'a day such as "1905-02-28"'

    def check(self, value: Plain) -> str | None:
        """Return what is wrong with the form, or None."""
        return self._read_day(value)[1]

    def read_key(
        self,
        value: object,
        *,
        also: Iterable[object] = (),
        mistakes: Mapping[object, str] | None = None,
    ) -> DayKey:
        """Take the right day, other accepted days, and messages for wrong ones."""
        accepted = frozenset(self._author_day(one) for one in (value, *also))
        named = {self._author_day(one): text for one, text in (mistakes or {}).items()}
        both = accepted & named.keys()
        if both:
            raise ValueError(f"{sorted(map(str, both))} is both right and a mistake")
        return DayKey(accepted, named)

    def judge(self, value: Plain, key: DayKey) -> Score:
        """Right where the day is accepted."""
        found, problem = self._read_day(value)
        if found is None:
            return Score(0.0, problem or WRONG, (WRONG_FORM,))
        if found in key.accepted:
            return Score(1.0)
        if found not in key.mistakes:
            return Score(0.0, WRONG)
        message = key.mistakes[found]
        return Score(0.0, message, (name_mistake(message, found.isoformat()),))

    def _read_day(self, value: Plain) -> tuple[date | None, str | None]:
        match value:
            case str():
                return self._read_text(value)
            case Other(words="a date", text=str(text)):
                return self._read_text(text)
            case Listing() if value.holds_one:
                return self._read_day(value.items[0])
            case int() if not isinstance(value, bool):
                return None, f"{self.wants()} is wanted; this is a number: put it in quotes"
        return None, f"{self.wants()} is wanted; this is {words_for(value)}"

    def _read_text(self, text: str) -> tuple[date | None, str | None]:
        written = _WRITTEN.fullmatch(text)
        if not written:
            form = "year, month and day as numbers, with a hyphen between them"
            return None, f"{self.wants()} is wanted ({form}); this is {quote_label(text)}"
        year, month, of_month = written.groups()
        if of_month is None:
            part = "a year" if month is None else "a month"
            return (
                None,
                f"{self.wants()} is wanted; {quote_label(text)} is {part}: the day is missing",
            )
        try:
            return date(int(year), int(month), int(of_month)), None
        except ValueError:
            return None, f"there is no day {quote_label(text)} in the calendar"

    def _author_day(self, value: object) -> date:
        found, problem = self._read_day(plain(value))
        if found is None:
            raise ValueError(f"the key has to be a day: {problem}")
        return found
