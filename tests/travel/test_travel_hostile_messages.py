"""Whatever bytes come from a student's process, the judge raises TravelError or gets a value.

It takes no time, no memory and no module that it does not know.
"""

import contextlib
import json
import sys
import time
import tracemalloc
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.grading.travel import (
    Bounds,
    Callables,
    TravelError,
    dumps,
    dumps_call,
    dumps_names,
    dumps_result,
    loads,
    loads_call,
    loads_names,
    loads_result,
)
from course.grading.travel.columns import _READS as COLUMN_READS
from course.grading.travel.message import _READS
from course.scoring.plain import plain
from tests.travel.test_travel_round_trip import SERIES, values

quick = settings(deadline=None, max_examples=300, database=None)

READERS: tuple[Callable[[bytes], Any], ...] = (loads, loads_names, loads_call, loads_result)
SEEDS = [
    dumps(value, Callables())
    for value in [
        {"a": [1, 2.5, "x", None, ..., 10**30, 1j, b"ab"]},
        list(range(40)),
        {1, 2, frozenset("ab")},
        np.arange(12.0).reshape(3, 4),
        np.array(["a", "bc"]),
        np.array([1, "a", None], dtype=object),
        *SERIES.values(),
        pd.DataFrame({"a": [1, 2], "b": ["x", "y"], "c": pd.Categorical(["u", "v"])}),
        len,
        ValueError,
        pd.Timestamp("2006-04-09", tz="America/Lima"),
    ]
]
SEEDS += [dumps_names({"a": 1, "b": [2]}, ["a", "b"]), dumps_call((1,), {"x": 2})]
SEEDS += [dumps_result(lambda: 1 / 0, (), {}), dumps_result(lambda: print("a"), (), {})]


def read(message: bytes) -> None:
    """Read a message in every way; anything but TravelError fails the test."""
    for reader in READERS:
        try:
            value = reader(message)
        except TravelError:
            continue
        except Exception:
            # The exception that a result speaks of, made here.
            assert reader is loads_result
            continue
        plain(value)


@quick
@given(st.binary(max_size=200))
def test_random_bytes_are_refused(message: bytes) -> None:
    """Bytes that nobody wrote."""
    read(message)


@quick
@given(st.sampled_from(SEEDS), st.data())
def test_a_damaged_message_is_refused_or_gives_a_value(seed: bytes, data: st.DataObject) -> None:
    """Bytes changed, cut out, doubled in a real message."""
    message = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(message)))
        length = data.draw(st.integers(0, 6))
        message[place : place + length] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"[", b"]", b",", b"null", b"-1", b"9" * 30])
        )
    read(bytes(message))


TAGS = [*_READS, *COLUMN_READS]
odd = st.sampled_from([-1, 2**62, 10**19, "f8", "AAAA", "AAAAAAAAAAA=", "ns", "M", "UTC", "python"])
nodes: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=3) | odd,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(st.sampled_from(TAGS), inner).map(list)
        | st.tuples(st.sampled_from(TAGS), inner, inner).map(list)
        | st.tuples(st.sampled_from(TAGS), inner, inner, inner).map(list)
    ),
    max_leaves=20,
)


@settings(quick, max_examples=1000)
@given(nodes)
def test_wrong_nodes_under_right_tags_are_refused(node: Any) -> None:
    """Well-formed JSON that means nothing."""
    message = json.dumps(node).encode("utf-8", "replace")
    for one in (message, b'["a"]\n' + message, b'""\n' + message, b'""\n["value"]\n' + message):
        read(one)


@quick
@given(values, st.integers(0, 10_000))
def test_a_message_cut_short_is_refused(value: object, place: int) -> None:
    """The process died while it wrote."""
    message = dumps(value)
    read(message[: place % len(message)])


def block(code: str, shape: list[int], content: bytes) -> list[Any]:
    """Return the node of an array."""
    return ["array", code, shape, b64encode(content).decode()]


ONE = block("f8", [1], bytes(8))
TWO = block("f8", [2, 1], bytes(16))
FLOATS = ["index", ONE, None, None]
STEPS = ["steps", 0, 1, 1, None]

