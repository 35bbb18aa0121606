"""Lists, tuples, sets, dicts and their kin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course.grading.travel.bounds import TooDeep, TravelError
from course.grading.travel.placeholders import named_tuple_type
from course.grading.travel.reader import Read, Reader
from course.grading.travel.writer import Node, Write, Writer

__all__ = ["READS", "WRITES"]

# From so many on, numbers of one type travel as one block.
BLOCK = 12
_CLASS_DICT = type.__dict__["__dict__"]
Walk = Callable[[Any], Iterator[object]]


def _listing(tag: str, size: Callable[[Any], int], walk: Walk) -> Write:
    def write(writer: Writer, value: Any, depth: int) -> Node:
        count = size(value)
        if count > writer.bounds.items:
            raise TooDeep
        if count >= BLOCK and tag in {"list", "tuple"}:
            block = _block(writer, list(walk(value)))
            if block is not None:
                return [tag, *block]
        return [tag, None, *writer.several(value, walk(value), depth)]

    return write


def _block(writer: Writer, items: list[Any]) -> list[Node] | None:
    """Return the node of numbers of one type, or None."""
    kinds = set(map(id, map(type, items)))
    if len(kinds) != 1 or type(items[0]) not in (int, float):
        return None
    try:
        numbers = np.array(items, dtype="<i8" if type(items[0]) is int else "<f8")
    except OverflowError:
        return None
    writer.take(0, len(items))
    return ["i8" if type(items[0]) is int else "f8", writer.base64(numbers.tobytes())]


def _dict(writer: Writer, value: Any, depth: int) -> Node:
    count = dict.__len__(value)
    if count > writer.bounds.items:
        raise TooDeep
    pairs = list(dict.items(value))
    keys = writer.several(value, (key for key, _ in pairs), depth)
    values = writer.several(value, (item for _, item in pairs), depth)
    return ["dict", keys, values]


_plain_tuple = _listing("tuple", tuple.__len__, tuple.__iter__)


def _tuple(writer: Writer, value: Any, depth: int) -> Node:
    """Write a tuple; one with named fields keeps their names."""
    if type(value) is tuple:
        return _plain_tuple(writer, value, depth)
    fields = _CLASS_DICT.__get__(type(value)).get("_fields")
    node = _plain_tuple(writer, value, depth)
    if type(fields) is not tuple or len(fields) != tuple.__len__(value):
        return node
    try:
        named_tuple_type("fields", fields)
    except (ValueError, TypeError, AttributeError):
        return node
    return ["named", writer.type_name(value), [writer.text(field) for field in fields], node]


def _views(value: Any) -> Iterator[object]:
    return iter(value)


WRITES: dict[type, Write] = {
    list: _listing("list", list.__len__, list.__iter__),
    tuple: _tuple,
    set: _listing("set", set.__len__, set.__iter__),
    frozenset: _listing("frozenset", frozenset.__len__, frozenset.__iter__),
    dict: _dict,
    type({}.keys()): _listing("list", len, _views),
    type({}.values()): _listing("list", len, _views),
    type({}.items()): _listing("list", len, _views),
}


def _items(reader: Reader, node: list[Any], depth: int) -> list[Any]:
    kind, *rest = node
    if kind is None:
        return reader.several(rest, depth)
    if kind not in ("i8", "f8") or len(rest) != 1:
        raise TravelError("a list of numbers is damaged")
    content = reader.bytes(rest[0])
    reader.take(len(content) // 8)
    found: list[Any] = np.frombuffer(content, dtype=f"<{kind}").tolist()
    return found


def _read_set(kind: Callable[[list[Any]], Any]) -> Read:
    def read(reader: Reader, node: list[Any], depth: int) -> Any:
        items = _items(reader, node, depth)
        reader.distinct(items)
        return kind(items)

    return read


def _read_dict(reader: Reader, node: list[Any], depth: int) -> dict[Any, Any]:
    keys, values = (reader.several(nodes, depth) for nodes in node)
    reader.distinct(keys)
    return dict(zip(keys, values, strict=True))


def _read_named(reader: Reader, node: list[Any], depth: int) -> Any:
    name, fields, content = node
    names = tuple(map(reader.text, fields))
    kind = named_tuple_type(reader.type_name(name, names), names)
    items = reader.read(content, depth)
    if type(items) is not tuple or len(items) != len(fields):
        raise TravelError("a named tuple is damaged")
    return kind(items)


READS: dict[str, Read] = {
    "list": _items,
    "tuple": lambda reader, node, depth: tuple(_items(reader, node, depth)),
    "set": _read_set(set),
    "frozenset": _read_set(frozenset),
    "dict": _read_dict,
    "named": _read_named,
}
