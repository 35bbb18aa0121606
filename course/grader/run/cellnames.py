"""Reads the code of cells: as plain Python, and whether a check can be made apart."""

from __future__ import annotations

import ast
import functools
from collections.abc import Mapping
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

__all__ = ["as_python", "is_check", "is_made_apart"]

_magics = TransformerManager()  # type: ignore[no-untyped-call]
SCORING = "course.scoring"


@functools.lru_cache(maxsize=512)
def as_python(source: str) -> str:
    """Return a cell of the instructor's as plain Python, its magics written out.

    It is the same for the whole class, so this is done once. A student's own cells are never read
    here: that is done in the process that runs them, within their limits.
    """
    try:
        code: str = _magics.transform_cell(source)
        return code
    # A cell that cannot be transformed fails in the process that runs it, with its own error.
    except Exception:
        return source


def is_check(cell: Mapping[str, Any]) -> bool:
    """Tell whether a cell is one whose code is the instructor's and gives points."""
    tag = cell["metadata"].get("nbgrader", {})
    return cell["cell_type"] == "code" and bool(tag.get("grade") and not tag.get("solution"))


@functools.lru_cache(maxsize=512)
def is_made_apart(source: str) -> bool:
    """Tell whether a check is written with `course.scoring.Question`, which asks for answers.

    Such a check runs in a process that has never run a line of a student's. Any other is written in
    nbgrader's ordinary way: it looks at the student's objects themselves, so it has to run where
    they are.
    """
    try:
        tree = ast.parse(as_python(source))
    except (SyntaxError, ValueError):
        return False
    # By the name under which it is imported, so that `Question as Q` counts and a class of the
    # same name does not.
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == SCORING
        for alias in node.names
        if alias.name == "Question"
    }
    return any(
        isinstance(node, ast.Call) and _is_question(node.func, imported) for node in ast.walk(tree)
    )


def _is_question(function: ast.expr, imported: set[str]) -> bool:
    """Tell whether what is called is the class `Question`."""
    if isinstance(function, ast.Name):
        return function.id in imported
    return ast.unparse(function) in {f"{SCORING}.Question", "scoring.Question"}
