"""The argument widgets in a real JupyterLab: with a busy kernel, set in code, as practice."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import (
    JupyterLab,
    on_disk,
    open_notebook,
    run_all_cells,
    violations,
)

IMPORT = "from course.widgets.argument import ArgumentMap, Matching\n"
MAP = f"{IMPORT}map_ = ArgumentMap()\nmap_"
# Links that no reading of the column would draw, with a circle and a pair linked twice.
LINKS = [
    ("P17", "P03", "supports"),
    ("P17", "P03", "challenges"),
    ("P01", "P17", "supports"),
    ("P02", "P01", "challenges"),
    ("P01", "P02", "supports"),
    ("P09", "P17", "supports"),
    ("P09", "P15", "supports"),
]
SAVED = re.compile(r"^Saved at \d\d:\d\d$")


def link(source: str, target: str, relation: str = "supports") -> dict[str, str]:
    """Return a link as a map's value holds it."""
    return {"from": source, "to": target, "relation": relation}


def set_links(links: list[tuple[str, str, str]]) -> str:
    """Return a cell that sets these links."""
    return f"map_.value = {{'links': {links!r}}}"


def show(page: Page, lab: JupyterLab, notebook: str, *cells: str) -> Path:
    """Run a new notebook of these cells and return its folder."""
    lab.write_notebook(notebook, *cells)
    open_notebook(page, lab, notebook)
    run_all_cells(page)
    page.locator(".backyard").first.wait_for()
    return (lab.root / notebook).parent


@pytest.fixture
def opened(jupyterlab: JupyterLab, page: Page, tmp_path: Path) -> Callable[..., Path]:
    """Run a notebook of the given cells in a folder of the test's own; returns that folder."""
    return lambda *cells: show(page, jupyterlab, f"{tmp_path.name}/argument.ipynb", *cells)


def card(page: Page, name: str) -> Locator:
    """Return the card of a paragraph."""
    return page.locator(".map-card", has=page.locator(f"b:text-is('{name}')"))


def saved(page: Page, within: float = 5_000) -> None:
    """Wait until the widget says that the answer is on the disk; `within`: milliseconds."""
    expect(page.locator(".kept").first).to_have_text(SAVED, timeout=within)


def drawn(page: Page) -> set[str]:
    """Return the links that the picture shows, as in "P02 supports P01"."""
    return set(page.locator(".board svg title").all_text_contents())


def listed(page: Page) -> list[str]:
    """Return the links that the list shows."""
    labels = page.locator(".links .remove").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label'))"
    )
    return [label.removeprefix("Remove: ") for label in labels]


def test_links_drawn_faster_than_they_are_saved_are_all_kept(
    opened: Callable[..., Path], page: Page
) -> None:
    """Ten links at once, while the kernel is at work: each stays on the screen and is kept."""
    at_work = "import pathlib, time\nwhile pathlib.Path('busy').exists():\n    time.sleep(0.1)"
    folder = opened(MAP, at_work)
    (folder / "busy").touch()
    page.locator(".jp-Notebook .jp-InputPrompt").nth(1).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Busy")
    for number in range(1, 11):
        card(page, f"P{number:02}").click()
        card(page, "P17").click()
        expect(page.locator(".board svg title")).to_have_count(number)
    expect(page.locator(".kept")).to_have_text("Saving …")
    page.evaluate(
        "window.fewest = 10; new MutationObserver(() => (window.fewest = Math.min(window.fewest,"
        " document.querySelectorAll('.board svg title').length)))"
        ".observe(document.querySelector('.board'), { childList: true })"
    )
    (folder / "busy").unlink()
    saved(page, 20_000)
    assert page.evaluate("window.fewest") == 10, "what was drawn was gone for a moment"
    wanted = [link(f"P{number:02}", "P17") for number in range(1, 11)]
    assert on_disk(folder) == {"argument-06": {"links": wanted}}
    expect(page.locator(".board svg title")).to_have_count(10)


def test_links_set_in_code_show_in_picture_and_list(
    opened: Callable[..., Path], page: Page
) -> None:
    """`map_.value = …` below moves the map above; a circle and a doubled pair are shown whole."""
    folder = opened(MAP, set_links(LINKS))
    saved(page)
    wanted = sorted(f"{source} {relation} {target}" for source, target, relation in LINKS)
    expect(page.locator(".board svg title")).to_have_count(len(LINKS))
    assert sorted(drawn(page)) == sorted(listed(page)) == wanted
    assert on_disk(folder) == {"argument-06": {"links": [link(*one) for one in LINKS]}}


def test_practice_says_at_once_not_yet_and_then_right(
    opened: Callable[..., Path], page: Page
) -> None:
    """A panel for practice and a practice cell judge as soon as they are answered."""
    folder = opened(
        f"{IMPORT}panel = Matching.practice('argument-05')\npanel",
        "from course.practice import practice\npractice_share = 4.83\npractice('votes-02').check()",
    )
    line = page.locator(".backyard.matching .kept")
    for name, choice in (("x", "independent"), ("y", "linked"), ("z", "one")):
        row = page.get_by_role("radiogroup", name=re.compile(f"^{name} "))
        row.locator(f"[value={choice}]").check()
    expect(line).to_contain_text("✓ Right")
    box = page.locator(".backyard-practice")
    expect(box).to_contain_text("◐ Not yet: 4.83")
    box.get_by_text("A hint").click()
    expect(box).to_contain_text("100 * part / whole")
    assert violations(page, ".backyard-practice") == []
    assert set(on_disk(folder)) == {"practice-argument-05", "practice-votes-02"}
