"""What every panel holds to: it fits, at each width and in each state, and is read by everybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from course.widgets.base import CourseWidget
from tests.browser import panels
from tests.browser.lab import violations

pytestmark = pytest.mark.long

PANELS = panels.find_panels()
HEIGHT = 560
"""What a panel may take at 830 pixels: it fits on the screen of a small notebook computer."""
SEEN: set[str] = set()
"""Kinds of panels that axe has looked at: it takes a second for each look."""
READABLE = 4.5  # contrast of text, WCAG 2.2, 1.4.3
JUDGES = re.compile(r"[✓✗]|\b(?:right(?! to )|wrong|correct)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Hand:
    """How one works with a kind of panel: what changes the picture, and what keeps an answer."""

    work: Callable[[Locator], None]
    keep: Callable[[Locator, int], None] | None = None  # for the first or second time


def press(name: str) -> Callable[..., None]:
    """Return what presses the first button whose name begins so."""
    return lambda root, *_: root.get_by_role("button", name=re.compile(f"^{name}")).first.click()


def choose(root: Locator, time: int = 0) -> None:
    """Choose another option of the first text each time."""
    root.get_by_role("radio").nth(time).check()


def turn_to_second(root: Locator) -> None:
    """Turn to the second document."""
    root.get_by_role("combobox").select_option(index=1)


def type_votes(root: Locator, text: str) -> None:
    """Type a number of votes to García."""
    root.get_by_role("textbox").fill(text)
    root.get_by_role("textbox").press("Enter")


def mark_report(root: Locator, time: int) -> None:
    """Mark the report on show, the second time the one before it."""
    if time:
        root.get_by_role("button", name="Back").click()
    root.locator(".answer-bar button:visible").click()


def link_last(root: Locator, time: int) -> None:
    """Link the last card, which is chosen the first time, to another one each time."""
    if time:
        root.locator(".map-card").last.click()
    root.locator(".map-card").nth(time).click()


def enter_claim(root: Locator, time: int) -> None:
    """Give the claim on show a verdict and the first row found."""
    root.get_by_role("radio").nth(time).check()
    root.get_by_role("button", name="Enter").first.click()


HANDS = {
    "ArgumentMap": Hand(
        lambda root: root.locator(".map-card").last.click(),
        link_last,
    ),
    "ClaimLedger": Hand(lambda root: root.get_by_label("Words").fill("2006"), enter_claim),
    "CloseReading": Hand(turn_to_second, choose),
    "CountReplay": Hand(press("Last"), mark_report),
    "DenominatorExplorer": Hand(lambda root: root.get_by_role("radio").last.check()),
    "EventSorter": Hand(press("Move down"), press("Move down")),
    "Matching": Hand(choose, choose),
    "RoleLabeller": Hand(choose, choose),
    "RunoffLaboratory": Hand(
        lambda root: type_votes(root, "3250000"),
        press("Keep this split as the fewest"),
    ),
    "TimelineExplorer": Hand(press("Later")),
}


# What is chosen, by kind of panel, and whether its ground or its line tells it from the rest.
CHOSEN: dict[str, tuple[str, ...]] = {
    "ArgumentMap": ("[aria-pressed=true]", "backgroundColor"),
    "ClaimLedger": (".page[aria-current=true], .option:has(:checked)", "backgroundColor"),
    "CloseReading": (".page[aria-current=true], .option:has(:checked)", "backgroundColor"),
    "CountReplay": (".flag path", "fill"),
    "DenominatorExplorer": ("input:checked", ""),  # drawn by the browser
    "EventSorter": (".held .event", "backgroundColor"),
    "Matching": (".option:has(:checked)", "backgroundColor"),
    "RoleLabeller": (".page[aria-current=true], .option:has(:checked)", "backgroundColor"),
    "RunoffLaboratory": (".pot", "backgroundImage", "::before"),
    "TimelineExplorer": (".ring", "stroke"),
}
FORCED = """(root, [chosen, by, part]) => [...root.querySelectorAll(chosen)].map((node) => {
  const style = getComputedStyle(node, part);
  const seen = !by || ![getComputedStyle(root).backgroundColor, "none"].includes(style[by]);
  return { seen, read: by !== "backgroundColor" || style.color !== style[by] };
})"""


class Sight:
    """A panel in the browser, and what was found wrong with it."""

    def __init__(self, root: Locator, widget: CourseWidget) -> None:
        self.root, self.page = root, root.page
        kind = type(widget).__name__
        self.thorough = kind not in SEEN
        SEEN.add(kind)
        self.practice = widget.exercise is not None
        self.words = sorted(list_words(widget.content), key=len, reverse=True)
        self.faults: list[str] = []

    def note(self, state: str, rule: str, found: Any) -> None:
        """Note what breaks a rule in a state, if anything does."""
        if found:
            self.faults.append(f"{state}, {rule}: {found}")

    def look(self, state: str) -> None:
        """Measure the panel at four widths, and read it."""
        for width in (640, 390, 320, 830):
            panels.settle(self.page, width)
            found = self.root.evaluate(panels.MEASURE)
            self.note(state, "sideways", max(found["sideways"], 0))
            self.note(state, "scrolls inside", found["inner"])
            self.note(state, "small targets", found["small"])
            self.note(state, "no words", found["wordless"])
            self.note(state, "cut off", found["outside"])
        self.note(state, "height", max(found["height"] - HEIGHT, 0))
        names = panels.name_controls(self.page)
        self.note(state, "no name", [one for one in names if one.split()[-1] in panels.CONTROLS])
        self.note(state, "one name", sorted({one for one in names if names.count(one) > 1}))
        for word in self.words:
            found["text"] = found["text"].replace(word, "")
        self.note(state, "judges", not self.practice and JUDGES.findall(found["text"]))

    def ask_axe(self, state: str, *, dark: bool = False, width: int = 830) -> None:
        """Let axe look, at the first panel of each kind."""
        if self.thorough:
            panels.settle(self.page, width)
            self.page.evaluate(f"document.body.dataset.jpThemeLight = '{str(not dark).lower()}'")
            self.note(state, "axe", violations(self.page))
            contrasts = self.root.evaluate(panels.CONTRASTS)
            self.note(state, "contrast", [one for one in contrasts if one < READABLE])

    def touch(self) -> None:
        """Measure what a finger has to meet."""
        with panels.touching(self.page):
            found = self.root.evaluate(panels.MEASURE)
            assert found["coarse"]
            self.note("touch", "low targets", found["low"])


def list_words(content: Any) -> Iterator[str]:
    """Yield all texts that a panel was given: the notebook's, and not its own."""
    if isinstance(content, str) and len(content) > 2:
        yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from list_words(part)


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_fits_in_every_state(name: str, bare_page: Page, tmp_path: Path) -> None:
    """As opened, at work, kept, refused: it fits, all has a name, and nothing judges."""
    widget = panels.run_panel(*PANELS[name])
    hand = HANDS[type(widget).__name__]
    sight = Sight(panels.open_panel(bare_page, widget), widget)
    kept = sight.root.locator(".kept")
    sight.look("start")
    sight.touch()
    hand.work(sight.root)
    sight.look("working")
    sight.ask_axe("working at 390", width=390)
    if hand.keep:
        hand.keep(sight.root, 0)
        said = r"^(◐ Not yet|✓ Right)" if sight.practice else r"^Saved at \d\d:\d\d$"
        expect(kept).to_have_text(re.compile(said))
        sight.look("kept")
    sight.ask_axe("kept")
    sight.ask_axe("kept, dark", dark=True)
    if hand.keep and not sight.practice:
        (tmp_path / "answers.json").unlink()
        (tmp_path / "answers.json").mkdir()
        hand.keep(sight.root, 1)
        expect(kept).to_have_attribute("role", "alert")
        expect(kept).to_contain_text("Not saved.")
        sight.look("error")
        sight.ask_axe("error")
    assert not sight.faults, "\n".join(sight.faults)


@pytest.mark.parametrize("kind", sorted(CHOSEN))
def test_what_is_chosen_is_seen_in_forced_colors(kind: str, bare_page: Page) -> None:
    """Where the system paints all grounds alike, what is chosen has another, or its own line."""
    name = next(name for name in PANELS if name.startswith(f"{kind} ") and "practice" not in name)
    bare_page.emulate_media(forced_colors="active")
    root = panels.open_panel(bare_page, panels.run_panel(*PANELS[name]))
    HANDS[kind].work(root)
    if kind in ("ClaimLedger", "CountReplay"):
        (HANDS[kind].keep or press(""))(root, 0)
    if kind == "EventSorter":
        root.locator("li button").first.press("Enter")
    panels.settle(bare_page)
    for dark in (False, True):
        bare_page.evaluate(f"document.body.dataset.jpThemeLight = '{str(not dark).lower()}'")
        found = root.evaluate(FORCED, list(CHOSEN[kind]))
        assert found
        assert all(one["seen"] and one["read"] for one in found), found
