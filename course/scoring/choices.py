"""Choices: True or False, one option, a set of options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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
    plain,
    say_unwrap,
    words_for,
)
from course.scoring.results import NamedMistake, name_mistake
from course.scoring.slips import INCOMPLETE, NOT_OFFERED, TOO_MANY, WRONG_FORM


def truth() -> TruthKind:
    """Return the kind "True or False"."""
    return TruthKind()


@dataclass(frozen=True)
class TruthKind(Kind[tuple[bool, str]]):
    """True or False, from Python, numpy or a Series of one."""

    def wants(self) -> str:
        """Say what is wanted."""
        return "True or False"

    def check(self, value: Plain) -> str | None:
        """Return what is wrong with the form, or None."""
        return read_truth(value)[1]

    def read_key(self, value: bool, *, message: str = WRONG) -> tuple[bool, str]:
        """Take the right value and what to say to the other."""
        if not isinstance(value, bool):
            raise ValueError(f"the key has to be True or False, not {value!r}")
        return value, message

    def judge(self, value: Plain, key: tuple[bool, str]) -> Score:
        """Right or wrong."""
        found, problem = read_truth(value)
        if found is None:
            return Score(0.0, problem or WRONG, (WRONG_FORM,))
        if found is key[0]:
            return Score(1.0)
        return Score(0.0, key[1], () if key[1] == WRONG else (name_mistake(key[1], str(found)),))


def read_truth(value: Plain) -> tuple[bool | None, str | None]:
    """Return the truth value in `value`, or None and what to tell the student."""
    wanted = "True or False is wanted"
    match value:
        case bool():
            return value, None
        case Listing() if value.holds_one:
            return read_truth(value.items[0])
        case Listing() if len(value.items) == 1 and isinstance(value.items[0], bool):
            return None, f"{wanted}; {say_unwrap(value)}"
        case str() if fold_text(value) in {"true", "false"}:
            return None, f"{wanted}; this is text: take the quotes away"
        case Function():
            return None, f"{wanted}; this is the function itself: call it, with brackets"
    return None, f"{wanted}; this is {words_for(value)}"


@dataclass(frozen=True)
class ChoiceKey:
    """The accepted options and the messages for the others."""

    accepted: frozenset[Label]
    mistakes: Mapping[Label, str]


def choice(options: Iterable[Label], also: Mapping[str, Label] | None = None) -> ChoiceKind:
    """Return the kind "one of `options`" (texts or whole numbers); `also`: other names of some."""
    return ChoiceKind(Options.of(options, also))


@dataclass(frozen=True)
class ChoiceKind(Kind[ChoiceKey]):
    """One option."""

    options: Options

    def wants(self) -> str:
        """Say what is wanted."""
        return f"one of {self.options.listed()}"

    def check(self, value: Plain) -> str | None:
        """Return what is wrong with the form, or None."""
        return self._read_choice(value)[1]

    def read_key(self, value: Any, *, mistakes: Mapping[Label, str] | None = None) -> ChoiceKey:
        """Take the right option (or a set of accepted ones) and messages for wrong ones."""
        right = value if isinstance(value, (set, frozenset, list, tuple)) else [value]
        accepted = frozenset(self.options.known(v) for v in right)
        if not accepted:
            raise ValueError("the key accepts no option")
        return ChoiceKey(accepted, _mistake_messages(self.options, mistakes, accepted))

    def judge(self, value: Plain, key: ChoiceKey) -> Score:
        """Right where the option is accepted."""
        found, problem = self._read_choice(value)
        if found is None:
            return Score(0.0, problem or WRONG, (WRONG_FORM,))
        if found in key.accepted:
            return Score(1.0)
        named = _named(key.mistakes, [found])
        return Score(0.0, key.mistakes.get(found, WRONG), named)

    def _read_choice(self, value: Plain) -> tuple[Label | None, str | None]:
        found = self.options.find(value)
        if found is not None:
            return found, None
        match value:
            case Listing() if (
                len(value.items) == 1 and self.options.find(value.items[0]) is not None
            ):
                return None, f"{self.wants()} is wanted; {say_unwrap(value)}"
            case Listing() | Pairs() | Frame():
                return None, f"{self.wants()} is wanted; this is {words_for(value)}"
            case Other(text=None):
                return None, f"{self.wants()} is wanted; this is {words_for(value)}"
        return None, f"{quote_label(value)} is not {self.wants()}"


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

    def check(self, value: Plain) -> str | None:
        """Return what is wrong with the form, or None."""
        labels, problem = read_labels(value, self.options, self.wants())
        return problem if labels is None else name_unknown(labels, self.options)

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
        named = _mistake_messages(self.options, mistakes, chosen | free)
        return LabelSetKey(chosen, free, tempting, named)

    def judge(self, value: Plain, key: LabelSetKey) -> Score:
        """Share of the right options that are chosen, less the share of the wrong ones that are.

        So every option, none, and any number of them at random earn nothing.
        """
        labels, problem = read_labels(value, self.options, self.wants())
        if labels is None:
            return Score(0.0, problem or WRONG, (WRONG_FORM,))
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
        slips = {
            NOT_OFFERED: bool(strange),
            TOO_MANY: any(label not in key.mistakes for label in wrong_ones),
            INCOMPLETE: hits < len(key.right),
        }
        found = (*named, *(slip for slip, made in slips.items() if made))
        return Score(fraction, self._write_message(labels, wrong_ones, hits, key), found)

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


def _mistake_messages(
    options: Options, mistakes: Mapping[Label, str] | None, right: frozenset[Label]
) -> dict[Label, str]:
    named = {options.known(k, "a mistake"): text for k, text in (mistakes or {}).items()}
    both = right & named.keys()
    if both:
        raise ValueError(f"{sorted(map(str, both))} is both right and a mistake")
    return named
