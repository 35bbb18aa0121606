"""Numbers, texts, dates: values that hold no others."""

from __future__ import annotations

import datetime
import decimal
import fractions
from typing import Any

import numpy as np
import pandas as pd

from course.grading.travel.bounds import TooMuch, TravelError
from course.grading.travel.reader import Read, Reader
from course.grading.travel.writer import Node, Write, Writer
from course.grading.travel.zones import UNITS, read_freq, read_zone, write_zone

__all__ = ["READS", "WRITES"]

_DAY = 86_400_000_000  # microseconds


def _int(writer: Writer, value: Any, depth: int) -> Node:
    whole = int.__int__(value)
    try:
        return writer.whole(whole)
    except TooMuch:
        words = f"a number of more than {writer.bounds.digits:,} digits"
        return writer.described(value, words)


def _text(writer: Writer, value: Any, depth: int) -> Node:
    text = str.__str__(value)
    if len(text) > writer.bounds.text:
        return writer.described(value, f"a text of {len(text):,} characters")
    return writer.text(text)


def _bytes(writer: Writer, value: Any, depth: int) -> Node:
    tag = "bytearray" if isinstance(value, bytearray) else "bytes"
    if len(memoryview(value)) > writer.bounds.text:
        return writer.described(value, "bytes")
    return [tag, writer.base64(bytes(memoryview(value)))]


def _complex(writer: Writer, value: Any, depth: int) -> Node:
    real, imag = complex.real.__get__(value), complex.imag.__get__(value)
    return ["complex", real, imag]


def _decimal(writer: Writer, value: Any, depth: int) -> Node:
    _, digits, exponent = decimal.Decimal.as_tuple(value)
    too_many = len(digits) > writer.bounds.digits
    if too_many or (type(exponent) is int and abs(exponent) > writer.bounds.digits):
        return writer.described(value, "a number that is too large, too small or too long to read")
    text = decimal.Decimal.__str__(value)
    writer.take(len(text))
    return ["decimal", text]


def _fraction(writer: Writer, value: Any, depth: int) -> Node:
    top = fractions.Fraction.numerator.__get__(value)
    bottom = fractions.Fraction.denominator.__get__(value)
    try:
        return ["fraction", writer.whole(int.__int__(top)), writer.whole(int.__int__(bottom))]
    except TooMuch:
        return writer.described(value, f"a number of more than {writer.bounds.digits:,} digits")


def _range(writer: Writer, value: Any, depth: int) -> Node:
    return ["range", *(writer.whole(v) for v in (value.start, value.stop, value.step))]


def _slice(writer: Writer, value: Any, depth: int) -> Node:
    return ["slice", *(writer.write(v, depth + 1) for v in (value.start, value.stop, value.step))]


def _offset(delta: datetime.timedelta | None) -> int | None:
    return None if delta is None else delta // datetime.timedelta(microseconds=1)


def _datetime(writer: Writer, value: Any, depth: int) -> Node:
    kind = datetime.datetime
    parts = [kind.year, kind.month, kind.day, kind.hour, kind.minute, kind.second]
    parts += [kind.microsecond, kind.fold]
    numbers = [int(part.__get__(value)) for part in parts]
    return ["datetime", *numbers, _offset(kind.utcoffset(value))]


def _date(writer: Writer, value: Any, depth: int) -> Node:
    return ["date", datetime.date.toordinal(value)]


def _time(writer: Writer, value: Any, depth: int) -> Node:
    kind = datetime.time
    parts = [kind.hour, kind.minute, kind.second, kind.microsecond, kind.fold]
    numbers = [int(part.__get__(value)) for part in parts]
    return ["time", *numbers, _offset(kind.utcoffset(value))]


def _timedelta(writer: Writer, value: Any, depth: int) -> Node:
    kind = datetime.timedelta
    return [
        "timedelta",
        *(int(p.__get__(value)) for p in (kind.days, kind.seconds, kind.microseconds)),
    ]


def _timestamp(writer: Writer, value: pd.Timestamp, depth: int) -> Node:
    moment = pd.Timestamp.to_datetime64(value)
    zone = write_zone(pd.Timestamp.tzinfo.__get__(value))
    return ["Timestamp", np.datetime_data(moment.dtype)[0], int(moment.view("i8")), zone]


def _pandas_timedelta(writer: Writer, value: pd.Timedelta, depth: int) -> Node:
    length = pd.Timedelta.to_timedelta64(value)
    return ["Timedelta", np.datetime_data(length.dtype)[0], int(length.view("i8"))]


