"""Order: items put into a sequence, credited by the longest part that stands in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from course.scoring import slips
from course.scoring.kind import Kind, Score
from course.scoring.labels import Options, quote_label, read_labels
from course.scoring.plain import Plain, plain
from course.scoring.results import name_mistake
from course.scoring.shown import in_words


@dataclass(frozen=True)
class OrderKey:
    """The rank of each item (equal ranks may stand either way) and named wrong orders."""

    ranks: Mapping[Any, int]
    mistakes: tuple[tuple[tuple[Any, ...], str], ...]


def order(items: Iterable[Any]) -> OrderKind:
    """Return the kind "these items in order"."""
    return OrderKind(Options.of(items))


@dataclass(frozen=True)
class OrderKind(Kind[OrderKey]):
    """A list, tuple, Series or array that holds every item once."""

    items: Options

    def wants(self) -> str:
        """Say what is wanted."""
        return f"a list, in order, of {self.items.listed()}"

    def take(self, value: Plain) -> list[Plain]:
        """Return the labels, items or not; see `Kind.take`."""
        return read_labels(value, self.items, self.wants(), ordered=True)

    def check(self, found: list[Plain]) -> str | None:
        """Return what is unknown, doubled or missing, or None."""
        return "; ".join(self._find_slips(found)) or None

    def read_key(
        self,
        value: Sequence[Any],
        *,
        mistakes: Iterable[tuple[Sequence[Any], str]] = (),
    ) -> OrderKey:
        """Take the items in order; a list or set among them holds items of equal rank.

        `mistakes` are pairs of a wrong order and its message.
        """
        ranks: dict[Any, int] = {}
        for rank, group in enumerate(value):
            several = group if isinstance(group, (list, tuple, set, frozenset)) else [group]
            for item in several:
                known = self.items.known(item)
                if known in ranks:
                    raise ValueError(f"the key names {item!r} twice")
                ranks[known] = rank
        lacking = [item for item in self.items.labels if item not in ranks]
        if lacking:
            raise ValueError(f"the key does not place {lacking}")
        named = tuple(
            (tuple(self.items.known(i, "a mistake") for i in wrong), text)
            for wrong, text in mistakes
        )
        return OrderKey(ranks, named)

    def judge(self, labels: list[Plain], key: OrderKey) -> Score:
        """Credit the pairs that stand in order, less those that do not (Kendall's tau).

        So an order drawn at random, and one turned round, earn nothing. Source of the measure:
        M. G. Kendall, "A New Measure of Rank Correlation", Biometrika 30 (1938).
        """
        # Of an item that stands twice, the first place counts.
        placed = list(dict.fromkeys(i for v in labels if (i := self.items.find(v)) is not None))
        whole = len(self.items.labels)
        ranks = [key.ranks[item] for item in placed]
        run = longest_run(ranks)
        told = self._find_slips(labels)
        if run == whole:
            return Score(1.0, "; ".join(told))
        # Pairs in order less those that are not, as a share of all that can be.
        most = sum(one != other for one, other in combinations(key.ranks.values(), 2))
        fraction = max(
            0.0, sum((a < b) - (a > b) for a, b in combinations(ranks, 2)) / max(1, most)
        )
        for wrong, text in key.mistakes:
            if tuple(placed) == wrong:
                return Score(fraction, text, (name_mistake(text, in_words(plain(list(wrong)))),))
        falls = whole > 2 and all(one >= other for one, other in pairwise(ranks))
        if len(placed) == whole and falls:
            return Score(fraction, "the order is the other way around", (slips.ORDER_TURNED,))
        made = {
            slips.OUT_OF_ORDER: run < len(placed),
            slips.NOT_OFFERED: any(self.items.find(label) is None for label in labels),
            slips.INCOMPLETE: len(placed) < whole,
        }
        message = "; ".join([f"{run} of {whole} are in order", *told])
        return Score(fraction, message, slips.pick(made))

    def _find_slips(self, labels: Sequence[Plain]) -> list[str]:
        """Return what is unknown, doubled or missing among the items."""
        told: list[str] = []
        found = [self.items.find(label) for label in labels]
        strange = [label for label, item in zip(labels, found, strict=True) if item is None]
        if strange:
            told.append(
                f"{quote_label(strange[0])} is not one of the items ({self.items.listed()})"
            )
        twice = [item for item in self.items.labels if found.count(item) > 1]
        if twice:
            told.append(f"{quote_label(plain(twice[0]))} is in the list more than once")
        missing = [item for item in self.items.labels if item not in found]
        if missing:
            names = ", ".join(quote_label(plain(item)) for item in missing[:5])
            told.append(f"missing from the list: {names}{' and more' if missing[5:] else ''}")
        return told


def longest_run(ranks: Sequence[float]) -> int:
    """Return the length of the longest part, not necessarily adjacent, that never falls."""
    ends: list[float] = []
    for rank in ranks:
        ends[(place := bisect_right(ends, rank)) : place + 1] = [rank]
    return len(ends)