WRONG: dict[str, Any] = {
    "an object": {"a": 1},
    "no tag": [],
    "a number for a tag": [1],
    "an unknown tag": ["__reduce__", "os.system"],
    "a module": ["module", "os"],
    "a module of a package": ["module", "course.grading"],
    "a shape too large": block("f8", [10**12], bytes(8)),
    "a shape too small": block("f8", [1], bytes(16)),
    "a negative shape": block("f8", [-1], bytes(8)),
    "a shape of nothing": block("f8", [0, 2**62, 2**62], bytes(8)),
    "many dimensions": block("f8", [1] * 40, bytes(8)),
    "an object block": block("O", [1], bytes(8)),
    "a structure": block("f8,i4", [1], bytes(12)),
    "a wide type": block("V9999999", [1], bytes(8)),
    "a wide byte string": block("S9999999", [9999999], bytes(8)),
    "wide texts": ["texts", "U", 10**9, [1], "a"],
    "no base64": ["array", "f8", [1], "!" * 12],
    "base64 with rubbish": ["array", "f8", [1], "AAAA\nAAAAAAA="],
    "a set of lists": ["set", None, ["list", None]],
    "a dict of lists": ["dict", [["list", None]], [1]],
    "a dict that lacks a value": ["dict", [1, 2], [1]],
    "a month too many": ["datetime", 2006, 13, 1, 0, 0, 0, 0, 0, None],
    "a huge year": ["datetime", 10**18, 1, 1, 0, 0, 0, 0, 0, None],
    "an offset of a year": ["datetime", 2006, 1, 1, 0, 0, 0, 0, 0, 10**18],
    "a huge length": ["timedelta", 10**18, 0, 0],
    "a decimal bomb": ["decimal", "1e999999999"],
    "a long decimal": ["decimal", "1" * 10**6],
    "nothing below the line": ["fraction", 1, 0],
    "a long number": ["i", "f" * 10**6],
    "a number of text": ["i", "12 "[:2] + "z"],
    "a zone above": ["Timestamp", "ns", 0, "../../etc/passwd"],
    "a zone of a package": ["Timestamp", "ns", 0, "os/path"],
    "a period of nothing": ["Period", "os.system", 1],
    "a period too large": ["Period", "Y-DEC", 2**63],
    "an index too long": ["steps", 0, 10**12, 1, None],
    "steps of nothing": ["steps", 0, 1, 0, None],
    "a series and its index": ["series", ONE, ["steps", 0, 2, 1, None], None],
    "a series of two dimensions": ["series", block("f8", [1, 1], bytes(8)), STEPS, None],
    "a name that cannot be one": ["series", ONE, STEPS, ["list", None]],
    "a column too many": [
        "frame",
        STEPS,
        STEPS,
        ["columns", [0, 1], block("f8", [2, 1], bytes(16))],
    ],
    "a column elsewhere": ["frame", STEPS, STEPS, ["column", 7, ONE]],
    "a column below": ["frame", STEPS, STEPS, ["column", -1, ONE]],
    "a column of its own": ["frame", STEPS, STEPS, ["columns", [0], ["list", None, 1.5]]],
    "codes beyond": [
        "multi",
        [["index", ONE, None, None]],
        [block("i8", [1], b"\x09" + bytes(7))],
        [None],
    ],
    "a category beyond": [
        "pandas",
        ["category", block("i1", [1], b"\x09"), ["index", ONE, None, None], False],
    ],
    "a mask too short": [
        "pandas",
        ["nullable", block("i8", [2], bytes(16)), block("b1", [1], b"\0")],
    ],
    "a field that is code": ["named", "N", ["x,y): import os"], ["tuple", None, 1]],
    "a field that is special": ["named", "N", ["__class__"], ["tuple", None, 1]],
    "a field too many": ["named", "N", ["x", "y"], ["tuple", None, 1]],
    "a value under a special name": ["record", "R", ["__class__"], [1]],
    "a failed value that is none": ["record", "R", ["_failed"], [1]],
    "a chart of texts": ["chart", "Axes", 0, "drawn"],
    "a chart before its turn": ["chart", "Axes", 3, None],
    "a function without number": ["function", "x", "f"],
    "a function below": ["function", -1, "f"],
    "a long text": "x" * 1_000_001,
    "half a surrogate": ["u", b64encode(b"\xed").decode()],
}


@pytest.mark.parametrize("name", WRONG)
def test_a_message_that_lies_is_refused(name: str) -> None:
    """Lengths, types, names and numbers that are none."""
    with pytest.raises(TravelError):
        loads(json.dumps(WRONG[name]).encode(), lambda handle: len)


def colliding(count: int) -> list[Any]:
    """Return the nodes of whole numbers that share one hash."""
    return [["i", f"{k * (2**61 - 1):x}"] for k in range(1, count)]


