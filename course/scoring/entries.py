"""The entries of an argument map, from whatever held them: a widget's value, a list, a table."""

from dataclasses import dataclass
from typing import TypeVar

from course.scoring.labels import label_of
from course.scoring.plain import Frame, Listing, Pairs, Plain

Held = TypeVar("Held")

NAMES = ("from", "to", "relation")


@dataclass(frozen=True)
class Entry:
    """One link as entered; what is lacking is None."""

    source: Plain
    target: Plain
    relation: Plain = None


def read_entries(value: Plain) -> list[Entry] | None:
    """Return the links that a value holds, or None where it is no list of links."""
    match value:
        case Pairs():
            named = _by_name(value.pairs)
            if set(named) == {"links"}:
                return read_entries(named["links"])
            entry = _read_entry(value)  # a single link
            return None if entry is None else [entry]
        case Frame():
            return _read_rows(value)
        case Listing():
            entries = [_read_entry(item) for item in value.items]
            known = [entry for entry in entries if entry is not None]
            return known if len(known) == len(entries) else None
    return None


def _read_entry(item: Plain) -> Entry | None:
    match item:
        case Pairs():
            named = _by_name(item.pairs)
            if not {"from", "to"} <= set(named) <= set(NAMES):
                return None
            return Entry(*(named.get(name) for name in NAMES))
        case Listing() if item.ordered and len(item.items) in (2, 3):
            return Entry(*item.items)
    return None


def _read_rows(table: Frame) -> list[Entry] | None:
    """Read a table by the names of its columns, or by their order where they say nothing."""
    named = _by_name(table.columns)
    if {"from", "to"} <= set(named) <= set(NAMES):
        columns = [named[name] for name in NAMES if name in named]
    elif set(named) & set(NAMES) or len(table.columns) not in (2, 3):
        return None
    else:
        columns = [cells for _, cells in table.columns]
    return [Entry(*row) for row in zip(*columns, strict=True)]


def _by_name(pairs: tuple[tuple[Plain, Held], ...]) -> dict[str, Held]:
    """Return what stands under each name, in folded form."""
    return {label_of(name) or "": held for name, held in pairs}
