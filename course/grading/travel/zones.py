"""Time zones, units and frequencies, by name and from fixed tables."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from functools import lru_cache
from typing import Any

from course.grading.travel.bounds import TravelError
from course.grading.travel.reader import Reader
from course.grading.travel.writer import Node

__all__ = ["UNITS", "read_freq", "read_zone", "write_zone"]

# Those of pandas.
UNITS = frozenset({"s", "ms", "us", "ns"})
_FREQ = re.compile(r"(\d{1,4})?[A-Za-z]{1,6}(-[A-Z]{3})?(-[A-Z]{3})?", re.ASCII)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def write_zone(zone: Any) -> Node:
    """Return a zone's name, its distance from UTC in microseconds, or None for no zone."""
    if zone is None:
        return None
    name = getattr(zone, "key", None) or getattr(zone, "zone", None)
    if type(name) is str and name in _known():
        return name
    if isinstance(zone, datetime.timezone):
        return zone.utcoffset(None) // datetime.timedelta(microseconds=1)
    return 0


def read_zone(reader: Reader, node: Node) -> datetime.tzinfo:
    """Return the zone of a node that is not None."""
    if type(node) is str:
        if node not in _known():
            raise TravelError("a time zone is not known")
        return zoneinfo.ZoneInfo(node)
    shift = datetime.timedelta(microseconds=reader.whole(node))
    return datetime.timezone(shift) if shift else datetime.UTC


def read_freq(node: Node) -> str:
    """Return a frequency's name, such as "M" or "W-SUN"."""
    if type(node) is not str or not _FREQ.fullmatch(node):
        raise TravelError("a frequency is not known")
    return node
