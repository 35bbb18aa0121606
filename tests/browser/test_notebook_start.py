"""The first notebook in JupyterLab, as somebody who never ran a cell goes through it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from course.desk.seats.start_page import ORDER
from tests.browser.lab import JupyterLab, open_notebook, write_code
from tests.browser.test_notebook import RUN_MS
from tests.notebooks import ROOT, read

FIRST_WORDS = 100  # read before the first answer; at 60 words a minute, below two minutes


@pytest.fixture
def first(jupyterlab: JupyterLab, tmp_path: Path) -> str:
    """A folder with the released first notebook; returns its path."""
    return jupyterlab.hand_out("start", tmp_path.name)


def test_the_first_answer_comes_after_few_words() -> None:
    """Title, how to run a cell, the first task: that is all before the first practice cell."""
    cells = read(ROOT / "release/start/start.ipynb").cells
    place = next(n for n, c in enumerate(cells) if c.source.startswith("practice_women"))
    texts = [cell.source for cell in cells[:place] if cell.cell_type == "markdown"]
    assert 20 < len(" ".join(texts).split()) <= FIRST_WORDS


def test_the_last_words_name_the_other_notebooks_in_their_order() -> None:
    """What the start page lists is what a student is told comes next."""
    text = read(ROOT / "release/start/start.ipynb").cells[-2].source
    (said,) = re.findall(r"^Next comes (.*)\.$", text, re.MULTILINE)
    assert ["start", *re.findall(r"\*(\w+)\*", said)] == list(ORDER)


def test_a_beginner_has_a_verdict_after_three_cells(
    jupyterlab: JupyterLab, page: Page, first: str
) -> None:
    """Run the table; answer wrong, then right, by keyboard: each time it says so at once."""
    open_notebook(page, jupyterlab, first)
    cells = page.locator(".jp-NotebookPanel:visible .jp-Notebook .jp-Cell")

    def run(cell: Locator) -> None:
        cell.locator(".cm-content").focus()
        page.keyboard.press("Shift+Enter")

    run(cells.nth(1))
    expect(cells.nth(1).get_by_role("table")).to_contain_text("310954", timeout=RUN_MS)
    for number, verdict in ((332675, "Not yet"), (310954, "Right")):
        write_code(page, cells.nth(3), f"practice_women = {number}")
        run(cells.nth(3))
        page.keyboard.press("Shift+Enter")  # the check has become the current cell
        expect(cells.nth(4)).to_contain_text(verdict, timeout=RUN_MS)
    expect(cells.nth(4)).not_to_contain_text("Not yet")