BOMBS: dict[str, Callable[[], bytes]] = {
    "deep": lambda: b"[" * 1_000_000,
    "deep and closed": lambda: b'["list",null,' * 100_000 + b"1" + b"]" * 100_000,
    "deeper than values lie": lambda: b'["list",null,' * 60 + b"1" + b"]" * 60,
    "many empty lists": lambda: b"[" + b"[]," * 5_000_000 + b"1]",
    "many objects": lambda: b"[" + b"{}," * 5_000_000 + b"1]",
    "many numbers": lambda: b'["list",null' + b",1" * 7_000_000 + b"]",
    "many escapes": lambda: b'["' + b"\\n" * 7_000_000 + b'",' + b"1," * 900_000 + b"1]",
    "many quotes": lambda: b'"a",' * 3_900_000,
    "a million digits": lambda: b"1" * 1_000_000,
    "a million digits in a list": lambda: b'["list",null,' + b"1" * 1_000_000 + b"]",
    "a million decimals": lambda: b"1." + b"1" * 1_000_000,
    "a large exponent": lambda: b"1e999999999",
    "too long": lambda: b'"' + b"x" * 20_000_000 + b'"',
    "wide characters": lambda: '"\U0001f600'.encode() + b"x" * 15_000_000 + b'"',
    "spaces": lambda: b" " * 15_999_990 + b"1",
    "one hash": lambda: json.dumps(["dict", colliding(60_000), [0] * 59_999]).encode(),
    "one hash in a set": lambda: json.dumps(["set", None, *colliding(60_000)]).encode(),
    "one hash in an index": lambda: json.dumps(
        ["index", ["objects", [59_999], *colliding(60_000)], None, None]
    ).encode(),
    "long fractions": lambda: json.dumps(
        ["list", None, *[["fraction", ["i", "f" * 3000], ["i", "e" * 2999 + "7"]]] * 2000]
    ).encode(),
    "a full block": lambda: json.dumps(block("i1", [11_000_000], bytes(11_000_000))).encode(),
    "many names": lambda: json.dumps(["a"] * 100_000).encode() + b"\n1" * 100_000,
    "many full names": lambda: (
        json.dumps([f"n{i}" for i in range(100)]).encode()
        + (b'\n["list",null' + b",1e1" * 110_000 + b"]") * 100
    ),
    "many lines": lambda: b"\n" * 15_000_000,
    "a long name": lambda: json.dumps(["other", "x" * 900_000, "y" * 900_000]).encode(),
    "many types": lambda: json.dumps(
        ["list", None, *(["other", f"T{i}", ""] for i in range(60_000))]
    ).encode(),
    "many named tuples": lambda: json.dumps(
        ["list", None, *(["named", "N", [f"f{i}"], ["tuple", None, 1]] for i in range(30_000))]
    ).encode(),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_message_that_is_made_to_take_long_does_not(name: str) -> None:
    """Less than two seconds of this process, on any machine that runs tests."""
    message = BOMBS[name]()
    before = time.process_time()
    for reader in READERS:
        with contextlib.suppress(TravelError):
            reader(message)
        taken, before = time.process_time() - before, time.process_time()
        assert taken < 2.0, f"{reader.__name__} took {taken:.2f} s"


@pytest.mark.parametrize("name", BOMBS)
def test_a_message_that_is_made_to_fill_the_memory_does_not(name: str) -> None:
    """At most 200 MB beyond the message itself."""
    message = BOMBS[name]()
    tracemalloc.start()
    try:
        for reader in READERS:
            tracemalloc.reset_peak()
            with contextlib.suppress(TravelError):
                reader(message)
            peak = tracemalloc.get_traced_memory()[1]
            assert peak < 200e6, f"{reader.__name__}: {peak / 1e6:.0f} MB"
    finally:
        tracemalloc.stop()


def test_no_module_is_imported_for_a_message() -> None:
    """Names of modules, zones and types lead to no import."""
    before = set(sys.modules)
    for name in ("antigravity", "this", "course.cli", "xml.dom", "tests.nothing"):
        for node in (["module", name], ["other", name, ""], ["Timestamp", "ns", 0, name]):
            read(json.dumps(node).encode())
    assert not {m for m in set(sys.modules) - before if m.partition(".")[0] != "zoneinfo"}


def test_bounds_are_the_reader_s() -> None:
    """What one side wrote within its bounds, the other may refuse."""
    small = Bounds(bytes=1000, items=10, depth=3, text=5, digits=10)
    for value in ([1] * 11, "x" * 6, [[[[[[[1]]]]]]], 10**30, np.zeros(1000)):
        with pytest.raises(TravelError):
            loads(dumps(value), None, small)


def test_a_truth_value_of_another_byte_is_true() -> None:
    """An array of truth values holds nothing but them."""
    found = loads(json.dumps(block("b1", [3], b"\x00\x01\xff")).encode())
    assert found.view("u1").tolist() == [0, 1, 1]


NAMES = ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException", "BaseExceptionGroup"]


@pytest.mark.parametrize("name", [*NAMES, "ExceptionGroup", "Own", "", "a\0b", "x" * 999])
@pytest.mark.parametrize("exact", [True, False, 1, None])
@pytest.mark.parametrize("kin", ["Exception", "KeyError", "UnicodeDecodeError", "OSError"])
def test_no_exception_can_end_the_judge(name: str, exact: Any, kin: str) -> None:
    """What a call raised is always an Exception, of a built-in class or of one made here."""
    line = json.dumps(["raised", name, exact, kin, "text"]).encode()
    with pytest.raises(Exception) as caught:  # noqa: PT011
        loads_result(b'""\n' + line)
    assert not isinstance(caught.value, TravelError)
    assert isinstance(caught.value, Exception)
    str(caught.value)
    repr(caught.value)


@pytest.mark.parametrize(
    "kin", ["SystemExit", "BaseException", "ExceptionGroup", "os", 3, None, []]
)
def test_an_exception_of_no_known_kin_is_refused(kin: Any) -> None:
    """The table of built-in classes is fixed."""
    with pytest.raises(TravelError):
        loads_result(b'""\n' + json.dumps(["raised", "Own", False, kin, "text"]).encode())
