"""How much may travel, and what is raised when a message is not one."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Bounds", "TooDeep", "TooMuch", "TravelError"]


@dataclass(frozen=True)
class Bounds:
    """The most that one value may hold.

    Args:
        bytes: length of its message.
        items: values in it, all levels together; a block of an array's numbers counts as one.
        depth: levels of lists in lists.
        text: characters of one text.
        digits: decimal digits of one whole number, and size of a decimal exponent.
        types: different types of the student's own.
    """

    bytes: int = 16_000_000
    items: int = 200_000
    depth: int = 24
    text: int = 1_000_000
    digits: int = 4_000
    types: int = 1_000


class TravelError(Exception):
    """A message is none of ours: it is damaged, too long, or made to do harm."""


class TooDeep(Exception):  # noqa: N818 - as below
    """A value lies too deep or is too long for where it stands; what holds it can travel."""


class TooMuch(Exception):  # noqa: N818 - a signal inside this package, never an error for people
    """All that is written is larger than the bounds."""
