"""What holds for every answer: bounds, order of entry, more right is never fewer points."""

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example as also
from hypothesis import given, settings
from hypothesis import strategies as st

from course.scoring import (
    Question,
    case,
    function,
    label_map,
    label_set,
    number,
    order,
    plot,
    truth,
)
from course.scoring.orders import longest_run
from course.scoring.reading import is_near
from tests.scoring.kinds import EXAMPLES

# No deadline: a busy machine is no fault. No database: the folder stays as it is.
quick = settings(deadline=None, max_examples=40, database=None)

LETTERS = list("ABCDEFGH")
sizes = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=12)
    | st.decimals()
    | st.fractions()
    | st.binary(max_size=4)
    | st.dates()
    | st.sampled_from([*LETTERS, "P01", "P02", "fact", "x", "y", "z", 73.125, True, ...])
)
keys = st.sampled_from(["P01", "P02", "unit", "share", "series", "x", "y", "kind", 3])
answers: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(keys, inner, max_size=4)
        | st.tuples(inner, inner)
        | st.lists(inner, max_size=3).map(lambda v: pd.Series(v, dtype=object))
        | st.lists(st.dictionaries(keys, inner, max_size=3), max_size=3)
        | inner.map(lambda v: lambda *args: v)
    ),
    max_leaves=8,
)
chosen = st.sets(st.sampled_from(LETTERS))


@pytest.mark.parametrize("name", EXAMPLES)
@quick
@given(value=answers)
def test_the_grade_of_anything_is_within_its_points(name: str, value: object) -> None:
    """Whatever the answer, the grade is a plain float from 0 to the points."""
    example = EXAMPLES[name]
    q = Question("votes-01", points=1.5, answers={"x": value})
    q.part("x", example.kind)
    q.check()
    q.key("x", *example.key, **example.options)
    grade = q.grade()
    assert type(grade) is float
    assert 0.0 <= grade <= 1.5


@pytest.mark.parametrize("name", EXAMPLES)
@quick
@given(value=answers)
@also(value=5.0)
@also(value={"P01": 5.0, "P02": 5.0})
@also(value=lambda x: 5.0)
def test_no_message_holds_the_key(name: str, value: object) -> None:
    """What is told never contains the right number, unless the student wrote it."""
    example = EXAMPLES[name]
    told = example.message(value) + (example.kind.form(value) or "")
    for secret in ("73.125", "61.375", "219.375"):
        assert secret not in told or secret in repr(value)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_right_answer_is_right_and_says_nothing(name: str) -> None:
    """The other properties would also hold for a kind that accepts nothing."""
    example = EXAMPLES[name]
    assert example.kind.form(example.right) is None
    assert example.score(example.right) == 1.0
    assert example.message(example.right) == ""


@quick
@given(key=sizes, value=sizes, within=st.floats(0, 1e3))
def test_a_value_nearer_to_the_key_is_never_worse(key: float, value: float, within: float) -> None:
    """Halving the distance keeps a right answer right."""
    kind = number("percent")
    score = kind.score(value, key, within=within).fraction
    assert kind.score(key + (value - key) / 2, key, within=within).fraction >= score
    assert kind.score(key, key, within=within).fraction == 1.0


@quick
@given(key=sizes, share=st.floats(-1, 1), within=st.floats(1e-6, 1e3))
def test_whatever_is_within_the_tolerance_is_right(key: float, share: float, within: float) -> None:
    """No rung of the ladder takes a right answer."""
    for unit in ("", "percent", "votes"):
        score = number(unit).score(key + share * within, key, within=within)
        assert score.fraction == 1.0
        assert score.message == ""


@quick
@given(key=st.integers(-(10**9), 10**9), value=st.integers(-(10**9), 10**9), within=sizes.map(abs))
def test_every_type_of_number_gets_the_same_grade(key: int, value: int, within: float) -> None:
    """int, float, numpy, Decimal, Fraction, Series and Index are one."""
    kinds = [int, float, np.int64, np.float64, Decimal, Fraction, np.array]
    wraps = [*kinds, lambda v: pd.Series([v]), lambda v: pd.Index([v]), lambda v: np.array([v])]
    scores = {number("votes").score(wrap(value), key, within=within) for wrap in wraps}
    assert len(scores) == 1


@quick
@given(found=sizes, right=sizes, within=st.floats(0, 1e6))
def test_nearness_is_symmetric(found: float, right: float, within: float) -> None:
    """Which of two numbers is the key does not matter, but for the rounding of the larger."""
    if abs(abs(found - right) - within) > 1e-8 * max(1, abs(found), abs(right), within):
        assert is_near(found, right, within) == is_near(right, found, within)


@quick
@given(key=chosen.filter(bool), answer=chosen, seed=st.integers(0, 99))
def test_the_order_of_entry_of_a_set_does_not_matter(
    key: set[str], answer: set[str], seed: int
) -> None:
    """A list, shuffled and with repeats, is the set it holds."""
    kind = label_set(LETTERS, none_allowed=True)
    entries = sorted(answer) * 2
    random.Random(seed).shuffle(entries)
    assert kind.score(entries, key).fraction == kind.score(answer, key).fraction


