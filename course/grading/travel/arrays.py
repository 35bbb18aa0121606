"""numpy arrays and scalars: the numbers of an array travel as one block."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from course.grading.travel.bounds import TooDeep, TravelError
from course.grading.travel.reader import Read, Reader
from course.grading.travel.writer import Node, Write, Writer

__all__ = ["READS", "WRITES", "write_array"]

_NUMBERS = ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
_UNITS = ["Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as"]
CODES = frozenset(
    [*_NUMBERS, "M8", "m8", *(f"{kind}[{unit}]" for kind in ("M8", "m8") for unit in _UNITS)]
)
_BYTES = re.compile(r"S[1-9]\d{0,6}", re.ASCII)
MOST_DIMENSIONS = 16


def write_array(writer: Writer, value: Any, depth: int) -> Node:
    """Return the node of an ndarray or of an instance of a class that derives from it."""
    array = np.ndarray.view(value, np.ndarray)
    shape = list(array.shape)
    kind = array.dtype.kind
    if kind in "biufcmM" or (kind == "S" and array.dtype.itemsize):
        writer.take(array.size * array.dtype.itemsize * 4 // 3)
        array = _portable(array)
        return ["array", array.dtype.str[1:], shape, writer.base64(array.tobytes())]
    if array.size > writer.bounds.items:
        raise TooDeep
    items = np.ndarray.ravel(array).tolist()
    if kind in "UT":
        width = array.dtype.itemsize // 4 if kind == "U" else 0
        writer.take(0, len(items))
        return ["texts", kind, width, shape, *map(writer.text, map(str, items))]
    return ["objects", shape, *writer.several(value, items, depth)]


def _portable(array: Any) -> Any:
    """Return an array whose dtype is one of the table."""
    dtype = array.dtype.newbyteorder("<")
    if dtype.kind in "fc" and dtype.itemsize > {"f": 8, "c": 16}[dtype.kind]:
        dtype = np.dtype("<f8" if dtype.kind == "f" else "<c16")
    elif dtype.kind in "mM" and dtype.str[1:] not in CODES:  # such as steps of 25 seconds
        dtype = np.dtype(f"<{dtype.kind}8[{np.datetime_data(dtype)[0]}]")
    return array if dtype == array.dtype else array.astype(dtype)


def _scalar(writer: Writer, value: Any, depth: int) -> Node:
    return ["scalar", write_array(writer, np.asarray(value), depth)]


def _text(writer: Writer, value: Any, depth: int) -> Node:
    return ["str_", writer.text(str.__str__(value))]


WRITES: dict[type, Write] = {
    np.ndarray: write_array,
    np.number: _scalar,
    np.bool_: _scalar,
    np.datetime64: _scalar,
    np.str_: _text,
    # Some derive from Python's own numbers, which must not be found first.
    np.float64: _scalar,
    np.complex128: _scalar,
    np.timedelta64: _scalar,
}


def _shape(reader: Reader, node: Node) -> tuple[tuple[int, ...], int]:
    """Return a shape and the number of items in it."""
    if type(node) is not list or len(node) > MOST_DIMENSIONS:
        raise TravelError("an array has no shape")
    shape = tuple(map(reader.whole, node))
    if min(shape, default=0) < 0:
        raise TravelError("an array has no shape")
    return shape, math.prod(shape)


def _read_block(reader: Reader, node: list[Any], depth: int) -> Any:
    code, shape_node, content = node
    if type(code) is not str or not (code in CODES or _BYTES.fullmatch(code)):
        raise TravelError("an array is of an unknown type")
    shape, size = _shape(reader, shape_node)
    one = np.dtype(f"<{code}")
    raw = bytearray(reader.bytes(content, size * one.itemsize))
    if len(raw) != size * one.itemsize:
        raise TravelError("a block has another length than it says")
    if code == "b1":
        return (np.frombuffer(raw, dtype="u1") != 0).reshape(shape)
    return np.frombuffer(raw, dtype=one).reshape(shape) if size else np.empty(shape, dtype=one)


def _read_objects(reader: Reader, node: list[Any], depth: int) -> Any:
    shape_node, *nodes = node
    shape, size = _shape(reader, shape_node)
    if size != len(nodes):
        raise TravelError("an array has another length than it says")
    array = np.empty(size, dtype=object)
    for place, item in enumerate(reader.several(nodes, depth)):
        array[place] = item
    return array.reshape(shape)


def _read_texts(reader: Reader, node: list[Any], depth: int) -> Any:
    kind, width_node, shape_node, *nodes = node
    shape, size = _shape(reader, shape_node)
    width = reader.whole(width_node)
    if size != len(nodes) or kind not in ("U", "T"):
        raise TravelError("an array has another length than it says")
    reader.take(size)
    texts = list(map(reader.text, nodes))
    if kind == "T":
        return np.array(texts, dtype=np.dtypes.StringDType()).reshape(shape)
    width = max(width, 1)
    if not 0 < width * size * 4 <= 4 * reader.bounds.bytes and size:
        raise TravelError("an array of texts is too wide")
    return np.array(texts, dtype=f"<U{width}").reshape(shape)


def _read_scalar(reader: Reader, node: list[Any], depth: int) -> Any:
    (content,) = node
    array = reader.read(content, depth)
    if type(array) is not np.ndarray or array.shape != () or array.dtype.kind == "O":
        raise TravelError("a number is damaged")
    return array[()]


READS: dict[str, Read] = {
    "array": _read_block,
    "objects": _read_objects,
    "texts": _read_texts,
    "scalar": _read_scalar,
    "str_": lambda reader, node, depth: np.str_(reader.text(node[0])),
}
