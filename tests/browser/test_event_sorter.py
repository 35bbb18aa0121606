"""The event sorter in a browser: by mouse, by its arrows and by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from course.widgets.timeline import EventSorter
from tests.browser import panels
from tests.browser.lab import on_disk

ITEMS = {"D": "A bridge", "B": "A school", "C": "A market", "A": "A tower"}
GIVEN = list(ITEMS)
SAVED = re.compile(r"^Saved at \d\d:\d\d$")
HINT = "not your answer yet"


@pytest.fixture
def root(bare_page: Page) -> Locator:
    """A sorter as it opens."""
    return panels.open_panel(bare_page, EventSorter("timeline-02", ITEMS))


def row(root: Locator, name: str) -> Locator:
    """Return a row of the sorter."""
    return root.locator(f"li[data-id={name}]")


def order(root: Locator) -> list[str]:
    """Return the ids of the rows from top to bottom."""
    return [str(row.get_attribute("data-id")) for row in root.locator("li").all()]


def press(root: Locator, name: str) -> None:
    """Press a button by its name."""
    root.get_by_role("button", name=name, exact=True).click()


def focused_row(page: Page) -> str:
    """Return the id of the row that has the focus in it."""
    return str(page.evaluate("document.activeElement.closest('li')?.dataset.id"))


def drag(root: Locator, name: str, onto: str) -> None:
    """Take a row by the middle of its text and move it over the lower part of another one."""
    mouse = root.page.mouse
    text, low = row(root, name).locator(".text").bounding_box(), row(root, onto).bounding_box()
    assert text
    assert low
    mouse.move(text["x"] + 40, text["y"] + text["height"] / 2)
    mouse.down()
    mouse.move(text["x"] + 60, low["y"] + low["height"] - 3, steps=8)


def test_events_are_moved_by_arrows_and_kept(root: Locator, tmp_path: Path) -> None:
    """Every move is kept; at an end the arrow rests and says why; undo takes back one move."""
    press(root, "Move up: C")
    press(root, "Move down: D")
    assert order(root) == ["C", "D", "B", "A"]
    expect(root.locator(".kept")).to_have_text(SAVED)
    expect(root.locator(".what")).to_have_text("Your answer: C, D, B, A")
    assert on_disk(tmp_path) == {"timeline-02": ["C", "D", "B", "A"]}
    up = root.get_by_role("button", name="Move up: C")
    expect(up).to_have_attribute("aria-disabled", "true")
    up.dispatch_event("click")
    expect(root.get_by_text("C is already first.")).to_be_attached()
    press(root, "Undo")
    assert order(root) == ["D", "C", "B", "A"]
    press(root, "Back to the order as given")
    assert order(root) == GIVEN
    expect(root.locator(".what")).to_contain_text(HINT)
    press(root, "Undo")
    assert order(root) == ["D", "C", "B", "A"]
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert on_disk(tmp_path) == {"timeline-02": ["D", "C", "B", "A"]}


def test_the_order_as_given_counts_once_it_is_kept(root: Locator, tmp_path: Path) -> None:
    """Before that the panel says that there is no answer yet."""
    expect(root.locator(".what")).to_contain_text(HINT)
    assert not (tmp_path / "answers.json").exists()
    press(root, "Keep this order")
    expect(root.locator(".kept")).to_have_text(SAVED)
    expect(root.get_by_text(HINT)).to_have_count(0)
    expect(root.get_by_role("button", name="Undo")).to_be_focused()
    assert on_disk(tmp_path) == {"timeline-02": GIVEN}


def test_a_row_is_dragged_by_its_text_and_selects_none(root: Locator, tmp_path: Path) -> None:
    """A line shows where it would go, the others stay; it is kept at the drop, or Esc ends it."""
    page = root.page
    before = root.locator("li").evaluate_all("all => all.map((one) => one.offsetTop)")
    drag(root, "D", onto="C")
    expect(row(root, "C")).to_have_class(re.compile("line-below"))
    expect(root.locator(".what")).to_contain_text("D is picked up: place 1 of 4. It would go to")
    expect(root.locator(".what")).to_contain_text("place 3. It is saved once you put it down;")
    assert root.locator("li").evaluate_all("all => all.map((one) => one.offsetTop)") == before
    assert order(root) == GIVEN
    assert page.evaluate("getSelection().toString()") == ""
    page.mouse.up()
    assert order(root) == ["B", "C", "D", "A"]
    assert page.evaluate("getSelection().toString()") == ""
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert on_disk(tmp_path) == {"timeline-02": ["B", "C", "D", "A"]}
    drag(root, "B", onto="A")
    page.keyboard.press("Escape")
    page.mouse.up()
    assert order(root) == ["B", "C", "D", "A"]
    expect(root.locator(".held")).to_have_count(0)


def test_a_row_is_picked_up_moved_and_put_down_with_keys(root: Locator, tmp_path: Path) -> None:
    """Space or Enter picks up and puts down, arrows move, Escape puts back; the focus stays."""
    page = root.page
    grip = row(root, "B").locator(".grip")
    grip.focus()
    page.keyboard.press("Space")
    expect(grip).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(row(root, "A")).to_have_class(re.compile("line-below"))
    assert order(root) == GIVEN
    page.keyboard.press("Escape")
    expect(root.get_by_text("Put back. B is now 2 of 4.")).to_be_attached()
    assert order(root) == GIVEN
    assert not (tmp_path / "answers.json").exists()
    for key, now in (("ArrowDown", ["D", "C", "B", "A"]), ("Home", ["B", "D", "C", "A"])):
        page.keyboard.press("Enter")
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        assert order(root) == now
        assert focused_row(page) == "B"
    expect(root.get_by_text("Put down. B is now 1 of 4.")).to_be_attached()
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert on_disk(tmp_path) == {"timeline-02": ["B", "D", "C", "A"]}
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")  # to its own arrow: still in the row
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert order(root) == ["D", "B", "C", "A"]  # who leaves the row has put it down
