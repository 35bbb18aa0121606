"""Labels: True or False, one option, a set of options. Case, accents and spacing are forgiven."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from course.scoring.kind import WRONG, Kind, Score
from course.scoring.plain import Frame, Listing, Other, Pairs, Plain, plain, words_for

__all__ = [
    "ChoiceKind",
    "LabelSetKind",
    "Options",
    "TruthKind",
    "choice",
    "fold",
    "label_of",
    "label_set",
    "read_labels",
    "read_truth",
    "shown",
    "truth",
]

Label: TypeAlias = str | int | bool | float

_JOINERS = re.compile(r"(?<=\w)[\s_\-\u2010-\u2015]+(?=\w)")
_LEADING_ZEROS = re.compile(r"(?<![\d.,])0+(?=\d)")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})


def fold(text: str) -> str:
    """Return `text` without what does not tell labels apart.

    That is: case, accents, outer spaces, the choice between space, underscore and hyphen, curly
    quotes, and leading zeros ("P01" and "p1" are the same).
    """
    text = unicodedata.normalize("NFKD", text.strip().translate(_QUOTES)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _LEADING_ZEROS.sub("", _JOINERS.sub(" ", text))
    return " ".join(text.split())


def label_of(value: Plain) -> str | None:
    """Return the folded label in `value`, or None where it holds no label."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value) if abs(value) < 10**18 else None
        case float():
            return label_of(int(value)) if value == value // 1 else repr(value)
        case str():
            return fold(value)
        case Other(text=str(text)):
            return fold(text)
        case Listing() if value.holds_one:
            return label_of(value.items[0])
    return None


def shown(value: Plain, most: int = 40) -> str:
    """Return what a student entered as short, printable text in quotes."""
    if isinstance(value, Other) and value.text:
        return value.text
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) < 10**18):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if not isinstance(value, str):
        return words_for(value)
    clean = "".join(c if c.isprintable() else "\ufffd" for c in value[: most + 1])
    return f'"{clean[:most]}…"' if len(clean) > most else f'"{clean}"'


@dataclass(frozen=True)
class Options:
    """The labels that a question offers, by their folded form."""

    labels: tuple[Label, ...]

    def __post_init__(self) -> None:
        folded = [self._folded(label) for label in self.labels]
        twice = {f for f in folded if folded.count(f) > 1}
        if not folded or twice:
            found = f"{sorted(twice)} more than once" if twice else "no option"
            raise ValueError(f"options have to be several and to differ in more than case: {found}")

    @classmethod
    def of(cls, labels: Iterable[Any]) -> Options:
        """Read the author's options; raises ValueError where two would be taken for one."""
        if isinstance(labels, str):
            raise ValueError(f"options are a list of labels, not the text {labels!r}")
        return cls(tuple(labels))

    def find(self, value: Plain) -> Label | None:
        """Return the option that `value` means, or None."""
        wanted = label_of(value)
        if wanted is None:
            return None
        return next((o for o in self.labels if self._folded(o) == wanted), None)

    def known(self, label: object, what: str = "the key") -> Label:
        """Return the option that the author means. Raises ValueError for one not on offer."""
        found = self.find(plain(label))
        if found is None:
            raise ValueError(f"{what} names {label!r}, which is not one of {list(self.labels)}")
        return found

    @property
    def single_letters(self) -> bool:
        """Whether every option is one letter, so that "AC" means two of them."""
        return all(isinstance(o, str) and len(o.strip()) == 1 for o in self.labels)

    def listed(self, most: int = 12) -> str:
        """Return the options in words, at most `most` of them."""
        some = ", ".join(shown(plain(o)) for o in self.labels[:most])
        return some if len(self.labels) <= most else f"{some} and {len(self.labels) - most} more"

    @staticmethod
    def _folded(label: object) -> str:
        folded = label_of(plain(label))
        if folded is None:
            raise ValueError(f"an option has to be text or a whole number, not {label!r}")
        return folded


def truth() -> TruthKind:
    """Return the kind "True or False"."""
    return TruthKind()


