"""The columns of pandas, by their dtype: numpy's own, nullable, texts, zoned dates, categories."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from course.grading.travel.arrays import write_array
from course.grading.travel.bounds import TooDeep, TravelError
from course.grading.travel.reader import Reader
from course.grading.travel.writer import Node, Writer
from course.grading.travel.zones import read_freq, read_zone, write_zone

__all__ = ["read_column", "write_column"]

_NULLABLE: dict[str, Any] = {
    "b": pd.arrays.BooleanArray,
    "i": pd.arrays.IntegerArray,
    "u": pd.arrays.IntegerArray,
    "f": pd.arrays.FloatingArray,
}


def write_column(writer: Writer, array: Any, depth: int) -> Node:
    """Return the node of what `Series.array` gives, or of an ndarray."""
    dtype = array.dtype
    if isinstance(dtype, pd.StringDtype):
        return _texts(writer, array)
    if isinstance(dtype, np.dtype) or isinstance(array, pd.arrays.NumpyExtensionArray):
        return write_array(writer, np.asarray(array), depth)
    if isinstance(dtype, pd.CategoricalDtype):
        categories = _write_index(writer, array.categories, depth)
        codes = write_array(writer, np.asarray(array.codes), depth)
        return ["category", codes, categories, bool(array.ordered)]
    if isinstance(dtype, pd.DatetimeTZDtype):
        moments = write_array(writer, np.asarray(array.tz_convert(None)), depth)
        return ["zoned", write_zone(dtype.tz), moments]
    if isinstance(dtype, pd.PeriodDtype):
        return ["periods", dtype.name[7:-1], write_array(writer, array.asi8, depth)]
    if isinstance(dtype, pd.IntervalDtype):
        ends = [_write_index(writer, end, depth) for end in (array.left, array.right)]
        return ["intervals", str(array.closed), *ends]
    if any(isinstance(array, kind) for kind in _NULLABLE.values()):
        missing = np.asarray(array.isna())
        zero = dtype.type(0)
        values = array.to_numpy(dtype=dtype.numpy_dtype, na_value=zero)
        blocks = [write_array(writer, part, depth) for part in (values, missing)]
        return ["nullable", *blocks]
    items = np.empty(len(array), dtype=object)
    items[:] = list(array)
    return write_array(writer, items, depth)


def _write_index(writer: Writer, index: Any, depth: int) -> Node:
    node = writer.write(index, depth + 1)
    if node[0] == "other":
        raise TooDeep
    return node


def _texts(writer: Writer, array: Any) -> Node:
    items = np.asarray(array, dtype=object).tolist()
    missing = "NA" if array.dtype.na_value is pd.NA else "nan"
    writer.take(0, len(items))
    texts = [writer.text(item) if type(item) is str else None for item in items]
    return ["strings", array.dtype.storage, missing, *texts]


def read_column(reader: Reader, node: Node, depth: int) -> Any:
    """Return a one-dimensional ndarray or pandas array."""
    if type(node) is not list or not node:
        raise TravelError("a column is missing")
    read = _READS.get(node[0]) if type(node[0]) is str else None
    column = reader.read(node, depth) if read is None else read(reader, node[1:], depth)
    if read is None and (type(column) is not np.ndarray or column.ndim != 1):
        raise TravelError("a column is missing")
    return column


def _numbers(reader: Reader, node: Node, kinds: str, depth: int) -> Any:
    array = reader.read(node, depth)
    if type(array) is not np.ndarray or array.ndim != 1 or array.dtype.kind not in kinds:
        raise TravelError("a column is damaged")
    return array


def _index(reader: Reader, node: Node, depth: int) -> Any:
    index = reader.read(node, depth + 1)
    if not isinstance(index, pd.Index):
        raise TravelError("a column is damaged")
    return index


def _read_texts(reader: Reader, node: list[Any], depth: int) -> Any:
    storage, missing, *nodes = node
    reader.take(len(nodes))
    texts = [None if text is None else reader.text(text) for text in nodes]
    if storage not in ("python", "pyarrow") or missing not in ("NA", "nan"):
        raise TravelError("a column of texts is damaged")
    return pd.array(texts, dtype=_text_dtype(storage, missing))


def _text_dtype(storage: str, missing: str) -> Any:
    make: Any = pd.StringDtype
    try:
        return make(storage) if missing == "NA" else make(storage, na_value=np.nan)
    except (ImportError, TypeError):  # without pyarrow; before pandas 2.3
        return make("python")


def _read_category(reader: Reader, node: list[Any], depth: int) -> Any:
    codes, categories, ordered = node
    numbers = _numbers(reader, codes, "i", depth)
    return pd.Categorical.from_codes(
        numbers, categories=_index(reader, categories, depth), ordered=ordered is True
    )


def _read_zoned(reader: Reader, node: list[Any], depth: int) -> Any:
    zone, content = node
    moments: Any = pd.DatetimeIndex(_numbers(reader, content, "M", depth))
    return moments.tz_localize("UTC").tz_convert(read_zone(reader, zone)).array


def _read_periods(reader: Reader, node: list[Any], depth: int) -> Any:
    freq, content = node
    make: Any = pd.arrays.PeriodArray
    return make(_numbers(reader, content, "i", depth), dtype=pd.PeriodDtype(read_freq(freq)))


def _read_intervals(reader: Reader, node: list[Any], depth: int) -> Any:
    closed, *ends = node
    left, right = (_index(reader, end, depth) for end in ends)
    return pd.arrays.IntervalArray.from_arrays(left, right, closed=closed)


def _read_nullable(reader: Reader, node: list[Any], depth: int) -> Any:
    values = _numbers(reader, node[0], "biuf", depth)
    missing = _numbers(reader, node[1], "b", depth)
    if len(values) != len(missing):
        raise TravelError("a column is damaged")
    return _NULLABLE[values.dtype.kind](values, missing)


_READS = {
    "strings": _read_texts,
    "category": _read_category,
    "zoned": _read_zoned,
    "periods": _read_periods,
    "intervals": _read_intervals,
    "nullable": _read_nullable,
}