def _period(writer: Writer, value: pd.Period, depth: int) -> Node:
    kind: Any = pd.PeriodDtype
    return ["Period", kind(value.freq).name[7:-1], int(value.ordinal)]


def _interval(writer: Writer, value: Any, depth: int) -> Node:
    ends = [writer.write(end, depth + 1) for end in (value.left, value.right)]
    return ["Interval", *ends, str(value.closed)]


def _constant(name: str) -> Write:
    return lambda writer, value, depth: ["the", name]


CONSTANTS: dict[str, object] = {
    "...": ...,
    "NotImplemented": NotImplemented,
    "NA": pd.NA,
    "NaT": pd.NaT,
}

WRITES: dict[type, Write] = {
    int: _int,
    float: lambda writer, value, depth: float.__float__(value),
    str: _text,
    bytes: _bytes,
    bytearray: _bytes,
    complex: _complex,
    decimal.Decimal: _decimal,
    fractions.Fraction: _fraction,
    range: _range,
    slice: _slice,
    datetime.datetime: _datetime,
    datetime.date: _date,
    datetime.time: _time,
    datetime.timedelta: _timedelta,
    pd.Timestamp: _timestamp,
    pd.Timedelta: _pandas_timedelta,
    pd.Period: _period,
    pd.Interval: _interval,
    **{type(value): _constant(name) for name, value in CONSTANTS.items()},
}


def _read_int(reader: Reader, node: list[Any], depth: int) -> int:
    return reader.whole(["i", *node])


def _read_decimal(reader: Reader, node: list[Any], depth: int) -> decimal.Decimal:
    (text,) = node
    if type(text) is not str or len(text) > reader.bounds.digits + 40:
        raise TravelError("a decimal number is too long")
    value = decimal.Decimal(text)
    exponent = value.as_tuple().exponent
    if type(exponent) is int and abs(exponent) > reader.bounds.digits:
        raise TravelError("a decimal number is too large")
    return value


def _read_zoned(kind: Any) -> Read:
    def read(reader: Reader, node: list[Any], depth: int) -> Any:
        *parts, fold, offset = node
        if offset is None:
            return kind(*map(reader.whole, parts), fold=reader.whole(fold))
        shift = datetime.timedelta(microseconds=reader.whole(offset))
        zone = datetime.timezone(shift)
        return kind(*map(reader.whole, parts), fold=reader.whole(fold), tzinfo=zone)

    return read


def _unit(node: Node) -> str:
    if type(node) is not str or node not in UNITS:
        raise TravelError("a length of time has no unit")
    return node


def _read_timestamp(reader: Reader, node: list[Any], depth: int) -> Any:
    unit, number, zone = node
    moment = pd.Timestamp(np.datetime64(reader.whole(number), _unit(unit)))  # type: ignore[call-overload]
    if zone is None:
        return moment
    return moment.tz_localize("UTC").tz_convert(read_zone(reader, zone))


def _read_timedelta(reader: Reader, node: list[Any], depth: int) -> Any:
    unit, number = node
    return pd.Timedelta(np.timedelta64(reader.whole(number), _unit(unit)))  # type: ignore[call-overload]


def _read_period(reader: Reader, node: list[Any], depth: int) -> pd.Period:
    freq, ordinal = node
    return pd.Period(ordinal=reader.whole(ordinal), freq=read_freq(freq))


def _read_interval(reader: Reader, node: list[Any], depth: int) -> Any:
    left, right, closed = node
    return pd.Interval(reader.read(left, depth + 1), reader.read(right, depth + 1), closed)


def _wholes(kind: Any) -> Read:
    return lambda reader, node, depth: kind(*map(reader.whole, node))


READS: dict[str, Read] = {
    "i": _read_int,
    "u": lambda reader, node, depth: reader.text(["u", *node]),
    "the": lambda reader, node, depth: CONSTANTS[reader.text(node[0])],
    "bytes": lambda reader, node, depth: reader.bytes(*node),
    "bytearray": lambda reader, node, depth: bytearray(reader.bytes(*node)),
    "complex": lambda reader, node, depth: complex(*map(float, node)),
    "decimal": _read_decimal,
    "fraction": _wholes(fractions.Fraction),
    "range": _wholes(range),
    "slice": lambda reader, node, depth: slice(*reader.several(node, depth)),
    "datetime": _read_zoned(datetime.datetime),
    "date": lambda reader, node, depth: datetime.date.fromordinal(reader.whole(node[0])),
    "time": _read_zoned(datetime.time),
    "timedelta": _wholes(datetime.timedelta),
    "Timestamp": _read_timestamp,
    "Timedelta": _read_timedelta,
    "Period": _read_period,
    "Interval": _read_interval,
}
