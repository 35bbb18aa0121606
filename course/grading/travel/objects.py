"""Functions, charts, panels, dataclasses, modules, and what cannot travel."""

from __future__ import annotations

import dataclasses
import enum
import importlib
import sys
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from course.grading.travel.bounds import TravelError
from course.grading.travel.errors import read_error, write_error
from course.grading.travel.placeholders import (
    Foreign,
    ForeignFunction,
    Record,
    clean_name,
    placeholder,
    stub,
)
from course.grading.travel.reader import Read, Reader
from course.grading.travel.writer import Node, Write, Writer, mro
from course.scoring import CallFailed
from course.scoring.axes import Chart, describe_axes, find_axes
from course.scoring.plain import Described, is_a, type_name

__all__ = ["MODULES", "READS", "WRITES", "write_other"]

# What a grade cell may find under a name that the student's notebook imported.
MODULES = frozenset(
    [
        *["collections", "course", "course.data", "course.scoring", "datetime", "decimal"],
        *["fractions", "functools", "itertools", "json", "math", "matplotlib"],
        *["matplotlib.pyplot", "numpy", "operator", "pandas", "random", "re", "statistics"],
        "string",
    ]
)
MOST_VALUES = 200
_CLASS_DICT = type.__dict__["__dict__"]
UNREAD = "something that is yet to be worked through (wrap it in list(...))"


# --- functions -----------------------------------------------------------------------------------


def _function(writer: Writer, value: Any, depth: int) -> Node:
    if is_a(value, type):
        name = type.__dict__["__name__"].__get__(value)
    else:
        name = _attribute(value, "__name__")
    return ["function", _handle(writer, value), writer.text(clean_name(name, "function"))]


def _attribute(value: object, name: str) -> object:
    try:
        return getattr(value, name)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return None


def _handle(writer: Writer, value: object) -> int | None:
    writer.take(40)
    return None if writer.callables is None else writer.callables.add(value)


def _body(reader: Reader, node: Node) -> Callable[..., object]:
    if node is not None and (type(node) is not int or not 0 <= node < 1 << 40):
        raise TravelError("a function has no number")
    if node is not None and reader.remote is not None:
        return reader.remote(node)

    def unreachable(*args: object, **kwargs: object) -> object:
        raise CallFailed("it cannot be called here")

    return unreachable


def _read_function(reader: Reader, node: list[Any], depth: int) -> Any:
    handle, name = node
    return stub(reader.text(name), _body(reader, handle))


def _read_callable(reader: Reader, node: list[Any], depth: int) -> Any:
    handle, name = node
    return placeholder(reader.type_name(name), ForeignFunction, _body=_body(reader, handle))


# --- what holds named values -----------------------------------------------------------------


def _record(writer: Writer, value: object, names: list[str], depth: int, tag: str) -> Node:
    """Write the values that an object gives for `names`; one that raises is kept as its error."""
    if depth >= writer.bounds.depth or len(names) > MOST_VALUES:
        return writer.described(value)
    values: list[Node] = []
    for name in names:
        try:
            found = getattr(value, name)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            values.append(["raises", *write_error(writer, error)])
        else:
            values.append(writer.write(found, depth + 1))
    return [tag, writer.type_name(value), list(map(writer.text, names)), values]


def _namespace(writer: Writer, value: Any, depth: int) -> Node:
    names = [n for n in types.SimpleNamespace.__getattribute__(value, "__dict__") if type(n) is str]
    return _record(writer, value, names, depth, "namespace")


def _values(reader: Reader, node: list[Any], depth: int) -> tuple[str, dict[str, Any]]:
    name, names, nodes = node
    if len(names) > MOST_VALUES or len(names) != len(nodes):
        raise TravelError("an object is damaged")
    values: dict[str, Any] = {}
    failed: dict[str, BaseException] = {}
    for key, one in zip(map(reader.text, names), nodes, strict=True):
        if not key.isidentifier() or key.startswith("__") or key == "_failed":
            raise TravelError("an object is damaged")
        if type(one) is list and one and one[0] == "raises":
            failed[key] = read_error(reader, one[1:])
        else:
            values[key] = reader.read(one, depth + 1)
    return reader.type_name(name), {**values, "_failed": failed} if failed else values


def _read_record(reader: Reader, node: list[Any], depth: int) -> Any:
    name, values = _values(reader, node, depth)
    return placeholder(name, Record, **values)


def _read_namespace(reader: Reader, node: list[Any], depth: int) -> types.SimpleNamespace:
    return types.SimpleNamespace(**_values(reader, node, depth)[1])


# --- charts and panels -----------------------------------------------------------------------


