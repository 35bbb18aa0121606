"""Reads and writes points in time as people say them, in the time zone of the course.

The zone is `c.NbGraderAPI.timezone`, the one in which the formgrader shows and reads dates. Inside,
a time is a datetime in UTC; nbgrader's gradebook holds the same without the zone.
"""

import re
from datetime import UTC, datetime, time, tzinfo

from course.errors import CourseError
from course.grader.intake.stamp import require_zone

_ZONED = re.compile(r"(?P<time>.*\d)\s+(?P<zone>[A-Za-z][\w/+-]*)")


def read_time(text: str, zone: tzinfo) -> datetime:
    """Read a date and time, in UTC.

    Args:
        text: "2026-12-01 18:00", with another zone behind it if wished ("... America/Lima",
            "...+02:00"); a date alone means the end of its last minute, 23:59:59.
        zone: where the text names none.

    Raises:
        CourseError: it is no date and time, or one that the clocks there skip or show twice.
    """
    where, words = f"the time '{text}'", text.strip()
    match = _ZONED.fullmatch(words)
    if match:
        words, zone = match["time"], require_zone(match["zone"], where)
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        raise CourseError(
            where=where,
            expected='a date and a time, e.g. "2026-12-01 18:00", in the course\'s time zone, or '
            'with its own: "2026-12-01 18:00 America/Lima", "2026-12-01T18:00-05:00"',
            found="something else",
            todo="write year-month-day hour:minute",
        ) from None
    if re.fullmatch(r"\d{4}-?\d\d-?\d\d", words):
        # "Due on Friday" means to the end of Friday, not to its first minute.
        found = datetime.combine(found.date(), time(23, 59, 59))
    if found.tzinfo is None:
        found = _fix_zone(found, zone, where)
    return found.astimezone(UTC)


def _fix_zone(found: datetime, zone: tzinfo, where: str) -> datetime:
    """Give a time its zone, if it is one there and only one."""
    # The two readings differ exactly in the hour when the clocks change.
    first, second = (found.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    # An hour that is skipped does not come back as itself.
    there = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == found
    raise CourseError(
        where=where,
        expected=f"a time that the clocks in {zone} show once",
        found="an hour that they show twice" if there else "an hour that they skip",
        todo="take another time, or add its offset from UTC: 2026-10-25T02:30+02:00",
    )


def write_time(when: datetime, zone: tzinfo) -> str:
    """Write a time in a zone and, where that is another, in UTC."""
    here, utc = when.astimezone(zone), when.astimezone(UTC)
    text = f"{_write_minutes(here)} {_zone_name(zone)}"
    if here.utcoffset() == utc.utcoffset():
        return text
    there = _write_minutes(utc)
    if here.date() == utc.date():
        there = there.split()[1]
    return f"{text} ({there} UTC)"


def _write_minutes(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S}" if when.second else f"{when:%Y-%m-%d %H:%M}"


def _zone_name(zone: tzinfo) -> str:
    return "UTC" if zone is UTC else str(zone)


def from_gradebook(when: datetime | None) -> datetime | None:
    """Return a time of the gradebook with its zone, which is UTC."""
    return None if when is None else when.replace(tzinfo=UTC)


def to_gradebook(when: datetime | None) -> datetime | None:
    """Return a time as nbgrader's gradebook holds it: in UTC, without saying so."""
    return None if when is None else when.astimezone(UTC).replace(tzinfo=None)
