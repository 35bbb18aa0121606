"""Reads grade cells: which names of the student's they use, and which they define themselves."""

from __future__ import annotations

import ast
import builtins
import functools
import symtable

from IPython.core.inputtransformer2 import TransformerManager

__all__ = ["as_python", "names_defined", "names_read", "names_stored"]

_magics = TransformerManager()  # type: ignore[no-untyped-call]
_GIVEN = {*dir(builtins), "get_ipython"}


@functools.lru_cache(maxsize=512)
def names_read(source: str) -> tuple[str, ...]:
    """Return the names that a cell looks up outside itself, sorted.

    Left out are Python's builtins and what the cell itself defines by import, def or class at its
    top level. A cell that is no Python reads none.
    """
    code = _python(source)
    try:
        table = symtable.symtable(code, "<cell>", "exec")
    except (SyntaxError, ValueError):  # `await` at the top level, or no Python
        tree = _parsed(code)
        read = {n.id for n in ast.walk(tree) if _is_read(n)} if tree else set()  # type: ignore[attr-defined]
    else:
        read = _globals_read(table, top=True)
    return tuple(sorted(read - names_defined(source) - _GIVEN))


@functools.lru_cache(maxsize=512)
def names_defined(source: str) -> frozenset[str]:
    """Return the names that a cell defines at its top level by import, def or class."""
    tree = _parsed(_python(source))
    found: set[str] = set()
    for node in tree.body if tree else ():
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(a.asname or a.name).partition(".")[0] for a in node.names}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
    return frozenset(found)


@functools.lru_cache(maxsize=512)
def names_stored(source: str) -> frozenset[str]:
    """Return the names that a cell assigns to anywhere."""
    tree = _parsed(_python(source))
    nodes = ast.walk(tree) if tree else ()
    stored = (n for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    return frozenset(n.id for n in stored)


LONGEST = 20_000  # characters of a cell that is prepared outside of the process that runs it


@functools.lru_cache(maxsize=4096)
def as_python(source: str) -> str | None:
    """Return a cell as plain Python, its magics written out; None where that is left to others.

    Most cells of a class are the same, so this is done once for all.
    """
    return _python(source) if len(source) <= LONGEST else None


def _python(source: str) -> str:
    """Return a cell as plain Python, its magics written out."""
    try:
        code: str = _magics.transform_cell(source)
        return code
    except Exception:
        return source


def _parsed(code: str) -> ast.Module | None:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError):
        return None


def _is_read(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)


def _globals_read(table: symtable.SymbolTable, top: bool) -> set[str]:
    """Return the names that a block and the blocks in it look up in the notebook's namespace."""
    found = {
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (top or symbol.is_global())
    }
    for child in table.get_children():
        found |= _globals_read(child, top=False)
    return found
