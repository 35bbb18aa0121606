"""Reads notebooks cell by cell and runs their cells in this process, for quick tests."""

from __future__ import annotations

import ast
import base64
import contextlib
import io
import shutil
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import nbformat

from course.desk.keys.codebook import Reading
from course.desk.points import write_points
from course.scoring.asking import NamedAnswers, ask_from
from course.scoring.checkcell import TOOLS, ask

ROOT = Path(__file__).resolve().parent.parent


def read(path: Path) -> Any:
    """Return a notebook."""
    return nbformat.read(path, as_version=4)


def make_png(width: int = 1, height: int = 1) -> str:
    """Return a picture that says it is so large, in base64; all of it is black."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0\0"))
    content = b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")
    return base64.b64encode(content).decode()


def source(assignment: str) -> Any:
    """Return the instructor's notebook of an assignment, with the points as students read them."""
    notebook = read(ROOT / "source" / assignment / f"{assignment}.ipynb")
    write_points(notebook)
    return notebook


def map_value(reading: Reading) -> dict[str, list[dict[str, str]]]:
    """Return a reader's links as the argument map holds them."""
    return {
        "links": [
            {"from": start, "to": target, "relation": relation}
            for relation in ("supports", "challenges")
            for start, target in sorted(reading.links(relation))
        ]
    }


def grade_id(cell: Any) -> str:
    """Return a cell's grade_id, or ''."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def is_grade_cell(cell: Any) -> bool:
    """Tell whether a cell is one that the computer grades."""
    return bool(cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"))


def fetch_files(assignment: str, folder: Path) -> Path:
    """Put what students receive beside a notebook into a folder; return the folder."""
    beside = shutil.ignore_patterns("*.ipynb")
    shutil.copytree(ROOT / "release" / assignment, folder, ignore=beside, dirs_exist_ok=True)
    return folder


@dataclass(frozen=True)
class Run:
    """What a cell gave: the value of its last expression and what it printed."""

    value: Any
    printed: str


def run_cell(code: str, namespace: dict[str, Any]) -> Run:
    """Run one cell as a kernel would, and return its value and output.

    Standard error is not allowed in a cell: nbgrader would take all points for it.
    """
    body, last = compile_cell(code)
    out, err = io.StringIO(), io.StringIO()
    value = None
    ask_from(NamedAnswers(namespace))
    if "ask(" in code:  # which gives a notebook's kernel the tools again that answers have replaced
        namespace.update(TOOLS, ask=ask)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        exec(body, namespace)
        if last is not None:
            value = eval(last, namespace)
    assert err.getvalue() == "", f"the cell wrote to standard error: {err.getvalue()}"
    return Run(value, out.getvalue())


@lru_cache(maxsize=512)
def compile_cell(code: str) -> tuple[CodeType, CodeType | None]:
    """Compile a cell: all of it, or all but the expression that it ends with, and that."""
    tree = ast.parse(code)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        return compile(tree, "<cell>", "exec"), None
    tree.body.pop()
    return compile(tree, "<cell>", "exec"), compile(ast.Expression(last.value), "<cell>", "eval")


def run_all(notebook: Any, namespace: dict[str, Any]) -> dict[str, Run]:
    """Run all code cells in order; return what the cells with a grade_id gave."""
    runs = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                run = run_cell(cell.source, namespace)
            if grade_id(cell):
                runs[grade_id(cell)] = run
    return runs


def grade_cells(notebook: Any) -> Iterator[Any]:
    """Yield the cells that the computer grades."""
    return (cell for cell in notebook.cells if is_grade_cell(cell))


def names_set(code: str) -> set[str]:
    """Return the names that a cell sets for others to see, imports aside."""
    found: set[str] = set()
    # Not by Python's own tables of symbols: from 3.12 on they count a comprehension's names, too.
    waiting: list[ast.AST] = [ast.parse(code)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif not isinstance(
            node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.Lambda
        ):
            waiting += ast.iter_child_nodes(node)
    return found
