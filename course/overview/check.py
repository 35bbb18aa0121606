"""Finds out, for every question of a notebook, what its student should know before handing in."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from course import register
from course.answers.carried import carried_by_file
from course.answers.store import AnswerError, AnswerStore, plain_data
from course.overview.listing import Overview, Row
from course.overview.notebook import NotebookOnDisk, read_notebook
from course.practice.kept import say_practised
from course.scoring.question import PartForm, Question

__all__ = ["check_answers"]

RUN_ALL = "Run → Run All Cells"
ALONE = (
    "the answer given in the panel is in answers.json, not in the notebook as it was saved last. "
    "Save the notebook without clearing its outputs, or hand in answers.json with it."
)
IN_CHECK = "its check cell was changed: write the answer in the cell above it, not in the check"
SAVE = "save: Ctrl + S (Mac: Cmd + S)"


def check_answers(assignment: str) -> Overview | None:
    """Return the table of all questions of an assignment, such as "votes"; None in nbgrader's runs.

    For each question it says whether there is an answer, whether the form is right, and whether the
    answer is on the disk. It says nothing of right or wrong. Reads the notebook's file in the
    working directory and the questions whose check cells this kernel has run. Never raises: a table
    that cannot be filled says why.
    """
    if os.environ.get("NBGRADER_EXECUTION"):
        return None
    notebook, remark = _find_notebook(assignment)
    ran = {n: q for n, q in register.questions.items() if n.startswith(f"{assignment}-")}
    names = list(notebook.questions()) if notebook else []
    names += sorted(set(ran) - set(names))
    history = _read_history()
    rows = [
        replace(_make_row(name, ran.get(name), notebook, history), practised=say_practised(name))
        for name in names
    ]
    alone = _only_in_file(names, notebook)
    if alone:
        remark = " ".join(filter(None, [remark, f"{', '.join(alone)}: {ALONE}"]))
    return Overview(assignment, tuple(rows), notebook.saved if notebook else None, remark)


def _find_notebook(assignment: str) -> tuple[NotebookOnDisk | None, str]:
    """Return the notebook on the disk, and a remark on its name where it has another one."""
    wanted = f"{assignment}.ipynb"
    if found := read_notebook(Path(wanted)):
        return found, ""
    open_here = Path(os.environ.get("JPY_SESSION_NAME", "")).name  # set by Jupyter for its kernels
    if open_here.endswith(".ipynb") and (found := read_notebook(Path(open_here))):
        return (
            found,
            f"This notebook is called {open_here}. Rename it to {wanted} before you submit.",
        )
    return None, f"There is no {wanted} in this folder: only what this kernel has run is listed."


def _only_in_file(names: Iterable[str], notebook: NotebookOnDisk | None) -> list[str]:
    """Return the questions whose answer the notebook on the disk does not carry in its outputs."""
    carried = carried_by_file(notebook.path) if notebook else {}
    return [n for n in names if n in register.panels and _kept_alone(n, carried)]


def _kept_alone(name: str, carried: Mapping[str, Any]) -> bool:
    value = register.panels[name].value
    return bool(value) and name not in carried and _in_answers_file(name, value)


def _make_row(
    name: str, question: Question | None, notebook: NotebookOnDisk | None, history: Sequence[str]
) -> Row:
    """Return what there is to say of one question."""
    cell = notebook.questions().get(name) if notebook else None
    points = float(cell.tag["points"]) if cell else (question and question.points) or 0.0
    if cell is not None and cell.tag.get("solution"):
        if cell.untouched:
            return Row(name, points, "no", todo="write in its cell, then " + SAVE)
        return Row(name, points, "yes", "free text", "as last saved")
    if question is None:
        return Row(name, points, "not known", todo=f"its check has not been run: {RUN_ALL}")
    forms = question.forms()
    missing = [form.name for form in forms if not form.answered]
    if len(missing) == len(forms):
        return Row(name, points, "no")
    problems = [f"{form.name}: {form.problem}" for form in forms if form.answered and form.problem]
    answered = "in part: " + ", ".join(missing) + (" is" if len(missing) == 1 else " are")
    kept, todo = _say_kept(name, forms, notebook, history)
    if cell is not None and not cell.untouched:
        todo = "; ".join(filter(None, [IN_CHECK, todo]))
    return Row(
        name,
        points,
        f"{answered} missing" if missing else "yes",
        "; ".join(problems) if problems else "right",
        kept,
        todo,
    )


def _say_kept(
    name: str,
    forms: Iterable[PartForm],
    notebook: NotebookOnDisk | None,
    history: Sequence[str],
) -> tuple[str, str]:
    """Say whether an answer is on the disk, and what to do where it is not."""
    panel = register.panels.get(name)
    if panel is not None and panel.value and not _in_answers_file(name, panel.value):
        return "no", "the panel's line says why; answer again in the panel"
    typed = [form.name for form in forms if form.answered]
    lines = [source for part in typed if (source := _find_assigning(part, history))]
    if notebook is None:
        return "not known", SAVE
    on_disk = {cell.source.strip() for cell in notebook.cells}
    if any(source.strip() not in on_disk for source in lines):
        return "no: the notebook on the disk is older", SAVE
    return ("yes, in answers.json" if panel is not None and panel.value else "yes"), ""


def _in_answers_file(name: str, value: object) -> bool:
    """Tell whether answers.json holds this very answer."""
    try:
        return bool(json.dumps(AnswerStore().load(name)) == json.dumps(plain_data(value, name)))
    except AnswerError:
        return False


def _read_history() -> list[str]:
    """Return the cells that this kernel has run, the last one first."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    manager = getattr(shell, "history_manager", None)
    return [str(text) for text in reversed(manager.input_hist_raw)] if manager else []


def _find_assigning(name: str, history: Sequence[str]) -> str | None:
    """Return the cell that gave a name its value last."""
    for source in history:
        if name in source and name in _find_assigned(source):
            return source
    return None


def _find_assigned(source: str) -> set[str]:
    """Return the names that a cell sets at its top level."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):  # magics, or a cell that did not run
        return set()
    names = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    return names | {
        node.id
        for statement in tree.body
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
