"""Which questions of a student's folder have no answer, compared with what was handed out."""

import ast
import json
from pathlib import Path
from typing import Any

from course.overview.notebook import Cell, NotebookOnDisk, read_notebook


def find_unanswered(folder: Path, released: Path) -> list[str]:
    """Return what lacks an answer, in the order of the notebooks.

    Args:
        folder: the student's folder of an assignment, as it is on the disk.
        released: the folder of the same assignment as it was handed out.

    Returns:
        A line for each question without an answer ("votes-03"), and for each that lacks a part
        ("votes-02: share_cast"). Empty when all is answered, and where the released notebooks
        cannot be read: then nothing can be said.
    """
    kept = _kept_in_panels(folder)
    lines: list[str] = []
    for path in sorted(released.glob("*.ipynb")):
        handed_out = read_notebook(path)
        mine = read_notebook(folder / path.name)
        # Without what was handed out nobody can say what was changed; better not to ask than to
        # ask wrongly.
        if handed_out is None:
            continue
        if mine is None:
            lines.append(f"{path.name}: there is no such notebook in your folder")
            continue
        lines += _of_notebook(mine, handed_out, kept)
    return lines


def _of_notebook(mine: NotebookOnDisk, handed_out: NotebookOnDisk, kept: set[str]) -> list[str]:
    written = {cell.grade_id: cell for _, cell in mine.answers()}
    elsewhere = _set_elsewhere(mine, handed_out)
    lines = []
    for question, cell in handed_out.answers():
        answer = written.get(cell.grade_id)
        if answer is None:  # the cell was deleted
            lines.append(question)
        # Answered in a panel alone, where the cell is as it was.
        elif question in kept and not _open_names(cell):
            continue
        elif answer.source.strip() == cell.source.strip():
            names = _open_names(cell)
            if not names or names - elsewhere:
                lines.append(question)
        elif names := _open_names(answer) - elsewhere:
            lines.append(f"{question}: {', '.join(sorted(names))}")
    return lines


def _open_names(cell: Cell) -> set[str]:
    """Return the names that a cell leaves at the three dots."""
    if cell.kind != "code":
        return set()
    try:
        tree = ast.parse(cell.source)
    except (SyntaxError, ValueError):
        return set()
    values: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values[node.targets[0].id] = node.value  # the last one counts
    return {name for name, value in values.items() if _has_dots(value)}


def _has_dots(value: ast.expr) -> bool:
    """Tell whether a value is the three dots, or a dict or list that holds them."""
    return any(isinstance(n, ast.Constant) and n.value is Ellipsis for n in ast.walk(value))


def _set_elsewhere(mine: NotebookOnDisk, handed_out: NotebookOnDisk) -> set[str]:
    """Return the names that get a value in cells of the student's own."""
    known = {cell.source.strip() for cell in handed_out.cells}
    names: set[str] = set()
    for cell in mine.cells:
        # Cells with a tag are answers and checks, which are looked at one by one.
        if cell.kind != "code" or cell.tag or cell.source.strip() in known:
            continue
        try:
            tree = ast.parse(cell.source)
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and not _has_dots(node.value):
                names |= {t.id for t in node.targets if isinstance(t, ast.Name)}
    return names


def _kept_in_panels(folder: Path) -> set[str]:
    """Return the questions that answers.json holds an answer to."""
    try:
        content: Any = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
        return {name for name, entry in content["answers"].items() if entry["value"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()
