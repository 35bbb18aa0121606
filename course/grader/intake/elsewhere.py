"""Finds answers that stand where nobody looks: in a check cell, or in text beside an answer cell.

Programs other than JupyterLab let students write in cells that are locked, and lose what marks a
cell as an answer. What was written there is read where that is safe, and named in any case.
"""

import ast
import re
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell

from course.cells.runs import parse
from course.errors import CourseError
from course.grader.intake.copies import Repair, name_of, plain_text
from course.grader.intake.sourcecells import SourceCell

_ASSIGNS = re.compile(r"(?:def\s+)?([A-Za-z_]\w{0,60})[\w.]{0,60}\s{0,20}(?:=(?!=)|\(|\[)")
_WORD = re.compile(r"[^\W\d_]{2,}")
FEWEST = 8  # words that are a sentence, and no slip in code
MOST_TYPED = 20_000  # characters of a check cell that somebody may have typed in
TYPED = "an answer typed in its check cell was read; the check itself was restored"
NOT_READ = "an answer typed in its check cell was not read, because its answer cell holds one"
BY_HAND = (
    "its answer cell is as handed out, but the notebook holds text of the student's elsewhere: "
    "to grade by hand"
)


def read_handed_out(root: Path, assignment: str, notebook: str) -> dict[str, str]:
    """Return the texts with which a notebook is handed out, as `plain_text` leaves them.

    With each stands the name of its cell; "" for one without a name, and for several.

    Args:
        root: the course folder.
        assignment: its name.
        notebook: the notebook's name, without ending.

    Raises:
        CourseError: a file is no notebook, as a power cut leaves it.
    """
    found: dict[str, str] = {}
    for place in ("release", "source"):
        path = root / place / assignment / f"{notebook}.ipynb"
        if not path.is_file():
            continue
        try:
            cells = nbformat.read(path, as_version=4).cells
        except ValueError as error:
            raise CourseError(
                where=str(path),
                expected="a whole notebook",
                found=f"a file that is empty or cut ({str(error)[:80]})",
                todo=f"make it again: course generate {assignment}"
                if place == "release"
                else "put back a copy of it",
            ) from error
        for cell in cells:
            name = name_of(cell)
            if name and place == "source":  # with the solution, or the hidden tests
                continue
            text = plain_text(cell.source)
            found[text] = name if found.get(text, name) == name else ""
    return found


def answer_cells(known: Mapping[str, SourceCell], check: str) -> list[str]:
    """Return the answer cells of a check: those between it and the question before it."""
    found: list[str] = []
    for name, source in known.items():
        if name == check:
            return found
        if source.grade:
            found = []
        elif source.solution:
            found.append(name)
    return []


def find_typed(cell: Any, source: SourceCell) -> str:
    """Return the lines that a student added to a check, if one of them gives an answer; else ""."""
    if len(cell.source) > MOST_TYPED:
        return ""
    ours = {line.strip() for line in source.source.splitlines()}
    typed = "\n".join(line for line in cell.source.splitlines() if line.strip() not in ours)
    asked = any(
        f"{mark}{name}{end}" in source.source
        for name in _names_set(typed)
        for mark in "\"'"
        for end in (mark, ".")
    )
    return typed if asked else ""


def _names_set(code: str) -> set[str]:
    """Return the names to which code gives something; of code with slips, those it seems to."""
    tree = parse(code)
    if tree is None:
        return {found[1] for line in code.splitlines() if (found := _ASSIGNS.match(line))}
    nodes = list(ast.walk(tree))
    called = (ast.Attribute, ast.Subscript, ast.Call)  # report["x"] = 1, report.update(x=1)
    values = (
        getattr(node, "value", getattr(node, "func", None))
        for node in nodes
        if isinstance(node, called)
    )
    return (
        {
            node.id
            for node in nodes
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        | {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        | {value.id for value in values if isinstance(value, ast.Name)}
    )


def take_typed(nb: Any, typed: Mapping[str, str]) -> None:
    """Put what was typed in check cells, by their names, in cells of their own before them."""
    cells: list[Any] = []
    for cell in nb.cells:
        if (name := name_of(cell)) in typed:
            cells.append(new_code_cell(typed[name], id=f"typed-{len(cells)}"))
        cells.append(cell)
    nb.cells = cells


def find_cleared(work: Repair, ran: Container[str], carried: Container[str]) -> list[str]:
    """Return the questions whose panel shows no sign of having been used, in a notebook with work.

    A panel's answer lies in the outputs and in `answers.json`. Where neither came, nobody can tell
    an answer that was lost from one that was never given.

    Args:
        work: the notebook.
        ran: ids of the cells that have run since their outputs were cleared.
        carried: the questions whose answers the outputs carry.
    """
    claimed, written = work.claimed(), work.find_written()
    if not any(work.known[name].solution for name in written):
        return []
    shown = "".join(
        source.source
        for name, source in work.known.items()
        if source.sets_up and (name not in claimed or claimed[name].id not in ran)
    )
    return [
        name
        for name, source in work.known.items()
        if source.grade
        and name not in carried
        and any(f"question={mark}{name}{mark}" in shown for mark in "\"'")
        and not written.intersection(answer_cells(work.known, name))
    ]


def holds_own_text(work: Repair) -> bool:
    """Tell whether a notebook holds text that was not handed out, outside the answer cells."""
    return any(
        "nbgrader" not in cell.metadata
        and cell.source.strip()
        and plain_text(cell.source) not in work.texts
        and (cell.cell_type != "code" or _is_prose(cell.source))
        for cell in work.nb.cells
    )


def _is_prose(code: str) -> bool:
    """Tell whether a code cell holds sentences: comments, a string, or what is no Python."""
    if len(code) > MOST_TYPED or len(_WORD.findall(code)) < FEWEST:
        return False
    tree = parse(code)
    return tree is None or all(
        isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) for line in tree.body
    )


def wait_for_reader(work: Repair) -> None:
    """Let the answers in words that are missing wait for a person.

    An answer cell that is as handed out earns nothing. For a notebook that holds text of the
    student's elsewhere, somebody has to look first: the cell loses its checksum, by which nbgrader
    tells that nobody wrote in it.
    """
    for name, cell in work.claimed().items():
        source = work.known[name]
        words = source.cell_type == "markdown" and source.grade and source.solution
        if words and not work.is_written(cell):
            cell.metadata.nbgrader.pop("checksum", None)
            work.remarks.append((name, BY_HAND))
