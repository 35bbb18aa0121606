"""Labels and the options on offer. Case, accents and spacing do not tell labels apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from course.scoring.plain import (
    Frame,
    Listing,
    Other,
    Pairs,
    Plain,
    WrongForm,
    plain,
    refuse,
    words_for,
)

Label: TypeAlias = str | int | bool | float

LONGEST = 1_000  # characters of a label
MOST_NAMED = 5  # labels in a message
MOST_QUOTED = 40  # of one in a message

_JOINERS = re.compile(r"(?<=\w)[\s_\-\u2010-\u2015]+(?=\w)")
_LEADING_ZEROS = re.compile(r"(?<![\d.,])0+(?=\d)")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})


def fold_text(text: str) -> str:
    """Return `text` without what does not tell labels apart.

    That is: case, accents, outer spaces, the choice between space, underscore and hyphen, curly
    quotes, and leading zeros ("P01" and "p1" are the same). What is too long for a label stays as
    it is: the time for this grows with the square of a row of accents.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return text
    return _fold_short(text)


@lru_cache(maxsize=4096)  # a question may offer every row of the tables
def _fold_short(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.translate(_QUOTES)).casefold()
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
            return fold_text(value)
        case Other(text=str(text)):
            return fold_text(text)
        case Listing() if value.holds_one:
            return label_of(value.items[0])
    return None


def same_label(one: Plain, other: Plain) -> bool:
    """Tell whether two values hold the same label."""
    folded = label_of(one)
    return folded is not None and folded == label_of(other)


def quote_label(value: Plain) -> str:
    """Return what a student entered as short, printable text in quotes."""
    if isinstance(value, Other) and value.text:
        return value.text
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) < 10**18):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if not isinstance(value, str):
        return words_for(value)
    clean = "".join(c if c.isprintable() else "\ufffd" for c in value[: MOST_QUOTED + 1])
    clean = clean.replace('"', "'")  # so that it is plain where the quotation ends
    return f'"{clean[:MOST_QUOTED]}…"' if len(clean) > MOST_QUOTED else f'"{clean}"'


@dataclass(frozen=True)
class Options:
    """The labels that a question offers, by their folded form; `also`: other names for some."""

    labels: tuple[Label, ...]
    also: tuple[tuple[str, Label], ...] = ()
    by_fold: Mapping[str, Label] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_fold: dict[str, Label] = {}
        for label in self.labels:
            folded = label_of(plain(label))
            if folded is None:
                raise ValueError(f"an option has to be text or a whole number, not {label!r}")
            if folded in by_fold:
                raise ValueError(f"options have to differ in more than case: {label!r}")
            by_fold[folded] = label
        if not by_fold:
            raise ValueError("there is no option")
        object.__setattr__(self, "by_fold", by_fold)
        others = {
            fold_text(name): self.known(label, f"the name {name!r}") for name, label in self.also
        }
        object.__setattr__(self, "by_fold", {**others, **by_fold})

    @classmethod
    def of(cls, labels: Iterable[Any], also: Mapping[str, Any] | None = None) -> Options:
        """Read the author's options; raises ValueError where two would be taken for one."""
        if isinstance(labels, str):
            raise ValueError(f"options are a list of labels, not the text {labels!r}")
        return cls(tuple(labels), tuple((also or {}).items()))

    def find(self, value: Plain) -> Label | None:
        """Return the option that `value` means, or None."""
        wanted = label_of(value)
        return None if wanted is None else self.by_fold.get(wanted)

    def known(self, label: object, what: str = "the key") -> Label:
        """Return the option that the author means. Raises ValueError for one not on offer."""
        found = self.find(plain(label))
        if found is None:
            raise ValueError(f"{what} names {label!r}, which is not one of {list(self.labels)}")
        return found

    def listed(self, most: int = 12) -> str:
        """Return the options in words, at most `most` of them."""
        return name_labels(self.labels, most)


def name_labels(labels: Sequence[Any], most: int = MOST_NAMED) -> str:
    """Return labels in words, at most `most` of them."""
    some = ", ".join(quote_label(plain(label)) for label in labels[:most])
    return some if len(labels) <= most else f"{some} and {len(labels) - most} more"


def read_labels(value: Plain, options: Options, wanted: str, ordered: bool = False) -> list[Plain]:
    """Return the labels that a listing holds. Raises WrongForm where it is none of labels.

    With `ordered`, a set is refused, because it keeps no order.
    """
    match value:
        case Listing(origin="set") if ordered:
            raise WrongForm(f"{wanted} is wanted; a set keeps no order: use square brackets")
        case Listing():
            if any(isinstance(item, (Listing, Pairs, Frame)) for item in value.items):
                raise WrongForm(
                    f"{wanted} is wanted; this {value.origin} holds other lists or tables"
                )
            return list(value.items)
        case str():
            if found := _split_labels(value, options):
                return found
            raise WrongForm(f"{wanted} is wanted; the text {quote_label(value)} is none of them")
        case int() if options.find(value) is not None:
            return [value]
    raise refuse(wanted, value)


def _split_labels(text: str, options: Options) -> list[Plain]:
    if options.find(text) is not None:
        return [text]
    pieces: list[Plain] = [p.strip() for p in re.split(r"[,;]", text) if p.strip()]
    if len(pieces) > 1 and all(options.find(p) is not None for p in pieces):
        return pieces
    # Where every option is one letter, "AC" means two of them.
    if all(isinstance(o, str) and len(o.strip()) == 1 for o in options.labels):
        letters: list[Plain] = [c for c in text if c.isalnum()]
        if all(options.find(c) is not None for c in letters):
            return letters
    return []


def name_unknown(labels: Iterable[Plain], options: Options) -> str | None:
    """Say which labels are not on offer, or return None."""
    strange = list(dict.fromkeys(quote_label(v) for v in labels if options.find(v) is None))
    if not strange:
        return None
    names = ", ".join(strange[:3]) + (" and more" if len(strange) > 3 else "")
    verb = "is" if len(strange) == 1 else "are"
    return f"{names} {verb} not among the options ({options.listed()})"
