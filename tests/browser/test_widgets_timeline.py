"""The timeline widgets in a real JupyterLab: by mouse and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from course import data
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
IMPORT = "from course.widgets.timeline import EventSorter, TimelineExplorer\n"
SORTER = f"{IMPORT}sorter = EventSorter('timeline-02', {ITEMS!r})\nsorter"
EXPLORER = "explorer = TimelineExplorer()\nexplorer"
SAVED = re.compile(r"^Saved at \d\d:\d\d$")
NOTEBOOK = "timeline/timeline.ipynb"


@pytest.fixture(scope="module")
def opened(browser: Browser, jupyterlab: JupyterLab) -> Iterator[Page]:
    """One page with both widgets, for all tests of this file that need no theme of their own."""
    with fresh_page(browser, jupyterlab, TALL) as page:
        jupyterlab.write_notebook(NOTEBOOK, SORTER, EXPLORER)
        open_notebook(page, jupyterlab, NOTEBOOK)
        run_all_cells(page)
        expect(page.locator(".backyard")).to_have_count(2)
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    """The page with the order as given, the whole time in view and no filter."""
    for name in ("Back to the order as given", "Show all", "All"):  # whether or not there is need
        button = opened.get_by_role("button", name=name, exact=True).first
        button.dispatch_event("click")
    saved(opened)
    expect(status(opened)).to_have_text("1820 to 2023: 63 of 63 events")
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


def status(page: Page) -> Locator:
    """Return the line that says what is in view."""
    return page.locator(".seen")


def span(page: Page) -> Locator:
    """Return the list of spans of time."""
    return page.get_by_role("combobox", name="Span")


def drawn(page: Page) -> None:
    """Wait for the next frame: the picture is drawn in it."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def event(page: Page, name: str) -> Locator:
    """Return an event in the picture."""
    return page.locator(f".event[data-id={name}]")


def years(page: Page) -> tuple[int, int]:
    """Return first and last year in view, once the picture has been drawn."""
    drawn(page)
    found = re.findall(r"\d{4}", status(page).inner_text().split(":")[0])
    return int(found[0]), int(found[1])


def chosen(page: Page) -> str | None:
    """Return the id of the chosen event."""
    return page.locator(".event[aria-selected=true]").get_attribute("data-id")


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


# --- the explorer: what is in view ---------------------------------------------------------------


def test_one_zooms_from_two_centuries_to_a_month_and_back_by_buttons(page: Page) -> None:
    """Each press halves the time in view, down to a month; the axis goes from years to days."""
    axis = page.locator(".axis-marks")
    expect(axis).to_contain_text("1900")
    for _ in range(12):
        press(page, "Zoom in")
    expect(page.get_by_role("button", name="Zoom in")).to_have_attribute("aria-disabled", "true")
    expect(span(page)).to_have_value("31")
    assert re.search(r"\d+ [A-Z][a-z]{2} \d{4}", axis.inner_html())
    press(page, "Zoom out")
    expect(span(page)).to_have_value("")
    span(page).select_option("20 years")
    first, last = years(page)
    assert last - first in (20, 21)
    press(page, "Later")
    assert years(page)[0] - first in (9, 10, 11)
    press(page, "Earlier")
    assert years(page) == (first, last)


