"""Close reading in a browser: the texts as they are stored, marked by mouse, by keys, by finger."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from course.text.documents import GAP, documents
from course.widgets.timeline import CloseReading
from tests.browser import panels
from tests.browser.lab import on_disk

ITEMS = {"a": "Who fears loans?", "b": "Who asks for force?"}
SAVED = re.compile(r"^Saved at \d\d:\d\d")
# What a reader sees of a document: its lines in order, without the names of the sentences.
READ = """(root) => [...root.querySelectorAll("fieldset .reserved > div:not(.ghost) > *")]
  .map((line) => (line.querySelector("span > span") ?? line).textContent).join(" ")"""


def open_reading(page: Page) -> Locator:
    """Show all documents with two questions."""
    return panels.open_panel(page, CloseReading("timeline-04", documents(), ITEMS))


def test_each_document_stands_in_the_panel_as_it_is_stored(bare_page: Page) -> None:
    """Character by character, gaps marked; each hard word is glossed on demand."""
    root = open_reading(bare_page)
    for label, one in documents().items():
        root.get_by_role("combobox").select_option(label)
        assert root.evaluate(READ) == one.text
        for word, meaning in one.glosses.items():
            root.get_by_role("button", name=word, exact=True).click()
            expect(root.locator(".gloss")).to_have_text(f"{word}: {meaning}")
        root.locator("summary").click()
        expect(root.locator("details")).to_contain_text(one.source)
        expect(root.locator("details")).to_contain_text(one.copies)
        root.locator("summary").click()
    assert any(GAP in one.text for one in documents().values())


def test_a_sentence_is_marked_by_mouse_key_and_finger(bare_page: Page, tmp_path: Path) -> None:
    """A click on its words marks it; arrows and Enter do; going back shows its document again."""
    root = open_reading(bare_page)
    chooser, kept = root.get_by_role("combobox"), root.locator(".kept")
    chooser.select_option("D12")
    root.get_by_text("The collection of loans by military means").click()
    expect(kept).to_have_text(SAVED)
    assert on_disk(tmp_path) == {"timeline-04": {"a": "D12.3"}}

    root.get_by_role("radio").last.focus()
    bare_page.keyboard.press("Enter")
    expect(root.locator("[aria-current=true]")).to_have_text("bnot yet")
    chooser.focus()
    bare_page.keyboard.type("D07")
    expect(chooser).to_have_value("D07")
    bare_page.keyboard.press("Tab")
    bare_page.keyboard.press("Space")
    bare_page.keyboard.press("ArrowDown")
    expect(root.locator(".what")).to_have_text(re.compile(r"2 of 2 marked"))
    expect(kept).to_have_text(SAVED)
    assert on_disk(tmp_path) == {"timeline-04": {"a": "D12.3", "b": "D07.2"}}
    chooser.select_option("D01")  # to look at another text moves no mark
    root.get_by_role("button", name="Back").click()
    expect(chooser).to_have_value("D12")
    expect(root.get_by_role("radio", name=re.compile("^D12.3"))).to_be_checked()

    with panels.touching(bare_page):
        root.get_by_text("If such proceedings were to be").dispatch_event("click")
        expect(root.get_by_role("radio", name=re.compile("^D12.2"))).to_be_checked()
    expect(kept).to_have_text(SAVED)
    assert on_disk(tmp_path)["timeline-04"] == {"a": "D12.2", "b": "D07.2"}


def test_a_mark_is_taken_back_whatever_text_is_on_show(bare_page: Page, tmp_path: Path) -> None:
    """One button clears the question on show: its sentence is marked no more, here and on disk."""
    root = open_reading(bare_page)
    chooser, kept = root.get_by_role("combobox"), root.locator(".kept")
    clear = root.get_by_role("button", name=re.compile("^Clear"))
    expect(clear).to_have_attribute("aria-disabled", "true")
    chooser.select_option("D12")
    root.get_by_role("radio").last.check()
    root.get_by_role("button", name=re.compile("^b:")).click()
    chooser.select_option("D07")
    root.get_by_role("radio").first.check()
    expect(kept).to_have_text(SAVED)
    expect(clear).to_have_text("Clear b")
    chooser.select_option("D01")  # another text than the one that holds the mark
    clear.focus()
    bare_page.keyboard.press("Enter")
    expect(root.locator(".what")).to_have_text(re.compile("1 of 2 marked"))
    expect(clear).to_have_attribute("aria-disabled", "true")
    expect(clear).to_be_focused()
    expect(root.get_by_role("button", name="b: not yet")).to_be_visible()
    chooser.select_option("D07")
    expect(root.get_by_role("radio", checked=True)).to_have_count(0)
    expect(kept).to_have_text(SAVED)
    assert [*on_disk(tmp_path)["timeline-04"]] == ["a"]
