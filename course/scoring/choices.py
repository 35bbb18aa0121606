"""Choices: True or False, one option, a set of options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from course.scoring import slips
from course.scoring.kind import WRONG, Kind, Score, join_parts
from course.scoring.labels import (
    Label,
    Options,
    fold_text,
    label_of,
    name_unknown,
    quote_label,
    read_labels,
)
from course.scoring.plain import (
    Frame,
    Function,
    Listing,
    Other,
    Pairs,
    Plain,
    WrongForm,
    plain,
    refuse,
    say_unwrap,
)
from course.scoring.reading import CALL_IT
from course.scoring.results import NamedMistake, name_mistake

Found = TypeVar("Found")


@dataclass(frozen=True)
class ChoiceKey:
    """The accepted values and the messages for others."""

    accepted: frozenset[Any]
    mistakes: Mapping[Any, str]


class SingleKind(Kind[ChoiceKey]):
    """One value out of several that can be told apart."""

    def judge(self, found: Any, key: ChoiceKey) -> Score:
        """Right where the value is accepted."""
        if found in key.accepted:
            return Score(1.0)
        return Score(0.0, key.mistakes.get(found, WRONG), _named(key.mistakes, [found]))


def truth() -> TruthKind:
    """Return the kind "True or False"."""
    return TruthKind()


@dataclass(frozen=True)
class TruthKind(SingleKind):
    """True or False, from Python, numpy or a Series of one."""

    def wants(self) -> str:
        """Say what is wanted."""
        return "True or False"

    def take(self, value: Plain) -> bool:
        """Return the truth value; see `Kind.take`."""
        match value:
            case bool():
                return value
            case Listing() if value.holds_one:
                return self.take(value.items[0])
            case Listing() if len(value.items) == 1 and isinstance(value.items[0], bool):
                raise WrongForm(f"{self.wants()} is wanted; {say_unwrap(value)}")
            case str() if fold_text(value) in {"true", "false"}:
                raise refuse(self.wants(), value, ": take the quotes away")
            case Function():
                raise WrongForm(f"{self.wants()} is wanted; {CALL_IT}")
        raise refuse(self.wants(), value)

    def read_key(self, value: bool, *, message: str | None = None) -> ChoiceKey:
        """Take the right value and what to say to the other."""
        if not isinstance(value, bool):
            raise ValueError(f"the key has to be True or False, not {value!r}")
        return ChoiceKey(frozenset({value}), {} if message is None else {not value: message})


def choice(options: Iterable[Label], also: Mapping[str, Label] | None = None) -> ChoiceKind:
    """Return the kind "one of `options`" (texts or whole numbers); `also`: other names of some."""
    return ChoiceKind(Options.of(options, also))


@dataclass(frozen=True)
class ChoiceKind(SingleKind):
    """One option."""

    options: Options

    def wants(self) -> str:
        """Say what is wanted."""
        return f"one of {self.options.listed()}"

    def take(self, value: Plain) -> Label:
        """Return the option; see `Kind.take`."""
        found = self.options.find(value)
        if found is not None:
            return found
        match value:
            case Listing(items=(one,)) if self.options.find(one) is not None:
                raise WrongForm(f"{self.wants()} is wanted; {say_unwrap(value)}")
            case Listing() | Pairs() | Frame() | Other(text=None):
                raise refuse(self.wants(), value)
        raise WrongForm(f"{quote_label(value)} is not {self.wants()}")

    def read_key(self, value: Any, *, mistakes: Mapping[Label, str] | None = None) -> ChoiceKey:
        """Take the right option (or a set of accepted ones) and messages for wrong ones."""
        right = value if isinstance(value, (set, frozenset, list, tuple)) else [value]
        accepted = frozenset(self.options.known(v) for v in right)
        if not accepted:
            raise ValueError("the key accepts no option")
        return ChoiceKey(accepted, read_mistakes(self.options.known, mistakes, accepted))


@dataclass(frozen=True)
class LabelSetKey:
    """The right options, those that neither earn nor cost, the messages for wrong ones.

    `tempting`: how many wrong ones there are for whoever ticks without reading.
    """

    right: frozenset[Label]
    optional: frozenset[Label]
    tempting: int
    mistakes: Mapping[Label, str]


def label_set(options: Iterable[Label], none_allowed: bool = False) -> LabelSetKind:
    """Return the kind "any number of `options`".

    `none_allowed`: choosing nothing (`set()` or `[]`) is an answer and not a missing one.
    """
    return LabelSetKind(Options.of(options), none_allowed)


@dataclass(frozen=True)
class LabelSetKind(Kind[LabelSetKey]):
    """Several options, in a set, list, tuple, Series or array; order and repeats do not count."""

    options: Options
    none_allowed: bool = False

    def wants(self) -> str:
        """Say what is wanted."""
        return f"a set or list from {self.options.listed()}"

    def is_missing(self, value: Plain) -> bool:
        """Whether nothing was answered; an empty choice may be an answer."""
        if isinstance(value, Listing) and not value.items:
            return not self.none_allowed
        return super().is_missing(value)

    def take(self, value: Plain) -> list[Plain]:
        """Return the labels, on offer or not; see `Kind.take`."""
        return read_labels(value, self.options, self.wants())

    def check(self, found: list[Plain]) -> str | None:
        """Return which of the labels are not on offer, or None."""
        return name_unknown(found, self.options)

    def read_key(
        self,
        right: Iterable[Label],
        *,
        optional: Iterable[Label] = (),
        among: Iterable[Label] | None = None,
        mistakes: Mapping[Label, str] | None = None,
    ) -> LabelSetKey:
        """Take the right options, those that neither earn nor cost, messages for wrong ones.

        `among`: where the question itself narrows them down, the options that are left, so that
        all of these together earn nothing.
        """
        chosen = frozenset(self.options.known(label) for label in right)
        free = frozenset(self.options.known(label) for label in optional) - chosen
        if not chosen and not self.none_allowed:
            raise ValueError("the key is empty, but the kind does not allow an empty answer")
        left = self.options.labels if among is None else map(self.options.known, among)
        tempting = len(set(left) - chosen - free)
        named = read_mistakes(self.options.known, mistakes, chosen | free)
        return LabelSetKey(chosen, free, tempting, named)

    def judge(self, labels: list[Plain], key: LabelSetKey) -> Score:
        """Share of the right options that are chosen, less the share of the wrong ones that are.

        So every option, none, and any number of them at random earn nothing.
        """
        chosen = {self.options.find(label) for label in labels} - {None}
        strange = {label_of(label) for label in labels if self.options.find(label) is None}
        hits = len(chosen & key.right)
        wrong = chosen - key.right - key.optional
        excess = len(wrong) + len(strange)
        if hits == len(key.right) and not excess:
            return Score(1.0)
        fraction = hits / max(1, len(key.right)) - excess / max(1, key.tempting)
        wrong_ones = [label for label in self.options.labels if label in wrong]
        named = _named(key.mistakes, wrong_ones)
        made = {
            slips.NOT_OFFERED: strange,
            slips.TOO_MANY: any(label not in key.mistakes for label in wrong_ones),
            slips.INCOMPLETE: hits < len(key.right),
        }
        message = self._write_message(labels, wrong_ones, hits, key)
        return Score(fraction, message, (*named, *slips.pick(made)))

    def _write_message(
        self, labels: list[Plain], wrong_ones: list[Label], hits: int, key: LabelSetKey
    ) -> str:
        belong = "belongs" if hits == 1 else "belong"
        parts = [f"{hits} of your choices {belong} here" if hits else "no choice belongs here"]
        strange = name_unknown(labels, self.options)
        if strange:
            parts.append(strange)
        named = [key.mistakes[label] for label in wrong_ones if label in key.mistakes]
        if len(named) < len(wrong_ones):
            parts.append("a choice does not belong here")
        if hits < len(key.right):
            parts.append("something is missing")
        return join_parts(parts + named)


def _named(mistakes: Mapping[Label, str], wrong: Iterable[Label]) -> tuple[NamedMistake, ...]:
    """Return the mistakes that a key names for these options."""
    return tuple(
        name_mistake(mistakes[label], quote_label(plain(label)))
        for label in wrong
        if label in mistakes
    )


def read_mistakes(
    known: Callable[[Any, str], Found], mistakes: Mapping[Any, str] | None, right: frozenset[Found]
) -> dict[Found, str]:
    """Return the messages of named mistakes; ValueError where one of them is right.

    `known` reads what the author wrote, of which it is told what that is.
    """
    named = {known(one, "a mistake"): text for one, text in (mistakes or {}).items()}
    both = right & named.keys()
    if both:
        raise ValueError(f"{sorted(map(str, both))} is both right and a mistake")
    return named
