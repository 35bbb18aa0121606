"""Days: one day of the calendar, however it is written down or kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from course.scoring.choices import ChoiceKey, SingleKind, read_mistakes
from course.scoring.labels import quote_label
from course.scoring.plain import Listing, Other, Plain, WrongForm, plain, refuse

_WRITTEN = re.compile(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ]00:00:00)?)?)?\s*", re.ASCII)


def day() -> DayKind:
    """Return the kind "one day", such as "1905-02-28"."""
    return DayKind()


@dataclass(frozen=True)
class DayKind(SingleKind):
    """One day: text as 1905-02-28, a date, a datetime at midnight, or what numpy or pandas keep."""

    def wants(self) -> str:
        """Say what is wanted."""
        return 'a day such as "1905-02-28"'

    def take(self, value: Plain) -> date:
        """Return the day; see `Kind.take`."""
        match value:
            case str(text) | Other(words="a date", text=str(text)):
                return self._read_text(text)
            case Listing() if value.holds_one:
                return self.take(value.items[0])
            case int() if not isinstance(value, bool):
                raise refuse(self.wants(), value, ": put it in quotes")
        raise refuse(self.wants(), value)

    def read_key(
        self,
        value: object,
        *,
        also: Iterable[object] = (),
        mistakes: Mapping[object, str] | None = None,
    ) -> ChoiceKey:
        """Take the right day, other accepted days, and messages for wrong ones."""
        accepted = frozenset(self._author_day(one) for one in (value, *also))
        return ChoiceKey(accepted, read_mistakes(self._author_day, mistakes, accepted))

    def _read_text(self, text: str) -> date:
        written = _WRITTEN.fullmatch(text)
        if not written:
            form = "year, month and day as numbers, with a hyphen between them"
            raise WrongForm(f"{self.wants()} is wanted ({form}); this is {quote_label(text)}")
        year, month, of_month = written.groups()
        if of_month is None:
            part = "a year" if month is None else "a month"
            raise WrongForm(
                f"{self.wants()} is wanted; {quote_label(text)} is {part}: the day is missing"
            )
        try:
            return date(int(year), int(month), int(of_month))
        except ValueError:
            raise WrongForm(f"there is no day {quote_label(text)} in the calendar") from None

    def _author_day(self, value: object, what: str = "the key") -> date:
        try:
            return self.take(plain(value))
        except WrongForm as problem:
            raise ValueError(f"{what} has to be a day: {problem}") from None
