"""Answers cross the wall as records: what was there arrives, and nothing else is believed."""

from __future__ import annotations

import datetime
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.grader.values import records
from course.grader.values.records import (
    Functions,
    NotARecord,
    read_outcome,
    read_record,
    write_outcome,
    write_record,
)
from course.scoring.asking import plain_answer
from course.scoring.plain import Function, Listing, Other, Outcome, plain
from tests.scoring.kinds import EXAMPLES


def not_called(number: int, args: tuple[Any, ...]) -> Outcome:
    """Stand for calls where none are made."""
    raise AssertionError("nothing is called here")


def travelled(value: object, chart: bool = False) -> Any:
    """Return an answer as the judge gets it; functions are called from afar."""
    functions = Functions()

    def call(number: int, args: tuple[Any, ...]) -> Outcome:
        return read_outcome(write_outcome(functions.get(number).call(args), functions), call)

    return read_record(write_record(plain_answer(value, chart), functions), call)


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=()), max_size=20)
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4)
    ),
    max_leaves=30,
)


@given(values)
def test_what_was_there_arrives(value: Any) -> None:
    """Numbers, texts, lists and dicts, in each other, are the same records on the other side."""
    assert travelled(value) == plain(value)


@pytest.mark.parametrize(
    "value",
    [
        np.array([[1.5, 2], [3, 4]]),
        pd.Series([1, 2], index=["a", "b"]),
        pd.DataFrame({"a": [1, 2], "b": ["x", None]}, index=pd.Index([5, 6], name="i")),
        pd.DataFrame({("a", 1): [1.0]}),
        datetime.date(1899, 1, 1),
        pd.Timestamp("2006-04-09"),
        {1, 2},
        range(3),
        float("inf"),
        1 + 2j,
        object(),
        [],
        {},
        ...,
        "\ud800",
    ],
    ids=lambda value: type(value).__name__,
)
def test_tables_dates_and_odd_values_arrive(value: Any) -> None:
    """What scoring compares is the same; what it does not compare is described."""
    assert repr(travelled(value)) == repr(plain(value))  # nan is no nan's equal


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_kind_says_the_same_of_what_has_travelled(name: str) -> None:
    """Form, points and message do not depend on the way."""
    example = EXAMPLES[name]
    for value in (example.right, None, "x", [1], {"a": 1}, object(), 10**5, len):
        # A chart is described in the process that holds it.
        chart = example.kind.reads_charts and not isinstance(value, dict)
        there = travelled(value, chart)
        assert example.kind.form(there) == example.kind.form(value)
        assert example.score(there) == example.score(value)
        assert example.message(there) == example.message(value)


def test_a_call_brings_back_what_came_of_it() -> None:
    """A value, the stub's dots, an exception by name, whether something was printed."""

    def one(n: int) -> Any:
        print("hello")
        if n == 0:
            raise KeyError("zero")
        return ... if n == 1 else [n]

    call = travelled(one).call
    assert call((2,)) == Outcome(Listing((2,), "list"), printed=True)
    assert call((1,)) == Outcome(dots=True, printed=True)
    assert call((0,)) == Outcome(raised="KeyError", text="zero", printed=True)
    inner = travelled(lambda: len).call(()).value
    assert isinstance(inner, Function)
    assert inner.call(([1, 2],)) == Outcome(2)


@pytest.mark.parametrize(
    "value",
    [list(range(300_000)), "x" * 2_000_000, [["y" * 900_000] * 20], 10**5000],
    ids=["items", "text", "bytes", "digits"],
)
def test_what_is_too_large_arrives_as_its_description(value: Any) -> None:
    """A hostile size costs the student the answer, not the judge its memory."""
    assert isinstance(travelled(value), Other)


# --- messages that nobody of ours writes ---