def test_one_zooms_and_moves_by_keys(page: Page) -> None:
    """Plus and minus, Page Up and Page Down, 0; the event that has the focus stays in view."""
    begin(page)
    tab_to(page, page.locator(".event[tabindex='0']"))
    page.keyboard.press("Home")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    for _ in range(4):
        page.keyboard.press("+")
    first, last = years(page)
    assert 12 <= last - first <= 14
    assert first < 1898 < last
    expect(event(page, "E07")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("PageDown")
    assert years(page)[0] > 1898
    expect(event(page, "E07")).to_be_focused()  # out of view, and the keys still work
    for _ in range(3):
        page.keyboard.press("PageUp")
    page.keyboard.press("-")
    assert 24 <= years(page)[1] - years(page)[0] <= 27
    page.keyboard.press("0")
    expect(status(page)).to_have_text("1820 to 2023: 63 of 63 events")


def test_one_zooms_by_wheel_and_moves_by_dragging(page: Page) -> None:
    """Ctrl and wheel zoom at the pointer; a drag moves and chooses nothing."""
    event(page, "E01").click()
    event(page, "E19").locator(".core").hover()
    page.keyboard.down("Control")
    for _ in range(6):
        page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    first, last = years(page)
    for _ in range(20):  # the browser hands wheel events on when it has time
        first, last = years(page)
        if last - first <= 27:
            break
    assert 24 <= last - first <= 27
    assert first < 1920 < last
    page.mouse.down()
    page.mouse.move(500, 500, steps=4)
    page.mouse.move(700, 500, steps=4)
    page.mouse.up()
    expect(status(page)).not_to_contain_text(f"{first} to {last}")
    assert chosen(page) == "E01"


def test_rows_stay_where_they_are_while_one_moves_along(page: Page) -> None:
    """Only zoom changes the lanes: nothing jumps up or down under a hand that drags."""
    span(page).select_option("50 years")
    drawn(page)
    height = page.locator(".picture").get_attribute("height")
    for _ in range(4):
        press(page, "Later")
        drawn(page)
        assert page.locator(".picture").get_attribute("height") == height


# --- the explorer: events ------------------------------------------------------------------------


def test_arrow_keys_go_from_event_to_event_and_show_details(page: Page) -> None:
    """Left and right in time, up and down to another lane; details with source; one Tab stop."""
    begin(page)
    tab_to(page, page.locator(".event[tabindex='0']"))
    page.keyboard.press("Home")
    assert chosen(page) == "E01"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert chosen(page) == "E03"
    expect(event(page, "E03")).to_be_focused()
    expect(page.locator(".event[tabindex='0']")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert chosen(page) == "E04"
    page.keyboard.press("End")
    assert chosen(page) == "E63"
    last = data.events().iloc[-1]
    for words in (last["title"], last["description"], last["source"], "17 April 2019"):
        expect(page.locator(".details")).to_contain_text(words)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") != "option"


def test_an_event_is_chosen_by_mouse_and_brought_near(page: Page) -> None:
    """A click shows what is known; its neighbours and a close view are one press away."""
    event(page, "E13").click()
    expect(page.locator(".details .title")).to_have_text(
        "E13 Roosevelt Corollary in the annual message"
    )
    press(page, "Zoom to this event")
    expect(span(page)).to_have_value("365")
    expect(event(page, "E13")).to_be_visible()
    press(page, "Next event")
    assert chosen(page) == "E14"
    expect(event(page, "E14")).to_be_visible()
    expect(page.locator(".details dd").first).to_have_text(
        "February 1905 – date known to the month only"
    )


def test_uncertain_dates_are_drawn_dashed_and_with_a_question_mark(page: Page) -> None:
    """At every zoom, and told to who does not see it; what is known to the day has neither."""
    uncertain = [
        row["event"]
        for row in data.events().fillna("day").to_dict("records")
        if {row["date_precision"], row["end_precision"]} != {"day"}
    ]
    assert len(uncertain) == 8
    for words in ("all", "20 years"):
        span(page).select_option(words)
        drawn(page)
        for name in ("E14", "E20", "E41", "E13", "E19"):
            event(page, name).dispatch_event("click")
            dashes = event(page, name).locator(".loose")
            asks = event(page, name).locator(".asks").text_content() or ""
            told = event(page, name).get_attribute("aria-label") or ""
            assert bool(dashes.get_attribute("d")) == (name in uncertain), name
            assert ("?" in asks) == ("only" in told) == (name in uncertain), name
    assert "3px" in event(page, "E14").locator(".loose").evaluate(
        "node => getComputedStyle(node).strokeDasharray"
    )
    # Zoomed to its month, an event known to the month takes the whole of it.
    event(page, "E14").dispatch_event("click")
    span(page).select_option("a month")
    drawn(page)
    box = event(page, "E14").locator(".loose").bounding_box()
    whole = page.locator(".plot").get_attribute("width")
    assert box is not None
    assert whole is not None
    assert box["width"] == pytest.approx(float(whole) * 28 / 31, rel=0.02)


def test_filters_show_what_fits_in_picture_and_table(page: Page) -> None:
    """By invocation, category and country, together; the table says the same as the picture."""
    events = data.events()
    press(page, "Show the same as a table")
    try:
        rows = page.locator(".same tbody tr")
        expect(rows).to_have_count(63)
        for box in ("yes", "disputed"):
            page.get_by_role("checkbox", name=box, exact=True).uncheck()
        no = events[events["monroe_invoked"] == "no"]
        expect(rows).to_have_count(len(no))
        page.get_by_label("Country").select_option("Cuba")
        cuba = no[no["countries"].str.contains("CUB")]
        expect(rows).to_have_count(len(cuba))
        page.locator("summary").click()
        page.get_by_role("checkbox", name="occupation").uncheck()
        left = list(cuba[cuba["category"] != "occupation"]["event"])
        expect(rows).to_have_count(len(left))
        assert rows.locator("th").all_text_contents() == left
        shown = page.locator(".event:not(.away)")
        assert [one.get_attribute("data-id") for one in shown.all()] == left
        expect(status(page)).to_contain_text(f"of the {len(left)} events that fit")
        press(page, "None", exact=True)
        expect(rows).to_have_count(0)
        expect(shown).to_have_count(0)
        press(page, "Show all", exact=True)
        expect(rows).to_have_count(63)
        page.locator(".same").get_by_role("button", name="Bay of Pigs").click()
        expect(event(page, "E33")).to_be_focused()
        assert chosen(page) == "E33"
    finally:
        press(page, "Show the same as a table")
        page.locator("summary").click()


# --- axe, sizes, zoom ----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_no_fault(browser: Browser, jupyterlab: JupyterLab, theme: str) -> None:
    """No violation in either theme: as opened, and at work with all unfolded."""
    jupyterlab.set_theme(theme)
    try:
        with fresh_page(browser, jupyterlab, 4200) as page:
            jupyterlab.write_notebook("axe/timeline.ipynb", SORTER, EXPLORER)
            open_notebook(page, jupyterlab, "axe/timeline.ipynb")
            run_all_cells(page)
            light = page.locator("body").get_attribute("data-jp-theme-light")
            assert light == str(theme.endswith("Light")).lower()
            expect(page.locator(".backyard")).to_have_count(2)
            assert violations(page) == []
            row(page, "B").locator(".grip").press("Enter")
            page.locator("summary").click()
            press(page, "Show the same as a table")
            event(page, "E19").dispatch_event("click")
            span(page).select_option("20 years")
            assert violations(page) == []
    finally:
        jupyterlab.set_theme("JupyterLab Light")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 360), (420, 800)])
