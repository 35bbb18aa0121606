"""Finds what a student wrote for one part of a question, in the cells of the answer."""

import re
from collections.abc import Iterable

AT_MOST = 160  # characters: what stands in a row of a table; the whole is shown above it


def find_written(sources: Iterable[str], name: str) -> str:
    """Return what the last line that sets a name gives it, cut short; "" where none does.

    By lines and not by Python's grammar: the text is a student's, and may be anything.

    Args:
        sources: the cells of the answer, in order.
        name: as "turnout", or "sorter.value".
    """
    start = re.compile(rf"(?:{re.escape(name)}[ \t]*=(?!=)|(?=def[ \t]+{re.escape(name)}\b))")
    found = ""
    for source in sources:
        lines = source.splitlines()
        for at, line in enumerate(lines):
            if begin := start.match(line):
                found = line[begin.end() :]
                for more in lines[at + 1 :]:
                    if not more.startswith((" ", "\t", ")", "]", "}")) or len(found) > AT_MOST:
                        break
                    found += f" {more.strip()}"
    found = found.strip()
    return found if len(found) <= AT_MOST else f"{found[:AT_MOST]} …"


def find_place(check: str, part: str) -> str:
    """Return the name under which a part is answered, by its check: its own, or a panel's value."""
    told = re.search(rf'^q\.part\("{re.escape(part)}",.*\bat="(\w+)', check, re.M)
    return f"{told[1]}.value" if told else part
