"""The timeline widgets in a real JupyterLab: by mouse and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.lab import (
    TALL,
    JupyterLab,
    fresh_page,
    on_disk,
    open_notebook,
    run_all_cells,
    tab_to,
    violations,
)

ITEMS = {"D": "A bridge", "B": "A school", "C": "A market", "A": "A tower"}
GIVEN = list(ITEMS)
IMPORT = "from course.widgets.timeline import EventSorter\n"
SORTER = f"{IMPORT}sorter = EventSorter('timeline-02', {ITEMS!r})\nsorter"
SAVED = re.compile(r"^Saved at \d\d:\d\d$")
NOTEBOOK = "timeline/timeline.ipynb"


@pytest.fixture(scope="module")
def opened(browser: Browser, jupyterlab: JupyterLab) -> Iterator[Page]:
    """One page with both widgets, for all tests of this file that need no theme of their own."""
    with fresh_page(browser, jupyterlab, TALL) as page:
        jupyterlab.write_notebook(NOTEBOOK, SORTER)
        open_notebook(page, jupyterlab, NOTEBOOK)
        run_all_cells(page)
        expect(page.locator(".backyard")).to_have_count(1)
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    """The page with the order as given."""
    opened.get_by_role("button", name="Back to the order as given").dispatch_event("click")
    saved(opened)
    return opened


@pytest.fixture
def folder(jupyterlab: JupyterLab) -> Path:
    """The folder of the notebook, where answers are kept."""
    return (jupyterlab.root / NOTEBOOK).parent


def press(page: Page, name: str, *, exact: bool = False) -> None:
    """Press a button by its name; the first one where several have it."""
    page.get_by_role("button", name=name, exact=exact).first.click()


def saved(page: Page) -> None:
    """Wait until the sorter says that the answer is on the disk."""
    expect(page.locator(".kept")).to_have_text(SAVED)


def order(page: Page) -> list[str]:
    """Return the ids of the sorter's rows from top to bottom."""
    rows = page.locator(".sorter li")
    return [str(row.get_attribute("data-id")) for row in rows.all()]


def row(page: Page, name: str) -> Locator:
    """Return a row of the sorter."""
    return page.locator(f".sorter li[data-id={name}]")


def begin(page: Page) -> None:
    """Put the focus before the first widget, as somebody who works without a mouse."""
    page.locator(".jp-Notebook .jp-InputPrompt").first.click()


# --- the sorter ----------------------------------------------------------------------------------


def test_events_are_moved_by_buttons_and_kept(page: Page, folder: Path) -> None:
    """Up, down, to the top, to the bottom; every move is kept; at an end nothing happens."""
    for name, moved in (
        ("Move up: C", ["D", "C", "B", "A"]),
        ("Move down: D", ["C", "D", "B", "A"]),
        ("Move to the top: A", ["A", "C", "D", "B"]),
        ("Move to the bottom: C", ["A", "D", "B", "C"]),
    ):
        press(page, name)
        saved(page)
        assert order(page) == moved
        assert on_disk(folder) == {"timeline-02": moved}
    up = page.get_by_role("button", name="Move up: A")
    expect(up).to_have_attribute("aria-disabled", "true")
    up.dispatch_event("click")  # it can still be pressed, and says why nothing happens
    expect(page.get_by_text("A is already first.")).to_be_attached()
    assert order(page) == moved


def test_the_order_as_given_counts_once_it_is_kept(page: Page, folder: Path) -> None:
    """Before that the widget says that there is no answer yet."""
    hint = page.get_by_text("it is not your answer yet")
    expect(hint).to_be_visible()
    assert on_disk(folder) == {"timeline-02": []}
    press(page, "Keep this order")
    saved(page)
    expect(hint).to_be_hidden()
    assert on_disk(folder) == {"timeline-02": GIVEN}


def test_events_are_moved_with_alt_and_arrows(page: Page, folder: Path) -> None:
    """The focus stays on the control, the new place is told."""
    begin(page)
    down = page.get_by_role("button", name="Move down: D")
    tab_to(page, down)
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_text("D is now 3 of 4.")).to_be_attached()
    expect(down).to_be_focused()
    assert order(page) == ["B", "C", "D", "A"]
    page.keyboard.press("Alt+End")
    page.keyboard.press("Alt+ArrowUp")
    saved(page)
    assert on_disk(folder) == {"timeline-02": ["B", "C", "D", "A"]}