NOT_RECORDS = [
    b"",
    b"{}",
    b'{"a": 1}',
    b"[]",
    b"[1]",
    b"1 2",
    b"\xff",
    b"[" * 100_000,
    b"9" * 5_000,
    b"[" + b"1," * 2_000_000 + b"1]",
    b'"' + b"x" * 17_000_000 + b'"',
    b'"' + b"x" * 1_100_000 + b'"',
    b'["L"]',
    b'["L", "list", [1]]',
    b'["L", "list", [1], [1, 2]]',
    b'["L", "list", [1], 5]',
    b'["L", 5, [1], null]',
    b'["L", "' + b"x" * 41 + b'", [], null]',
    b'["P", [[1]]]',
    b'["P", [1]]',
    b'["P", {}]',
    b'["T", [["a", [1]]], [], 2]',
    b'["T", ["a"], [], 1]',
    b'["T", [], [], true]',
    b'["T", [], [], 1.5]',
    b'["F", -1]',
    b'["F", true]',
    b'["F", 4294967296]',
    b'["F", "0"]',
    b'["O", 1, null]',
    b'["O", "x", 1]',
    b'["X", 1]',
    b"9" * 4_200,
]


@pytest.mark.parametrize("message", NOT_RECORDS, ids=lambda m: m[:30].decode("latin-1"))
def test_what_is_no_record_is_refused(message: bytes) -> None:
    """Whatever is sent, the judge gets a record or says that it is none."""
    with pytest.raises(NotARecord):
        read_record(message, not_called)


def test_depth_and_number_of_values_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message within its length may still not hold too much."""
    deep = b"1"
    for _ in range(60):
        deep = b'["L", "list", [' + deep + b"], null]"
    with pytest.raises(NotARecord):
        read_record(deep, not_called)
    monkeypatch.setattr(records, "MOST_VALUES", 10)
    with pytest.raises(NotARecord):
        read_record(b'["L", "list", [1,2,3,4,5,6,7,8,9,10,11], null]', not_called)


@pytest.mark.parametrize(
    "message",
    [b"", b"1", b"[]\n1", b'[1, "", "", "", false]\n1', b'[false, "", "", "", 0]\n1', b"\n1"],
)
def test_what_is_no_outcome_is_refused(message: bytes) -> None:
    """The outcome of a call says of itself what it is, or is none."""
    with pytest.raises(NotARecord):
        read_outcome(message, not_called)


def test_words_are_short_and_can_be_printed() -> None:
    """What a message brings to stand in a sentence steers no terminal and fills no page."""
    escaped = json.dumps(["O", "\x1b[2J" + "x" * 5_000, "\u202e"]).encode()
    record = read_record(escaped, not_called)
    assert isinstance(record, Other)
    assert record.words.isprintable()
    assert len(record.words) <= 300
    assert str(record.text).isprintable()


json_values = st.recursive(
    scalars | st.sampled_from(["L", "P", "T", "F", "O", "list"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=40,
)


@settings(max_examples=500)
@given(json_values)
def test_any_json_is_a_record_or_refused(value: Any) -> None:
    """Nothing but NotARecord is raised, and what is read can be scored and written down."""
    message = json.dumps(value).encode()
    for read in (read_record, read_outcome):
        try:
            found = read(message, not_called)
        except NotARecord:
            continue
        for example in EXAMPLES.values():
            if not isinstance(found, Outcome | Function):
                assert (
                    0.0
                    <= example.kind.score(found, *example.key, **example.options).fraction
                    <= 1.0
                )


@settings(max_examples=500)
@given(st.binary(max_size=200), values, st.integers(0, 300))
def test_any_bytes_are_a_record_or_refused(noise: bytes, value: Any, place: int) -> None:
    """Also a sound message with a piece of it exchanged."""
    sound = write_record(plain(value), Functions())
    for message in (noise, sound[:place] + noise + sound[place + len(noise) :], sound[:place]):
        for read in (read_record, read_outcome):
            try:
                read(message, not_called)
            except NotARecord:
                continue
