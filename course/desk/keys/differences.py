"""Says what a new key changes: answers accepted before and now, weights before and now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Change", "find_changes"]

NONE = "–"


@dataclass(frozen=True)
class Change:
    """One thing that moved: what it is, and how it was before and is now, in words."""

    what: str
    before: str
    now: str


def find_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Return what differs between the values of a block and those of the same block made anew.

    Args:
        old: the names that the block set, with their values; empty when it was never made.
        new: the same of the new block.
    """
    found: list[Change] = []
    for name, value in new.items():
        before = old.get(name)
        if isinstance(value, Mapping):
            found += _compare_entries(name, before if isinstance(before, Mapping) else {}, value)
        elif before != value:
            found.append(Change(_name_words(name), _write_value(before), _write_value(value)))
    return found


def _compare_entries(name: str, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[Change]:
    for entry in [*new, *(entry for entry in old if entry not in new)]:
        before, now = old.get(entry), new.get(entry)
        if before != now:
            yield Change(
                f"{_name_words(name)} · {_write_entry(entry)}",
                _write_value(before),
                _write_value(now),
            )


def _write_entry(entry: Any) -> str:
    return " → ".join(entry) if isinstance(entry, tuple) else str(entry)


def _name_words(name: str) -> str:
    return name.replace("_", " ")


def _write_value(value: Any) -> str:
    if value is None:
        return NONE
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value)) or NONE
    return str(value)
