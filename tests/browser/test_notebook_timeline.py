"""The released timeline notebook in JupyterLab, as a student goes through it by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import (
    JupyterLab,
    choose_by_keys,
    on_disk,
    open_notebook,
    run_all_cells,
    violations,
    whole_in_sight,
)
from tests.browser.test_notebook import RUN_MS, panel_of
from tests.notebooks import grade_cells, grade_id, source

SORTER = "Which came first? Eight events, the earliest at the top"
READING = "What do the documents themselves say?"
MARKED = {"a": "D01.1", "b": "D02.2", "c": "D02.1"}


@pytest.fixture
def timeline(jupyterlab: JupyterLab, tmp_path: Path) -> str:
    """A folder with the released timeline notebook; returns its path."""
    return jupyterlab.hand_out("timeline", tmp_path.name)


@pytest.mark.long
def test_panels_of_the_timeline_notebook_are_answered_by_keyboard(
    jupyterlab: JupyterLab, page: Page, timeline: str
) -> None:
    """Run all, move an event and mark sentences by keys, reload: what was done is there."""
    open_notebook(page, jupyterlab, timeline)
    run_all_cells(page)
    for check in grade_cells(source("timeline")):  # none stops the run; each says what is missing
        first = page.get_by_text(re.compile(f"^○ {grade_id(check)}: empty")).first
        expect(first).to_be_visible(timeout=RUN_MS)
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    with whole_in_sight(page):
        assert violations(page) == []

    sorter = panel_of(page, SORTER)
    sorter.get_by_role("button", name=re.compile("^Pick up D:")).focus()
    for key in ("Space", "Home", "Space"):
        page.keyboard.press(key)
    expect(sorter.locator(".kept")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))
    order = list("DABCEFGH")

    reading = panel_of(page, READING)
    for name, sentence in MARKED.items():
        reading.get_by_role("button", name=re.compile(f"^{name}:")).focus()
        page.keyboard.press("Enter")
        reading.get_by_role("combobox").focus()
        page.keyboard.type(sentence[:3])  # a list is searched by its first letters
        expect(reading.get_by_role("combobox")).to_have_value(sentence[:3])
        choose_by_keys(page, reading.get_by_role("radiogroup"), sentence)
    expect(reading.locator(".what")).to_contain_text("3 of 10 marked")
    expect(reading.locator(".kept")).to_have_text(re.compile("^Saved at"))
    kept = {"timeline-02": order, "timeline-04": MARKED}
    assert on_disk((jupyterlab.root / timeline).parent) == kept

    # The next day the answers are there, and the check knows them.
    jupyterlab.stop_kernel(timeline)
    open_notebook(page, jupyterlab, timeline)
    run_all_cells(page)
    expect(sorter.locator(".kept")).to_have_text("Your saved answer was found", timeout=RUN_MS)
    expect(page.get_by_text("● timeline-02: filled in.")).to_be_visible(timeout=RUN_MS)
    expect(sorter.get_by_role("listitem").first).to_contain_text("President Monroe's message")
    assert on_disk((jupyterlab.root / timeline).parent) == kept
