"""The released notebooks in JupyterLab, as a student goes through them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.lab import (
    JupyterLab,
    choose_by_keys,
    on_disk,
    open_notebook,
    run_all_cells,
    tab_to,
    violations,
    wait_for_kernel,
    whole_in_sight,
    write_code,
)

RUN_MS = 90_000
ANSWER_CELL = 4  # after the setup, the column, and the practice with its check


@pytest.fixture
def released(jupyterlab: JupyterLab, tmp_path: Path) -> str:
    """A folder with the released notebook, as fetched; returns its path."""
    return jupyterlab.hand_out("votes", tmp_path.name)


def test_a_student_works_answers_reloads_and_validates(
    jupyterlab: JupyterLab, page: Page, released: str
) -> None:
    """Run all, answer by keyboard, reload: the answer is there; Validate names what is missing."""
    open_notebook(page, jupyterlab, released)
    run_all_cells(page)
    expect(page.locator(".backyard svg")).not_to_have_count(0, timeout=RUN_MS)

    # No cell of an untouched notebook stops the run: the last check has run and speaks.
    expect(page.get_by_text("○ votes-15: empty.")).to_be_visible(timeout=RUN_MS)
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    with whole_in_sight(page):
        assert violations(page) == []
    pictures = page.locator(".jp-OutputArea-output:not(:has(.backyard)) img")
    assert pictures.count() > 0
    words = [picture.get_attribute("alt") or "" for picture in pictures.all()]
    assert all(words), words

    # An answer in a panel, by keyboard alone.
    replay = page.locator(".count-replay")
    replay.get_by_role("button", name="First").focus()
    tab_to(page, replay.get_by_role("button", name="Next"))
    page.keyboard.press("Enter")
    tab_to(page, replay.get_by_role("button", name="Mark report 2 as my answer"))
    page.keyboard.press("Enter")
    wait_until_saved(replay)
    folder = (jupyterlab.root / released).parent
    assert on_disk(folder) == {"votes-11": {"report": 2}}

    # The tab is closed, the kernel ends; the next day the answer is there.
    jupyterlab.stop_kernel(released)
    open_notebook(page, jupyterlab, released)
    run_all_cells(page)
    expect(page.locator(".count-replay .kept")).to_have_text(
        "Your saved answer was found", timeout=RUN_MS
    )
    expect(page.get_by_text("● votes-11: filled in.")).to_be_visible()

    # Validate runs all checks and says, question by question, what is missing.
    page.keyboard.press("Control+S")
    # Validate saves, too: two at once make JupyterLab ask which of them is to stay.
    expect(page.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(0, timeout=RUN_MS)
    page.get_by_role("button", name="Validate").first.click()
    dialog = page.locator(".jp-Dialog, .nbgrader-ErrorDialog").last
    expect(dialog).to_be_visible(timeout=RUN_MS)
    expect(dialog).to_contain_text("votes-02", timeout=RUN_MS)
    expect(dialog).to_contain_text("There is no answer yet")
    expect(dialog).not_to_contain_text("votes-11: ")


def test_a_typed_answer_is_checked_for_its_form(
    jupyterlab: JupyterLab, page: Page, released: str
) -> None:
    """Who replaces the three dots and runs the check is told what to mend, or that it is filled."""
    open_notebook(page, jupyterlab, released)
    cell = page.locator(".jp-CodeCell").nth(ANSWER_CELL)
    expect(cell).to_contain_text("humala_votes = ...")
    write_code(page, cell, "humala_votes = '12'")
    run_all_cells(page)
    expect(
        page.get_by_text(re.compile("votes-01: 0 of 1 filled in. humala_votes: .*quot"))
    ).to_be_visible(timeout=RUN_MS)
    write_code(page, cell, "humala_votes = 12")
    run_all_cells(page)
    expect(page.get_by_text("● votes-01: filled in.")).to_be_visible(timeout=RUN_MS)


def test_an_answer_finished_while_the_notebook_is_being_saved_is_called_filled_in(
    jupyterlab: JupyterLab, page: Page, released: str
) -> None:
    """JupyterLab saves by itself, on a slow server for seconds, whatever one types meanwhile."""
    open_notebook(page, jupyterlab, released)
    run_all_cells(page)
    under_way: list[Route] = []
    page.route(
        "**/api/contents/**",
        lambda route: (
            under_way.append(route) if route.request.method == "PUT" else route.continue_()
        ),
    )
    write_code(page, page.locator(".jp-CodeCell").nth(ANSWER_CELL), "humala_votes = ")
    with page.expect_request(lambda request: request.method == "PUT"):
        page.keyboard.press("Control+S")
    page.keyboard.type("12")
    page.keyboard.press("Shift+Enter")
    wait_for_kernel(page)
    with page.expect_response(lambda response: response.request.method == "PUT"):
        under_way[0].continue_()
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_text("● votes-01: filled in.")).to_be_visible(timeout=RUN_MS)
    assert not re.search(r"humala_votes = 12\b", (jupyterlab.root / released).read_text("utf-8"))


# --- the argument notebook ------------------------------------------------------------------------

LINKED = {"A": "linked", "B": "one", "C": "independent", "D": "linked", "E": "one", "F": "one"}
LAST_CHECK = "○ argument-12: empty."
PRACTICE = 12  # panels for practice


@pytest.fixture
def argument(jupyterlab: JupyterLab, tmp_path: Path) -> str:
    """A folder with the released argument notebook; returns its path."""
    return jupyterlab.hand_out("argument", tmp_path.name)


def wait_until_saved(panel: Locator) -> None:
    """Wait until a panel says that its answer is on the disk."""
    expect(panel.locator(".kept")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"), timeout=RUN_MS)


def panel_of(page: Page, title: str) -> Locator:
    """Return the panel with a title."""
    return page.locator(".backyard", has=page.get_by_text(title, exact=True))


@pytest.mark.long
def test_panels_of_the_argument_notebook_are_answered_by_keyboard(
    jupyterlab: JupyterLab, page: Page, argument: str
) -> None:
    """Run all, match six passages, label and link by keys, reload: what was chosen is there."""
    open_notebook(page, jupyterlab, argument)
    run_all_cells(page)
    expect(page.get_by_text(LAST_CHECK)).to_be_visible(timeout=RUN_MS)
    expect(page.locator(".backyard")).to_have_count(6 + PRACTICE)
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    with whole_in_sight(page):
        assert violations(page) == []

    matching = panel_of(page, "Apart or together?")
    matching.get_by_role("radio").first.focus()
    for name, kind in LINKED.items():
        row = matching.get_by_role("radiogroup", name=re.compile(f"^{name} "))
        choose_by_keys(page, row, kind)
    expect(matching.locator(".what")).to_contain_text("6 of 6 chosen")
    wait_until_saved(matching)

    labeller = panel_of(page, "What does each paragraph do in the argument?")
    labeller.get_by_role("button", name=re.compile("^P17:")).focus()
    page.keyboard.press("Enter")
    choose_by_keys(page, labeller.get_by_role("radiogroup"), "credit")
    wait_until_saved(labeller)

    drawn = panel_of(page, "Argument map: what supports or challenges what?")
    drawn.get_by_role("button", name="List", exact=True).press("Enter")
    drawn.get_by_label("From", exact=True).focus()
    page.keyboard.type("P17")
    tab_to(page, drawn.get_by_label("To", exact=True))
    page.keyboard.type("P03")
    tab_to(page, drawn.get_by_role("button", name="Add link"))
    page.keyboard.press("Enter")
    wait_until_saved(drawn)
    assert on_disk((jupyterlab.root / argument).parent) == {
        "argument-03": {"P17": "credit"},
        "argument-05": LINKED,
        "argument-06": {"links": [{"from": "P17", "to": "P03", "relation": "supports"}]},
    }

    # The next day the answers are there, the check knows them, and the student's table has them.
    jupyterlab.stop_kernel(argument)
    open_notebook(page, jupyterlab, argument)
    run_all_cells(page)
    expect(matching.locator(".kept")).to_have_text("Your saved answer was found", timeout=RUN_MS)
    expect(page.get_by_text("● argument-05: filled in.")).to_be_visible(timeout=RUN_MS)
    expect(page.get_by_role("row", name="P17 credit P03")).to_be_visible(timeout=RUN_MS)
