"""The instructor and the students of a class: each with a JupyterLab and a page of their own."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.lab import JupyterLab, end, free_port, start
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
        """Open JupyterLab and wait until its menu is there."""
        self.page.goto(f"{self.lab.url}/lab?token={self.lab.token}")
        self.page.get_by_role("menuitem", name="Nbgrader").wait_for()

    def choose(self, *menu: str) -> None:
        """Choose an entry of the menu at the top, e.g. `choose("Nbgrader", "Formgrader")`."""
        for entry in menu:
            self.page.get_by_role("menuitem", name=entry, exact=True).click()


@contextmanager
def people(browser: Browser, place: Path, students: list[str]) -> Iterator[list[Person]]:
    """Give the instructor, and then the students, each in front of a fresh JupyterLab.

    The instructor's folder is a course with nothing released; all share one exchange.
    """
    exchange = place / "exchange"
    exchange.mkdir(parents=True)
    exchange.chmod(0o777)
    labs = [_lab(place / name) for name in ["instructor", *students]]
    _make_course(labs[0].root)
    for name, lab in zip(students, labs[1:], strict=True):
        _make_desk(place / name, lab, name, exchange)
    # nbgrader starts `alembic` by name.
    tools = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with ExitStack() as stack:
        expect.set_options(timeout=PATIENCE_MS)
        stack.callback(expect.set_options, timeout=None)
        waits = []
        for lab in labs:
            home = lab.root.parent / "home"
            own = {"BACKYARD_EXCHANGE": str(exchange)} if lab is labs[0] else {}
            server, wait = start(lab, home, PATH=tools, **own)
            stack.callback(end, server)
            waits.append(wait)
        for wait in waits:
            wait()
        yield [
            Person(name, lab, _page(stack, browser))
            for name, lab in zip(["instructor", *students], labs, strict=True)
        ]


def _lab(place: Path) -> JupyterLab:
    root = place / "work"
    root.mkdir(parents=True)
    address = f"http://127.0.0.1:{free_port()}"
    lab = JupyterLab(address, secrets.token_hex(16), root, place / "home" / "settings")
    lab.ask_nothing()
    lab.keep_all_cells()
    return lab


def _make_course(folder: Path) -> None:
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "source" / "votes", folder / "source" / "votes")


def _make_desk(place: Path, lab: JupyterLab, name: str, exchange: Path) -> None:
    """Write the settings that a student's JupyterLab needs to know the exchange."""
    settings = place / "home" / "config" / "nbgrader_config.py"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        "c = get_config()\n"
        "c.CourseDirectory.course_id = 'backyard'\n"
        f"c.CourseDirectory.student_id = {name!r}\n"
        f"c.Exchange.root = {str(exchange)!r}\n"
    )


def _page(stack: ExitStack, browser: Browser) -> Page:
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    stack.callback(context.close)
    context.set_default_timeout(PATIENCE_MS)
    context.set_default_navigation_timeout(PATIENCE_MS)
    return context.new_page()