@quick
@given(key=chosen.filter(bool), answer=chosen, data=st.data())
def test_a_right_label_more_or_a_wrong_one_less_is_never_worse(
    key: set[str], answer: set[str], data: st.DataObject
) -> None:
    """Each step towards the key keeps or raises the score; only the key itself has all of it."""
    kind = label_set(LETTERS, none_allowed=True)
    score = kind.score(answer, key).fraction
    assert (score == 1.0) == (answer == key)
    if answer != key:
        step = data.draw(st.sampled_from(sorted(answer ^ key)))
        assert kind.score(answer ^ {step}, key).fraction >= score


maps = st.dictionaries(st.sampled_from(LETTERS), st.sampled_from(["x", "y", "z"]))
full_maps = st.fixed_dictionaries({k: st.sampled_from(["x", "y", "z"]) for k in LETTERS})
weights = st.dictionaries(st.sampled_from(LETTERS), st.floats(0.1, 9))


@quick
@given(key=full_maps, answer=maps, heavy=weights, seed=st.integers(0, 99))
def test_a_map_is_never_worse_for_one_more_right_value(
    key: dict[str, str], answer: dict[str, str], heavy: dict[str, float], seed: int
) -> None:
    """Mending one value raises the score, up to all of it; the order of entry does not matter."""
    kind = label_map(LETTERS, ["x", "y", "z"])
    entries = list(answer.items())
    random.Random(seed).shuffle(entries)
    last = kind.score(answer, key, weights=heavy).fraction
    assert kind.score(dict(entries), key, weights=heavy).fraction == last
    for label in LETTERS:
        answer = {**answer, label: key[label]}
        now = kind.score(answer, key, weights=heavy).fraction
        assert now >= last - 1e-12
        last = now
    assert last == 1.0


@quick
@given(st.permutations(LETTERS), st.data())
def test_an_order_is_never_worse_for_mending_an_item(
    places: list[str], data: st.DataObject
) -> None:
    """For each item there is a place at which it costs nothing."""
    kind = order(LETTERS)
    score = kind.score(places, LETTERS).fraction
    assert (score == 1.0) == (places == LETTERS)
    moved = data.draw(st.sampled_from(LETTERS))
    rest = [item for item in places if item != moved]
    best = max(
        kind.score([*rest[:i], moved, *rest[i:]], LETTERS).fraction for i in range(len(LETTERS))
    )
    assert best >= score
    assert kind.score(LETTERS[:-1], LETTERS).fraction < 1.0


@quick
@given(st.lists(st.integers(0, 6), max_size=8))
def test_the_longest_run_is_the_longest_of_all_parts(ranks: list[int]) -> None:
    """The quick way agrees with trying every part."""
    longest = 0
    for mask in range(2 ** len(ranks)):
        part = [r for i, r in enumerate(ranks) if mask >> i & 1]
        if part == sorted(part):
            longest = max(longest, len(part))
    assert longest_run(ranks) == longest


@quick
@given(st.lists(st.booleans(), min_size=2, max_size=12).filter(lambda c: len(set(c)) == 2))
def test_a_constant_function_earns_nothing(expected: list[bool]) -> None:
    """However the cases are divided, one answer for all is chance."""
    cases = [case(i, right) for i, right in enumerate(expected)]
    kind = function(example=0, returns=truth())
    for constant in (True, False):
        assert kind.score(lambda x, c=constant: c, cases=cases).fraction == 0.0
    assert kind.score(lambda x: expected[x], cases=cases).fraction == 1.0


@quick
@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=10).filter(
        lambda pairs: len({right for right, _ in pairs}) == 2
    )
)
def test_a_function_is_never_worse_for_one_more_right_case(pairs: list[tuple[bool, bool]]) -> None:
    """Each case that comes right keeps or raises the score."""
    cases = [case(i, right) for i, (right, _) in enumerate(pairs)]
    results = [got for _, got in pairs]
    kind = function(example=0, returns=truth())
    last = kind.score(lambda x: results[x], cases=cases).fraction
    for i, (right, _) in enumerate(pairs):
        results[i] = right
        now = kind.score(lambda x: results[x], cases=cases).fraction
        assert now >= last - 1e-12
        last = now
    assert last == 1.0


shares = st.lists(st.integers(0, 100), min_size=4, max_size=4)


@quick
@given(right=shares, drawn=shares)
def test_a_plot_is_never_worse_for_one_more_right_bar(right: list[int], drawn: list[int]) -> None:
    """Mending a bar never costs, and all right bars are all right."""
    kind = plot("bar")
    values = dict(zip("abcd", right, strict=True))
    last = 0.0
    for i in range(5):
        ys = right[:i] + drawn[i:]
        chart = {"series": [{"kind": "bar", "label": "", "x": list("abcd"), "y": ys}]}
        now = kind.score(chart, values=values, need_labels=False, need_title=False).fraction
        assert now >= last
        last = now
    assert last == 1.0
