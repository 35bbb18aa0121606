"""Labeler and matching in a browser: the texts, all options in sight, by mouse and by keyboard."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from course.text.codebook import ROLE_TEXTS
from course.text.column import OWN, read_paragraphs
from course.widgets.argument import Matching, RoleLabeller
from tests.browser import panels
from tests.browser.lab import on_disk

HEIGHT = 560
PRESSES = 8
"""How many presses of a key a label may take, from the one before."""
SAVED = re.compile(r"^Saved at \d\d:\d\d")
TEXTS = {"a": "It rained.", "b": "Rain is fine."}
KINDS = {"fact": "Fact: can be checked", "value": "Value: says what is good"}
PLACES = """(root) => [...root.querySelectorAll(".option, .answer-bar")]
  .map((node) => Math.round(node.getBoundingClientRect().top))"""


def focused(page: Page) -> str:
    """Return the value of the radio button that has the focus."""
    return str(page.evaluate("document.activeElement.value"))


def page_of(root: Locator, name: str) -> Locator:
    """Return the button that leads to a text."""
    return root.get_by_role("button", name=re.compile(f"^{name}:"))


def test_the_whole_codebook_is_in_view_beside_each_paragraph(bare_page: Page) -> None:
    """At each of the 17 all definitions are there, in the same place, and the panel fits."""
    root = panels.open_panel(bare_page, RoleLabeller())
    places = root.evaluate(PLACES)
    for place, (text, _) in enumerate(read_paragraphs(OWN), 1):
        page_of(root, f"P{place:02}").click()
        expect(root.locator("[aria-current=true]")).to_have_text(f"P{place:02}not yet")
        expect(root.locator(".text")).to_contain_text(text)
        for meaning in ROLE_TEXTS.values():
            expect(root.get_by_text(meaning.split(": ")[1], exact=True)).to_be_visible()
        assert root.evaluate(PLACES) == places
    box = root.bounding_box()
    assert box
    assert box["height"] <= HEIGHT
    cut = "node => [...node.querySelectorAll('*')].filter((one) => getComputedStyle(one)"
    assert root.evaluate(f"{cut}.textOverflow === 'ellipsis').length") == 0


def test_a_paragraph_is_labeled_by_few_keys(bare_page: Page, tmp_path: Path) -> None:
    """Arrows choose and save once the hand rests, Enter leads on; the list says what was chosen."""
    widget = RoleLabeller()
    kept: list[object] = []
    widget.observe(lambda change: kept.append(change["new"]), "value")
    root = panels.open_panel(bare_page, widget)
    page_of(root, "P01").focus()
    bare_page.keyboard.press("ArrowDown")  # in the list: the next paragraph
    expect(page_of(root, "P02")).to_be_focused()
    bare_page.keyboard.press("Tab")
    bare_page.keyboard.press("Space")
    for _ in range(5):
        bare_page.keyboard.press("ArrowDown")
    assert focused(bare_page) == "forecast"
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert kept == [{"P02": "forecast"}]  # and none of those that the arrow passed over
    expect(page_of(root, "P02")).to_have_accessible_name("P02: Forecast")
    keys = ["Enter", "Space", *["ArrowDown"] * 6]
    assert len(keys) <= PRESSES
    for key in keys:
        bare_page.keyboard.press(key)
    expect(root.locator(".what")).to_have_text(re.compile("2 of 17 labeled$"))
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert on_disk(tmp_path) == {"argument-03": {"P02": "forecast", "P03": "credit"}}
    root.get_by_role("button", name="Back").click()
    expect(root.get_by_role("radio", name=re.compile("^Forecast"))).to_be_checked()


@pytest.mark.parametrize("kind", [RoleLabeller, Matching])
def test_a_choice_is_taken_back(kind: Any, bare_page: Page, tmp_path: Path) -> None:
    """One button clears the choice for the text on show; what is kept has it no more."""
    widget = (
        RoleLabeller("argument-03", KINDS, TEXTS)
        if kind is RoleLabeller
        else Matching("argument-03", TEXTS, KINDS)
    )
    root = panels.open_panel(bare_page, widget)
    clear = root.get_by_role("button", name=re.compile("^Clear"))
    expect(clear).to_have_text("Clear a")
    expect(clear).to_have_attribute("aria-disabled", "true")
    root.get_by_role("radio").first.check()
    if kind is RoleLabeller:
        page_of(root, "b").click()
    root.get_by_role("radio").last.check()
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert on_disk(tmp_path) == {"argument-03": {"a": "fact", "b": "value"}}
    clear = root.get_by_role("button", name="Clear b")
    clear.focus()
    bare_page.keyboard.press("Enter")
    expect(root.locator(".what")).to_have_text(re.compile("1 of 2"))
    expect(clear).to_have_attribute("aria-disabled", "true")
    expect(clear).to_be_focused()
    expect(root.locator(".kept")).to_have_text(SAVED)
    expect(root.get_by_role("radio").last).not_to_be_checked()
    assert on_disk(tmp_path) == {"argument-03": {"a": "fact"}}


def test_next_leads_to_what_is_left(bare_page: Page) -> None:
    """It passes what is labeled, starts again at the top, and rests when nothing is left."""
    root = panels.open_panel(
        bare_page, RoleLabeller("argument-03", KINDS, {"a": "", "b": "", "c": ""})
    )
    following = root.get_by_role("button", name="Next not labeled")
    page_of(root, "b").click()
    for left in ("c", "a", ""):
        root.get_by_role("radio").first.check()
        if left:
            following.click()
            expect(page_of(root, left)).to_have_attribute("aria-current", "true")
    expect(following).to_have_attribute("aria-disabled", "true")
    expect(root.locator(".what")).to_have_text(
        re.compile("3 of 3 labeled. Points come with grading.")
    )


def test_the_column_stands_in_place_of_our_words(
    bare_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the instructor has the column's text, one press swaps the two, and swaps them back."""
    invented = [f"Invented {n}." for n in range(17)]
    monkeypatch.setattr("course.text.column._read_originals", lambda _: invented)
    root = panels.open_panel(bare_page, RoleLabeller())
    page_of(root, "P05").click()
    swap = root.get_by_role("button", name="The column")
    swap.click()
    expect(root.locator("blockquote")).to_have_text("Invented 4.")
    expect(swap).to_have_attribute("aria-pressed", "true")
    swap.click()
    expect(root.locator("blockquote")).to_have_count(0)


