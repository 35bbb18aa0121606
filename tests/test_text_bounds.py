"""No work on what a student wrote grows faster than what was written.

Counted are lines of this project that are run, not seconds; work inside libraries has bounds of its
own, see `tests/test_safety.py` for Markdown, HTML and colours.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import course
from course.answers.carried import MIME, carried_answers, merge_answers
from course.answers.store import FORMAT
from course.grader.harmless.cleaning import SafeOutputs, safe_text
from course.grader.intake import copies
from course.grader.intake.copies import (
    Repair,
    drop_untouched_copies,
    leave_one_cell_a_question,
)
from course.grader.intake.notebookfile import read_notebook
from course.grader.intake.repair import take_carried
from course.grader.intake.sourcecells import SourceCell
from course.scoring.labels import LONGEST, fold_text

HERE = str(Path(course.__file__).parent)


def lines_run(work: Callable[[], object]) -> int:
    """Return how many lines of the project's own code a piece of work runs."""
    count = 0

    def line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, event: str, _: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(HERE) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def answer(number: int) -> dict[str, Any]:
    """Return what a panel's output carries."""
    return {"value": {"a": number}, "saved": "2026-11-25T14:03:12Z"}


def output(number: int) -> Any:
    """Return an output that carries an answer."""
    content = {"format": FORMAT, "question": f"votes-{number}", **answer(number)}
    return new_output("display_data", data={MIME: content})


def cell(**parts: Any) -> dict[str, Any]:
    """Return a cell as a file has it."""
    return {"cell_type": "code", "id": "a", "metadata": {}, "source": "", "outputs": [], **parts}


def file(*cells: dict[str, Any], **metadata: Any) -> bytes:
    """Return a notebook's file."""
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    return json.dumps(content).encode()


def claimed(number: int) -> Any:
    """Return a cell that claims to be one of a few questions."""
    made = new_code_cell(str(number))
    made.metadata.nbgrader = {"grade_id": f"votes-{number % 3}", "checksum": "0" * 32}
    return made


def printed(number: int) -> Any:
    """Return a cell with many small outputs."""
    made = new_code_cell("1")
    made.outputs = [new_output("stream", name="stdout", text="a\x1b[0m") for _ in range(number)]
    return made


# What is read grows with the number; each is built first, so that only the reading is counted.
WORK: dict[str, Callable[[int], Callable[[], object]]] = {
    "cells of one id": lambda n: _read(file(*(cell() for _ in range(n)))),
    "cells with ids that are made": lambda n: _read(
        file(*(cell(id=f"cell-{n - k}") for k in range(n)), *(cell() for _ in range(n)))
    ),
    "lines": lambda n: _read(file(cell(source=["a\n"] * n))),
    "tags": lambda n: _read(file(cell(metadata={"tags": [f"t{k}" for k in range(n)]}))),
    "settings": lambda n: _read(file(**{f"k{k}": [[k]] for k in range(n)})),
    "damaged cells": lambda n: _read(file(*(cell(cell_type=k) for k in range(n)))),
    "pieces of characters": lambda n: _read(file(cell(source=["\ud800\0"] * n))),
    "attachments": lambda n: _read(
        file(cell(cell_type="raw", attachments={f"a{k}": {"image/png": "x"} for k in range(n)}))
    ),
    "carried answers": lambda n: _carried([output(k) for k in range(n)]),
    "copies of cells": lambda n: _copies([claimed(k) for k in range(n)]),
    "answers.json": lambda n: _merge({f"votes-{k}": answer(k) for k in range(n)}),
    "outputs": lambda n: _clean(printed(n)),
    "cells of text": lambda n: _clean(*(new_markdown_cell(f"{k} <b>") for k in range(n))),
    "cells of code": lambda n: _clean(*(new_code_cell("a." * 50) for _ in range(n))),
}


def _read(data: bytes) -> Callable[[], object]:
    return lambda: read_notebook("votes.ipynb", data)


def _carried(outputs: list[Any]) -> Callable[[], object]:
    made = new_code_cell("1")
    made.outputs = outputs
    notebook = new_notebook(cells=[made])
    return lambda: [carried_answers(notebook.cells), take_carried(notebook, {"votes-1"})]


def answer_cell(name: str) -> SourceCell:
    """Return an answer cell of an assignment."""
    return SourceCell(name, "code", False, "...", None, None, False, True, False)


def _copies(cells: list[Any]) -> Callable[[], object]:
    notebook = new_notebook(cells=cells)
    known = {f"votes-{k}": answer_cell(f"votes-{k}") for k in range(3)}

    def work() -> None:
        leave_one_cell_a_question(Repair(notebook, known))
        drop_untouched_copies(Repair(notebook, known))

    return work


def _merge(answers: dict[str, Any]) -> Callable[[], object]:
    data = json.dumps({"format": FORMAT, "answers": answers}).encode()
    return lambda: merge_answers(data, {name: answer(0) for name in answers})


def _clean(*cells: Any) -> Callable[[], object]:
    notebook = new_notebook(cells=list(cells))
    return lambda: SafeOutputs().preprocess(notebook, {})


@pytest.mark.parametrize("kind", WORK)
def test_work_grows_no_faster_than_what_is_read(kind: str) -> None:
    """Four times as much takes at most about four times as many steps."""
    few, many = (lines_run(WORK[kind](size)) for size in (100, 400))
    assert many <= 4.2 * few + 400


def test_the_measure_sees_work_that_grows_with_the_square() -> None:
    """Looking at each cell for each cell would be found."""
    once = lines_run(_copies([claimed(k) for k in range(20)]))
    works = [_copies([claimed(k) for k in range(20)]) for _ in range(20)]
    assert lines_run(lambda: [work() for work in works]) > 15 * once


def test_what_is_too_long_for_a_label_is_not_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Putting a row of accents in order takes time with the square of its length."""
    seen: list[int] = []
    normalize = unicodedata.normalize

    def counted(form: Any, text: str) -> str:
        seen.append(len(text))
        return normalize(form, text)

    monkeypatch.setattr(unicodedata, "normalize", counted)
    for size in (3, LONGEST, LONGEST + 1, 800_000):
        accents = "P01" + "\u0301" * (size - 3)
        assert (fold_text(accents) == "p1") == (size <= LONGEST)
    assert fold_text("P01" + " " * 5_000) == "p1", "what surrounds a label is no part of it"
    assert max(seen) <= LONGEST


def test_of_a_huge_text_only_what_is_kept_is_looked_at() -> None:
    """The rest is counted and cut away."""
    text = "\x1b]0;x" * 2_000_000
    assert len(safe_text(text, 1_000)) < 1_100


@pytest.mark.parametrize("text", ["'" + "\\'" * 9_000, "\\" * 9_000, "(" * 9_000])
def test_code_that_cannot_be_ours_is_not_taken_apart(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python's own reader takes the square of the length for what nothing closes."""
    cells = [claimed(0), claimed(0), new_code_cell(text)]
    cells[0].source = text
    taken: list[str] = []

    def note_text(read: Callable[[], str]) -> list[Any]:
        taken.append(read())
        return []

    monkeypatch.setattr(copies, "generate_tokens", note_text)
    _copies(cells)()
    assert text not in taken
