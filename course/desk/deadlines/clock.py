"""Reads and writes points in time as people say them, in the time zone of the course.

The zone is `c.NbGraderAPI.timezone`, the one in which the formgrader shows and reads dates. Inside,
a time is a datetime in UTC; nbgrader's gradebook holds the same without the zone.
"""

import re
from datetime import UTC, datetime, tzinfo

from dateutil import parser as dates

from course.errors import CourseError
from course.grader.intake.stamp import require_zone, zone_at

# The year first, or the month in letters: of 5/4/2026 nobody knows the month.
_TIME = re.compile(
    r"""(?P<day> \d{4}([-/.])\d\d?\2\d\d? | \d{8}
        | \d\d?\.?\s[a-z]{3,9}\.?,?\s\d{4} | [a-z]{3,9}\.?\s\d\d?,?\s\d{4})
    (?: (?:,?\s+(?:at\s+)?|T) (?P<hour>\d\d?) (?:[:.h](?P<minute>\d\d))? (?::(?P<second>\d\d))?
        (?:h|\s?(?P<half>[ap])\.?m\b\.?)? )?
    (?: \s*(?P<zone>Z | [+-]\d\d?(?::?\d\d)? | (?<=\s)[a-z][\w/+-]*) )?""",
    re.I | re.X,
)


def read_time(text: str, zone: tzinfo) -> datetime:
    """Read a date and time, in UTC.

    Args:
        text: "2026-12-01 18:00", "Dec 1, 2026, 6 pm", with another zone behind it if wished ("...
            America/Lima", "...+02:00"); a date alone means the end of its last minute, 23:59:59.
        zone: where the text names none.

    Raises:
        CourseError: it is no date and time, or one that the clocks there skip or show twice.
    """
    where = f"the time '{text}'"
    match = _TIME.fullmatch(" ".join(text.split()))
    try:
        found = _read_parts(match) if match else None
        named = zone_at(match["zone"], found, zone) if match and match["zone"] and found else zone
    except ValueError:  # a day that the calendar has not, a distance from UTC that no zone has
        found = None
    # "Dec 1 2026 noon": what stands in the hour's place is no zone.
    if match is None or found is None or (named is None and not match["hour"]):
        raise CourseError(
            where=where,
            expected='a date and a time, e.g. "2026-12-01 18:00", in the course\'s time zone, or '
            'with its own: "2026-12-01 18:00 America/Lima", "2026-12-01T18:00-05:00"',
            found="something else",
            todo="write year-month-day hour:minute",
        )
    return _fix_zone(found, named or require_zone(match["zone"], where), where).astimezone(UTC)


def _read_parts(match: re.Match[str]) -> datetime | None:
    """Return the time that a text says, without its zone; None for a year that nobody means."""
    if match["day"][:4].isdigit():
        year, rest = match["day"][:4], match["day"][4:]
        month, day = re.findall(r"\d+", rest) if not rest.isdigit() else (rest[:2], rest[2:])
        found = datetime(int(year), int(month), int(day))
    else:
        found = dates.parse(match["day"])
    if not 1970 <= found.year < 2200:
        return None
    if match["hour"] is None:
        # "Due on Friday" means to the end of Friday, not to its first minute.
        return found.replace(hour=23, minute=59, second=59)
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (match["half"] in "pP")
    return found.replace(
        hour=hour, minute=int(match["minute"] or 0), second=int(match["second"] or 0)
    )


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
    text = f"{_write_minutes(here)} {'UTC' if zone is UTC else zone}"
    if here.utcoffset() == utc.utcoffset():
        return text
    there = _write_minutes(utc)
    if here.date() == utc.date():
        there = there.split()[1]
    return f"{text} ({there} UTC)"


def write_moment(when: datetime | None, zone: tzinfo) -> str:
    """Write to the minute a time of the gradebook, which is in UTC and does not say so."""
    return "–" if when is None else write_time(when.replace(second=0, tzinfo=UTC), zone)


def _write_minutes(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S}" if when.second else f"{when:%Y-%m-%d %H:%M}"


def from_gradebook(when: datetime | None) -> datetime | None:
    """Return a time of the gradebook with its zone, which is UTC."""
    return None if when is None else when.replace(tzinfo=UTC)


def to_gradebook(when: datetime | None) -> datetime | None:
    """Return a time as nbgrader's gradebook holds it: in UTC, without saying so."""
    return None if when is None else when.astimezone(UTC).replace(tzinfo=None)
