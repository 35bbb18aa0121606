"""The scoring says of a travelled value, word for word, what it said of the original."""

import io
import itertools
from collections import deque
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from course.scoring import (
    label_map,
    label_set,
    number,
    order,
    table,
)
from course.scoring.plain import plain
from tests.scoring.kinds import EXAMPLES
from tests.scoring.test_scoring_hostile import HOSTILE
from tests.scoring.test_scoring_properties import answers
from tests.travel.journey import alike, told, travelled

quick = settings(deadline=None, max_examples=40, database=None)


@pytest.mark.parametrize("name", EXAMPLES)
@quick
@given(value=answers)
def test_any_answer_gets_the_same_score_and_words(name: str, value: object) -> None:
    """For every kind of question, whatever the answer."""
    assert told(name, travelled(value)) == told(name, value)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_right_answer_stays_right(name: str) -> None:
    """The other properties would also hold if nothing arrived."""
    assert told(name, travelled(EXAMPLES[name].right)) == (None, 1.0, "")


# A number of thousands of digits stays behind; what it is called differs.
CHANGED = {"a huge number"}
# What holds a value arrives as that value, even where the original could also be called.
HOLDING = ["array", "dict", "list", "int", "table", "text", "tuple", "Series"]
PAIRS = [
    (name, hostile)
    for name in EXAMPLES
    for hostile in sorted(set(HOSTILE) - CHANGED)
    if name != "function" or hostile.removesuffix(" that fails").split()[-1] not in HOLDING
]


@pytest.mark.parametrize(("name", "hostile"), PAIRS)
def test_a_hostile_object_gets_the_same_words(name: str, hostile: str) -> None:
    """Objects that lie or fail are described alike."""
    found = travelled(HOSTILE[hostile]())
    assert told(name, found) == told(name, HOSTILE[hostile]())


def test_a_huge_number_earns_nothing_and_is_described() -> None:
    """It does not travel, and the message says why."""
    assert "more than 4,000 digits" in (number().form(travelled(10**5000)) or "")


ODD: dict[str, Any] = {
    "set": {"A", "Z", "Y", "X", 3, None, 2.5, "B"},
    "big set": {f"u{i}" for i in range(40)},
    "views": {"P01": 73.125, "P02": 1}.items(),
    "keys": {"A": 1, "C": 2}.keys(),
    "dict of arrays": {"unit": np.array(["Lima"]), "share": np.array([73.125])},
    "rows": [{"unit": "Lima", "share": 73.125}, {"unit": "Puno"}],
    "grouped": pd.DataFrame({"unit": ["Lima", "Puno"], "share": [1, 2]}).groupby("unit").sum(),
    "counts": pd.Series(["A", "C", "A"]).value_counts(),
    "category": pd.Series(["A", "C"], dtype="category"),
    "unique": pd.Series(["A", "C"]).unique(),
    "structure": np.array([("a", 1)], dtype=[("x", "U1"), ("y", "i4")]),
    "masked": np.ma.array([1.0, 2.0], mask=[True, False]),
    "zero": np.array(5),
    "date": pd.Timestamp("2006-04-09"),
    "dates": pd.Series(pd.to_datetime(["2006-04-09"])),
    "sparse": pd.Series(pd.arrays.SparseArray([0, 1])),
    "groupby": pd.DataFrame({"a": [1]}).groupby("a"),
    "dtype": np.dtype("i8"),
    "exception": ValueError("a"),
    "error class": ValueError,
    "file": io.StringIO("a"),
    "surrogate": "\ud800",
    "pair of surrogates": "\ud83d\ude00",
    "line": "a\nb\u2028c\0",
    "deep": [[[[[[[[[[[["x"]]]]]]]]]]]],
    "chain": itertools.chain([1]),
    "iterator": iter([1]),
    "deque": deque([1]),
    "offset": pd.DateOffset(days=1),
    "memory": memoryview(b"a"),
    "style": type("Ståle\n", (), {})(),
}
OTHERS = {
    **{name: example.kind for name, example in EXAMPLES.items()},
    "map of labels": label_map(["P01", "P02"], ["x", "y"]),
    "options": label_set(["A", "C"], none_allowed=True),
    "any table": table(["unit", "share"]),
    "an order": order(["A", "C"]),
}


@pytest.mark.parametrize("odd", sorted(set(ODD) - {"style"}))
def test_odd_answers_get_the_same_words(odd: str) -> None:
    """Views, groups, structures, texts that are hard to write."""
    value = ODD[odd]
    found = travelled(value)
    assert alike(plain(found), plain(value))
    for kind in OTHERS.values():
        assert kind.form(found) == kind.form(value)
    for name in EXAMPLES:
        assert told(name, found) == told(name, value)


def test_the_name_of_a_type_is_cleaned() -> None:
    """What cannot be printed is replaced; nothing else changes."""
    assert type(travelled(ODD["style"])).__name__ == "Ståle\ufffd"
