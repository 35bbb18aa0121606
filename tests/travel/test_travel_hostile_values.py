"""Writing never raises and always ends, whatever a student's objects do."""

import itertools
import time
import types
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from course.grading.travel import Bounds, Callables, dumps, dumps_names, dumps_result, loads
from course.scoring.plain import Listing, Other, plain
from tests.scoring.test_scoring_hostile import (
    HOSTILE,
    RAISING,
    Disguised,
    Hostility,
    Posing,
    agreeing,
    failing,
)
from tests.travel.journey import alike, travelled

mpl.use("agg")


def _hang(*args: object, **options: object) -> Any:
    raise AssertionError("this must not be called")


LOOPING = [name for name in RAISING if name not in {"__getattribute__", "__deepcopy__", "__call__"}]


def looping(base: type, *content: object) -> Any:
    """Return an instance of a subclass of `base` whose methods would never come back."""
    value = (kind := type("Looping", (base,), {}))(*content)
    for name in [*LOOPING, "__reduce__", "__reduce_ex__", "items", "keys", "tolist", "to_list"]:
        setattr(kind, name, _hang)
    return value


def _knotted_dict() -> Any:
    knot: dict[str, Any] = {}
    knot["self"] = knot
    return knot


def _knotted_array() -> Any:
    knot = np.empty(2, dtype=object)
    knot[0] = knot[1] = knot
    return knot


def _knotted_series() -> Any:
    knot = pd.Series([None, 1], dtype=object)
    knot[0] = knot
    return knot


def _failing_cells() -> Any:
    cells = np.empty(2, dtype=object)
    cells[0] = failing(object)
    return cells


def _wide_knot() -> Any:
    knot: list[Any] = []
    knot.extend([knot] * 30)
    return knot


class Bomb:
    """Every attribute fails."""

    def __getattr__(self, name: str) -> Any:
        raise Hostility

    @property
    def __dict__(self) -> Any:
        raise Hostility

    @property
    def __name__(self) -> Any:
        raise Hostility

    def __call__(self) -> None:
        """Do nothing."""


class Reducing:
    """Asks to be made anew by a function of its choice."""

    def __reduce__(self) -> Any:
        return eval, ("1/0",)


def _patched_axes() -> Any:
    ax = mpl.figure.Figure().subplots()
    ax.get_title = _hang
    return ax


VALUES: dict[str, Callable[[], Any]] = {
    **HOSTILE,
    "a list that loops": lambda: looping(list, [1]),
    "a dict that loops": lambda: looping(dict, {"a": 1}),
    "a text that loops": lambda: looping(str, "a"),
    "a set that loops": lambda: looping(set, [1]),
    "a tuple that loops": lambda: looping(tuple, [1]),
    "a number that loops": lambda: looping(int, 1),
    "bytes that loop": lambda: looping(bytes, b"a"),
    "a table that loops": lambda: looping(pd.DataFrame, {"a": [1]}),
    "a dict in itself": _knotted_dict,
    "an array in itself": _knotted_array,
    "a Series in itself": _knotted_series,
    "a list often in itself": _wide_knot,
    "a bomb": Bomb,
    "its class": lambda: Bomb,
    "a method of it": lambda: Bomb().__call__,
    "one that reduces": Reducing,
    "an endless generator": lambda: (i for i in itertools.count()),
    "an endless map": lambda: map(str, itertools.count()),
    "a million entries": lambda: dict.fromkeys(range(1_000_000)),
    "a million digits": lambda: 10**1_000_000,
    "keys that are no numbers": lambda: {float("nan"): 1, float("nan"): 2, np.nan: 3},
    "patched axes": _patched_axes,
    "a cell that fails": lambda: pd.Series(_failing_cells(), dtype=object).to_frame(),
    "an index that fails": lambda: pd.Series([1], index=pd.Index([agreeing(object)], dtype=object)),
    "a name that fails": lambda: pd.Series([1], name=agreeing(object)),
    "a million lists": lambda: [[] for _ in range(1_000_000)],
    "many types": lambda: [type(f"T{i}", (), {})() for i in range(2000)],
}


@pytest.mark.parametrize("name", VALUES)
def test_writing_ends_and_what_is_written_can_be_read(name: str) -> None:
    """In little time; and the scoring has words for what arrives."""
    value = VALUES[name]()
    start = time.process_time()
    message = dumps(value, Callables())
    assert time.process_time() - start < 2.0
    found = loads(message, lambda handle: _hang)
    assert plain(found) is not ...


