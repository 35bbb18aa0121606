"""Links: an argument map, scored by what its links show of reading.

What counts is the share, by weight, of the paragraphs that need a link and have an accepted one
(where the key accepts several links from one paragraph, one is enough), and the share of the links
that are right. Of either, half earns half, and what little lacks to the whole counts less than its
share. A wrong link also takes away what it shows to be luck: links that a rule without reading
draws, as "everything to one card", prove little where they are right and cost much where they are
not, so such a map earns nothing. Nor does a part of one: links of such a rule count as far as links
outside it show that it was not followed; alone they earn at most a tenth.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

from course.scoring import slips
from course.scoring.entries import Entry, read_entries
from course.scoring.kind import WRONG, Kind, Score, above_guess, forgive
from course.scoring.labels import Options, name_labels, quote_label
from course.scoring.plain import Plain, is_missing, plain, refuse
from course.scoring.results import NamedMistake

Link: TypeAlias = tuple[Any, Any, Any]
"""From, to, relation."""

Weighed: TypeAlias = Mapping[Any, float] | Iterable[Any]
"""What is named with a weight each, or without, which is 1."""

# Up to this many paragraphs are named in a message.
MOST_NAMED = 6
OTHER_WAY = "an arrow goes from the reason to what it supports"
OTHER_WAY_CHALLENGES = "from the objection to what it challenges"


@dataclass(frozen=True)
class LinksKey:
    """Accepted links, and the weight of each item that needs one.

    `luck` says of a link how often the best rule without reading that draws it is right: all to one
    item, each to the one before it, each to the one after it. `rules` are these rules, and how many
    of their right links count for one outside them: as many as in the whole map that follows the
    rule wherever the key lets it, and at least two.
    """

    accepted: frozenset[Link]
    needed: Mapping[Any, Fraction]
    luck: Mapping[Link, Fraction]
    rules: tuple[tuple[frozenset[Link], Fraction], ...]


def links(nodes: Iterable[Any], relations: Iterable[Any] = ("supports", "challenges")) -> LinksKind:
    """Return the kind "links between these nodes"; without a relation a link has the first one."""
    return LinksKind(Options.of(nodes), Options.of(relations))


@dataclass(frozen=True)
class LinksKind(Kind[LinksKey]):
    """A map's `value`, a list of links, or a table with the columns from, to and relation.

    A link is a dict with the names from, to and relation, or a tuple of two or three in this
    order. The order of links, of names and of named columns does not matter; a link that stands
    there twice counts once.
    """

    nodes: Options
    relations: Options

    def wants(self) -> str:
        """Say what is wanted."""
        return f"a map's value or a list of links such as {self._write_example()}"

    def is_missing(self, value: Plain) -> bool:
        """Whether there is no link at all."""
        return super().is_missing(value) or read_entries(value) == []

    def take(self, value: Plain) -> list[Entry]:
        """Return the links as they were entered; see `Kind.take`."""
        entries = read_entries(value)
        if entries is None:
            raise refuse(self.wants(), value)
        return entries

    def check(self, entries: list[Entry]) -> str | None:
        """Return the first thing that is wrong with a link, or None."""
        return next(filter(None, map(self._find_problem, entries)), None)

    def read_key(
        self, accepted: Weighed, *, challenges: Weighed = (), required: Weighed | None = None
    ) -> LinksKey:
        """Take the accepted links and how sure each is.

        `accepted`: (from, to) or (from, to, relation), mapped to a weight above 0, or a collection
        of them, all of weight 1; without a relation they have the first one. `challenges`: the
        same for the relation "challenges". `required`: what needs a link, with a weight; by
        default everything that an accepted link comes from, with the weight of its surest link.
        """
        weights: dict[Link, Fraction] = {}
        self._add_links(weights, accepted, self.relations.labels[0])
        self._add_links(weights, challenges, "challenges")
        if not weights:
            raise ValueError("the key accepts no link")
        needed = self._find_needed(weights, required)
        rules = self._list_rules()
        luck = _find_luck(rules, weights, needed)
        return LinksKey(frozenset(weights), needed, luck, _weigh_rules(rules, weights, needed))

    def judge(self, entries: list[Entry], key: LinksKey) -> Score:
        """Share of the map that is drawn, less what is luck; 1 only where all is accepted."""
        read = [self._find_link(entry) for entry in entries]
        found = {link for link in read if link is not None}
        strange = [entry for entry, link in zip(entries, read, strict=True) if link is None]
        credit = self._score_links(found, len(strange), key)
        if credit == 1.0:
            return Score(1.0)
        return Score(credit, *self._write_message(found, strange, key))

    def _score_links(self, found: set[Link], strange: int, key: LinksKey) -> float:
        """Return the credit of links; `strange` more name what is not on offer."""
        hits = found & key.accepted
        linked = {link[0] for link in hits} & set(key.needed)
        if not linked:
            return 0.0
        whole = sum(key.needed.values())
        share = float(_count_read(hits, key) / whole)
        read = sum(
            key.needed[node] * max(1 - key.luck[link] for link in hits if link[0] == node)
            for node in linked
        )
        usual = whole / len(key.needed)
        lost = sum(key.needed.get(link[0], usual) * key.luck.get(link, 0) for link in found - hits)
        sure = max(0.0, float(1 - lost / read)) if read else float(not lost)
        right = len(hits) / (len(found) + strange)
        return _round_up(share) * forgive(sure) * _round_up(right)

    def _list_rules(self) -> list[frozenset[Link]]:
        """Return what rules without reading draw."""
        nodes = self.nodes.labels
        rules = []
        for relation in self.relations.labels:
            rules += [{(n, hub, relation) for n in nodes if n != hub} for hub in nodes]
            rules.append({(one, other, relation) for one, other in pairwise(nodes)})
            rules.append({(other, one, relation) for one, other in pairwise(nodes)})
        return [frozenset(rule) for rule in rules]

    def _find_link(self, entry: Entry) -> Link | None:
        """Return an entry as a link, or None where it names something that is not on offer."""
        source, target = self.nodes.find(entry.source), self.nodes.find(entry.target)
        relation = (
            self.relations.labels[0]
            if entry.relation is None
            else self.relations.find(entry.relation)
        )
        if source is None or target is None or relation is None:
            return None
        return source, target, relation

    def _write_example(self) -> str:
        # The last two: in a text they hardly ever make a right link.
        labels = [*reversed(self.nodes.labels[-2:]), self.relations.labels[0]]
        return f"({', '.join(quote_label(plain(label)) for label in labels)})"

    def _find_problem(self, entry: Entry) -> str | None:
        """Say what is wrong with an entry, or return None."""
        if is_missing(entry.source) or is_missing(entry.target):
            return f"a link needs two ends, such as {self._write_example()}"
        for end in (entry.source, entry.target):
            if self.nodes.find(end) is None:
                return f"{quote_label(end)} is not one of {self.nodes.listed()}"
        if entry.relation is not None and self.relations.find(entry.relation) is None:
            return f"{quote_label(entry.relation)} is not one of {self.relations.listed()}"
        if self.nodes.find(entry.source) == self.nodes.find(entry.target):
            return f"{quote_label(entry.source)} is linked to itself"
        return None

    def _add_links(self, weights: dict[Link, Fraction], more: Weighed, relation: Any) -> None:
        """Add the author's links to those known; ValueError where one makes no sense."""
        pairs = more.items() if isinstance(more, Mapping) else ((k, 1) for k in more)
        for ends, weight in pairs:
            if not isinstance(ends, tuple) or len(ends) not in (2, 3):
                raise ValueError(f"a link is (from, to) or (from, to, relation), not {ends!r}")
            source, target = (self.nodes.known(end) for end in ends[:2])
            link = source, target, self.relations.known((*ends, relation)[2])
            if source == target:
                raise ValueError(f"the key links {source!r} to itself")
            if link in weights:
                raise ValueError(f"the key names the link {link} twice")
            weights[link] = _read_weight(weight)

    def _find_needed(
        self, weights: Mapping[Link, Fraction], required: Weighed | None
    ) -> dict[Any, Fraction]:
        """Return what needs a link, in the order of the nodes, with its weight."""
        surest: dict[Any, Fraction] = {}
        for (source, _, _), weight in weights.items():
            surest[source] = max(weight, surest.get(source, weight))
        if required is None:
            chosen = surest
        elif isinstance(required, Mapping):
            chosen = {self.nodes.known(node): _read_weight(w) for node, w in required.items()}
        else:
            known = [self.nodes.known(node) for node in required]
            chosen = {node: surest.get(node, Fraction(1)) for node in known}
        lacking = [node for node in chosen if node not in surest]
        if lacking:
            raise ValueError(f"the key requires a link from {lacking} and accepts none")
        if not chosen:
            raise ValueError("the key requires no link")
        return {node: chosen[node] for node in self.nodes.labels if node in chosen}

    def _write_message(
        self, found: set[Link], strange: list[Entry], key: LinksKey
    ) -> tuple[str, tuple[NamedMistake, ...]]:
        """Say how many links are accepted and what is wrong with the others; name no link."""
        whole = len(found) + len(strange)
        parts = [f"{len(found & key.accepted)} of your {_count_links(whole)} accepted"]
        wrong = found - key.accepted
        relations = self.relations.labels
        other = {link for link in wrong if any((*link[:2], r) in key.accepted for r in relations)}
        back = {link for link in wrong - other if (link[1], link[0], link[2]) in key.accepted}
        if back:
            ways = [OTHER_WAY] + [OTHER_WAY_CHALLENGES] * any(r == "challenges" for *_, r in back)
            points = "points" if len(back) == 1 else "point"
            parts.append(f"{len(back)} {points} the other way: {', or '.join(ways)}")
        if other:
            needs = "needs" if len(other) == 1 else "need"
            parts.append(f"{len(other)} {needs} the other relation")
        if strange:
            parts.append(self._find_problem(strange[0]) or WRONG)
        linked = {source for source, _, _ in found}
        alone = [node for node in key.needed if node not in linked]
        if alone:
            parts.append(f"there is no link yet from {name_labels(alone)}")
        if len(key.accepted) > len({source for source, _, _ in key.accepted}):
            parts.append("where several links are accepted, one is enough")
        made = {
            slips.ARROW_TURNED: back,
            slips.OTHER_RELATION: other,
            slips.NOT_OFFERED: strange,
            slips.LINK_NOT_ACCEPTED: wrong - other - back,
            slips.INCOMPLETE: alone,
        }
        return "; ".join(parts), slips.pick(made)


