"""The votes widgets in a real JupyterLab: by keyboard, in code, over a reload, without kernel."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import (
    JupyterLab,
    on_disk,
    open_notebook,
    run_all_cells,
    tab_to,
)

EXPLORER = "from course.widgets.votes import DenominatorExplorer\nDenominatorExplorer()"
REPLAY = "from course.widgets.votes import CountReplay\nreplay = CountReplay()\nreplay"
LABORATORY = "from course.widgets.votes import RunoffLaboratory\nlab = RunoffLaboratory()\nlab"


def show(page: Page, lab: JupyterLab, notebook: str, *cells: str) -> Path:
    """Run a new notebook of these cells and return its folder."""
    lab.write_notebook(notebook, *cells)
    open_notebook(page, lab, notebook)
    run_all_cells(page)
    page.locator(".backyard svg").first.wait_for()
    return (lab.root / notebook).parent


@pytest.fixture
def opened(jupyterlab: JupyterLab, page: Page, tmp_path: Path) -> Callable[..., Path]:
    """Run a notebook of the given cells in a folder of the test's own; returns that folder."""
    return lambda *cells: show(page, jupyterlab, f"{tmp_path.name}/votes.ipynb", *cells)


def test_a_report_is_marked_by_keyboard_and_found_after_a_reload(
    opened: Callable[..., Path], page: Page, jupyterlab: JupyterLab
) -> None:
    """Tab and Enter alone: step on twice, mark, read "saved"; after a reload the mark is there."""
    folder = opened(REPLAY)
    page.locator(".jp-Notebook .jp-InputPrompt").first.click()
    following = page.get_by_role("button", name="Next")
    tab_to(page, following)
    assert "solid 3px" in following.evaluate("node => getComputedStyle(node).outline")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.locator(".report")).to_contain_text("Report 3 of 52")
    tab_to(page, page.get_by_role("button", name="Mark report 3 as my answer"))
    page.keyboard.press("Enter")
    expect(page.locator(".kept")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))
    assert on_disk(folder) == {"votes-11": {"report": 3}}
    expect(page.get_by_text("Your answer: report 3 (")).to_be_visible()

    jupyterlab.stop_kernel(f"{folder.name}/votes.ipynb")
    open_notebook(page, jupyterlab, f"{folder.name}/votes.ipynb")
    run_all_cells(page)
    expect(page.get_by_text("Your answer: report 3 (")).to_be_visible()
    expect(page.locator(".kept")).to_have_text("Your saved answer was found")
    expect(page.locator(".report")).to_contain_text("Report 3 of 52")


def test_a_number_is_typed_and_kept_by_keyboard(opened: Callable[..., Path], page: Page) -> None:
    """Type a count, keep it as the fewest, change it by arrow, keep it as the most."""
    folder = opened(LABORATORY)
    page.locator(".jp-Notebook .jp-InputPrompt").first.click()
    tab_to(page, page.get_by_role("textbox", name="Votes to García"))
    page.keyboard.type("3250000")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Keep this split as the fewest"))
    page.keyboard.press("Enter")
    expect(page.locator(".slot").first).to_contain_text("3,250,000")
    tab_to(page, page.locator(".pot").get_by_role("slider"), "Shift+Tab")
    page.keyboard.press("ArrowUp")
    tab_to(page, page.get_by_role("button", name="Keep this split as the most"))
    page.keyboard.press("Space")
    expect(page.locator(".slot").last).to_contain_text("3,260,000")
    expect(page.locator(".kept")).to_contain_text("Saved at")
    assert on_disk(folder) == {"votes-12": {"fewest": 3_250_000, "most": 3_260_000}}


def test_ctrl_s_in_a_widget_still_saves_the_notebook(
    opened: Callable[..., Path], page: Page
) -> None:
    """Commands with Ctrl reach JupyterLab from inside a widget."""
    folder = opened(EXPLORER)
    before = (folder / "votes.ipynb").read_bytes()
    page.get_by_role("combobox", name="Candidate").focus()
    page.keyboard.press("Control+S")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    assert (folder / "votes.ipynb").read_bytes() != before


def test_keys_pressed_in_a_widget_are_not_commands_of_the_notebook(
    opened: Callable[..., Path], page: Page
) -> None:
    """In a list or button the letters a, b, x and d, arrows and Enter leave the cells alone."""
    opened(EXPLORER, "'second cell'")
    page.locator(".jp-Notebook .jp-InputPrompt").first.click()
    candidate = page.get_by_role("combobox", name="Candidate")
    tab_to(page, candidate)
    for key in ("a", "b", "x", "d", "d", "m", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(candidate).to_be_focused()
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(2)
    expect(page.locator(".jp-Notebook .jp-MarkdownCell")).to_have_count(0)
    expect(page.locator(".jp-Notebook.jp-mod-editMode")).to_have_count(0)


def test_an_answer_in_code_shows_in_the_widget_that_is_open(
    opened: Callable[..., Path], page: Page
) -> None:
    """`replay.value = …` in a later cell moves the mark of the widget above and is kept."""
    folder = opened(REPLAY, 'replay.value = {"report": 7}')
    expect(page.get_by_text("Your answer: report 7 (")).to_be_visible()
    expect(page.locator(".kept")).to_contain_text("Saved at")
    assert on_disk(folder) == {"votes-11": {"report": 7}}


def test_two_views_of_one_widget_stay_in_step(opened: Callable[..., Path], page: Page) -> None:
    """Shown twice, both views answer, both show the answer, and no id is used twice."""
    opened(LABORATORY, "lab")
    views = page.locator(".runoff-laboratory").all()
    for view, (name, votes) in zip(
        views, (("fewest", 3_250_000), ("most", 3_260_000)), strict=True
    ):
        view.get_by_role("textbox").fill(str(votes))
        view.get_by_role("textbox").press("Enter")
        view.get_by_role("button", name=f"Keep this split as the {name}").click()
        expect(view.locator(".kept")).to_contain_text("Saved at")
    for view in views:
        expect(view.locator(".slots")).to_contain_text("3,250,000")
        expect(view.locator(".slots")).to_contain_text("3,260,000")
    ids = page.locator(".backyard [id]").evaluate_all("nodes => nodes.map(node => node.id)")
    assert len(ids) == len(set(ids))


def test_what_the_disk_refuses_is_said_in_the_widget(
    opened: Callable[..., Path], page: Page
) -> None:
    """No "saved" where nothing could be saved: the reason stands where the student looks."""
    folder = opened(REPLAY)
    (folder / "answers.json").mkdir()
    page.get_by_role("button", name="Mark report 1 as my answer").click()
    expect(page.locator(".kept")).to_contain_text("Not saved.")
    expect(page.locator(".kept")).to_contain_text("cannot be read")


def test_without_a_kernel_the_widget_does_not_say_saved(
    opened: Callable[..., Path], page: Page, jupyterlab: JupyterLab
) -> None:
    """The kernel is gone: the student is told that the answer is not saved and what to do."""
    folder = opened(REPLAY)
    jupyterlab.stop_kernel(f"{folder.name}/votes.ipynb")
    page.get_by_role("button", name="Mark report 1 as my answer").click()
    expect(page.locator(".kept")).to_have_text("Saving …")
    expect(page.locator(".kept")).to_contain_text("Not saved yet", timeout=20_000)
    assert not (folder / "answers.json").exists()
