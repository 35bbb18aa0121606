"""pandas: columns, indexes, Series, tables. Columns of numbers travel as blocks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from course.grading.travel.arrays import write_array
from course.grading.travel.bounds import TravelError
from course.grading.travel.columns import read_column, write_column
from course.grading.travel.reader import Read, Reader
from course.grading.travel.writer import Node, Write, Writer
from course.scoring.plain import is_a

__all__ = ["READS", "WRITES"]

_BLOCKS = "biufcmM"


def write_index(writer: Writer, value: Any, depth: int) -> Node:
    """Return the node of an Index of any kind."""
    index = value
    if is_a(index, pd.MultiIndex):
        levels = [write_index(writer, level, depth + 1) for level in index.levels]
        codes = [write_array(writer, np.asarray(code), depth + 1) for code in index.codes]
        return ["multi", levels, codes, [writer.write(n, depth + 1) for n in index.names]]
    name = writer.write(index.name, depth + 1)
    if is_a(index, pd.RangeIndex):
        return ["steps", index.start, index.stop, index.step, name]
    freq = getattr(index, "freqstr", None) if isinstance(index, pd.DatetimeIndex) else None
    return ["index", write_column(writer, index.array, depth), name, freq]


def _series(writer: Writer, value: Any, depth: int) -> Node:
    series = value if type(value) is pd.Series else pd.Series(value)
    column = write_column(writer, series.array, depth)
    index = write_index(writer, series.index, depth)
    return ["series", column, index, writer.write(series.name, depth + 1)]


def _frame(writer: Writer, value: Any, depth: int) -> Node:
    frame = value if type(value) is pd.DataFrame else pd.DataFrame(value)
    dtypes = list(frame.dtypes)
    groups: dict[Any, list[int]] = {}
    parts: list[Node] = []
    for place, dtype in enumerate(dtypes):
        if isinstance(dtype, np.dtype) and dtype.kind in _BLOCKS:
            groups.setdefault(dtype, []).append(place)
        else:
            column = write_column(writer, frame.iloc[:, place].array, depth)
            parts.append(["column", place, column])
    for places in groups.values():
        same = frame if len(places) == len(dtypes) else frame.iloc[:, places]
        parts.append(["columns", places, write_array(writer, same.to_numpy().T, depth)])
    columns = write_index(writer, frame.columns, depth)
    return ["frame", columns, write_index(writer, frame.index, depth), *parts]


def _extension(writer: Writer, value: Any, depth: int) -> Node:
    return ["pandas", write_column(writer, value, depth)]


WRITES: dict[type, Write] = {
    pd.Index: write_index,
    pd.Series: _series,
    pd.DataFrame: _frame,
    pd.api.extensions.ExtensionArray: _extension,
}


def _name(reader: Reader, node: Node, depth: int) -> Any:
    name = reader.read(node, depth + 1)
    hash(name)
    return name


def _read_steps(reader: Reader, node: list[Any], depth: int) -> pd.RangeIndex:
    start, stop, step, name = node
    steps = range(*map(reader.whole, (start, stop, step)))
    if len(steps) > reader.bounds.bytes:
        raise TravelError("an index is too long")
    return pd.RangeIndex(steps, name=_name(reader, name, depth))


def _read_plain_index(reader: Reader, node: list[Any], depth: int) -> Any:
    column_node, name, freq = node
    column = read_column(reader, column_node, depth)
    options = {}
    if isinstance(column, np.ndarray):
        options["dtype"] = column.dtype
        if column.dtype == object:
            reader.distinct(column.tolist())
    index: Any = pd.Index(column, name=_name(reader, name, depth), copy=False, **options)
    if freq is not None and isinstance(index, pd.DatetimeIndex):
        setter: Any = index
        setter.freq = reader.text(freq)
    return index


def _read_multi(reader: Reader, node: list[Any], depth: int) -> pd.MultiIndex:
    levels, codes, names = node
    return pd.MultiIndex(
        levels=[_read_index(reader, level, depth + 1) for level in levels],
        codes=[_codes(reader, code, depth) for code in codes],
        names=[_name(reader, name, depth) for name in names],
    )


def _codes(reader: Reader, node: Node, depth: int) -> Any:
    codes = reader.read(node, depth + 1)
    if type(codes) is not np.ndarray or codes.dtype.kind != "i" or codes.ndim != 1:
        raise TravelError("an index is damaged")
    return codes


def _read_index(reader: Reader, node: Node, depth: int) -> Any:
    index = reader.read(node, depth)
    if not isinstance(index, pd.Index):
        raise TravelError("an index is missing")
    return index


def _read_series(reader: Reader, node: list[Any], depth: int) -> Any:
    column_node, index_node, name_node = node
    column = read_column(reader, column_node, depth)
    index = _read_index(reader, index_node, depth)
    if len(index) != len(column):
        raise TravelError("a Series and its index differ in length")
    name = _name(reader, name_node, depth)
    return pd.Series(column, index=index, name=name, dtype=column.dtype, copy=False)


def _read_frame(reader: Reader, node: list[Any], depth: int) -> Any:
    columns_node, index_node, *parts = node
    columns = _read_index(reader, columns_node, depth)
    index = _read_index(reader, index_node, depth)
    if len(parts) == 1 and parts[0][0] == "columns" and parts[0][1] == list(range(len(columns))):
        block = _rows(reader, parts[0][2], len(columns), len(index), depth)
        return pd.DataFrame(block.T, index=index, columns=columns, copy=False)
    found: dict[int, Any] = {}
    for kind, place, content in parts:
        if kind == "columns":
            found.update(
                zip(place, _rows(reader, content, len(place), len(index), depth), strict=True)
            )
        else:
            found[place] = _one_column(read_column(reader, content, depth), index)
    if len(columns) != len(found) or set(found) != set(range(len(columns))):
        raise TravelError("a table has other columns than it says")
    frame = pd.DataFrame({place: found[place] for place in range(len(columns))}, index=index)
    frame.columns = columns
    return frame


def _one_column(column: Any, index: Any) -> Any:
    if len(column) != len(index):
        raise TravelError("a table has columns of different lengths")
    if column.dtype == object:  # else texts would become another type
        return pd.Series(column, index=index, dtype=object, copy=False)
    return column


def _rows(reader: Reader, node: Node, width: int, rows: int, depth: int) -> Any:
    block = reader.read(node, depth)
    if type(block) is not np.ndarray or block.shape != (width, rows) or block.dtype == object:
        raise TravelError("a table has other columns than it says")
    return block


def _read_extension(reader: Reader, node: list[Any], depth: int) -> Any:
    column = read_column(reader, node[0], depth)
    if not isinstance(column, np.ndarray):
        return column
    if column.dtype.kind in "mM":
        return pd.array(column)
    return pd.arrays.NumpyExtensionArray(column)


READS: dict[str, Read] = {
    "index": _read_plain_index,
    "steps": _read_steps,
    "multi": _read_multi,
    "series": _read_series,
    "frame": _read_frame,
    "pandas": _read_extension,
}
