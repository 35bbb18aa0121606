"""Says where what the kernel remembers is not what the saved notebook would give.

A check looks at names. A name keeps its value when its cell fails at the next run, is changed or
deleted; grading runs the cells anew. So the check says what is the matter, and judges nothing.
"""

import ast
import functools
from collections.abc import Sequence
from typing import Any

from course.cells.runs import Run, find_set, last_of_cell, last_setting, parse, runs, sets
from course.cells.saved import Cell, NotebookOnDisk, find_notebook

AGAIN = "then run its check again"


def find_trouble(question: str, names: Sequence[str]) -> str:
    """Return what keeps the answers of a question from being judged, in words; "" if nothing.

    Args:
        question: its name.
        names: those under which its answers stand in the kernel.
    """
    if not runs:  # nobody watches the cells
        return ""
    notebook, _ = find_notebook(question.rpartition("-")[0])
    own = [cell for q, cell in notebook.answers() if q == question] if notebook else []
    ran = [(cell, last_of_cell(cell.cell_id, cell.source)) for cell in own]
    setting = {name: run for name in names if (run := last_setting(name))}
    return (
        (_find_changed(notebook, ran, setting) if notebook else "")
        or _find_failed([run for _, run in ran if run], list(setting.values()))
        or (_find_misplaced(notebook, question, setting) if notebook else "")
        or (_find_overwritten(notebook, question, setting) if notebook else "")
        or (_find_unmade(notebook, ran) if notebook else "")
        or _find_not_run(ran, setting, names)
    )


def _find_failed(own: list[Run], setting: list[Run]) -> str:
    """Name a run that failed, of the answer's cell or of the cell that set an answer last."""
    latest = max((run.when for run in setting), default=0.0)
    # An answer given since in another cell counts, whatever the answer's own cell did.
    for run in [*setting, *(run for run in own if run.when >= latest)]:
        if run.error:
            unread = issubclass(_error_class(run.error), SyntaxError)
            what = (
                "Python could not read its cell"
                if unread
                else f"Its cell stopped with an error ({run.error})"
            )
            return f"{what} when it ran last. Correct the cell, run it, {AGAIN}."
    return ""


def _error_class(name: str) -> type:
    """Return the class of one of Python's own errors."""
    import builtins

    found = getattr(builtins, name, None)
    return found if isinstance(found, type) else Exception


def _find_changed(
    notebook: NotebookOnDisk, ran: list[tuple[Cell, Run | None]], setting: dict[str, Run]
) -> str:
    """Name a cell whose saved text is another than the one that ran."""
    on_disk = {cell.source.strip() for cell in notebook.cells if cell.kind == "code"}
    for cell, run in ran:
        if cell.kind != "code" and not (run and not notebook.shows(run)):
            return (
                "Its cell is no code cell any more, so that nothing here runs it. "
                f"Click in it, press Esc and then Y, run it, {AGAIN}."
            )
        if run and notebook.shows(run) and run.source.strip() != cell.source.strip():
            unread = parse(cell.source) is None and not cell.source.lstrip().startswith(("%", "!"))
            cannot = " Python cannot read it as it is now." if unread else ""
            return f"Its cell was changed after it ran.{cannot} Run the cell, {AGAIN}."
    for name, run in setting.items():
        if not notebook.shows(run) or run.source.strip() in on_disk:
            continue
        if any(cell.kind == "code" and sets(cell.source, name) for cell in notebook.cells):
            return f"The cell that set {name} was changed after it ran. Run it, {AGAIN}."
        return (
            f"The cell that set {name} is no longer in the notebook. "
            f"Write the answer in its cell, run it, {AGAIN}."
        )
    return ""


def _find_misplaced(notebook: NotebookOnDisk, question: str, setting: dict[str, Run]) -> str:
    """Name an answer that was set last below its check, where grading comes too late to it."""
    places = {cell.grade_id: n for n, cell in enumerate(notebook.cells) if cell.grade_id}
    if question not in places:
        return ""
    for name, run in setting.items():
        source = run.source.strip()
        found = [n for n, cell in enumerate(notebook.cells) if cell.source.strip() == source]
        if found and min(found) > places[question]:
            return (
                f"{name} was set last in a cell below this check. Grading runs the notebook from "
                f"top to bottom: give the answer above, run it, {AGAIN}."
            )
    return ""


def _find_overwritten(notebook: NotebookOnDisk, question: str, setting: dict[str, Run]) -> str:
    """Name an answer that a lower cell sets, too, which grading runs after it."""
    place = next((n for n, c in enumerate(notebook.cells) if c.grade_id == question), 0)
    for name, run in setting.items():
        above = [c.source.strip() for c in notebook.cells[:place] if c.kind == "code"]
        above = [source for source in above if sets(source, name)]
        if run.source.strip() in above[:-1] and run.source.strip() != above[-1]:
            return (
                f"A lower cell sets {name}, too, and it is the last to run when the notebook is "
                f"graded. Write the answer into the lower cell, run it, {AGAIN}."
            )
    return ""


def _find_unmade(notebook: NotebookOnDisk, ran: list[tuple[Cell, Run | None]]) -> str:
    """Name what an answer uses and no saved cell above it makes any more."""
    for cell, run in ran:
        if run is None:
            continue
        above = [c for c in notebook.cells[: notebook.cells.index(cell) + 1] if c.kind == "code"]
        for name in sorted(_find_used(cell.source)):
            made = last_setting(name)
            if made is None or not notebook.shows(made):
                continue
            if not any(sets(c.source, name) for c in above):
                return (
                    f"Its cell uses {name}, which no cell above it makes any more. "
                    f"Write the line that makes {name} into the cell, run it, {AGAIN}."
                )
    return ""


@functools.lru_cache(maxsize=256)
def _find_used(source: str) -> frozenset[str]:
    """Return the names that a cell uses and does not set itself, at any level."""
    tree = parse(source)
    nodes: list[Any] = list(ast.walk(tree)) if tree else []
    names = [node for node in nodes if isinstance(node, ast.Name)]
    own = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)} | find_set(source)
    return frozenset(node.id for node in names) - own


def _find_not_run(
    ran: list[tuple[Cell, Run | None]], setting: dict[str, Run], names: Sequence[str]
) -> str:
    """Say that an answer is written and was not run since the kernel started."""
    if any(run is None and not cell.untouched for cell, run in ran) and not set(names) & set(
        setting
    ):
        return f"Its cell has not run yet. Run the cell, {AGAIN}."
    return ""
