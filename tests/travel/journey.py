"""Takes values the way that they go at grading: written, read, functions called from afar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.grading.travel import (
    Bounds,
    Callables,
    dumps,
    dumps_call,
    dumps_result,
    loads,
    loads_call,
    loads_result,
)
from course.scoring.plain import Frame, Listing, Other, Pairs, Plain
from tests.scoring.kinds import EXAMPLES

__all__ = ["alike", "remote", "told", "travelled"]


def remote(callables: Callables) -> Callable[[int], Callable[..., object]]:
    """Return what the judge calls functions by, when both sides are this process."""

    def body(handle: int) -> Callable[..., object]:
        def call(*args: Any, **kwargs: Any) -> object:
            given, named = loads_call(dumps_call(args, kwargs))
            result = dumps_result(callables.get(handle), given, named, callables)
            return loads_result(result, remote(callables))

        return call

    return body


def travelled(value: object, bounds: Bounds | None = None) -> Any:
    """Return a value as it arrives."""
    callables = Callables()
    options = {} if bounds is None else {"bounds": bounds}
    return loads(dumps(value, callables, **options), remote(callables), **options)


def told(name: str, value: object) -> tuple[str | None, float, str]:
    """Return all that a kind says of a value."""
    example = EXAMPLES[name]
    return example.kind.form(value), example.score(value), example.message(value)


def alike(one: Plain, other: Plain) -> bool:
    """Whether two pieces of plain data are the same; not a number equals itself here."""
    if type(one) is not type(other):
        return False
    match one, other:
        case float(), float():
            return one == other or (one != one and other != other)
        case Listing(), Listing():
            return (
                one.origin == other.origin
                and _all(one.items, other.items)
                and (one.index is None) == (other.index is None)
                and _all(one.index or (), other.index or ())
            )
        case Pairs(), Pairs():
            return _all(
                [part for pair in one.pairs for part in pair],
                [part for pair in other.pairs for part in pair],
            )
        case Frame(), Frame():
            return one.rows == other.rows and all(
                len(left) == len(right)
                and all(
                    alike(a, b) and _all(c, d) for (a, c), (b, d) in zip(left, right, strict=True)
                )
                for left, right in ((one.columns, other.columns), (one.index, other.index))
            )
        case Other(), Other():
            return one == other
    return one == other


def _all(some: Any, others: Any) -> bool:
    return len(some) == len(others) and all(map(alike, some, others))
