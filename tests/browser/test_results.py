"""The record of a check in an author's notebook: there, and nothing to be seen of it."""

from __future__ import annotations

from typing import Any

import nbformat
from playwright.sync_api import Page

from tests.browser.lab import JupyterLab, open_notebook, run_all_cells

CHECK = """from course.scoring import Question, number

x = 2
q = Question("a-01", 1)
q.part("x", number())
q.key("x", 2)
q.grade()"""
HEIGHTS = """() => [...document.querySelectorAll('.jp-OutputArea-child')]
    .map(one => [one.innerText.trim(), one.getBoundingClientRect().height])"""


def test_the_record_takes_no_room_in_jupyterlab(page: Page, jupyterlab: JupyterLab) -> None:
    """An author who runs a check sees the lines and the points, with no gap above them."""
    cell: Any = nbformat.v4.new_code_cell(CHECK)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, jupyterlab.root / "check.ipynb")
    open_notebook(page, jupyterlab, "check.ipynb")
    run_all_cells(page)
    page.get_by_text("a-01 · x: right.").wait_for()
    outputs = page.evaluate(HEIGHTS)
    assert [height for text, height in outputs if not text] == [0]
    assert len(outputs) == 3
