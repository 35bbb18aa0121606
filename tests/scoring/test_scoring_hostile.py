"""Objects that lie or fail get a message and no points, and never stop the grading."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course.scoring import Question, label_set, number, truth
from course.scoring.plain import Function, Listing, plain
from tests.scoring.kinds import EXAMPLES

RAISING = [
    "__bool__",
    "__call__",
    "__contains__",
    "__deepcopy__",
    "__eq__",
    "__float__",
    "__format__",
    "__getattr__",
    "__getattribute__",
    "__getitem__",
    "__hash__",
    "__index__",
    "__int__",
    "__iter__",
    "__len__",
    "__lt__",
    "__repr__",
    "__str__",
    "__array__",
    "__sub__",
    "__rsub__",
]


class Hostility(BaseException):
    """Not an Exception, so that a careless `except Exception` lets it through."""


def _raise(*args: object, **options: object) -> Any:
    raise Hostility


def _agree(*args: object, **options: object) -> bool:
    return True


def failing(base: type, *content: object) -> Any:
    """Return an instance of a subclass of `base` whose every method raises."""
    hostile = type("Failing", (base,), {})
    value = hostile(*content)
    for name in RAISING:
        setattr(hostile, name, _raise)
    return value


def agreeing(base: type, *content: object) -> Any:
    """Return an instance of a subclass of `base` that says yes to every comparison."""
    same = dict.fromkeys(
        ["__eq__", "__le__", "__ge__", "__contains__", "__instancecheck__"], _agree
    )
    return type("Agreeing", (base,), {**same, "__hash__": lambda self: 1})(*content)


class Disguised:
    """An object that claims to be a float, of any value."""

    @property
    def __class__(self) -> type:
        return float

    def __float__(self) -> float:
        return 73.125

    def __call__(self, *args: object) -> object:
        """Return another one, when it is taken for a function."""
        return Disguised()


class Impostor(type):
    """A metaclass that claims every class as its own."""

    def __instancecheck__(cls, other: object) -> bool:
        return True

    def __subclasscheck__(cls, other: object) -> bool:
        return True

    @property
    def __name__(cls) -> str:
        raise Hostility


class Posing(metaclass=Impostor):
    """An instance of such a class."""


def _knot() -> list[object]:
    knot: list[object] = []
    knot.append(knot)
    return knot


def _failing_array() -> object:
    hostile = type("Failing", (np.ndarray,), {})
    value = np.array([1.0, 2.0]).view(hostile)
    for name in set(RAISING) - {"__getattribute__"}:
        setattr(hostile, name, _raise)
    return value


def _array_of_them() -> object:
    array = np.empty(1, dtype=object)
    array[0] = agreeing(object)
    return array


HOSTILE: dict[str, Callable[[], object]] = {
    "an object that fails": lambda: failing(object),
    "an object that agrees": lambda: agreeing(object),
    "a disguise": Disguised,
    "a metaclass": Posing,
    "the class of it": lambda: Posing,
    "an int that agrees": lambda: agreeing(int, 7),
    "a float that agrees": lambda: agreeing(float, 7),
    "a text that agrees": lambda: agreeing(str, "seven"),
    "a list that agrees": lambda: agreeing(list, ["seven"]),
    "a dict that agrees": lambda: agreeing(dict, {"seven": 7}),
    "a set that agrees": lambda: agreeing(set, ["seven"]),
    "an int that fails": lambda: failing(int, 7),
    "a text that fails": lambda: failing(str, "seven"),
    "a list that fails": lambda: failing(list, ["seven"]),
    "a dict that fails": lambda: failing(dict, {"seven": 7}),
    "a tuple that fails": lambda: failing(tuple, ("seven",)),
    "an array that fails": _failing_array,
    "an array of them": _array_of_them,
    "a Series of them": lambda: pd.Series(_array_of_them()),
    "a Series that fails": lambda: failing(pd.Series, [7.0, 8.0]),
    "a table that fails": lambda: failing(pd.DataFrame, {"a": [1]}),
    "a list of them": lambda: [failing(object), agreeing(object)],
    "a dict of them": lambda: {"P01": failing(object), "series": [failing(object)]},
    "a list in itself": _knot,
    "a deep list": lambda: [[[[[[[[[[[[1]]]]]]]]]]]],
    "a huge range": lambda: range(10**12),
    "a huge number": lambda: 10**5000,
    "a generator that fails": lambda: (failing(object) for _ in range(2)),
    "a function that returns one": lambda: lambda *args: failing(object),
    "a function that agrees": lambda: lambda *args: agreeing(object),
    "a function that leaves": lambda: _raise,
    "an exception": lambda: ValueError(failing(object)),
}


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_object_earns_nothing_and_is_described(
    name: str, hostile: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Every kind has a form message and a grade message for it, and both streams stay empty."""
    example = EXAMPLES[name]
    form = example.kind.form(HOSTILE[hostile]())
    assert form is None or (isinstance(form, str) and len(form) > 10)
    assert example.score(HOSTILE[hostile]()) == 0.0
    assert len(example.message(HOSTILE[hostile]())) > 10
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_question_goes_on_after_a_hostile_answer(hostile: str) -> None:
    """The other part keeps its points."""
    value = HOSTILE[hostile]()
    q = Question("votes-03", points=2, answers={"bad": value, "good": 3})
    q.part("bad", truth())
    q.part("good", number())
    q.check()
    q.key("bad", True)
    q.key("good", 3)
    assert q.grade() == 1.0


def test_what_a_type_holds_counts_and_not_what_it_says() -> None:
    """A subclass is read by its content: right content is right, wrong content is wrong."""
    assert number().score(agreeing(float, 73.125), 73.125).fraction == 1.0
    assert number().score(agreeing(float, 1.0), 73.125).fraction == 0.0
    assert number().score(failing(int, 7), 7).fraction == 1.0
    assert label_set(["A", "B"]).score(failing(list, ["A"]), {"A"}).fraction == 1.0


def test_a_claimed_class_is_not_believed() -> None:
    """`__class__` may say float; the type is what counts."""
    assert isinstance(plain(Disguised()), Function)
    assert number().score(Disguised(), 73.125).fraction == 0.0


def test_an_object_is_never_asked_for_its_items() -> None:
    """A type of the student's own is not iterated, even if it could be."""

    class Counting:
        asked = 0

        def __iter__(self) -> Iterator[str]:
            Counting.asked += 1
            return iter("AC")

        def __len__(self) -> int:
            Counting.asked += 1
            return 2

    assert label_set(["A", "C"]).score(Counting(), {"A", "C"}).fraction == 0.0
    assert Counting.asked == 0


def test_the_interrupt_key_gets_through_a_hostile_object() -> None:
    """Only KeyboardInterrupt is let through while an object is read."""

    class Slow(pd.Series):
        @property
        def index(self) -> pd.Index:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plain(Slow.__new__(Slow))


def test_plain_data_of_a_nested_answer() -> None:
    """Lists, arrays and missing values become plain listings."""
    found = plain([np.int64(1), np.array([2.5]), None, pd.NA])
    assert isinstance(found, Listing)
    assert found.items[0] == 1
    assert type(found.items[0]) is int
    assert found.items[1] == Listing((2.5,), "array")
    assert found.items[2] is None
