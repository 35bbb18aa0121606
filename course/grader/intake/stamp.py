"""Reads the time at which something was handed in, in whatever zone it is written."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from course.errors import CourseError

MOST = 100  # bytes that are looked at
FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_STAMP = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:[.,]\d{1,6})?)?) ?(?P<zone>[A-Za-z0-9_/+:-]{0,60})"
)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?")


def read_stamp(text: str | bytes, home: tzinfo = UTC) -> datetime | None:
    """Return the time that a text says, in UTC; None where it says none that is certain.

    The zone may be a distance from UTC (`-05`, `+05:30`), a place (`America/Lima`) or letters
    (`EDT`). Letters that mean different zones are those of the course's own, or none at all. A time
    without a zone is UTC, as nbgrader writes it.

    Args:
        text: such as "2026-05-12 10:00:00.123456 UTC"; of bytes, the first 100 count.
        home: the time zone of the course.
    """
    if isinstance(text, bytes):
        text = text[:MOST].decode("utf-8-sig", "replace")
    match = _STAMP.fullmatch(text.strip())
    if match is None:
        return None
    try:
        local = datetime.fromisoformat(f"{match[1]} {match[2]}")
        zone = zone_at(match["zone"], local, home)
        return None if zone is None else local.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_handed_in(text: str | bytes, home: tzinfo = UTC) -> datetime | None:
    """Return the time of handing in that a text says; None for one that no clock can have said.

    Such are those that a computer has that lost its clock: long ago, or years ahead.
    """
    found = read_stamp(text, home)
    if found is None or not FIRST < found < datetime.now(UTC) + timedelta(days=366):
        return None
    return found


def read_stamp_file(folder: Path, home: tzinfo = UTC) -> datetime | None:
    """Return when the submission in a folder was handed in, in UTC; None where nobody knows."""
    try:
        with (folder / "timestamp.txt").open("rb") as file:
            return read_handed_in(file.read(MOST), home)
    except OSError:
        return None


def write_stamp(when: datetime) -> str:
    """Write a time as nbgrader does, in UTC."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"


def _find_zone(name: str) -> tzinfo | None:
    """Return the time zone of a name such as "America/Lima", or None."""
    if name.upper() in {"UTC", "Z", "GMT"}:
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def count_seconds_late(due: datetime | None, at: datetime | None, home: tzinfo) -> float:
    """Return by how much a time is after another, in days of a zone's calendar.

    On a day on which the clocks change, the next day begins when the clocks say so, and not 24
    hours later; nobody loses a day by it.

    Args:
        due, at: in UTC, as the gradebook holds them; None where there is none.
        home: the time zone of the course.
    """
    if due is None or at is None or at <= due:
        return 0.0
    there = [when.replace(tzinfo=UTC).astimezone(home).replace(tzinfo=None) for when in (due, at)]
    by_clock = (there[1] - there[0]).total_seconds()
    return max(1.0, min(by_clock, (at - due).total_seconds()))


def require_zone(name: str, where: str) -> tzinfo:
    """Return the time zone of a name that somebody gave.

    Raises:
        CourseError: there is no such zone; it says `where` the name stands.
    """
    found = _find_zone(name)
    if found is None:
        raise CourseError(
            where=where,
            expected="the name of a time zone, e.g. America/Lima, Europe/Madrid or UTC",
            found=f"'{name}', which this computer does not know",
            todo="correct the name; where all names are unknown: pip install tzdata",
        )
    return found


def zone_at(text: str, local: datetime, home: tzinfo) -> tzinfo | None:
    """Return the zone that a text means at a time; None where it means none or several."""
    if not text or text.upper() in {"UTC", "Z", "GMT"}:
        return UTC
    if match := _OFFSET.fullmatch(text):
        span = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(-span if match[1] == "-" else span)
    if local.replace(tzinfo=home).tzname() == text:
        return home
    spans = {
        there.utcoffset()
        for there in (local.replace(tzinfo=zone) for zone in _all_zones())
        if there.tzname() == text
    }
    if not spans:
        return _find_zone(text)
    only = spans.pop()
    return None if spans or only is None else timezone(only)


@lru_cache(maxsize=1)
def _all_zones() -> tuple[ZoneInfo, ...]:
    """Return the zones of all places that this computer knows."""
    return tuple(ZoneInfo(name) for name in sorted(available_timezones()) if "/" in name)
