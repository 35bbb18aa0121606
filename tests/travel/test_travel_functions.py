"""Functions are called where they are; the scoring says the same of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course.scoring import (
    case,
    choice,
    function,
    number,
    truth,
)
from tests.travel.journey import travelled


class Own(Exception):  # noqa: N818
    """A student's own exception."""


class OwnKeyError(KeyError):
    """One that derives from a built-in one."""


def _raise(error: BaseException) -> Any:
    raise error


def _emptied(*args: Any) -> Any:
    args[0].clear()
    return 3


def _named(x: int) -> int:
    return x


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "right": lambda x: 73.125 * x,
    "divides by nothing": lambda x: x / 0,
    "key": lambda x: {}[x],
    "key of text": lambda x: {}["gone"],
    "own": lambda x: _raise(Own("own text")),
    "own key": lambda x: _raise(OwnKeyError("own text")),
    "own without text": lambda x: _raise(Own()),
    "leaves": lambda x: _raise(SystemExit("bye")),
    "leaves with a number": lambda x: _raise(SystemExit(3)),
    "generator exit": lambda x: _raise(GeneratorExit()),
    "stops": lambda x: next(iter(())),
    "unicode": lambda x: b"\xff".decode(),
    "group": lambda x: _raise(ExceptionGroup("several", [ValueError("a")])),
    "file": lambda x: Path("/none/such").read_text(),
    "assertion": lambda x: _raise(AssertionError("wrong")),
    "numpy's": lambda x: np.zeros(3).sum(axis=x + 7),
    "linear algebra": lambda x: np.linalg.inv(np.zeros((2, 2))),
    "long text": lambda x: _raise(ValueError("y" * 9000)),
    "surrogates": lambda x: _raise(ValueError("\ud800\n")),
    "recursion": lambda x: FUNCTIONS["recursion"](x),
    "prints": lambda x: print(73.125 * x),
    "prints spaces": lambda x: print("  "),
    "prints and returns": lambda x: (print("a"), 73.125 * x)[1],
    "nothing": lambda x: None,
    "dots": lambda x: ...,
    "list of one": lambda x: [73.125],
    "table": lambda x: pd.DataFrame({"a": [73.125 * x]}),
    "series": lambda x: pd.Series([73.125 * x]),
    "generator": lambda x: (i for i in range(3)),
    "function": lambda x: lambda: 3,
    "empties": _emptied,
    "one": _named,
    "none": lambda: 3,
    "two": lambda x, y: 3,
    "keyword": lambda *, x: 3,
    "class": int,
    "builtin": len,
    "ufunc": np.sqrt,
    "method": "abc".upper,
    "async": None,
}


async def _later(x: int) -> int:
    return x


FUNCTIONS["async"] = _later

KINDS = {
    "number": (function(example=2, returns=number()), [case(1, 73.125), case(3, 219.375)], 0.06),
    "truth": (function(example=2, returns=truth()), [case(1, True), case(3, False)], None),
    "text": (function(example=("a",), returns=choice(["a", "b"])), [case("a", "b")], None),
    "list": (function(example=([1],), returns=number()), [case(([3, 1],), 4)], 0.1),
    "two": (function(example=(1, 2), returns=number()), [case((3, 1), 4)], 0.1),
    "series": (function(example=(pd.Series([1]),), returns=number()), [case(np.ones(3), 3)], 0.1),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore:coroutine")
def test_a_function_gets_the_same_score_and_words(kind: str, name: str) -> None:
    """Whatever it returns, prints or raises, in the process where it runs."""
    wanted, cases, within = KINDS[kind]
    func = FUNCTIONS[name]
    found = travelled(func)
    assert wanted.form(found) == wanted.form(func)
    options = {} if within is None else {"within": within}
    assert wanted.score(found, cases=cases, **options) == wanted.score(func, cases=cases, **options)


def test_the_words_of_a_wrong_call_name_the_student_s_function() -> None:
    """`_named() takes 1 positional argument but 2 were given`."""
    form = KINDS["two"][0].form(travelled(_named)) or ""
    assert "_named() takes 1 positional argument but 2 were given" in form
