"""Turns whatever a student's name holds into plain data that is safe to compare.

Nothing that a student made is ever compared, printed, measured or iterated by its own methods: an
object may lie about its class, its length or its equality. `plain` looks at the real type, copies
the content out with the methods of the built-in, numpy or pandas type, and describes the rest in
words.
"""

from __future__ import annotations

import copy
import datetime
import decimal
import fractions
import functools
import math
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

import numpy as np
import pandas as pd

from course.scoring.quiet import keep_quiet, try_quietly

MOST_ITEMS = 200_000
DEEPEST = 8


@dataclass(frozen=True)
class Listing:
    """Several values. `origin` is what held them: "list", "tuple", "set", "array", "Series" ..."""

    items: tuple[Plain, ...]
    origin: str
    index: tuple[Plain, ...] | None = None

    @property
    def ordered(self) -> bool:
        """Whether the values stand in an order that the student chose."""
        return self.origin != "set"

    @property
    def holds_one(self) -> bool:
        """Whether this is one value that numpy or pandas happens to wrap."""
        return len(self.items) == 1 and self.origin in {"array", "Series", "Index"}


@dataclass(frozen=True)
class Pairs:
    """A dict: pairs of key and value in the order in which they were entered."""

    pairs: tuple[tuple[Plain, Plain], ...]


@dataclass(frozen=True)
class Frame:
    """A table: named columns of equal length, and the levels of its index."""

    columns: tuple[tuple[Plain, tuple[Plain, ...]], ...]
    index: tuple[tuple[Plain, tuple[Plain, ...]], ...]
    rows: int


@dataclass(frozen=True)
class Other:
    """What is no plain data. `words` says what it is; `text` is its label, for a date."""

    words: str
    text: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of one call of a student's function."""

    value: Plain = None  # what it gave back
    dots: bool = False  # it gave back `...`, as a stub does
    raised: str = ""  # the name of the exception that it raised, or ""
    text: str = ""  # what a built-in exception said
    failed: str = ""  # why the call could not be made or finished, as a sentence, or ""
    printed: bool = False  # whether it printed anything


@dataclass(frozen=True)
class Function:
    """A function of the student's, here or in another process; `call` takes its arguments."""

    call: Callable[[tuple[Any, ...]], Outcome] = field(repr=False, compare=False)


Plain: TypeAlias = bool | int | float | str | Listing | Pairs | Frame | Function | Other | None

_DICT_VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))
MOST_TOLD = 120  # characters of an exception's text


def is_a(value: object, *kinds: type) -> bool:
    """Whether the real type of `value` is one of `kinds`; `__class__` is not believed."""
    return any(type.__subclasscheck__(kind, type(value)) for kind in kinds)


def type_name(value: object) -> str:
    """Return the name of the real type, at most 40 characters."""
    name = type.__dict__["__name__"].__get__(type(value))
    return str.__str__(name)[:40]


_PLAIN = frozenset((type(None), bool, int, float, str, Listing, Pairs, Frame, Function, Other))


def plain(value: object) -> Plain:
    """Return `value` as plain data. Never raises, whatever the object does."""
    if type(value) in _PLAIN:  # hundreds of options and results are plain already
        return cast(Plain, value)
    return try_quietly(
        lambda: _read_plain(value, 0),
        lambda: Other(f"an object of type {type_name(value)} that cannot be read"),
    )


def is_missing(value: Plain) -> bool:
    """Whether nothing has been answered: None, `...`, or an empty text, list or dict."""
    match value:
        case None | "":
            return True
        case str():
            return not value.strip()
        case Listing():
            return not value.items and value.origin != "set"
        case Pairs():
            return not value.pairs
    return False


class WrongForm(Exception):  # noqa: N818 - what is said of the answer, not of this program
    """A value is not of the form that is asked for; the reason is a sentence for the student."""


def refuse(wanted: str, value: Plain, more: str = "") -> WrongForm:
    """Return the refusal of a value where something else is wanted."""
    return WrongForm(f"{wanted} is wanted; this is {words_for(value)}{more}")


