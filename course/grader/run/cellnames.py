"""Reads the code of cells: as plain Python, whether a check can be made apart, what it imports.

All that is read here is the instructor's: checks, and cells that students may not change. What is a
student's own is read where it runs.
"""

import ast
import copy
import functools
from collections.abc import Mapping
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

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


def is_made_apart(cell: Mapping[str, Any]) -> bool:
    """Tell whether a cell is a check that is written with `course.scoring`, which asks for answers.

    It begins with `ask("votes-03")`, the name being its own, or imports `Question`. Such a check
    runs in a process that has never run a line of a student's. Any other is written in nbgrader's
    ordinary way: it looks at the student's objects themselves, so it has to run where they are.
    """
    if not is_check(cell):
        return False
    return _asks_for_answers("".join(cell["source"]), cell["metadata"]["nbgrader"]["grade_id"])


@functools.lru_cache(maxsize=512)
def _asks_for_answers(source: str, question: str) -> bool:
    """Tell whether a check's code asks for the answers to its question."""
    tree = _parse_cell(source)
    # By the name under which it is imported, so that `Question as Q` counts and a class of the
    # same name does not.
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == SCORING
        for alias in node.names
        if alias.name == "Question"
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return any(_is_question(call.func, imported) or _asks_for(call, question) for call in calls)


def setup_imports(nb: Mapping[str, Any]) -> dict[str, str]:
    """Return what the cells that students may not change import, by name, each as a statement.

    A check may use these names: in a notebook they are there, and where it is made apart
    `with_imports` gives them to it.
    """
    found: dict[str, str] = {}
    for cell in nb["cells"]:
        tag = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and tag.get("locked") and not tag.get("grade"):
            found |= _imports_of("".join(cell["source"]))
    return found


def with_imports(source: str, imports: Mapping[str, str]) -> str:
    """Return a check with those imports before it whose names it uses.

    Only those: nothing that a student could have put beside the notebook is loaded by the way.
    """
    used = _names_in(source)
    needed = [statement for name, statement in imports.items() if name in used]
    return "\n".join([*needed, source])


@functools.lru_cache(maxsize=512)
def _names_in(source: str) -> frozenset[str]:
    """Return the names that a cell uses."""
    nodes = ast.walk(_parse_cell(source))
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name))


@functools.lru_cache(maxsize=512)
def _parse_cell(source: str) -> ast.Module:
    """Return the code of a cell; that of an empty one where it cannot be read."""
    try:
        return ast.parse(as_python(source))
    except (SyntaxError, ValueError):
        return ast.Module([], [])


@functools.lru_cache(maxsize=512)
def _imports_of(source: str) -> dict[str, str]:
    """Return what a cell imports at its top level, by name, each as a statement of its own."""
    found = {}
    for node in _parse_cell(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                name = (alias.asname or alias.name).split(".")[0]
                alone = copy.copy(node)
                alone.names = [alias]
                found[name] = ast.unparse(alone)
    return found


def _asks_for(call: ast.Call, question: str) -> bool:
    """Tell whether this is `ask("votes-03")` in the check of that question."""
    name = call.args[0] if call.args else None
    return (
        isinstance(call.func, ast.Name)
        and call.func.id == "ask"
        and isinstance(name, ast.Constant)
        and name.value == question
    )


def _is_question(function: ast.expr, imported: set[str]) -> bool:
    """Tell whether what is called is the class `Question`."""
    if isinstance(function, ast.Name):
        return function.id in imported
    return ast.unparse(function) in {f"{SCORING}.Question", "scoring.Question"}
