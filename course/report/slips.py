"""Names the slips of form, size and sign that check cells tell of whatever the question is."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["SLIPS", "slips_in"]

# How a message of `course.scoring` is recognised, and what the report calls it.
SLIPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), name)
    for pattern, name in (
        (r"looks like a fraction of one", "A fraction of one where percent is wanted."),
        (r"multiplied once too often", "Multiplied by a hundred once too often."),
        (r"by a factor of one (?!hundred: it seems)", "Another unit or size."),
        (r"the sign is the other way round", "The sign is the other way round."),
        (r"a whole number is wanted; this one", "Not a whole number."),
        (r"to be an answer here", "A size that cannot be an answer."),
        (r"\d+ points? the other way", "An arrow that points the other way."),
        (r"\d+ needs? the other relation", "A link with the other relation."),
        (r"ax(is has|es have|is have) no label", "An axis without a label."),
        (r"there is no title", "No title."),
        (r"the axis of the values does not include zero", "An axis that does not begin at zero."),
        (r"the marks are not sorted", "Not sorted as asked."),
        (r" is wanted; (?!this one has a fractional)", "Not the form that is asked for."),
    )
)


def slips_in(line: str) -> Iterator[str]:
    """Yield the names of the slips that a line of a check cell tells of."""
    for pattern, name in SLIPS:
        if pattern.search(line):
            yield name
