"""The feedback page in a real browser: axe in light and dark, and a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.test_feedback_page import five_questions, graded_cells, page_of


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of a page with each state, a comment, a picture, a table and a late penalty."""
    path: Path = tmp_path_factory.mktemp("feedback") / "votes.html"
    more = five_questions()  # the third has the name of one that is there
    cells = [*more[:4], *graded_cells(), *more[6:]]
    path.write_text(page_of(cells, late_penalty=0.5), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=["light", "dark"])
def feedback(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page on a screen of 1280 by 720, with every fold open."""
    page = browser.new_page(
        viewport={"width": 1280, "height": 720}, color_scheme=request.param, bypass_csp=True
    )
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    yield page
    page.close()


def test_axe_finds_no_fault(feedback: Page) -> None:
    """No violation anywhere in the page; axe does see its text."""
    feedback.evaluate(AXE_SCRIPT)
    found = feedback.evaluate("axe.run()")
    faults = [(f["id"], [n["html"][:120] for n in f["nodes"]]) for f in found["violations"]]
    assert faults == []
    assert any(rule["id"] == "color-contrast" and rule["nodes"] for rule in found["passes"])


def test_the_first_screen_holds_what_to_look_at(feedback: Page) -> None:
    """Sum, bar and three questions are seen at 830 by 560; at night nothing is a white box."""
    feedback.set_viewport_size({"width": 830, "height": 560})
    feedback.evaluate("scrollTo(0, 0)")
    cards = feedback.locator(".card")
    assert cards.count() == 3
    assert all(
        cards.nth(n).evaluate("c => c.getBoundingClientRect().bottom <= innerHeight")
        for n in range(3)
    )
    earned, whole = (feedback.locator(f"header .{kind}").bounding_box() for kind in ("got", "bar"))
    assert earned is not None
    assert whole is not None
    assert earned["width"] / whole["width"] == pytest.approx(4.33 / 12, abs=0.01)
    dark = feedback.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    grounds = feedback.evaluate(
        "[...document.querySelectorAll('html, body, table, pre, code, .card')]"
        ".map(e => getComputedStyle(e).backgroundColor)"
    )
    assert not dark or "rgb(255, 255, 255)" not in grounds


@pytest.mark.parametrize("width", [640, 390])
def test_nothing_is_cut_off_on_a_small_screen(feedback: Page, width: int) -> None:
    """As on 1280 pixels at 200 percent, or on a phone: the page does not scroll sideways."""
    feedback.set_viewport_size({"width": width, "height": 360})
    assert feedback.evaluate("document.documentElement.scrollWidth <= innerWidth")
    feedback.evaluate(AXE_SCRIPT)
    assert feedback.evaluate("axe.run().then(found => found.violations.map(f => f.id))") == []
