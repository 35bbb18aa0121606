"""How the cells ran that this kernel was given, and which names a cell sets."""

import ast
import functools
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """One run of a cell."""

    source: str  # its text then
    cell_id: str  # the id that the front end gave with it, or ""
    when: float  # in seconds since the epoch
    error: str = ""  # the name of the error that ended it; "" where it ran to its end
    number: int | None = None  # that the front end shows beside the cell: In [number]


runs: list[Run] = []
"""Every run since the set-up cell, the latest last."""


def last_of_cell(cell_id: str, source: str) -> Run | None:
    """Return a cell's last run: by its id, or by its text where the front end gives no ids."""
    for run in reversed(runs):
        if run.cell_id == cell_id if run.cell_id else run.source.strip() == source.strip():
            return run
    return None


def last_setting(name: str) -> Run | None:
    """Return the last run of a cell that was to set a name."""
    return next((run for run in reversed(runs) if sets(run.source, name)), None)


def sets(source: str, name: str) -> bool:
    """Tell whether a cell is to set a name, even one that Python cannot read."""
    if name not in source:
        return False
    if parse(source) is not None:
        return name in find_set(source)
    line = rf"^[ \t]*(?:{re.escape(name)}[ \t]*=(?!=)|def[ \t]+{re.escape(name)}\b)"
    return re.search(line, source, re.MULTILINE) is not None


@functools.lru_cache(maxsize=512)
def parse(source: str) -> ast.Module | None:
    """Return the code of a cell; None where Python cannot read it, or it holds magics."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@functools.lru_cache(maxsize=512)
def find_set(source: str) -> frozenset[str]:
    """Return the names that a cell sets at its top level, by "=", `def` or `import`."""
    tree = parse(source)
    found: set[str] = set()
    for statement in tree.body if tree else ():
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            found.add(statement.name)
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, ast.alias):
                found.add((node.asname or node.name).split(".")[0])
    return frozenset(found)
