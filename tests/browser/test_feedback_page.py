"""The feedback page in a real browser: axe in light and dark, and a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.test_feedback_page import graded_cells, page_of


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of a feedback page with a comment, a picture, a table and a late penalty."""
    path: Path = tmp_path_factory.mktemp("feedback") / "votes.html"
    path.write_text(page_of(graded_cells(), late_penalty=0.5), encoding="utf-8")
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


def test_nothing_is_cut_off_at_200_percent(feedback: Page) -> None:
    """At 640 pixels, as 1280 at 200 percent are, the page does not scroll sideways."""
    feedback.set_viewport_size({"width": 640, "height": 360})
    assert feedback.evaluate("document.documentElement.scrollWidth <= innerWidth")
