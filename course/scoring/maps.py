"""Label maps: one label or number for each of several keys, as in a dict or a Series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from course.scoring.choices import ChoiceKind, LabelSetKind, TruthKind, choice
from course.scoring.kind import WRONG, Kind, Score, commonest, forgive, join_parts
from course.scoring.labels import MOST_NAMED, Options, name_labels, quote_label, same_label
from course.scoring.numbers import NumberKind
from course.scoring.plain import Frame, Listing, Pairs, Plain, is_missing, plain, refuse
from course.scoring.results import NamedMistake, name_mistake
from course.scoring.shown import in_words
from course.scoring.slips import INCOMPLETE, SOME_WRONG


@dataclass(frozen=True)
class LabelMapKey:
    """What each key should hold, how much it weighs, and the messages for wrong values.

    `guessed` is the share, by weight, that the same value for every key would get.
    """

    right: Mapping[Any, tuple[Any, ...]]
    weights: Mapping[Any, float]
    guessed: float
    mistakes: tuple[tuple[Any, Any, NamedMistake], ...]


class Entries(NamedTuple):
    """What an answer gives, by key of the question; keys that are not asked for; keys given twice.

    Twice, that is, with different values.
    """

    found: dict[Any, Plain]
    strange: list[Plain]
    twice: list[Any]


def label_map(keys: Iterable[Any], values: Iterable[Any] | Kind[Any]) -> LabelMapKind:
    """Return the kind "for each of `keys` one of `values`".

    `values` is a collection of options or any other kind, such as `number("percent")`.
    """
    kind = values if isinstance(values, Kind) else choice(values)
    return LabelMapKind(Options.of(keys), kind)


@dataclass(frozen=True)
class LabelMapKind(Kind[LabelMapKey]):
    """A dict, Series, list of pairs or two-column table that gives each key a value."""

    keys: Options
    values: Kind[Any]

    def wants(self) -> str:
        """Say what is wanted."""
        return f"a dict with the keys {self.keys.listed()}"

    def take(self, value: Plain) -> Entries:
        """Return the entries; see `Kind.take`."""
        pairs = read_pairs(value)
        if pairs is None:
            raise refuse(self.wants(), value)
        entries = Entries({}, [], [])
        for name, one in pairs:
            label = self.keys.find(name)
            if label is None:
                entries.strange.append(name)
            elif label in entries.found and not same_label(entries.found[label], one):
                entries.twice.append(label)
            else:
                entries.found[label] = one
        return entries

    def check(self, entries: Entries) -> str | None:
        """Return the first thing that is wrong with the entries, or None."""
        found, strange, twice = entries
        if twice:
            return f"the key {quote_label(twice[0])} is given twice, with different values"
        if strange:
            return f"the key {quote_label(strange[0])} is not one of {self.keys.listed()}"
        for label, one in found.items():
            problem = None if is_missing(one) else self.values.form(one)
            if problem:
                return f"at {quote_label(plain(label))}: {problem}"
        missing = [k for k in self.keys.labels if is_missing(found.get(k))]
        if missing:
            return f"there is no answer yet for {name_labels(missing)}"
        return None

    def remark(self, value: Plain) -> str | None:
        """Ask where each of the values looks like the same slip."""
        told = [self.values.remark(one) for one in self.take(value).found.values()]
        return told[0] if told and all(told) else None

    def read_key(
        self,
        right: Mapping[Any, Any],
        *,
        weights: Mapping[Any, float] | None = None,
        mistakes: Mapping[tuple[Any, Any], str] | None = None,
        **options: Any,
    ) -> LabelMapKey:
        """Take a dict of accepted values (a set accepts several), weights, mistakes.

        `mistakes` maps (key, value) to a message. Further options, such as `within`, go to the
        kind of the values.
        """
        accepted = {self.keys.known(k): self._accepted_values(v) for k, v in right.items()}
        lacking = [k for k in self.keys.labels if k not in accepted]
        if lacking:
            raise ValueError(f"the key says nothing about {lacking}")
        judged = {k: self._value_key(v, options) for k, v in accepted.items()}
        heavy = {self.keys.known(k, "a weight"): float(w) for k, w in (weights or {}).items()}
        if any(w < 0 for w in heavy.values()) or sum(heavy.get(k, 1.0) for k in judged) <= 0:
            raise ValueError("weights have to be 0 or more, and not all 0")
        named = [
            (
                label := self.keys.known(k, "a mistake"),
                self._value_key((v,), options),
                name_mistake(text, in_words(plain(v)), quote_label(plain(label))),
            )
            for (k, v), text in (mistakes or {}).items()
        ]
        guessed = self._guessed(accepted, judged, heavy)
        return LabelMapKey(judged, heavy, guessed, tuple(named))

    def judge(self, entries: Entries, key: LabelMapKey) -> Score:
        """Share of the keys, by weight, whose value is accepted, above what one label would get."""
        found, strange, twice = entries
        read = [k for k in self.keys.labels if found.get(k) is not None and k not in twice]
        told = dict(
            zip(read, self._score_values([(found[k], key.right[k]) for k in read]), strict=True)
        )
        scores = {
            k: told.get(k, Score(0.0, WRONG if k in found else "", answered=k in found))
            for k in self.keys.labels
        }
        if all(s.fraction == 1.0 for s in scores.values()):
            return Score(1.0)
        missing = [k for k in scores if is_missing(found.get(k))]
        wrong = [k for k, s in scores.items() if s.fraction < 1.0 and k not in missing]
        named = self._named_mistakes(scores, found, key)[:MOST_NAMED]
        common = commonest(scores[k] for k in wrong)
        parts = self._counted(scores, missing, wrong, strange)
        parts += [f"at {one.piece}: {one.text}" for one in named] or [common.message]
        made = () if named else common.mistakes or (SOME_WRONG,) * bool(wrong)
        return Score(
            self._credit(scores, missing, key),
            join_parts(parts),
            (*named, *made, *[INCOMPLETE] * bool(missing)),
            answered=len(missing) < len(scores) or bool(strange),
        )

    def _credit(self, scores: Mapping[Any, Score], missing: list[Any], key: LabelMapKey) -> float:
        """Return what is right less what guessing would have brought among the wrong ones.

        The correction for guessing of multiple-choice tests: what is left out costs nothing beyond
        itself, and one value for every key earns nothing. Never more than what is right, and among
        much that is right a slip costs no more than itself.
        """
        if key.guessed >= 1.0:
            return 0.0
        right = sum(key.weights.get(k, 1.0) * s.fraction for k, s in scores.items())
        whole = sum(key.weights.get(k, 1.0) for k in scores)
        left_out = sum(key.weights.get(k, 1.0) for k in missing)
        wrong = whole - left_out - right
        corrected = max(0.0, right - wrong * key.guessed / (1.0 - key.guessed)) / whole
        return min(right / whole, forgive(corrected))

    def _guessed(
        self,
        accepted: Mapping[Any, tuple[Any, ...]],
        judged: Mapping[Any, tuple[Any, ...]],
        weights: Mapping[Any, float],
    ) -> float:
        """Return the share that the best single value gets; one that fits once is no guess."""
        best = 0.0
        for value in {repr(v): v for values in accepted.values() for v in values}.values():
            read = self.values.take(self.values.read(value))
            fits = [
                weights.get(k, 1.0)
                for k, keys in judged.items()
                if any(self.values.judge(read, one).fraction == 1.0 for one in keys)
            ]
            # Of labels on offer, each may be guessed.
            if len(fits) > 1 or isinstance(self.values, ChoiceKind | TruthKind):
                best = max(best, sum(fits))
        return best / sum(weights.get(k, 1.0) for k in judged)

    def _accepted_values(self, value: Any) -> tuple[Any, ...]:
        """Return the accepted values: a set accepts each of its own, unless it is one answer."""
        group = isinstance(value, set | frozenset | list | tuple)
        if not group or isinstance(self.values, LabelSetKind):
            return (value,)
        if not value:
            raise ValueError("the key accepts no value")
        return tuple(value)

    def _value_key(self, accepted: tuple[Any, ...], options: Mapping[str, Any]) -> tuple[Any, ...]:
        if isinstance(self.values, ChoiceKind):  # one key knows all that are accepted
            return (self.values.read_key(accepted, **options),)
        if isinstance(self.values, NumberKind):
            return (self.values.read_key(accepted[0], also=accepted[1:], **options),)
        return tuple(self.values.read_key(v, **options) for v in accepted)

    def _score_values(self, pairs: list[tuple[Plain, tuple[Any, ...]]]) -> list[Score]:
        if isinstance(self.values, NumberKind):
            return self.values.score_together([(one, key) for one, (key,) in pairs])
        return [
            max((self.values.score_read(one, key) for key in keys), key=lambda s: s.fraction)
            for one, keys in pairs
        ]

    def _named_mistakes(
        self, scores: Mapping[Any, Score], found: Mapping[Any, Plain], key: LabelMapKey
    ) -> list[NamedMistake]:
        return [
            named
            for label, wrong, named in key.mistakes
            if scores[label].fraction < 1.0
            and found.get(label) is not None
            and any(self.values.score_read(found[label], w).fraction == 1.0 for w in wrong)
        ]

    def _counted(
        self,
        scores: Mapping[Any, Score],
        missing: list[Any],
        wrong: list[Any],
        strange: list[Plain],
    ) -> list[str]:
        right = sum(s.fraction == 1.0 for s in scores.values())
        parts = [f"{right} of {len(scores)} are right"]
        if missing:
            parts.append(f"there is no answer for {name_labels(missing)}")
        if strange:
            parts.append(f"the key {quote_label(strange[0])} is not asked for")
        # With two options, to name a wrong one is to give the right one away.
        two = isinstance(self.values, ChoiceKind) and len(self.values.options.labels) < 3
        if wrong and not two:
            parts.append(f"look again at {name_labels(wrong)}")
        return parts


def read_pairs(value: Plain) -> list[tuple[Plain, Plain]] | None:
    """Return the pairs of key and value in a dict, Series, list of pairs or small table."""
    match value:
        case Pairs():
            return [
                (k, v.items[0] if isinstance(v, Listing) and v.holds_one else v)
                for k, v in value.pairs
            ]
        case Listing(origin="Series", index=tuple(index)):
            return list(zip(index, value.items, strict=True))
        case Listing() if value.items and all(
            isinstance(item, Listing) and item.ordered and len(item.items) == 2
            for item in value.items
        ):
            return [(i.items[0], i.items[1]) for i in value.items if isinstance(i, Listing)]
        case Frame() if len(value.columns) == 1 and len(value.index) == 1:
            return list(zip(value.index[0][1], value.columns[0][1], strict=True))
        case Frame() if len(value.columns) == 2:
            return list(zip(value.columns[0][1], value.columns[1][1], strict=True))
    return None
