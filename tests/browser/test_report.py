"""The class report in a real browser: axe, dark and light, small screens, paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from course.desk.report.classpage import html_page
from tests.report.test_report_page import result_of


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of a report with everything in it."""
    path: Path = tmp_path_factory.mktemp("report") / "index.html"
    path.write_text(html_page([result_of()], "course"), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=["light", "dark"])
def report(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The report on a screen of 1280 by 720, with every fold open."""
    asked: list[str] = []
    page = browser.new_page(
        viewport={"width": 1280, "height": 720}, color_scheme=request.param, bypass_csp=True
    )
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    yield page
    assert asked == [address], "the page asked for something else"
    page.close()


def test_axe_finds_no_fault(report: Page) -> None:
    """No violation anywhere in the page, in light and in dark colours; axe does see its text."""
    report.evaluate(AXE_SCRIPT)
    found = report.evaluate("axe.run()")
    faults = [(f["id"], [n["html"][:120] for n in f["nodes"]]) for f in found["violations"]]
    assert faults == []
    assert any(rule["id"] == "color-contrast" and rule["nodes"] for rule in found["passes"])


def test_the_essence_is_on_the_first_screen(report: Page) -> None:
    """Points, distribution, what was hard and what is to do are seen without scrolling."""
    for text in ("submissions are graded", "did not understand", "left to do", "written answers"):
        box = report.locator(".card").get_by_text(text).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 720, text


def test_nothing_is_cut_off_at_200_percent(report: Page) -> None:
    """At 640 pixels, as 1280 at 200 percent are, only tables scroll, each by itself."""
    report.set_viewport_size({"width": 640, "height": 360})
    assert report.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_shows_what_is_folded(browser: Browser, address: str) -> None:
    """Printed, closed folds are open and the colours are those of paper, in dark mode as well."""
    page = browser.new_page(color_scheme="dark")
    page.goto(address)
    folded = page.get_by_text("All students and their points").locator("xpath=..").locator("table")
    assert not folded.evaluate("table => table.checkVisibility()")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert folded.evaluate("table => table.checkVisibility()")
    page.close()


def test_no_text_of_a_bar_is_hard_to_read(report: Page) -> None:
    """Numbers in bars, which axe cannot judge in SVG, stand off their ground by 4.5 to 1."""
    contrasts = report.evaluate(
        """() => {
          const style = getComputedStyle(document.documentElement);
          const colour = (name) => {
            const box = document.createElement('canvas').getContext('2d');
            box.fillStyle = style.getPropertyValue(name).trim();
            box.fillRect(0, 0, 1, 1);
            return [...box.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => {
              const share = v / 255;
              return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
            });
          };
          const light = (name) => {
            const [r, g, b] = colour(name);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const pairs = [['--on-full', '--full'], ['--on-light', '--part'], ['--ink', '--none'],
            ['--on-light', '--wrong'], ['--ink', '--card'], ['--soft', '--card'],
            ['--soft', '--page']];
          return Object.fromEntries(pairs.map(([a, b]) => {
            const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
            return [a + ' on ' + b, (high + 0.05) / (low + 0.05)];
          }));
        }"""
    )
    assert len(contrasts) == 7
    assert {name: value for name, value in contrasts.items() if value < 4.5} == {}
