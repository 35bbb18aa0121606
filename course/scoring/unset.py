"""Says why a name holds nothing though a cell was to give it a value: the cell went wrong."""

import ast
import re
from collections.abc import Mapping

_POINTS = re.compile(r"\d\.\d+\.\d")


def say_why_unset(name: str, names: Mapping[str, object], ran: bool = True) -> str | None:
    """Say what went wrong in the last cell that was to set a name, or return None.

    Args:
        name: what holds nothing.
        names: the kernel's, with the cells that were run under "In", as IPython keeps them.
        ran: whether to speak of cells that ran, too, and not only of those that Python cannot read.
    """
    cells = names.get("In")
    lines = re.compile(
        rf"^[ \t]*{re.escape(name)}[ \t]*=(?!=)[ \t]*(?!\.\.\.|=)(\S.*)$", re.MULTILINE
    )
    taken_back = re.compile(rf"^[ \t]*del\b.*\b{re.escape(name)}\b", re.MULTILINE)
    for cell in reversed(list(cells) if type(cells) is list else []):
        if type(cell) is not str:
            continue
        if taken_back.search(cell):
            return None
        if found := lines.search(cell):
            return _say_what_stopped(name, cell, found.group(1), ran)
    return None


def _say_what_stopped(name: str, cell: str, answer: str, ran: bool) -> str | None:
    try:
        ast.parse(cell)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        hint = ""
        if _POINTS.search(answer):
            hint = ": a number has one point at most, and nothing between thousands"
        return f"the cell that sets {name} cannot be read by Python, so nothing came of it{hint}"
    return f"the cell that sets {name} stops with an error before it does so" if ran else None