def test_an_event_is_grabbed_moved_and_dropped_with_keys(page: Page, folder: Path) -> None:
    """Enter grabs and drops, arrows move, Escape puts back; only what is dropped is kept."""
    begin(page)
    grip = row(page, "B").locator(".grip")
    tab_to(page, grip)
    page.keyboard.press("Enter")
    expect(grip).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("B is grabbed.")).to_be_attached()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert order(page) == ["D", "C", "A", "B"]
    page.keyboard.press("Escape")
    expect(page.get_by_text("Put back. B is now 2 of 4.")).to_be_attached()
    assert order(page) == GIVEN
    assert on_disk(folder) == {"timeline-02": []}
    page.keyboard.press("Enter")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dropped. B is now 1 of 4.")).to_be_attached()
    expect(grip).to_be_focused()
    saved(page)
    assert on_disk(folder) == {"timeline-02": ["B", "D", "C", "A"]}


def test_an_event_is_dragged_by_mouse(page: Page, folder: Path) -> None:
    """The row follows the pointer; what is dropped is kept, Escape breaks the drag off."""
    text = row(page, "D").locator(".text")
    text.hover()
    page.mouse.down()
    low = row(page, "A").bounding_box()
    assert low is not None
    page.mouse.move(low["x"] + 90, low["y"] + low["height"] - 2, steps=6)
    assert order(page) == ["B", "C", "A", "D"]
    assert on_disk(folder) == {"timeline-02": []}
    page.mouse.up()
    saved(page)
    assert on_disk(folder) == {"timeline-02": ["B", "C", "A", "D"]}
    expect(row(page, "D")).not_to_have_class(re.compile("grabbed"))
    row(page, "A").locator(".text").hover()
    page.mouse.down()
    page.mouse.move(low["x"] + 90, low["y"] - 200, steps=6)
    assert order(page)[0] == "A"
    page.keyboard.press("Escape")
    page.mouse.up()
    assert order(page) == ["B", "C", "A", "D"]
    assert on_disk(folder) == {"timeline-02": ["B", "C", "A", "D"]}


def test_the_order_is_found_after_the_cell_ran_again(page: Page, folder: Path) -> None:
    """A new widget shows the answer that is on the disk."""
    press(page, "Move to the top: A")
    saved(page)
    run_all_cells(page)
    expect(page.locator(".kept")).to_have_text("Your saved answer was found")
    assert order(page) == ["A", "D", "B", "C"]
    expect(page.get_by_text("it is not your answer yet")).to_be_hidden()


# --- axe, sizes, zoom ----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_no_fault(browser: Browser, jupyterlab: JupyterLab, theme: str) -> None:
    """No violation in either theme: as opened, and at work with all unfolded."""
    jupyterlab.set_theme(theme)
    try:
        with fresh_page(browser, jupyterlab, 4200) as page:
            jupyterlab.write_notebook("axe/timeline.ipynb", SORTER)
            open_notebook(page, jupyterlab, "axe/timeline.ipynb")
            run_all_cells(page)
            light = page.locator("body").get_attribute("data-jp-theme-light")
            assert light == str(theme.endswith("Light")).lower()
            expect(page.locator(".backyard")).to_have_count(1)
            assert violations(page) == []
            row(page, "B").locator(".grip").press("Enter")
            assert violations(page) == []
    finally:
        jupyterlab.set_theme("JupyterLab Light")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 360), (420, 800)])
def test_nothing_is_cut_off_at_a_small_size(page: Page, width: int, height: int) -> None:
    """1280 by 720, the same at 200 % (half as many pixels), and a phone: no sideways scrolling."""
    page.keyboard.press("Control+B")  # the file browser takes half of a narrow window
    try:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(f"document.querySelector('.event-sorter').clientWidth < {width}")
        for root in page.locator(".backyard").all():
            page.wait_for_function(
                "root => root.scrollWidth <= root.clientWidth", arg=root.element_handle()
            )
    finally:
        page.set_viewport_size({"width": 1280, "height": TALL})
        page.keyboard.press("Control+B")


def test_every_control_is_large_enough_for_a_finger(page: Page) -> None:
    """24 pixels at least each way."""
    controls = ".backyard button"
    sizes = page.locator(controls).evaluate_all(
        "all => all.map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])"
        ".map(([text, { width, height }]) => [text, Math.min(width, height)])"
        ".map(([text, size]) => [text, Math.round(100 * size) / 100])"
        ".filter(([, size]) => size > 0)"
    )
    assert len(sizes) > 15
    assert [text for text, size in sizes if size < 24] == []


def test_the_focus_is_visible(page: Page) -> None:
    """Buttons have an outline of three pixels."""
    begin(page)
    up = page.get_by_role("button", name="Move up: B")
    tab_to(page, up)
    assert "solid 3px" in up.evaluate("node => getComputedStyle(node).outline")
