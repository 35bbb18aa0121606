"""What a student waits for, in a real JupyterLab and a real browser: `python -m bench.student`.

Of each notebook: until it is open with its kernel ready, from *Run All Cells* to the first panel on
the screen and to the end, and, in each panel, from a choice to its answer kept.
"""

from __future__ import annotations

import argparse
import re
import secrets
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser.lab import (
    BROWSER_ARGUMENTS,
    JupyterLab,
    browser_executable,
    end,
    free_port,
    fresh_page,
    open_notebook,
    run_all_cells,
    start,
)
from tests.browser.panels import NOTEBOOKS
from tests.browser.test_panels import HANDS, Hand, choose

__all__ = ["Waited", "main", "measure_notebooks"]

# The page itself takes the times: when the menu was clicked, when the first panel was there.
WATCH_RUN = """() => {
  document.addEventListener("click", () => { window.began = performance.now(); }, true);
  const look = () => {
    if (document.querySelector(".backyard")?.checkVisibility()) window.seen = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}"""
WATCH_PANEL = """(root) => {
  window.chose = window.kept = 0;
  window.watching?.disconnect();  // what the panel before still says is not this one's
  const note = () => { if (!window.kept) window.chose = performance.now(); };
  for (const event of ["click", "change"]) root.addEventListener(event, note, true);
  const look = () => {
    if (/^(◐ Not yet|✓ Right|Saved at)/.test(root.querySelector(".kept").textContent))
      window.kept ||= performance.now();
  };
  const changes = { childList: true, subtree: true, characterData: true };
  window.watching = new MutationObserver(look);
  window.watching.observe(root, changes);
}"""


@dataclass(frozen=True)
class Waited:
    """What a student waits for in a notebook: seconds, and milliseconds of each panel."""

    opened: float
    first_panel: float
    run_all: float
    kept: list[float]


def measure_notebooks(folder: Path) -> Iterator[tuple[str, Waited]]:
    """Yield what a student waits for in each notebook.

    Args:
        folder: an empty folder for the notebooks and what JupyterLab keeps.
    """
    with _serve_lab(folder) as lab, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser_executable(), args=list(BROWSER_ARGUMENTS)
        )
        for name in NOTEBOOKS:
            with fresh_page(chromium, lab) as page:
                yield name, _measure(page, lab, lab.hand_out(name, name))
        chromium.close()


@contextmanager
def _serve_lab(folder: Path) -> Iterator[JupyterLab]:
    address, root = f"http://127.0.0.1:{free_port()}", folder / "root"
    root.mkdir()
    lab = JupyterLab(address, secrets.token_hex(16), root, folder / "home" / "settings")
    lab.ask_nothing()
    lab.keep_all_cells()
    server, wait = start(lab, folder / "home")
    try:
        wait()
        yield lab
    finally:
        end(server)


def _measure(page: Page, lab: JupyterLab, notebook: str) -> Waited:
    """Open a notebook, run all of it, and work with each of its panels."""
    begin = time.perf_counter()
    open_notebook(page, lab, notebook)
    opened = time.perf_counter() - begin
    page.evaluate(WATCH_RUN)
    run_all_cells(page)
    took = page.evaluate("[window.seen, performance.now()].map((time) => time - window.began)")
    first_panel, run_all = (milliseconds / 1000 for milliseconds in took)
    found = [_choose(panel) for panel in page.locator(".jp-OutputArea .backyard").all()]
    return Waited(opened, first_panel, run_all, [one for one in found if one is not None])


def _choose(panel: Locator) -> float | None:
    """Give a first answer in a panel; return the milliseconds to "saved", None if it keeps none."""
    kind = re.sub(r"(?:^|-)(\w)", lambda found: found[1].upper(), panel.evaluate(KIND))
    hand = FIRST_CHOICES.get(kind)
    if hand is None or hand.keep is None or not panel.locator(".answer-bar").is_visible():
        return None
    panel.scroll_into_view_if_needed()
    panel.evaluate(WATCH_PANEL)
    hand.work(panel)
    hand.keep(panel, 0)
    panel.page.wait_for_function("() => window.kept > 0")
    return float(panel.page.evaluate("() => window.kept - window.chose"))


# In the ledger one choice is enough; a second would come before the first is kept.
FIRST_CHOICES = {**HANDS, "ClaimLedger": Hand(choose, choose)}
KIND = "(root) => [...root.classList].find((name) => name !== 'backyard') ?? ''"


def main() -> None:
    """Measure each notebook and print a line for it."""
    argparse.ArgumentParser(prog="bench.student", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory(prefix="backyard-student-") as name:
        print_waits(Path(name))


def print_waits(folder: Path) -> None:
    """Print a line for each notebook: seconds, and how long panels took to keep an answer."""
    head = "a student in the browser, seconds"
    print(f"{head:36}{'open':>8}{'panel':>8}{'all run':>9}   a choice to its answer kept")
    for name, waited in measure_notebooks(folder):
        kept = statistics.median(waited.kept), max(waited.kept)
        print(
            f"  {name:34}{waited.opened:8.2f}{waited.first_panel:8.2f}{waited.run_all:9.2f}"
            f"   {len(waited.kept)} panels: {kept[0]:.0f} ms, at most {kept[1]:.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