def say_unwrap(value: Listing) -> str:
    """Say how the one value comes out of what holds it."""
    if value.origin == "tuple":
        return "the comma after the value makes it a tuple: take the comma away"
    return f"take it out of the {value.origin}"


def words_for(value: Plain) -> str:
    """Say in words what a student gave, without its content."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "True or False"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case Listing():
            article = "an" if value.origin[0] in "aI" else "a"
            count = "one value" if len(value.items) == 1 else f"{len(value.items)} values"
            return f"{article} {value.origin} of {count}"
        case Pairs():
            return "a dict"
        case Frame():
            return f"a whole table ({value.rows} rows, {len(value.columns)} columns)"
        case Function():
            return "a function"
        case Other():
            return value.words


def call_function(function: Callable[..., object], args: tuple[Any, ...]) -> Outcome:
    """Call a function with copies of `args`; whatever it does short of a crash is contained."""
    fresh = copy.deepcopy(args)
    with keep_quiet() as out:
        try:
            value = function(*fresh)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            text = _text_of_error(error)
            return Outcome(raised=type_name(error), text=text, printed=out.written)
    return Outcome(plain(value), dots=value is ..., printed=out.written)


def _text_of_error(error: BaseException) -> str:
    """Return what a built-in exception says; another one may lie about itself."""
    args = BaseException.args.__get__(error)  # type: ignore[attr-defined]
    text = args[0] if args and type(args[0]) is str else ""
    if type(error).__module__ != "builtins":
        return ""
    return "".join(c if c.isprintable() else " " for c in text[:MOST_TOLD])


def _read_plain(value: object, depth: int) -> Plain:
    if value is None or value is Ellipsis or value is NotImplemented:
        return None
    if is_a(value, Listing, Pairs, Frame, Function, Other):
        return cast(Plain, value)
    if value is pd.NA or value is pd.NaT:
        return float("nan")
    for reader in (_read_scalar, _read_container, _read_tabular):
        found = reader(value, depth)
        if found is not None:
            return found
    if callable(value):
        return Function(functools.partial(call_function, value))
    if is_a(value, types.GeneratorType, map, filter, zip):
        return Other("something that still has to be turned into values (wrap it in list(...))")
    return Other(f"an object of type {type_name(value)}")


def _read_scalar(value: Any, depth: int) -> Plain:
    if is_a(value, bool, np.bool_):
        return value is True or (value is not False and bool(np.bool_.item(value)))
    if is_a(value, int):
        return int.__int__(value)
    if is_a(value, float):
        return float.__float__(value)
    if is_a(value, str):
        return str.__str__(value)
    if is_a(value, np.integer):
        return int(np.integer.__int__(value))
    if is_a(value, np.floating):
        return _short_float(value)
    if is_a(value, decimal.Decimal):
        # A signaling nan would raise.
        return math.nan if decimal.Decimal.is_nan(value) else decimal.Decimal.__float__(value)
    if is_a(value, fractions.Fraction):
        return _read_fraction(value)
    if is_a(value, complex, np.complexfloating):
        return Other("a complex number")
    if is_a(value, bytes, bytearray):
        return Other("bytes")
    return _read_date(value)


def _short_float(value: Any) -> float:
    """Return a numpy float as Python's; 88.7 kept in 32 bits stays 88.7."""
    if is_a(value, np.float32, np.float16) and np.isfinite(value):
        return float(np.format_float_scientific(value, unique=True))
    return float(np.floating.__float__(value))


def _read_fraction(value: fractions.Fraction) -> float:
    top = int.__int__(fractions.Fraction.numerator.__get__(value))
    bottom = int.__int__(fractions.Fraction.denominator.__get__(value))
    try:
        return top / bottom
    except OverflowError:
        return float("inf") if top > 0 else float("-inf")


