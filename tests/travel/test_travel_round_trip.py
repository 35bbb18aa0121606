"""Values arrive as they were: equal, of the same type, and the same in the eyes of the scoring."""

import collections
import dataclasses
import datetime
import enum
import fractions
import functools
import math
import types
import zoneinfo
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from course.grading.travel import Bounds, Callables, dumps, dumps_names, loads, loads_names
from course.scoring import CallFailed
from course.scoring.plain import Other, plain
from tests.travel.journey import alike, travelled

quick = settings(deadline=None, max_examples=80, database=None)

LIMA = zoneinfo.ZoneInfo("America/Lima")
texts = st.text(st.characters(), max_size=8)
zones = st.none() | st.sampled_from([datetime.UTC, datetime.timezone(datetime.timedelta(hours=-5))])
scalars = (
    st.none()
    | st.just(...)
    | st.booleans()
    | st.integers()
    | st.integers(-(10**40), 10**40)
    | st.floats()
    | st.complex_numbers()
    | texts
    | st.binary(max_size=9)
    | st.decimals(min_value=-(10**30), max_value=10**30)
    | st.fractions()
    | st.dates()
    | st.datetimes(timezones=zones)
    | st.times(timezones=zones)
    | st.timedeltas()
    | st.sampled_from([pd.NA, pd.NaT, Decimal("NaN"), Decimal("-Infinity"), NotImplemented])
    | st.sampled_from([np.float64(0.1), np.float32(88.7), np.int8(-3), np.uint64(2**64 - 1)])
    | st.sampled_from([np.bool_(True), np.str_("é"), np.complex64(1j), np.datetime64("2006-04-09")])
    | st.sampled_from([pd.Timestamp("2006-04-09 12:00"), pd.Timedelta("3h"), pd.Period("2006-04")])
)
keys = st.booleans() | st.integers() | texts | st.floats() | st.tuples(texts, st.integers())


def _object_array(items: list[Any]) -> Any:
    array = np.empty(len(items), dtype=object)
    for place, item in enumerate(items):
        array[place] = item
    return array


values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.lists(inner, max_size=5).map(tuple)
        | st.dictionaries(keys, inner, max_size=5)
        | st.sets(keys, max_size=5)
        | st.frozensets(keys, max_size=5)
        | st.lists(inner, max_size=4).map(lambda v: pd.Series(v, dtype=object))
        | st.lists(inner, max_size=4).map(_object_array)
    ),
    max_leaves=12,
)


@quick
@given(values)
def test_plain_values_arrive_as_they_were(value: object) -> None:
    """Whatever a list, dict, set or array of plain values holds, its type and content are kept."""
    found = travelled(value)
    assert type(found) is type(value)
    assert alike(plain(found), plain(value))
    assert _same(found, value)


def _same(found: Any, value: Any) -> bool:
    """Whether two values are equal, of equal types all the way down."""
    if type(found) is not type(value):
        return False
    if isinstance(value, list | tuple):
        return len(found) == len(value) and all(map(_same, found, value))
    if isinstance(value, dict):
        return _same(list(found.items()), list(value.items()))
    if isinstance(value, pd.Series | np.ndarray):
        return _same(found.tolist(), value.tolist())
    if isinstance(value, set | frozenset):
        return _same(sorted(found, key=repr), sorted(value, key=repr))
    return bool(found is value or repr(found) == repr(value))


dtypes = (
    npst.boolean_dtypes()
    | npst.integer_dtypes()
    | npst.unsigned_integer_dtypes()
    | npst.floating_dtypes(sizes=(16, 32, 64))
    | npst.complex_number_dtypes(sizes=(64, 128))
    | npst.datetime64_dtypes(endianness="=")
    | npst.timedelta64_dtypes(endianness="=")
    | npst.unicode_string_dtypes(min_len=1)
    | npst.byte_string_dtypes(min_len=1)
)


@quick
@given(npst.arrays(dtypes, npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)))
def test_arrays_keep_type_shape_and_content(array: Any) -> None:
    """Of every type of numpy but its structures; the order of bytes is this machine's."""
    found = travelled(array)
    assert found.dtype == array.dtype.newbyteorder("=")
    assert found.shape == array.shape
    assert found.tobytes() == array.astype(found.dtype).tobytes()
    assert found.flags.writeable


