"""Carries answers from the student's process to the judge: records only, as JSON lists.

The student's process writes, the judge reads, and believes nothing: sizes are checked before
anything is parsed, and each node has to be one of a few. A list begins with the letter of its
record, so that no list stands for itself: `["L", origin, items, index]` is a Listing, `["P",
pairs]` a dict, `["T", columns, index, rows]` a table, `["F", number]` a function that can be asked
for, `["O", words, text]` what is none of these. Everything else is None, a bool, number or text.
"""

import json
from collections.abc import Callable
from typing import Any

from course.scoring.plain import Frame, Function, Listing, Other, Outcome, Pairs, Plain, words_for

# Above any honest answer.
MOST_BYTES = 16_000_000
MOST_VALUES = 400_000  # of all levels together
DEEPEST = 40  # lists in lists of a message; a value of the scoring's depth stays far below
MOST_TEXT = 1_000_000
LARGEST_BITS = 13_300  # of a whole number; Python reads and writes no longer ones
LARGEST_HANDLE = 1 << 32


class NotARecord(Exception):  # noqa: N818 - what a message is, not an error of this program
    """A message is not what the student's process writes: somebody made it up."""


class Functions:
    """The functions that were asked for, by the number that stands for each."""

    def __init__(self) -> None:
        self._kept: list[Function] = []

    def add(self, function: Function) -> int:
        """Return the number that will stand for a function."""
        self._kept.append(function)
        return len(self._kept) - 1

    def get(self, number: int) -> Function:
        """Return the function for a number; raises LookupError for one that was not given."""
        if not 0 <= number < len(self._kept):
            raise LookupError(number)
        return self._kept[number]


# --- the student's side ---------------------------------------------------------------------------


class _TooMuch(Exception):  # noqa: N818 - a signal inside this module
    """A value is too large to be sent."""


def write_record(record: Plain, functions: Functions) -> bytes:
    """Return the message of a record; what is too large for one arrives as its description."""
    try:
        return _dump(_Writer(functions).write(record))
    except (_TooMuch, RecursionError, MemoryError):
        return _dump(["O", f"{words_for(record)} that is too long to read", None])


def write_outcome(outcome: Outcome, functions: Functions) -> bytes:
    """Return the message of what came of a call."""
    head = [outcome.dots, outcome.raised, outcome.text, outcome.failed, outcome.printed]
    return _dump(head) + b"\n" + write_record(outcome.value, functions)


class _Writer:
    """Turns one record into JSON lists."""

    def __init__(self, functions: Functions) -> None:
        self._functions = functions
        self._left = MOST_VALUES

    def write(self, record: Plain) -> Any:
        """Return the node of a record."""
        self._left -= 1
        if self._left < 0:
            raise _TooMuch
        match record:
            case Listing():
                index = None if record.index is None else self._several(record.index)
                return ["L", record.origin, self._several(record.items), index]
            case Pairs():
                return ["P", [self._several(pair) for pair in record.pairs]]
            case Frame():
                columns = [[self.write(n), self._several(c)] for n, c in record.columns]
                index = [[self.write(n), self._several(c)] for n, c in record.index]
                return ["T", columns, index, record.rows]
            case Function():
                return ["F", self._functions.add(record)]
            case Other():
                return ["O", record.words, record.text]
            case str() if len(record) > MOST_TEXT:
                raise _TooMuch
            # Python itself refuses to write more than 4,300 digits, with an error that no
            # student would understand.
            case int() if record.bit_length() > LARGEST_BITS:
                return ["O", "a whole number of more than 4,000 digits", None]
        return record

    def _several(self, records: tuple[Plain, ...]) -> list[Any]:
        return [self.write(record) for record in records]


def _dump(node: Any) -> bytes:
    # ASCII alone, so that lone surrogates survive.
    # A record is a tree by its making, so looking for circles would only cost time.
    content = json.dumps(node, check_circular=False, separators=(",", ":")).encode("ascii")
    if len(content) > MOST_BYTES:
        raise _TooMuch
    return content


# --- the judge's side -----------------------------------------------------------------------------

Caller = Callable[[int, tuple[Any, ...]], Outcome]
"""Calls the function of a number with arguments, in the student's process."""


