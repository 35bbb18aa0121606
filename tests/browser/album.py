"""Screenshots of the stations of a test, for people to look at; git ignores them."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.notebooks import ROOT


class Album:
    """A fresh folder `screenshots/NAME/` with one numbered picture a station."""

    def __init__(self, name: str) -> None:
        self.folder: Path = ROOT / "screenshots" / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._taken = 0

    def take(self, page: Page, station: str, middle: Locator | None = None) -> None:
        """Take a picture of what a page shows, with a part of it in the middle if one is named."""
        if middle is not None:
            middle.evaluate("node => node.scrollIntoView({block: 'center'})")
        self._taken += 1
        page.screenshot(path=self.folder / f"{self._taken:02}-{station}.png")