def _find_luck(
    rules: Iterable[frozenset[Link]], accepted: Container[Link], needed: Mapping[Any, Fraction]
) -> dict[Link, Fraction]:
    """Return of each link how often the best rule without reading that draws it is right."""
    luck: dict[Link, Fraction] = {}
    for rule in rules:
        asked = {link: needed.get(link[0], Fraction(0)) for link in rule}
        right = sum((w for link, w in asked.items() if link in accepted), Fraction(0))
        rate = right / sum(asked.values()) if any(asked.values()) else right
        luck |= {link: max(rate, luck.get(link, rate)) for link in rule}
    return luck


def _weigh_rules(
    rules: Iterable[frozenset[Link]], accepted: Iterable[Link], needed: Mapping[Any, Fraction]
) -> tuple[tuple[frozenset[Link], Fraction], ...]:
    """Return the rules that do not draw a whole map, each with what `LinksKey.rules` says."""
    sources = {rule: {link[0] for link in accepted if link in rule} for rule in rules}
    inside = {
        rule: sum(needed.get(n, Fraction(0)) for n in found) for rule, found in sources.items()
    }
    whole = sum(needed.values())
    return tuple(
        (rule, max(Fraction(w) / (whole - w), Fraction(2)))
        for rule, w in inside.items()
        if 0 < w < whole
    )


def _count_read(hits: Iterable[Link], key: LinksKey) -> Fraction:
    """Return the weight of the items that accepted links come from, as far as they show reading."""
    tenth = Fraction(sum(key.needed.values())) / 10
    hits = [link for link in hits if link[0] in key.needed]
    counted = sum((key.needed[node] for node in {link[0] for link in hits}), Fraction(0))
    for rule, most in key.rules:
        nodes = {link[0] for link in hits if link not in rule}
        outside = sum((key.needed[node] for node in nodes), Fraction(0))
        counted = min(counted, outside * (1 + most) + tenth)
    return counted


def _round_up(share: float) -> float:
    """Return a share of 0 to 1, of which what lacks to the whole counts less if it is little."""
    return max(share, forgive(above_guess(share, 0.5)))


def _read_weight(weight: object) -> Fraction:
    if isinstance(weight, bool) or not isinstance(weight, int | float | Fraction):
        raise ValueError(f"a weight has to be a number, not {weight!r}")
    if not 0 < weight < float("inf"):
        raise ValueError(f"a weight has to be above 0, not {weight}")
    return Fraction(weight)


def _count_links(number: int) -> str:
    return "1 link is" if number == 1 else f"{number} links are"
