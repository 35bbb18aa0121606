"""What stands in the judge for an object that stays in the student's process.

A placeholder has the name of the original's type, so that messages name what the student made. It
holds data only. Its class is made here; nothing of the student's class travels but the name.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable
from functools import lru_cache
from operator import itemgetter
from typing import Any

from course.scoring.plain import Described, type_name

__all__ = [
    "Foreign",
    "ForeignFunction",
    "Record",
    "clean_name",
    "named_tuple_type",
    "placeholder",
    "stub",
]

LONGEST_NAME = 40
USABLE = "a number, text, a list, a dict or a table"


def clean_name(name: object, otherwise: str = "object") -> str:
    """Return `name` as a type's or function's name: printable, at most 40 characters."""
    if type(name) is not str:
        return otherwise
    short = "".join(c if c.isprintable() else "\ufffd" for c in name[:LONGEST_NAME])
    return short or otherwise


def _refuse(self: object, *args: object, **options: object) -> Any:
    raise TypeError(
        f"a value of type {type_name(self)} cannot be used here: the question asks for {USABLE}"
    )


class Foreign(Described):
    """An object that cannot travel. Whatever is done with it is refused in plain words."""

    def __repr__(self) -> str:
        return f"a value of type {type_name(self)}"

    __hash__ = object.__hash__


_COMPARING = ["eq", "ne", "lt", "le", "gt", "ge", "bool"]
_HOLDING = ["len", "iter", "next", "contains", "getitem"]
_NUMBER = ["float", "int", "index", "complex", "round", "neg", "pos", "abs", "invert"]
_TWO = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and", "or", "xor", "matmul"]
for _name in [*_COMPARING, *_HOLDING, *_NUMBER, *_TWO, *(f"r{name}" for name in _TWO)]:
    setattr(Foreign, f"__{_name}__", _refuse)


class ForeignFunction(Described):
    """An object that can be called: the call goes to the student's process."""

    _body: Callable[..., object]

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Call the original."""
        return self._body(*args, **kwargs)

    def __repr__(self) -> str:
        return f"a value of type {type_name(self)}"


class Record(Described):
    """An object with named values: a dataclass, a panel, a member of an enumeration.

    A value that could not be read raises, when it is asked for, what it raised in the student's
    process.
    """

    _failed: dict[str, BaseException]

    def __getattr__(self, name: str) -> Any:
        failed = self.__dict__.get("_failed", {})
        if name in failed:
            raise failed[name]
        raise AttributeError(f"'{type_name(self)}' object has no attribute '{name}'")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} cannot be set: this {type_name(self)} is a copy")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record) or type(self) is not type(other):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(type_name(self))

    def __repr__(self) -> str:
        values = ", ".join(f"{k}={v!r}" for k, v in self.__dict__.items() if k[0] != "_")
        return f"{type_name(self)}({values})"


@lru_cache(maxsize=512)
def _named(name: str, base: Any) -> Any:
    return type(name, (base,), {"__module__": "__main__"})


def placeholder(name: object, base: Any, /, **values: Any) -> Any:
    """Return an instance of a class that is called `name` and derives from `base`."""
    kind = _named(clean_name(name), base)
    made = kind.__new__(kind)
    made.__dict__.update(values)
    return made


@lru_cache(maxsize=512)
def named_tuple_type(name: str, fields: tuple[str, ...]) -> type[tuple[Any, ...]]:
    """Return a tuple type whose items can also be read by name, as in `answer.votes`.

    Raises ValueError for names that are none. Made without the library's own maker, which compiles
    the names into code.
    """
    if len(set(fields)) < len(fields) or not all(map(_is_field, fields)):
        raise ValueError("these are no names of fields")
    names: dict[str, Any] = {field: property(itemgetter(i)) for i, field in enumerate(fields)}
    return type(clean_name(name), (tuple,), {**names, "_fields": fields, "__slots__": ()})


def _is_field(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("_")


def stub(name: object, body: Callable[..., object]) -> Callable[..., object]:
    """Return a function called `name` that calls `body`."""

    def student_function(*args: object, **kwargs: object) -> object:
        return body(*args, **kwargs)

    student_function.__name__ = student_function.__qualname__ = clean_name(name, "function")
    student_function.__module__ = "__main__"
    return student_function