SERIES: dict[str, Any] = {
    "numbers": pd.Series([1, 2, 3], name="votes"),
    "floats": pd.Series([1.5, math.nan], index=["a", "b"]),
    "truth": pd.Series([True, False]),
    "texts": pd.Series(["Lima", None, "Áncash"], index=pd.Index([3, 1, 2], name="n")),
    "text type": pd.Series(["Lima", None], dtype="string"),
    "objects": pd.Series([1, "a", None, [2]], dtype=object),
    "texts as objects": pd.Series(
        ["a", "b"], dtype=object, index=pd.Index(["x", "y"], dtype=object)
    ),
    "Int64": pd.Series([1, None, 2**62], dtype="Int64"),
    "UInt8": pd.Series([1, None], dtype="UInt8"),
    "Float32": pd.Series([1.5, None], dtype="Float32"),
    "boolean": pd.Series([True, None], dtype="boolean"),
    "category": pd.Series(pd.Categorical(["b", None, "a"], ["b", "a", "c"], ordered=True)),
    "days": pd.Series(pd.to_datetime(["2006-04-09", None])),
    "zoned": pd.Series(pd.to_datetime(["2006-04-09 23:00", None]).tz_localize(LIMA)),
    "offset": pd.Series(pd.to_datetime(["2006-04-09 23:00-05:00"])),
    "seconds": pd.Series(np.array(["2006-04-09"], dtype="M8[s]")),
    "lengths": pd.Series(pd.to_timedelta(["1h", None])),
    "periods": pd.Series(pd.period_range("2006-01", periods=3, freq="M")),
    "weeks": pd.Series(pd.period_range("2006-01", periods=3, freq="W")),
    "intervals": pd.Series(pd.interval_range(0, 3)),
    "cut": pd.cut(pd.Series([1, 5, 9]), 3),
    "empty": pd.Series([], dtype=float),
    "many levels": pd.Series([1, 2], index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])),
    "steps": pd.Series([1, 2], index=pd.RangeIndex(4, 0, -2, name="step")),
    "daily": pd.Series([1, 2], index=pd.date_range("2006-04-09", periods=2, freq="D")),
    "short ints": pd.Series([1, 2], dtype="int16", name=("a", 1)),
    "complex": pd.Series([1j]),
}


@pytest.mark.parametrize("name", SERIES)
def test_a_series_keeps_type_index_and_names(name: str) -> None:
    """Every kind of column and index of pandas."""
    series = SERIES[name]
    found = travelled(series)
    pd.testing.assert_series_equal(found, series, check_index_type=True, check_freq=True)
    assert type(found.index) is type(series.index)
    assert alike(plain(found), plain(series))


@pytest.mark.parametrize("name", SERIES)
def test_an_index_and_an_array_of_pandas_keep_their_type(name: str) -> None:
    """What `.unique()`, `.array` and `.index` give arrives too."""
    array = travelled(SERIES[name].array)
    assert type(array) is type(SERIES[name].array)
    pd.testing.assert_extension_array_equal(array, SERIES[name].array)
    index = pd.Index(SERIES[name])
    pd.testing.assert_index_equal(travelled(index), index, exact=True)


@pytest.mark.parametrize("name", SERIES)
def test_a_table_keeps_columns_types_and_index(name: str) -> None:
    """A column of any kind, beside others; twice the same name; names of several levels."""
    column = SERIES[name]
    frame = pd.DataFrame({"x": column, "n": range(len(column)), "m": 0.5, "t": "text"})
    frames = [frame, frame[["n", "m"]], frame[["x"]], frame.iloc[:0], frame[[]]]
    frames += [frame.set_axis(["a", "a", "b", "b"], axis=1), frame.set_index(["n", "t"])]
    levels = pd.MultiIndex.from_product([["u", "v"], [1, 2]], names=["w", None])
    frames += [frame.set_axis(levels, axis=1), frame.rename_axis(columns="kind")]
    for one in frames:
        found = travelled(one)
        pd.testing.assert_frame_equal(found, one, check_column_type=True)
        assert alike(plain(found), plain(one))