def _drawn(writer: Writer, value: object, depth: int) -> Node | None:
    """Return the node of a chart or of what is drawn in one; None for anything else."""
    if "matplotlib" not in sys.modules:
        return None
    from matplotlib.artist import Artist

    if not is_a(value, Artist) and type_name(value) != "PieContainer":
        return None
    name = writer.type_name(value)
    try:
        axes = find_axes(value)
        if id(axes) in writer.charts:  # artists of one chart share its description
            return ["chart", name, writer.charts[id(axes)][1], None]
        description = describe_axes(axes)
    except KeyboardInterrupt:
        raise
    except ValueError as error:
        return ["chart", name, None, writer.text(str(error)[:200])]
    except BaseException:
        return ["chart", name, None, ""]
    content = writer.write(dict(description), depth + 1)
    number = len(writer.charts)
    writer.charts[id(axes)] = axes, number
    return ["chart", name, number, content]


def _chart(writer: Writer, value: Chart, depth: int) -> Node:
    content: Any = value.description
    if content is None:
        return ["chart", writer.type_name(value), None, writer.text(value.problem)]
    node = writer.write(dict(content), depth + 1)
    number = len(writer.charts)
    writer.charts[id(value)] = value, number
    return ["chart", writer.type_name(value), number, node]


def _read_chart(reader: Reader, node: list[Any], depth: int) -> Any:
    name, number, content = node
    if number is None:
        problem = reader.text(content)
        return placeholder(reader.type_name(name), Chart, description=None, problem=problem)
    if content is not None and number == len(reader.charts):
        found = reader.read(content, depth + 1)
        if type(found) is not dict or not all(type(key) is str for key in found):
            raise TravelError("a chart is damaged")
        reader.charts.append(found)
    if type(number) is not int or not 0 <= number < len(reader.charts):
        raise TravelError("a chart is damaged")
    return placeholder(
        reader.type_name(name), Chart, description=reader.charts[number], problem="this is no chart"
    )


def _panel(writer: Writer, value: Any, depth: int) -> Node | None:
    """Return the node of a widget that has a value; None for anything else."""
    if "ipywidgets" not in sys.modules:
        return None
    from ipywidgets import Widget

    if not is_a(value, Widget):
        return None
    kinds = [_CLASS_DICT.__get__(kind) for kind in mro(value)]
    names = [name for name in ("value", "question") if any(name in kind for kind in kinds)]
    return _record(writer, value, names, depth, "record") if names else None


# --- the rest --------------------------------------------------------------------------------


def _module(writer: Writer, value: Any, depth: int) -> Node:
    name = types.ModuleType.__getattribute__(value, "__dict__").get("__name__")
    if type(name) is str and name in MODULES and sys.modules.get(name) is value:
        return ["module", name]
    return writer.described(value)


def _read_module(reader: Reader, node: list[Any], depth: int) -> Any:
    (name,) = node
    if type(name) is not str or name not in MODULES:
        raise TravelError("a module is not known")
    return importlib.import_module(name)


def _unread(writer: Writer, value: object, depth: int) -> Node:
    return writer.described(value, UNREAD)


def _described(writer: Writer, value: Described, depth: int) -> Node:
    return writer.described(value, value.words)


def write_other(writer: Writer, value: Any, depth: int) -> Node:
    """Return the node of a value whose type is in no table."""
    node = _drawn(writer, value, depth) or _panel(writer, value, depth)
    if node is not None:
        return node
    fields = getattr(type(value), "__dataclass_fields__", None)
    if type(fields) is dict:
        names = [field.name for field in dataclasses.fields(value)]
        return _record(writer, value, names, depth, "record")
    if is_a(value, enum.Enum):
        return _record(writer, value, ["name", "value"], depth, "record")
    if callable(value):
        return ["callable", _handle(writer, value), writer.type_name(value)]
    return writer.described(value)


def _read_other(reader: Reader, node: list[Any], depth: int) -> Any:
    name, words = node
    return placeholder(reader.type_name(name), Foreign, words=reader.text(words)[:200])


WRITES: dict[type, Write] = {
    **dict.fromkeys(
        (
            types.FunctionType,
            types.BuiltinFunctionType,
            types.MethodType,
            type,
            np.ufunc,
        ),
        _function,
    ),
    **dict.fromkeys((types.GeneratorType, map, filter, zip), _unread),
    types.SimpleNamespace: _namespace,
    types.ModuleType: _module,
    Chart: _chart,
    Foreign: _described,
}

READS: dict[str, Read] = {
    "function": _read_function,
    "callable": _read_callable,
    "record": _read_record,
    "namespace": _read_namespace,
    "chart": _read_chart,
    "module": _read_module,
    "other": _read_other,
}
