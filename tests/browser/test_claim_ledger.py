"""The claim ledger in a browser: search, verdict and row, by mouse and by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from course.widgets.verdict import ClaimLedger
from tests.browser import panels

SAVED = re.compile(r"^Saved at \d\d:\d\d")
CLAIMS = {"a": "He came first.", "b": "It was a defeat."}


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep answers where the test is."""
    monkeypatch.chdir(tmp_path)


def test_verdicts_and_rows_are_kept_counted_and_shown_as_a_whole(bare_page: Page) -> None:
    """By mouse: search in one table, press a row, go on; table and text say what was entered."""
    widget = ClaimLedger("verdict-01", CLAIMS)
    root = panels.open_panel(bare_page, widget)
    root.get_by_label("In which table").select_option("first_round")
    root.get_by_label("Words").fill("flores unidad")
    expect(root.locator(".found li")).to_have_count(1)
    root.locator(".found button").click()
    expect(root.locator(".entered")).to_contain_text("first_round:Lourdes Flores")
    root.get_by_role("radio", name="Holds the record").check()
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert widget.value == {
        "verdicts": {"a": "holds"},
        "evidence": {"a": "first_round:Lourdes Flores"},
    }
    root.get_by_role("button", name="Next claim").click()
    root.get_by_role("radio", name="A judgment").check()
    expect(root.locator(".what")).to_have_text(
        "1 of 2 with verdict and row · Holds 1 · A judgment 1"
    )
    root.get_by_role("button", name="Table and text").click()
    expect(root.get_by_role("row").last).to_have_text("bIt was a defeat.A judgmentnone yet")
    expect(root.locator("pre")).to_contain_text("a He came first. Holds. Evidence: first_round:")
    root.get_by_role("button", name="a: Holds").click()
    root.get_by_role("button", name="Take out").click()
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert widget.value == {"verdicts": {"a": "holds", "b": "judgment"}}
    root.get_by_role("button", name="Clear a").click()
    expect(root.locator(".what")).to_have_text("0 of 2 with verdict and row · A judgment 1")
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert widget.value == {"verdicts": {"b": "judgment"}}


def test_a_row_is_typed_by_name_and_a_verdict_given_by_arrows(bare_page: Page) -> None:
    """By keyboard: Tab, arrows and Enter; a name that is typed comes first, whatever its case."""
    widget = ClaimLedger("verdict-01", CLAIMS)
    root = panels.open_panel(bare_page, widget)
    press = bare_page.keyboard.press
    press("Tab")  # the list of claims
    press("ArrowDown")
    press("Tab")  # the verdicts
    press("ArrowDown")
    expect(root.locator("input:checked")).to_have_value("in_part")
    press("Tab")  # the search
    bare_page.keyboard.type("EVENTS:e58")
    press("Enter")
    expect(root.locator(".entered")).to_contain_text("events:E58")
    expect(root.locator(".kept")).to_have_text(SAVED)
    assert widget.value == {"verdicts": {"b": "in_part"}, "evidence": {"b": "events:E58"}}


def test_all_rows_can_be_reached_some_at_a_time(bare_page: Page) -> None:
    """Next rows goes on, and begins again after the last."""
    root = panels.open_panel(bare_page, ClaimLedger("verdict-01", CLAIMS))
    root.get_by_label("In which table").select_option("poverty")
    first = root.locator(".found b").first
    expect(first).to_have_text("poverty:1980")
    for name in (
        "poverty:2000",
        "poverty:2002 (2)",
        "poverty:2005 (2)",
        "poverty:2007",
        "poverty:1980",
    ):
        root.get_by_role("button", name="Next rows").click()
        expect(first).to_have_text(name)
