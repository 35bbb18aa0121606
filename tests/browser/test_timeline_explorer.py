"""The timeline explorer in a browser: by mouse and keyboard, each event read beside its mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from course import data
from course.widgets.timeline import TimelineExplorer
from tests.browser import panels

HEIGHT = 560
READ_BY = 420
"""How far below the panel's top the title of a chosen event may stand."""
BOXES = """(root, selector) => [...root.querySelectorAll(selector)]
  .filter((node) => node.checkVisibility())
  .map((node) => [node.getBoundingClientRect(), node.textContent])
  .map(([{ left, right, top, bottom }, text]) => ({ left, right, top, bottom, text }))"""


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Locator]:
    """The explorer with all events, one for all tests of this file."""
    page = browser.new_page(viewport={"width": 830, "height": 900})
    page.set_default_timeout(10_000)
    yield panels.open_panel(page, TimelineExplorer())
    page.close()


@pytest.fixture
def root(opened: Locator) -> Locator:
    """The explorer as it opens: no filter, nothing chosen."""
    for select in opened.get_by_role("combobox").all():
        select.select_option("all")
    for box in opened.get_by_role("checkbox").all():
        box.check()
    opened.locator(".event[tabindex='0']").press("Escape")
    opened.page.mouse.move(0, 0)
    expect(opened.locator(".seen")).to_have_text("63 of 63 shown")
    return opened


def mark(root: Locator, name: str) -> Locator:
    """Return the mark of an event."""
    return root.locator(f".event[data-id={name}] .core")


def press_mark(root: Locator, name: str) -> None:
    """Press the middle of an event's mark, as a hand does."""
    box = mark(root, name).bounding_box()
    assert box
    root.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def chosen(root: Locator) -> list[str | None]:
    """Return the ids of the chosen events: one or none."""
    return [
        one.get_attribute("data-id") for one in root.locator(".event[aria-selected=true]").all()
    ]


def shown(root: Locator) -> list[str | None]:
    """Return the ids of the events in the picture, in order of time."""
    return [one.get_attribute("data-id") for one in root.locator(".event:not([hidden])").all()]


def title(root: Locator) -> Locator:
    """Return the title of the chosen event, below the picture."""
    return root.locator(".about > div:not(.ghost) .event-title")


def lie_apart(boxes: list[dict[str, float]]) -> bool:
    """Tell whether no two boxes overlap by more than half a pixel."""
    return all(
        min(one["right"], other["right"]) - max(one["left"], other["left"]) <= 0.5
        or min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) <= 0.5
        for one, other in combinations(boxes, 2)
    )


def test_every_event_is_read_right_below_its_mark(root: Locator) -> None:
    """A press on any of the 63 marks shows its title near, and no line of the panel moves."""
    heights = set()
    for row in data.events().to_dict("records"):
        press_mark(root, row["event"])
        assert chosen(root) == [row["event"]]
        expect(title(root)).to_have_text(f"{row['event']} {row['title']}")
        expect(root.locator(".about")).to_contain_text(str(row["description"]))
        top, height = title(root).evaluate(
            "(node) => { const root = node.closest('.backyard').getBoundingClientRect();"
            " return [node.getBoundingClientRect().top - root.top, root.height]; }"
        )
        assert top <= READ_BY
        heights.add(round(height))
    assert max(heights) <= HEIGHT
    assert len(heights) == 1


def test_no_title_is_cut_and_no_mark_lies_on_another(root: Locator) -> None:
    """Titles in the picture are whole; fewer years or a country make room for more of them."""
    titles = set(data.events()["title"])
    counts = []
    for years in ("all", "1900–1933"):
        root.get_by_label("Years").select_option(years)
        labels = root.evaluate(BOXES, ".label")
        assert {one["text"] for one in labels} <= titles
        assert lie_apart(root.evaluate(BOXES, ".core"))
        assert all(lie_apart([label, one]) for label in labels for one in labels if one != label)
        counts.append(len(labels) / len(shown(root)))
    assert counts[0] < counts[1]
    root.get_by_label("Years").select_option("all")
    root.get_by_label("Country").select_option("Peru")
    peru = data.events()[data.events()["countries"].str.contains("PER")]
    labels = root.evaluate(BOXES, ".label")
    assert sorted(one["text"] for one in labels) == sorted(peru["title"])


