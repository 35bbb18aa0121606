"""The instructor and the students of a class: each with a JupyterLab and a page of their own."""

from __future__ import annotations

import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.lab import (
    EXPECT_MS,
    JupyterLab,
    end,
    free_port,
    keep_what_is_open,
    server_options,
    start,
)
from tests.notebooks import ROOT

# A page as a laptop shows it.
SIZE = {"width": 1280, "height": 800}
# On a busy machine a step takes many times what it takes on an idle one.
PATIENCE_MS = 180_000


@dataclass(frozen=True)
class Person:
    """One who takes part: the name in the gradebook, the JupyterLab and a page that shows it."""

    name: str
    lab: JupyterLab
    page: Page

    @property
    def folder(self) -> Path:
        """The folder that this person works in."""
        return self.lab.root

    def arrive(self) -> None:
        """Open JupyterLab as its own link does, and wait until its menu is there."""
        self.page.goto(f"{self.lab.url}/?token={self.lab.token}")
        self.page.get_by_role("menuitem", name="Nbgrader").wait_for()

    def choose(self, *menu: str) -> None:
        """Choose an entry of the menu at the top, e.g. `choose("Nbgrader", "Formgrader")`."""
        for entry in menu:
            self.page.get_by_role("menuitem", name=entry, exact=True).click()


@contextmanager
def people(browser: Browser, place: Path, students: list[str]) -> Iterator[list[Person]]:
    """Give the instructor, and then the students, each in front of a fresh JupyterLab.

    All seats are opened with `course lab`, in a course with nothing released.
    """
    course = place / "course"
    course.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", course)
    shutil.copytree(ROOT / "source" / "votes", course / "source" / "votes")
    seats = {"instructor": course, **{name: course / "students" / name for name in students}}
    labs = {name: _lab(folder, place / name) for name, folder in seats.items()}
    with ExitStack() as stack:
        stack.callback(expect.set_options, timeout=EXPECT_MS)
        expect.set_options(timeout=PATIENCE_MS)
        waits = []
        for name, lab in labs.items():
            whose, options = [], server_options(lab)
            if name != "instructor":
                whose = ["--role", "student", "--student", name]
                options.append("--StudentsList.refresh_seconds=1")
            command = [*(sys.executable, "-m", "course.desk.cli", "lab"), *whose, "--", *options]
            server, wait = start(lab, place / name, command, course)
            stack.callback(end, server)
            waits.append(wait)
        for wait in waits:
            wait()
        yield [Person(name, lab, open_page(stack, browser)) for name, lab in labs.items()]


def _lab(folder: Path, home: Path) -> JupyterLab:
    address = f"http://127.0.0.1:{free_port()}"
    lab = JupyterLab(address, secrets.token_hex(16), folder, home / "settings")
    lab.keep_all_cells()
    return lab


def open_page(stack: ExitStack, browser: Browser) -> Page:
    """Return a page of its own browser context, which is patient; the stack closes it."""
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    stack.callback(context.close)
    context.set_default_timeout(PATIENCE_MS)
    context.set_default_navigation_timeout(PATIENCE_MS)
    page = context.new_page()
    keep_what_is_open(page)
    return page