def test_a_travelled_table_can_be_worked_with() -> None:
    """A grade cell may change its copy."""
    frame = travelled(pd.DataFrame({"a": [1, 2], "b": [3, 4]}))
    frame.loc[0, "a"] = 7
    frame["c"] = frame["a"] + frame["b"]
    assert frame["c"].tolist() == [10, 6]


class Number(int):
    """A student's own number."""


class Half(enum.Enum):
    """Two halves."""

    LEFT = "l"


class Rank(enum.IntEnum):
    """A number with a name."""

    FIRST = 1


@dataclasses.dataclass
class Vote:
    """A student's own record."""

    unit: str
    count: int = 3


Pair = collections.namedtuple("Pair", "unit count")


def test_instances_of_a_subclass_arrive_as_what_they_hold() -> None:
    """A number of the student's own type is a number."""
    for value in (Number(7), Rank.FIRST, collections.Counter("aab"), collections.OrderedDict(a=1)):
        found = travelled(value)
        assert type(found) in (int, dict)
        assert found == value


def test_records_keep_their_fields() -> None:
    """A dataclass, a named tuple, a namespace and a member can be read by name."""
    vote = travelled(Vote("Lima", 4))
    assert (vote.unit, vote.count, type(vote).__name__) == ("Lima", 4, "Vote")
    assert repr(vote) == "Vote(unit='Lima', count=4)"
    assert vote == travelled(Vote("Lima", 4)) != travelled(Vote("Puno", 4))
    with pytest.raises(AttributeError, match="copy"):
        vote.unit = "Puno"
    with pytest.raises(AttributeError, match="share"):
        vote.share  # noqa: B018
    pair = travelled(Pair("Lima", 4))
    assert pair == ("Lima", 4)
    assert (pair.unit, pair.count, type(pair).__name__) == ("Lima", 4, "Pair")
    space = travelled(types.SimpleNamespace(a=[1]))
    assert type(space) is types.SimpleNamespace
    assert space.a == [1]
    assert (travelled(Half.LEFT).name, travelled(Half.LEFT).value) == ("LEFT", "l")
    for value in (Vote("Lima"), Pair("Lima", 1), space, Half.LEFT):
        assert alike(plain(travelled(value)), plain(value))


def test_modules_arrive_by_name_from_a_list() -> None:
    """Known ones are the judge's own; any other is described."""
    import subprocess

    assert travelled(math) is math
    assert travelled(pd) is pd
    assert plain(travelled(subprocess)) == plain(subprocess)
    assert type(travelled(subprocess)).__name__ == "module"


