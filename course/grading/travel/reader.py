"""Makes values of nodes. The nodes come from a process that nobody trusts."""

from __future__ import annotations

from binascii import a2b_base64
from collections.abc import Callable, Iterable
from typing import Any

from course.grading.travel.bounds import Bounds, TravelError
from course.grading.travel.writer import Node

__all__ = ["Read", "Reader", "Remote"]

Read = Callable[["Reader", list[Any], int], Any]
Remote = Callable[[int], Callable[..., object]]

# Of so many keys with one hash, a dict or an index is still made in no time.
MOST_ALIKE = 500


class Reader:
    """Reads one value.

    Args:
        reads: the function for each tag; each takes the node without its tag.
        remote: gives the function that calls the student's, for a number; None where none can be.
        bounds: the most that may be read.
    """

    def __init__(self, reads: dict[str, Read], remote: Remote | None, bounds: Bounds) -> None:
        self._reads = reads
        self.remote, self.bounds = remote, bounds
        self.left = bounds.items
        self._types: set[object] = set()
        self.charts: list[Any] = []

    def read(self, node: Node, depth: int = 0) -> Any:
        """Return the value of a node; raises TravelError or whatever a wrong node leads to."""
        self.take(1)
        kind = type(node)
        if node is None or kind is bool or kind is int or kind is float:
            return node
        if kind is str:
            return self.text(node)
        if kind is not list or not node or type(node[0]) is not str:
            raise TravelError("a part of the message is no value")
        if depth > self.bounds.depth + 2:
            raise TravelError("a value lies too deep")
        read = self._reads.get(node[0])
        if read is None:
            raise TravelError("a part of the message is of an unknown kind")
        return read(self, node[1:], depth)

    def take(self, items: int) -> None:
        """Count values."""
        self.left -= items
        if self.left < 0:
            raise TravelError("a value holds too many others")

    def several(self, nodes: Iterable[Node], depth: int) -> list[Any]:
        """Return the values of nodes."""
        return [self.read(node, depth + 1) for node in nodes]

    def text(self, node: Node) -> str:
        """Return the text of a node."""
        if type(node) is list and len(node) == 2 and node[0] == "u":
            node = self.bytes(node[1]).decode("utf-8", "surrogatepass")
        if type(node) is not str:
            raise TravelError("text is missing")
        if len(node) > self.bounds.text:
            raise TravelError("a text is too long")
        return node

    def type_name(self, node: Node, *more: object) -> str:
        """Return the name of a type that is to be made; there is a bound on how many differ."""
        name = self.text(node)
        self._types.add((name, *more))
        if len(self._types) > self.bounds.types:
            raise TravelError("a value holds too many types")
        return name

    def bytes(self, node: Node, length: int | None = None) -> bytes:
        """Return bytes; `length` is checked before they are made."""
        if type(node) is not str:
            raise TravelError("bytes are missing")
        if length is not None and len(node) != (length + 2) // 3 * 4:
            raise TravelError("a block has another length than it says")
        return a2b_base64(node, strict_mode=True) if node else b""

    def whole(self, node: Node) -> int:
        """Return the whole number of a node."""
        if type(node) is list and len(node) == 2 and node[0] == "i" and type(node[1]) is str:
            if len(node[1]) > self.bounds.digits:
                raise TravelError("a number has too many digits")
            return int(node[1], 16)
        if type(node) is not int:
            raise TravelError("a whole number is missing")
        return node

    def distinct(self, keys: Iterable[Any]) -> None:
        """Refuse keys that share a hash: a dict or index of them would take for ever."""
        try:
            hashes = [hash(key) for key in keys]
        except TypeError:  # nothing that is looked up by its hash is made of these
            return
        if len(hashes) > MOST_ALIKE and len(hashes) - len(set(hashes)) > MOST_ALIKE:
            raise TravelError("too many keys are alike")