def read_record(message: bytes, call: Caller) -> Plain:
    """Return the record of a message.

    Args:
        message: from a process that nobody trusts.
        call: calls a function of the student's.

    Raises:
        NotARecord: the message is none; nothing else is raised.
    """
    return _Reader(call).read(_parse(message), 0)


def read_outcome(message: bytes, call: Caller) -> Outcome:
    """Return what came of a call; raises NotARecord for a message that does not say it."""
    head, _, content = message.partition(b"\n")
    match _parse(head):
        case [bool(dots), str(raised), str(text), str(failed), bool(printed)]:
            words = (_word(raised, 40), _word(text, 200), _word(failed, 200))
            return Outcome(read_record(content, call), dots, *words, printed)
    raise NotARecord("the outcome of a call is damaged")


def _parse(message: bytes) -> Any:
    """Return the JSON of a message that is not too long."""
    if len(message) > MOST_BYTES:
        raise NotARecord("a message is too long")
    # Each value stands behind a comma or a bracket; counted before lists are made of them.
    if message.count(b",") + message.count(b"[") > 4 * MOST_VALUES:
        raise NotARecord("a message holds too many values")
    try:
        # Objects are refused while they are read: a key of them could be anything, and none is
        # ever sent.
        return json.loads(message.decode("ascii"), object_pairs_hook=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotARecord(f"a message is no JSON: {type(error).__name__}") from None


def _refuse(pairs: Any) -> Any:
    raise ValueError("objects do not stand in a message")


class _Reader:
    """Reads one record."""

    def __init__(self, call: Caller) -> None:
        self._call = call
        self._left = MOST_VALUES

    def read(self, node: Any, depth: int) -> Plain:
        """Return the record of a node."""
        self._left -= 1
        if self._left < 0 or depth > DEEPEST:
            raise NotARecord("a message holds too many values")
        match node:
            case None | bool() | float():
                return node
            case int() if node.bit_length() <= LARGEST_BITS:
                return node
            case str() if len(node) <= MOST_TEXT:
                return node
            case ["L", str(origin), list(items), index] if len(origin) <= 40:
                return self._read_listing(origin, items, index, depth)
            case ["P", list(pairs)]:
                return Pairs(tuple(self._read_pair(pair, depth) for pair in pairs))
            case ["T", list(columns), list(index), int(rows)] if type(rows) is int:
                return Frame(
                    self._read_columns(columns, rows, depth),
                    self._read_columns(index, rows, depth),
                    rows,
                )
            # type(), because True is an int as well.
            case ["F", int(number)] if 0 <= number < LARGEST_HANDLE and type(number) is int:
                # Only the number is believed; what it stands for is kept where it came from.
                return Function(lambda args: self._call(number, args))
            case ["O", str(words), None | str() as text]:
                return Other(_word(words, 300), None if text is None else _word(text, 100))
        raise NotARecord("a message holds what is no record")

    def _read_listing(self, origin: str, items: list[Any], index: Any, depth: int) -> Listing:
        if index is not None and (type(index) is not list or len(index) != len(items)):
            raise NotARecord("a list and its index differ in length")
        labels = None if index is None else self._read_several(index, depth)
        return Listing(self._read_several(items, depth), _word(origin, 40) or "list", labels)

    def _read_pair(self, pair: Any, depth: int) -> tuple[Plain, Plain]:
        if type(pair) is not list or len(pair) != 2:
            raise NotARecord("an entry of a dict is damaged")
        return self.read(pair[0], depth + 1), self.read(pair[1], depth + 1)

    def _read_columns(
        self, columns: list[Any], rows: int, depth: int
    ) -> tuple[tuple[Plain, tuple[Plain, ...]], ...]:
        found = []
        for column in columns:
            match column:
                case [name, list(cells)] if len(cells) == rows:
                    found.append((self.read(name, depth + 1), self._read_several(cells, depth)))
                case _:
                    raise NotARecord("a column of a table is damaged")
        return tuple(found)

    def _read_several(self, nodes: list[Any], depth: int) -> tuple[Plain, ...]:
        return tuple(self.read(node, depth + 1) for node in nodes)


def _word(text: str, most: int) -> str:
    """Return a text that will stand in a sentence: printable, and not too long."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text[:most])