@pytest.mark.parametrize("name", VALUES)
def test_a_neighbour_is_unharmed(name: str) -> None:
    """The other names arrive, whatever one of them holds."""
    from course.grading.travel import loads_names

    space = {"before": [1], "bad": VALUES[name](), "after": {"a": 2.5}}
    found = loads_names(dumps_names(space, space), lambda handle: _hang)
    assert (found["before"], found["after"]) == ([1], {"a": 2.5})
    assert "bad" in found


def test_content_counts_and_not_what_an_object_says() -> None:
    """Subclasses are read by the methods of the type that they derive from."""
    assert travelled(looping(list, [1, 2])) == [1, 2]
    assert travelled(looping(dict, {"a": 1})) == {"a": 1}
    assert travelled(looping(str, "abc")) == "abc"
    assert travelled(agreeing(int, 7)) == 7
    assert travelled(failing(tuple, ("seven",))) == ("seven",)
    assert plain(travelled(Disguised())) == plain(Disguised())
    assert type(travelled(Posing())).__name__ == "Posing"


@pytest.mark.parametrize("wrap", ["list", "Series", "array", "table", "dict", "record"])
def test_what_lies_deep_arrives_as_deep_as_the_bounds_allow(wrap: str) -> None:
    """Whatever holds it, the message can be read."""
    ways: dict[str, Callable[[Any], Any]] = {
        "list": lambda value: [value],
        "Series": lambda value: pd.Series([value], dtype=object, index=["a"]),
        "array": lambda value: _cell(value),
        "table": lambda value: pd.DataFrame({"a": [1], "b": pd.Series([value], dtype=object)}),
        "dict": lambda value: {"a": value},
        "record": lambda value: types.SimpleNamespace(a=value),
    }
    value: Any = "leaf"
    for _ in range(30):
        value = ways[wrap](value)
        found = loads(dumps(value))
        assert type(found) is type(value)
        assert alike(plain(found), plain(value))


def _cell(value: Any) -> Any:
    cell = np.empty(1, dtype=object)
    cell[0] = value
    return cell


def test_a_generator_is_left_as_it_was() -> None:
    """Nothing is taken out of it."""
    numbers = iter_count()
    dumps([numbers, numbers])
    assert next(numbers) == 0


def iter_count() -> Iterator[int]:
    """Return an endless generator."""
    yield from itertools.count()


def test_something_that_contains_itself_is_followed_as_far_as_the_scoring_looks() -> None:
    """And no further."""
    found = plain(travelled(HOSTILE["a list in itself"]()))
    depth = 0
    while isinstance(found, Listing):
        found, depth = found.items[0], depth + 1
    assert depth == 8
    assert found == Other("a list that is too long or too deep to read")


def test_the_interrupt_key_gets_through() -> None:
    """It is how a value is given up that takes too long."""

    class Slow:
        __dataclass_fields__ = property(lambda self: 1)

    class Meta(type):
        @property
        def __dataclass_fields__(cls) -> Any:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dumps(Meta("Interrupting", (), {})())

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dumps_result(interrupted, (), {})


def test_small_bounds_are_kept() -> None:
    """A message is never longer than the bounds; what is described may need a few bytes."""
    bounds = Bounds(bytes=500, items=20)
    for make in VALUES.values():
        assert len(dumps(make(), None, bounds)) <= 500


@pytest.mark.parametrize("text", ["\ud800", "é" * 20_000, "x" * 20_000, "\0\n\u2028"])
def test_what_is_printed_is_kept_up_to_a_bound(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The beginning is printed again in the judge."""
    from course.grading.travel import loads_result

    message = dumps_result(lambda: print(text), (), {})
    assert len(message) < 100_000
    if text != "\ud800":
        assert loads_result(message) is None
        assert capsys.readouterr().out == (text + "\n")[:10_000]


def test_a_function_that_prints_without_end_of_memory_is_bounded() -> None:
    """Printed text beyond the bound is dropped while it is printed."""

    def chatty() -> int:
        for _ in range(200):
            print("x" * 100_000)
        return 3

    assert len(dumps_result(chatty, (), {})) < 11_000
