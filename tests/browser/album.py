"""Screenshots of the stations of a test, for people to look at; git ignores them."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Page

from tests.notebooks import ROOT


class Album:
    """A fresh folder `screenshots/NAME/` with one numbered picture a station."""

    def __init__(self, name: str) -> None:
        self.folder: Path = ROOT / "screenshots" / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._taken = 0

    def take(self, page: Page, station: str) -> None:
        """Take a picture of what a page shows."""
        self._taken += 1
        page.screenshot(path=self.folder / f"{self._taken:02}-{station}.png")
