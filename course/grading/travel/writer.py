"""Turns a value into nodes that JSON can hold, by its real type and within bounds.

A node is None, a bool, a number, a text, or a list that begins with a tag. Which function writes
a type stands in the tables of the modules beside this one.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable, Iterable
from typing import Any

from course.grading.travel.bounds import Bounds, TooDeep, TooMuch
from course.grading.travel.words import too_large
from course.scoring.plain import DEEPEST, type_name

__all__ = ["Callables", "Node", "Write", "Writer", "mro"]

Node = Any
Write = Callable[["Writer", Any, int], Node]

SMALL = 1 << 62
_MRO = type.__dict__["__mro__"]


def mro(value: object) -> tuple[type, ...]:
    """Return the real type of `value` and what it derives from, nearest first."""
    found: tuple[type, ...] = _MRO.__get__(type(value))
    return found


class Callables:
    """The functions that were sent out, by the number that stands for each."""

    def __init__(self) -> None:
        self._kept: list[Any] = []
        self._numbers: dict[int, int] = {}

    def add(self, value: object) -> int:
        """Return the number that stands for `value`; the same one for the same object."""
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._kept)
            self._kept.append(value)  # kept, so that its id stays its own
        return number

    def get(self, handle: int) -> Any:
        """Return what a number stands for; raises KeyError for an unknown one."""
        if not 0 <= handle < len(self._kept):
            raise KeyError(handle)
        return self._kept[handle]


class Writer:
    """Writes one value.

    Args:
        writes: the function for each type, by the type's id: a hostile metaclass may fail to hash.
        last: the function for everything else.
        callables: where functions are kept to be called later; None where none can be called.
        bounds: the most that may be written.
    """

    def __init__(
        self, writes: dict[int, Write], last: Write, callables: Callables | None, bounds: Bounds
    ) -> None:
        self._writes, self._last = writes, last
        self.callables, self.bounds = callables, bounds
        self._items, self._room = bounds.items, bounds.bytes
        self._path: dict[int, int] = {}
        self._types: set[str] = set()
        self.charts: dict[int, tuple[object, int]] = {}

    def write(self, value: Any, depth: int = 0) -> Node:
        """Return the node of a value. Raises TooMuch alone, where the value is out of bounds."""
        self._items -= 1
        if self._items < 0:
            raise TooMuch
        if value is None or value is True or value is False:
            return value
        kind = type(value)
        if kind is float:
            return value
        if kind is int and -SMALL < value < SMALL:
            return value
        try:
            for base in (kind,) if id(kind) in self._writes else mro(value):
                write = self._writes.get(id(base))
                if write is not None:
                    return write(self, value, depth)
            return self._last(self, value, depth)
        except (KeyboardInterrupt, TooMuch):
            raise
        except TooDeep:
            return self.described(value, too_large(value))
        except BaseException:
            return self.unreadable(value)

    def unreadable(self, value: object) -> Node:
        """Return the node that says that a value cannot be read."""
        name = type_name(value)
        return self.described(value, f"an object of type {name} that cannot be read")

    def described(self, value: object, words: str = "") -> Node:
        """Return the node that stands for a value which stays behind."""
        self.take(60 + len(words))
        return ["other", self.type_name(value), self.text(words)]

    def type_name(self, value: object) -> Node:
        """Return the node of the name of a value's type; there is a bound on how many differ."""
        name = type_name(value)
        self._types.add(name)
        if len(self._types) > self.bounds.types:
            raise TooMuch
        return self.text(name)

    def take(self, size: int, items: int = 0) -> None:
        """Count `size` bytes and `items` values."""
        self._room -= size
        self._items -= items
        if self._room < 0 or self._items < 0:
            raise TooMuch

    def text(self, text: str) -> Node:
        """Return the node of a text."""
        if len(text) > self.bounds.text:
            raise TooMuch
        self.take(len(text) + 3)
        if text.isascii():
            return text
        try:
            text.encode()
        except UnicodeEncodeError:
            # JSON would join two lone surrogates to one character.
            return ["u", self.base64(text.encode("utf-8", "surrogatepass"))]
        return text

    def base64(self, content: bytes) -> str:
        """Return bytes as text; counted before it is made."""
        self.take(len(content) * 4 // 3 + 4)
        return b2a_base64(content, newline=False).decode("ascii")

    def whole(self, value: int) -> Node:
        """Return the node of a whole number."""
        if -SMALL < value < SMALL:
            return value
        if value.bit_length() > self.bounds.digits * 3.33:
            raise TooMuch
        return ["i", f"{value:x}"]

    def several(self, value: object, items: Iterable[object], depth: int) -> list[Node]:
        """Return the nodes of what a container holds; raises TooDeep where it lies too deep.

        A container inside itself is followed as deep as the scoring looks, and no deeper.
        """
        inside = self._path.get(id(value), 0)
        if depth >= self.bounds.depth or (inside and depth >= DEEPEST):
            raise TooDeep
        self._path[id(value)] = inside + 1
        try:
            return [self.write(item, depth + 1) for item in items]
        finally:
            self._path[id(value)] = inside