def test_nothing_is_cut_off_at_a_small_size(page: Page, width: int, height: int) -> None:
    """1280 by 720, the same at 200 % (half as many pixels), and a phone: no sideways scrolling."""
    page.keyboard.press("Control+B")  # the file browser takes half of a narrow window
    try:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(
            f"document.querySelector('.timeline-explorer').clientWidth < {width}"
        )
        for root in page.locator(".backyard").all():
            page.wait_for_function(
                "root => root.scrollWidth <= root.clientWidth", arg=root.element_handle()
            )
        out = page.locator(".picture").evaluate(
            "node => [...node.querySelectorAll('.lane')].filter((words) =>"
            " words.getBoundingClientRect().right > node.getBoundingClientRect().right).length"
        )
        assert out == 0
    finally:
        page.set_viewport_size({"width": 1280, "height": TALL})
        page.keyboard.press("Control+B")


def test_every_control_is_large_enough_for_a_finger(page: Page) -> None:
    """24 pixels at least each way; a box counts with its label."""
    controls = ".backyard :is(button, select, summary, .choice, .event .hit)"
    sizes = page.locator(controls).evaluate_all(
        "all => all.map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])"
        ".map(([text, { width, height }]) => [text, Math.min(width, height)])"
        ".map(([text, size]) => [text, Math.round(100 * size) / 100])"
        ".filter(([, size]) => size > 0)"
    )
    assert len(sizes) > 30
    assert [text for text, size in sizes if size < 24] == []


def test_the_focus_is_visible(page: Page) -> None:
    """Buttons have an outline of three pixels, an event a ring of four."""
    begin(page)
    up = page.get_by_role("button", name="Move up: B")
    tab_to(page, up)
    assert "solid 3px" in up.evaluate("node => getComputedStyle(node).outline")
    stop = page.locator(".event[tabindex='0']")
    tab_to(page, stop)
    page.keyboard.press("Home")
    ring = page.locator(".event:focus-visible .ring")
    assert ring.evaluate("node => getComputedStyle(node).strokeWidth") == "4px"
