"""The cases of a function, and the functions that are made from the right one to try a key by."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Case:
    """Arguments, the right result, and what the case is about."""

    args: tuple[Any, ...]
    expected: Any
    label: str = ""


def case(args: Any, expected: Any = None, label: str = "") -> Case:
    """Return a case: `args` (a tuple, or the only argument), the right result, what it is about.

    Without a result, it is what the key's right function gives.
    """
    return Case(args if isinstance(args, tuple) else (args,), expected, label)


@dataclass(frozen=True)
class WrongFunction:
    """A known wrong solution with a name; `credit` None leaves the points to the cases."""

    func: Callable[..., Any]
    message: str
    credit: float | None = 0.0


def wrong(func: Callable[..., Any], message: str, credit: float | None = 0.0) -> WrongFunction:
    """Name a wrong solution: a student's function that agrees with it on all cases gets `message`.

    `credit` is the fraction that it then earns; None gives what the cases give.
    """
    if credit is not None and not 0 <= credit <= 1:
        raise ValueError(f"the credit of a wrong function is a fraction from 0 to 1, not {credit}")
    return WrongFunction(func, message, credit)


def with_result(one: Case, right: Callable[..., Any]) -> Case:
    """Return a case with its result: what the right function gives, where it names none."""
    return one if one.expected is not None else replace(one, expected=right(*one.args))


def functions_without_reading(
    cases: tuple[Case, ...], right: Callable[..., Any] | None
) -> list[Callable[..., Any]]:
    """Return functions that give the same whatever they are given, or ignore one argument."""
    results = [c.expected for c in cases]
    results += [round(one) for one in results if isinstance(one, float)]  # which earns half
    constants = {repr(one): one for one in results}.values()
    found: list[Callable[..., Any]] = [lambda *_, value=value: value for value in constants]
    if right is not None:
        right = _remember_results(right)
        for place in range(len(cases[0].args)):
            fixed = {repr(c.args[place]): c.args[place] for c in cases}.values()
            for value in fixed:
                found.append(lambda *a, at=place, one=value: right(*a[:at], one, *a[at + 1 :]))
    return found


def _remember_results(right: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that calls another one once for the same arguments.

    With one of them exchanged, many cases are the same.
    """
    known: dict[bytes, Any] = {}

    def call(*args: Any) -> Any:
        try:
            key = pickle.dumps(args)
        except Exception:  # a function, or anything else that has no bytes
            return right(*args)
        if key not in known:
            known[key] = right(*args)
        return known[key]

    return call