@dataclass(frozen=True)
class TruthKind(Kind[tuple[bool, str]]):
    """True or False, from Python, numpy or a Series of one."""

    def wants(self) -> str:
        """Say what is wanted."""
        return "True or False"

    def check(self, value: Plain, given: object) -> str | None:
        """Return what is wrong with the form, or None."""
        return read_truth(value)[1]

    def read_key(self, value: bool, *, message: str = WRONG) -> tuple[bool, str]:
        """Take the right value and what to say to the other."""
        if not isinstance(value, bool):
            raise ValueError(f"the key has to be True or False, not {value!r}")
        return value, message

    def judge(self, value: Plain, given: object, key: tuple[bool, str]) -> Score:
        """Right or wrong."""
        found, problem = read_truth(value)
        if found is None:
            return Score(0.0, problem or WRONG)
        return Score(1.0) if found is key[0] else Score(0.0, key[1])


def read_truth(value: Plain) -> tuple[bool | None, str | None]:
    """Return the truth value in `value`, or None and what to tell the student."""
    wanted = "True or False is wanted"
    match value:
        case bool():
            return value, None
        case Listing() if value.holds_one:
            return read_truth(value.items[0])
        case str() if fold(value) in {"true", "false"}:
            return None, f"{wanted}; this is text: take the quotes away"
        case Other(words="a function"):
            return None, f"{wanted}; this is the function itself: call it, with brackets"
    return None, f"{wanted}; this is {words_for(value)}"


@dataclass(frozen=True)
class ChoiceKey:
    """The accepted options and the messages for the others."""

    accepted: frozenset[Label]
    mistakes: Mapping[Label, str]


def choice(options: Iterable[Label]) -> ChoiceKind:
    """Return the kind "one of `options`" (texts or whole numbers)."""
    return ChoiceKind(Options.of(options))


@dataclass(frozen=True)
class ChoiceKind(Kind[ChoiceKey]):
    """One option."""

    options: Options

    def wants(self) -> str:
        """Say what is wanted."""
        return f"one of {self.options.listed()}"

    def check(self, value: Plain, given: object) -> str | None:
        """Return what is wrong with the form, or None."""
        return self._read(value)[1]

    def read_key(self, value: Any, *, mistakes: Mapping[Label, str] | None = None) -> ChoiceKey:
        """Take the right option (or a set of accepted ones) and messages for wrong ones."""
        right = value if isinstance(value, (set, frozenset, list, tuple)) else [value]
        accepted = frozenset(self.options.known(v) for v in right)
        if not accepted:
            raise ValueError("the key accepts no option")
        return ChoiceKey(accepted, _messages(self.options, mistakes, accepted))

    def judge(self, value: Plain, given: object, key: ChoiceKey) -> Score:
        """Right where the option is accepted."""
        found, problem = self._read(value)
        if found is None:
            return Score(0.0, problem or WRONG)
        if found in key.accepted:
            return Score(1.0)
        return Score(0.0, key.mistakes.get(found, WRONG))

    def _read(self, value: Plain) -> tuple[Label | None, str | None]:
        found = self.options.find(value)
        if found is not None:
            return found, None
        match value:
            case Listing() if (
                len(value.items) == 1 and self.options.find(value.items[0]) is not None
            ):
                return None, f"{self.wants()} is wanted; take it out of the {value.origin}"
            case Listing() | Pairs() | Frame():
                return None, f"{self.wants()} is wanted; this is {words_for(value)}"
            case Other(text=None):
                return None, f"{self.wants()} is wanted; this is {words_for(value)}"
        return None, f"{shown(value)} is not {self.wants()}"