def test_items_are_matched_in_a_table(bare_page: Page, tmp_path: Path) -> None:
    """A row of radio buttons for each item, the options above them; half an answer is kept."""
    root = panels.open_panel(bare_page, Matching("argument-10", TEXTS, KINDS))
    row = root.get_by_role("radiogroup", name="b Rain is fine.")
    second = row.get_by_role("radio", name="Value says what is good")
    second.check()
    expect(root.locator(".what")).to_have_text(re.compile("1 of 2 chosen$"))
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert on_disk(tmp_path) == {"argument-10": {"b": "value"}}
    head = root.locator(".heads p").nth(1).bounding_box()
    dot = second.bounding_box()
    assert head
    assert dot
    assert head["x"] < dot["x"] < head["x"] + head["width"]
    root.get_by_role("radiogroup", name="a It rained.").get_by_role("radio").first.focus()
    bare_page.keyboard.press("Space")
    expect(root.locator(".what")).to_have_text(re.compile("^ *2 of 2 chosen"))
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert on_disk(tmp_path) == {"argument-10": {"a": "fact", "b": "value"}}


HOLD_REPLIES = """() => {
  const tell = window.tellPython;
  window.held = [];
  window.tellPython = async (message) => {
    const answer = await tell(message);
    await new Promise((go) => window.held.push(go));
    return answer;
  };
}"""
CHOOSE_AND_REPLY = """async (radio) => {
  radio.click();
  window.held.shift()();
  await new Promise((done) => setTimeout(done));
  return radio.getRootNode().querySelector(".kept").textContent;
}"""


def test_a_reply_to_the_choice_before_does_not_call_the_next_one_saved(
    bare_page: Page, tmp_path: Path
) -> None:
    """Whoever chooses again before Python has replied reads "Saved" when the last one is kept."""
    root = panels.open_panel(bare_page, Matching("argument-10", TEXTS, KINDS))
    bare_page.evaluate(HOLD_REPLIES)
    row = root.get_by_role("radiogroup", name="b Rain is fine.").get_by_role("radio")
    row.nth(1).check()
    bare_page.wait_for_function("window.held.length === 1")
    said = row.nth(0).evaluate(CHOOSE_AND_REPLY)
    assert said == ""
    assert on_disk(tmp_path) == {"argument-10": {"b": "value"}}
    bare_page.wait_for_function("window.held.length === 1")
    bare_page.evaluate("window.held.shift()()")
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert on_disk(tmp_path) == {"argument-10": {"b": "fact"}}


def test_many_options_stand_below_each_other(bare_page: Page) -> None:
    """Five or more are no columns: the texts are a list, as in the labeler."""
    options = {f"k{n}": f"Kind {n}: as it is" for n in range(5)}
    root = panels.open_panel(bare_page, Matching("argument-10", TEXTS, options))
    expect(root.get_by_role("radiogroup", name="a goes with …")).to_be_visible()
    page_of(root, "b").click()
    root.get_by_role("radio", name="Kind 3 as it is").check()
    expect(page_of(root, "b")).to_have_accessible_name("b: Kind 3")


def test_practice_says_at_once_not_yet_and_then_right(bare_page: Page, tmp_path: Path) -> None:
    """A panel for practice judges as soon as it is answered, as often as one likes."""
    root = panels.open_panel(bare_page, Matching.practice("argument-05"))

    def choose(name: str, option: str) -> None:
        row = root.get_by_role("radiogroup", name=re.compile(f"^{name} "))
        row.locator(f"[value={option}]").check()

    for name, option in (("x", "independent"), ("y", "linked"), ("z", "linked")):
        choose(name, option)
    expect(root.locator(".kept")).to_contain_text("◐ Not yet")
    expect(root.locator(".kept")).to_contain_text("Hint: ")
    choose("z", "one")
    expect(root.locator(".kept")).to_contain_text("✓ Right")
    expect(root.locator(".what")).to_have_text("3 of 3 chosen")  # no points come of it
    assert set(on_disk(tmp_path)) == {"practice-argument-05"}


@pytest.mark.parametrize("options", [KINDS, {"yes": "Yes", "no": "No"}])
def test_on_a_small_screen_meanings_stand_above_once(options: Any, bare_page: Page) -> None:
    """Where an option has no meaning, nothing is said above what stands beside each button."""
    root = panels.open_panel(bare_page, Matching("argument-05", TEXTS, options))
    expect(root.locator(".heads")).to_be_visible()
    panels.settle(bare_page, 390)
    expect(root.locator(".heads")).to_be_visible(visible=options is KINDS)
