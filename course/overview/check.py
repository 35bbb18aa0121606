"""Finds out, for every question of a notebook, what its student should know before handing in."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from course import register
from course.answers.carried import carried_by_file
from course.answers.store import AnswerError, AnswerStore, plain_data
from course.cells.runs import last_setting
from course.cells.saved import Listed, NotebookOnDisk, find_notebook
from course.overview.listing import Overview, Row
from course.practice.kept import say_practiced
from course.scoring.question import PartForm, Question

RUN_ALL = "Run → Run All Cells"
ALONE = (
    "the answer given in the panel is in answers.json, not in the notebook as it was saved last. "
    "Save the notebook without clearing its outputs, or hand in answers.json with it."
)
IN_CHECK = "Its check cell was changed: write the answer in the cell above it, not in the check."
SAVE = "Save: Ctrl + S (Mac: Cmd + S)."


def check_answers(assignment: str) -> Overview | None:
    """Return the table of all questions of an assignment, such as "votes"; None in nbgrader's runs.

    For each question it says whether it is filled in, what is left to do, and whether the answer is
    on the disk. It says nothing of right or wrong. Reads the notebook's file in the working
    directory and the questions whose check cells this kernel has run. Never raises: a table that
    cannot be filled says why.
    """
    if os.environ.get("NBGRADER_EXECUTION"):
        return None
    notebook, remark = find_notebook(assignment)
    ran = {n: q for n, q in register.questions.items() if n.startswith(f"{assignment}-")}
    listed = notebook.list_questions(assignment) if notebook else []
    known = {question.name for question in listed}
    listed += [Listed(name, points=ran[name].points) for name in sorted(set(ran) - known)]
    rows = tuple(_make_row(question, ran.get(question.name), notebook) for question in listed)
    carried = carried_by_file(notebook.path) if notebook else {}
    if alone := [row.question for row in rows if _is_alone(row.question, carried)]:
        remark = " ".join(filter(None, [remark, f"{', '.join(alone)}: {ALONE}"]))
    return Overview(assignment, rows, notebook.saved if notebook else None, remark)


def _is_alone(name: str, carried: Mapping[str, Any]) -> bool:
    """Tell whether a panel's answer is in its file, and not in the notebook on the disk."""
    value = register.panels[name].value if name in register.panels else None
    return bool(value) and name not in carried and _in_answers_file(name, value)


def _make_row(listed: Listed, question: Question | None, notebook: NotebookOnDisk | None) -> Row:
    """Return what there is to say of one question."""
    row = Row(listed.name, listed.title, listed.points, practiced=say_practiced(listed.name))
    if listed.written is not None:
        todo = "" if listed.written else f"Write in its cell. {SAVE}"
        return replace(
            row, filled=int(listed.written), parts=1, empty=not listed.written, todo=todo
        )
    if question is None:
        return replace(row, todo=f"Its check has not run: {RUN_ALL}.")
    if trouble := question.find_trouble():
        return replace(row, trouble=trouble)
    forms = question.forms()
    told = [f"{f.name}: {f.problem or f.remark}." for f in forms if f.answered and f.problem]
    told += [f"{form.name}: {form.remark}." for form in forms if form.remark]
    missing = [form.name for form in forms if not form.answered]
    if missing and len(missing) < len(forms):
        told.insert(0, f"Fill in {', '.join(missing)}.")
    if listed.cell is not None and not listed.cell.untouched:
        told.append(IN_CHECK)
    unsaved = _say_unsaved(listed.name, forms, notebook)
    return replace(
        row,
        filled=sum(form.problem is None for form in forms),
        parts=len(forms),
        empty=len(missing) == len(forms),
        todo=" ".join(filter(None, [*told, unsaved])),
        unsaved=bool(unsaved),
    )


def _say_unsaved(name: str, forms: Iterable[PartForm], notebook: NotebookOnDisk | None) -> str:
    """Say what to do where an answer is not on the disk."""
    panel = register.panels.get(name)
    if panel is not None and panel.value and not _in_answers_file(name, panel.value):
        return "It is not saved. The panel's line says why: answer again in the panel."
    if notebook is None:
        return ""
    on_disk = {cell.source.strip() for cell in notebook.cells}
    lines = [run.source for form in forms if form.answered and (run := last_setting(form.name))]
    return "" if all(source.strip() in on_disk for source in lines) else SAVE


def _in_answers_file(name: str, value: object) -> bool:
    """Tell whether answers.json holds this very answer."""
    try:
        return bool(json.dumps(AnswerStore().load(name)) == json.dumps(plain_data(value, name)))
    except AnswerError:
        return False