@dataclass(frozen=True)
class LabelSetKey:
    """The right options, those that neither earn nor cost, the messages for wrong ones."""

    right: frozenset[Label]
    optional: frozenset[Label]
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

    def check(self, value: Plain, given: object) -> str | None:
        """Return what is wrong with the form, or None."""
        labels, problem = read_labels(value, self.options, self.wants())
        return problem if labels is None else _unknown(labels, self.options)

    def read_key(
        self,
        right: Iterable[Label],
        *,
        optional: Iterable[Label] = (),
        mistakes: Mapping[Label, str] | None = None,
    ) -> LabelSetKey:
        """Take the right options, those that neither earn nor cost, messages for wrong ones."""
        chosen = frozenset(self.options.known(label) for label in right)
        free = frozenset(self.options.known(label) for label in optional) - chosen
        if not chosen and not self.none_allowed:
            raise ValueError("the key is empty, but the kind does not allow an empty answer")
        return LabelSetKey(chosen, free, _messages(self.options, mistakes, chosen | free))

    def judge(self, value: Plain, given: object, key: LabelSetKey) -> Score:
        """Share of the right options, less one for each wrong one, never below nothing."""
        labels, problem = read_labels(value, self.options, self.wants())
        if labels is None:
            return Score(0.0, problem or WRONG)
        chosen = {self.options.find(label) for label in labels} - {None}
        strange = {label_of(label) for label in labels if self.options.find(label) is None}
        hits = len(chosen & key.right)
        wrong = chosen - key.right - key.optional
        excess = len(wrong) + len(strange)
        if hits == len(key.right) and not excess:
            return Score(1.0)
        fraction = (hits - excess) / max(1, len(key.right))
        return Score(fraction, self._message(labels, wrong, hits, key))

    def _message(
        self, labels: list[Plain], wrong: Iterable[Label | None], hits: int, key: LabelSetKey
    ) -> str:
        parts = [
            f"{hits} of what you chose belongs here" if hits else "nothing chosen belongs here"
        ]
        unknown = _unknown(labels, self.options)
        if unknown:
            parts.append(unknown)
        wrong_ones = [label for label in self.options.labels if label in set(wrong)]
        named = [key.mistakes[label] for label in wrong_ones if label in key.mistakes]
        if len(named) < len(wrong_ones):
            parts.append("something chosen does not belong here")
        if hits < len(key.right):
            parts.append("something is missing")
        return "; ".join(parts + named)


def read_labels(
    value: Plain, options: Options, wanted: str, ordered: bool = False
) -> tuple[list[Plain] | None, str | None]:
    """Return the labels that a listing holds, or None and what to tell the student.

    With `ordered`, repeats are kept and a set is refused, because it keeps no order.
    """
    match value:
        case Listing(origin="set") if ordered:
            return None, f"{wanted} is wanted; a set keeps no order: use square brackets"
        case Listing():
            if any(isinstance(item, (Listing, Pairs, Frame)) for item in value.items):
                return None, f"{wanted} is wanted; this {value.origin} holds other lists or tables"
            return list(value.items), None
        case str():
            split = _split(value, options)
            if split is not None:
                return split, None
            return None, f"{wanted} is wanted; the text {shown(value)} is none of them"
        case int() if options.find(value) is not None:
            return [value], None
    return None, f"{wanted} is wanted; this is {words_for(value)}"


def _split(text: str, options: Options) -> list[Plain] | None:
    if options.find(text) is not None:
        return [text]
    pieces: list[Plain] = [p.strip() for p in re.split(r"[,;]", text) if p.strip()]
    if len(pieces) > 1 and all(options.find(p) is not None for p in pieces):
        return pieces
    if options.single_letters:
        letters: list[Plain] = [c for c in text if c.isalnum()]
        if letters and all(options.find(c) is not None for c in letters):
            return letters
    return None


def _unknown(labels: Iterable[Plain], options: Options) -> str | None:
    strange = list(dict.fromkeys(shown(v) for v in labels if options.find(v) is None))
    if not strange:
        return None
    names = ", ".join(strange[:3]) + (" and more" if len(strange) > 3 else "")
    verb = "is" if len(strange) == 1 else "are"
    return f"{names} {verb} not among the options ({options.listed()})"


def _messages(
    options: Options, mistakes: Mapping[Label, str] | None, right: frozenset[Label]
) -> dict[Label, str]:
    named = {options.known(k, "a mistake"): text for k, text in (mistakes or {}).items()}
    both = right & named.keys()
    if both:
        raise ValueError(f"{sorted(map(str, both))} is both right and a mistake")
    return named