def _read_date(value: Any) -> Plain:
    if is_a(value, np.datetime64):
        value = pd.Timestamp(value)
    if value is pd.NaT:
        return float("nan")
    if is_a(value, pd.Timestamp) and not 1 <= pd.Timestamp.year.__get__(value) <= 9999:
        return Other("a date outside the years 1 to 9999")  # datetime would make another of it
    if is_a(value, datetime.timedelta, np.timedelta64):
        return Other("a length of time (its .days are a number)")
    if is_a(value, datetime.datetime):
        midnight = datetime.datetime.time(value) == datetime.time()
        day = datetime.date.isoformat(datetime.datetime.date(value))
        return Other("a date", day if midnight else datetime.datetime.isoformat(value))
    if is_a(value, datetime.date):
        return Other("a date", datetime.date.isoformat(value))
    if is_a(value, pd.Period):
        return Other("a period", str(value))
    return None


def _make_listing(
    items: Iterable[object], size: int, origin: str, depth: int, index: Listing | None = None
) -> Plain:
    if size > MOST_ITEMS or depth >= DEEPEST:
        return Other(f"a {origin} that is too long or too deep to read")
    read = tuple(_read_plain(item, depth + 1) for item in items)
    if origin == "set":  # else a message that names its items would differ from run to run
        read = tuple(sorted(read, key=_rank_value))
    return Listing(read, origin, index.items if index else None)


def _rank_value(value: Plain) -> tuple[Any, ...]:
    """Return a place for a value of any kind: numbers by size, then texts, then the rest."""
    match value:
        case int() | float() if value == value:
            return 0, value, "", ()
        case str():
            return 1, 0, value, ()
        case Listing():
            return 2, 0, value.origin, tuple(map(_rank_value, value.items))
        case Other():
            return 3, 0, f"{value.words} {value.text}", ()
    return 4, 0, "", ()


def _read_container(value: Any, depth: int) -> Plain:
    ways: tuple[tuple[type, str, Callable[[Any], int], Callable[[Any], Iterator[object]]], ...] = (
        (list, "list", list.__len__, list.__iter__),
        (tuple, "tuple", tuple.__len__, tuple.__iter__),
        (set, "set", set.__len__, set.__iter__),
        (frozenset, "set", frozenset.__len__, frozenset.__iter__),
        (range, "range", range.__len__, range.__iter__),
    )
    for kind, origin, size, walk in ways:
        if is_a(value, kind):
            return _make_listing(walk(value), size(value), origin, depth)
    if is_a(value, *_DICT_VIEWS):
        return _make_listing(iter(value), len(value), "list", depth)
    if is_a(value, dict):
        if dict.__len__(value) > MOST_ITEMS or depth >= DEEPEST:
            return Other("a dict that is too long or too deep to read")
        pairs = tuple(dict.items(value))
        return Pairs(
            tuple((_read_plain(k, depth + 1), _read_plain(v, depth + 1)) for k, v in pairs)
        )
    return None


def _read_tabular(value: Any, depth: int) -> Plain:
    if is_a(value, np.ndarray):
        size = np.ndarray.size.__get__(value)
        items = [np.ndarray.item(value)] if size == 1 else np.ndarray.tolist(value)
        return _make_listing(items, size, "array", depth)
    if is_a(value, pd.Series):
        index = _read_tabular(value.index, depth)
        items, known = pd.Series.to_list(value), index if isinstance(index, Listing) else None
        return _make_listing(items, len(items), "Series", depth, known)
    if is_a(value, pd.Index):
        items = pd.Index.to_list(value)
        return _make_listing(items, len(items), "Index", depth)
    if is_a(value, pd.api.extensions.ExtensionArray):
        items = list(value)
        return _make_listing(items, len(items), "array", depth)
    if is_a(value, pd.DataFrame):
        return _read_frame(value, depth)
    return None


def _read_frame(value: pd.DataFrame, depth: int) -> Plain:
    rows, width = value.shape
    if rows * max(width, 1) > MOST_ITEMS or depth >= DEEPEST:
        return Other("a table that is too long to read")

    def read(name: object, cells: Any) -> tuple[Plain, tuple[Plain, ...]]:
        items = tuple(_read_plain(one, depth + 1) for one in cells.to_list())
        return _read_plain(name, depth + 1), items

    columns = tuple(read(name, value.iloc[:, i]) for i, name in enumerate(value.columns.to_list()))
    levels = range(value.index.nlevels)
    index = tuple(read(value.index.names[i], value.index.get_level_values(i)) for i in levels)
    return Frame(columns, index, rows)