def test_a_mark_says_its_title_under_the_pointer(root: Locator) -> None:
    """The nearest mark within a finger's reach speaks, before anything is chosen."""
    box = mark(root, "E13").bounding_box()
    assert box
    root.page.mouse.move(box["x"] + 4, box["y"] - 6)
    expect(root.locator(".tip")).to_contain_text("6 December 1904")
    assert chosen(root) == []
    root.page.mouse.move(5, 5)
    expect(root.locator(".tip")).to_be_hidden()


def test_events_are_chosen_by_keyboard_alone(root: Locator) -> None:
    """One stop of Tab; arrows move and tell, Enter chooses, Escape lets go, buttons go on."""
    page: Page = root.page
    expect(root.locator(".event[tabindex='0']")).to_have_count(1)
    root.get_by_label("Country").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    for key in ("ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(root.locator(".event[data-id=E03]")).to_be_focused()
    expect(root.locator(".tip")).to_contain_text("13 May 1846 to 2 February 1848")
    assert mark(root, "E03").evaluate("node => getComputedStyle(node).strokeWidth") == "4px"
    assert chosen(root) == []
    page.keyboard.press("ArrowDown")
    expect(root.locator(".event[data-id=E04]")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert chosen(root) == ["E03"]
    expect(root.get_by_role("status")).to_contain_text("E03")
    page.keyboard.press("End")
    page.keyboard.press("Space")
    last = data.events().iloc[-1]
    root.get_by_role("button", name="Why, note and source").click()
    for words in (last["title"], last["description"], last["source"], "17 April 2019"):
        expect(root.locator(".details")).to_contain_text(words)
    root.get_by_role("button", name="Why, note and source").click()
    later = root.get_by_role("button", name="Later")
    expect(later).to_have_attribute("aria-disabled", "true")
    root.get_by_role("button", name="Earlier").press("Enter")
    assert chosen(root) == ["E62"]
    root.locator(".event[tabindex='0']").press("Escape")
    assert chosen(root) == []


def test_dates_in_doubt_have_a_dashed_edge_and_are_told(root: Locator) -> None:
    """What is known to the day has neither."""
    rows = data.events().fillna("day")
    doubt = {
        row["event"]
        for row in rows.to_dict("records")
        if {row["date_precision"], row["end_precision"]} != {"day"}
    }
    assert len(doubt) == 8
    for one in root.locator(".event").all():
        dashes = one.locator(".core").evaluate("node => getComputedStyle(node).strokeDasharray")
        told = one.get_attribute("aria-label") or ""
        unsure = one.get_attribute("data-id") in doubt
        assert (dashes != "none") == (" only)" in told) == unsure, told
    press_mark(root, "E14")
    expect(root.locator(".about")).to_contain_text("February 1905 (date known to the month only)")


def test_filters_show_what_fits_in_picture_and_table(root: Locator) -> None:
    """By doctrine, country and years together; what is chosen stays, and nothing is a dead end."""
    events = data.events()
    press_mark(root, "E01")
    root.get_by_role("button", name="All 63 as a table").click()
    rows = root.locator(".same tbody tr")
    expect(rows).to_have_count(63)
    for box in ("yes", "disputed"):
        root.get_by_role("checkbox", name=re.compile(f"^{box} ")).uncheck()
    no = events[events["monroe_invoked"] == "no"]
    expect(rows).to_have_count(len(no))
    expect(root.locator(".about")).to_contain_text("not shown by this filter")
    root.get_by_label("Country").select_option("Cuba")
    root.get_by_label("Years").select_option("1900–1933")
    fit = no[no["countries"].str.contains("CUB") & no["date"].between("1900", "1934")]
    assert "E09" in set(fit["event"])
    assert set(fit["event"]) <= set(shown(root))
    assert rows.locator("th").all_text_contents() == shown(root)
    rows.get_by_role("button", name="Platt Amendment").click()
    assert chosen(root) == ["E09"]
    root.get_by_role("checkbox", name=re.compile("^no ")).uncheck()
    expect(rows).to_have_count(0)
    expect(root.locator(".about")).to_contain_text("0 of 63 events · Cuba · 1900–1933")
    root.get_by_role("button", name="Show all 63", exact=True).click()
    expect(rows).to_have_count(63)
    root.get_by_role("button", name="All 63 as a table").click()
    expect(rows.first).to_be_hidden()
