"""Exceptions: their name, their text, and the built-in one that they are a kind of."""

from __future__ import annotations

import builtins
from functools import lru_cache
from typing import Any

from course.grading.travel.bounds import TravelError
from course.grading.travel.placeholders import clean_name
from course.grading.travel.reader import Reader
from course.grading.travel.writer import Node, Writer, mro
from course.scoring.plain import type_name

__all__ = ["read_error", "write_error"]

LONGEST_TEXT = 500

BUILTIN: dict[str, type[Exception]] = {
    kind.__name__: kind
    for kind in vars(builtins).values()
    if isinstance(kind, type) and issubclass(kind, Exception) and kind is not ExceptionGroup
}
# Those that end a program, or cannot be made of a text, come as an Exception of the same name.
TAMED = frozenset(
    kind.__name__
    for kind in vars(builtins).values()
    if isinstance(kind, type) and issubclass(kind, BaseException)
) - set(BUILTIN)
_KNOWN = {id(kind): name for name, kind in BUILTIN.items()}


def write_error(writer: Writer, error: BaseException) -> list[Node]:
    """Return the nodes of an exception: name, whether it is built in, nearest kin, text."""
    args = BaseException.args.__get__(error)  # type: ignore[attr-defined]
    text = args[0][:LONGEST_TEXT] if args and type(args[0]) is str else None
    name = type_name(error)
    exact = id(type(error)) in _KNOWN or getattr(builtins, name, None) is type(error)
    kin = next((_KNOWN[id(base)] for base in mro(error) if id(base) in _KNOWN), "Exception")
    return [writer.type_name(error), exact, kin, None if text is None else writer.text(text)]


def read_error(reader: Reader, node: list[Any]) -> Exception:
    """Return the exception of its nodes; always an Exception, which a caller can contain."""
    name_node, exact, kin, text_node = node
    name = clean_name(reader.type_name(name_node), "Exception")
    text = None if text_node is None else reader.text(text_node)[:LONGEST_TEXT]
    if type(kin) is not str or kin not in BUILTIN:
        raise TravelError("an error is damaged")
    if exact is True and name in BUILTIN:
        kind = BUILTIN[name]
    else:
        module = "builtins" if exact is True and name in TAMED else "__main__"
        kind = _made(name, kin, module)
    error = kind.__new__(kind)
    error.args = () if text is None else (text,)
    return error


@lru_cache(maxsize=256)
def _made(name: str, kin: str, module: str) -> type[Exception]:
    return type(name, (BUILTIN[kin],), {"__module__": module, "__str__": _text})


def _text(error: BaseException) -> str:
    return str(error.args[0]) if error.args else ""