FUNCTIONS: dict[str, Any] = {
    "def": lambda x: x + 1,
    "builtin": len,
    "method": "abc".upper,
    "ufunc": np.sqrt,
    "numpy": np.sum,
    "class": int,
    "own class": Vote,
    "partial": functools.partial(int, base=2),
    "cached": functools.lru_cache(len),
    "descriptor": str.upper,
    "vectorised": np.vectorize(abs),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_can_be_called_can_be_called_from_afar(name: str) -> None:
    """Functions of all kinds keep their name and words, and run where they are."""
    func = FUNCTIONS[name]
    found = travelled(func)
    assert callable(found)
    assert plain(found) == plain(func)
    if plain(func) == Other("a function"):
        assert type(found) is types.FunctionType
        assert found.__name__ == func.__name__
    else:
        assert type(found).__name__ == type(func).__name__


def test_a_call_goes_to_the_original() -> None:
    """Arguments and results travel; one object is one handle; without a way back it is said."""
    assert travelled(lambda x, y=1: [x, y])(3, y=4) == [3, 4]
    assert travelled(functools.partial(int, base=2))("101") == 5
    assert travelled(lambda: lambda x: 2 * x)()(4) == 8
    callables = Callables()
    assert (
        dumps([len, len], callables) == b'["list",null,["function",0,"len"],["function",0,"len"]]'
    )
    with pytest.raises(KeyError):
        callables.get(1)
    with pytest.raises(KeyError):
        callables.get(-1)
    with pytest.raises(CallFailed, match="cannot be called here"):
        loads(dumps(len))("abc")


class Stranger:
    """Something that cannot travel."""


def test_what_cannot_travel_keeps_its_type_s_name_and_refuses_kindly() -> None:
    """A placeholder is described as the original was; using it says what is wanted."""
    found = travelled(Stranger())
    assert repr(found) == "a value of type Stranger"
    assert plain(found) == plain(Stranger())
    for use in (len, list, bool, int, float, lambda v: v + 1, lambda v: 1 + v, lambda v: v == 1):
        with pytest.raises(TypeError, match="type Stranger cannot be used here: the question asks"):
            use(found)
    with pytest.raises(AttributeError):
        found.value  # noqa: B018
    assert {found: 1}[found] == 1


@pytest.mark.parametrize(
    "value",
    [(i for i in range(3)), zip([1], [2], strict=True), map(int, "1"), filter(None, [1])],
)
def test_what_is_yet_to_be_worked_through_is_not_worked_through(value: Any) -> None:
    """A generator arrives with the words that tell the student what to do, and is left alone."""
    assert plain(travelled(value)) == plain(value)
    assert len(list(value)) >= 1


def test_names_that_exist_arrive_each_within_its_own_bounds() -> None:
    """A value that is too large spoils no other; a name that does not exist is left out."""
    space = {"a": 1, "big": ["x" * 100] * 50, "huge": list(range(3000)), "b": [2]}
    bounds = Bounds(bytes=2000, items=500)
    found = loads_names(
        dumps_names(space, ["a", "none", "big", "huge", "b"], bounds=bounds), None, bounds
    )
    assert list(found) == ["a", "big", "huge", "b"]
    assert (found["a"], found["b"]) == (1, [2])
    for name in ("big", "huge"):
        assert plain(found[name]) == Other("a list that is too long or too deep to read")


def test_many_large_names_stay_within_the_whole() -> None:
    """What has no room any more is described; the message can always be read."""
    bounds = Bounds(bytes=50_000)
    space = {f"n{i}": "x" * 40_000 for i in range(9)}
    found = loads_names(dumps_names(space, space, bounds=bounds), None, bounds)
    assert set(found) == set(space)
    assert sum(type(value) is str for value in found.values()) >= 2


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([1] * 300_000, "a list that is too long or too deep to read"),
        ({i: i for i in range(300_000)}, "a dict that is too long or too deep to read"),
        (np.zeros(3_000_000), "a array that is too long or too deep to read"),
        (pd.Series(np.zeros(3_000_000)), "a Series that is too long or too deep to read"),
        (pd.DataFrame({"a": np.zeros(3_000_000)}), "a table that is too long to read"),
    ],
)
def test_what_is_too_large_has_the_words_it_had(value: object, words: str) -> None:
    """A value beyond the bounds is described as the scoring describes it in one kernel."""
    assert plain(value) == Other(words)
    assert plain(travelled(value)) == Other(words)


def test_numbers_and_texts_out_of_bounds_are_described() -> None:
    """A number of a million digits, a text of millions of characters."""
    assert plain(travelled(10**5000)) == Other("a number of more than 4,000 digits")
    assert plain(travelled([1, 10**5000])).items[0] == 1
    assert plain(travelled(Decimal("1e100000"))).words.startswith("a number")
    assert plain(travelled(fractions.Fraction(1, 10**5000))).words.startswith("a number")
    assert plain(travelled("x" * 2_000_000)).words == "a text of 2,000,000 characters"


def test_large_numbers_within_the_bounds_travel() -> None:
    """Thousands of digits are no fault."""
    for value in (10**3990, -(10**3990), fractions.Fraction(10**3000, 7)):
        assert travelled(value) == value


def test_a_message_is_small() -> None:
    """A column of numbers is one block."""
    frame = pd.DataFrame(np.random.default_rng(1).random((1000, 20)))
    assert len(dumps(frame)) < 1000 * 20 * 8 * 1.4
    assert len(dumps([0.5] * 1000)) < 12_000
