"""A student's seat in a real browser: the start page, sending, and the notebook in Notebook 7."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from course.desk import steps
from course.desk.commands.lab import student_seat
from course.grader.coursedir import Course
from tests.browser.lab import (
    PAGE_MS,
    JupyterLab,
    free_port,
    fresh_page,
    on_disk,
    run_all_cells,
    server_command,
    server_environment,
    tab_to,
    violations,
    wait_for_kernel,
    wait_until_up,
    whole_in_sight,
)
from tests.notebooks import ROOT

pytestmark = pytest.mark.long

ZOOMED: ViewportSize = {"width": 640, "height": 360}  # 1280 by 720 at 200 %
SCREEN: ViewportSize = {"width": 1280, "height": 720}


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterLab]:
    """JupyterLab at a student's seat; votes is released in the exchange of the course."""
    home = tmp_path_factory.mktemp("seat-home")
    root = tmp_path_factory.mktemp("seat-course")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "source" / "votes", root / "source" / "votes")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for name in ("BACKYARD_EXCHANGE", "BACKYARD_DB", "BACKYARD_COURSE_ID"):
            patch.delenv(name, raising=False)
        course = Course(root)
        steps.release_assignment(course, "votes")
        place = student_seat(course, "student01")
    address = f"http://127.0.0.1:{free_port()}"
    lab = JupyterLab(address, secrets.token_hex(16), place.folder, home / "settings")
    lab.keep_all_cells()
    environment = {**server_environment(home), "JUPYTER_CONFIG_PATH": str(place.config)}
    environment |= {name: text for name, text in place.settings.items() if text is not None}
    log = home / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            server_command(lab, home),
            cwd=place.folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_up(server, lab, log)
        yield lab
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture
def page(browser: Browser, seat: JupyterLab) -> Iterator[Page]:
    """A fresh page at the seat."""
    with fresh_page(browser, seat) as fresh:
        yield fresh


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture of the page where BACKYARD_PICTURES names a folder."""
    if folder := os.environ.get("BACKYARD_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_the_seat_opens_on_the_start_page_and_sends_what_is_missing_only_when_told(
    page: Page, seat: JupyterLab
) -> None:
    """No news, no folder of the instructor's; fetch; the first Submit asks, the second sends."""
    page.set_viewport_size(SCREEN)
    page.goto(f"{seat.url}/?token={seat.token}")
    start = page.locator(".jp-MarkdownViewer")
    start.get_by_role("heading", name="Start here for student01").wait_for(timeout=PAGE_MS)
    expect(start.locator("ol").first.locator("li", has_text="votes")).to_contain_text(
        re.compile("due|no date yet")
    )
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    files = page.locator(".jp-DirListing-item")
    expect(files).to_have_count(1)
    expect(files).to_contain_text("start.md")
    assert violations(page, ".jp-MarkdownViewer .jp-RenderedMarkdown") == []
    keep_picture(page, "start")

    page.set_viewport_size(ZOOMED)
    text = start.locator(".jp-RenderedMarkdown")
    assert text.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
    page.set_viewport_size(SCREEN)

    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    expect(page.get_by_role("menuitem", name="Formgrader")).to_have_count(0)
    page.get_by_role("menuitem", name="Assignment List").click()
    page.get_by_role("button", name="Fetch", exact=True).click(timeout=PAGE_MS)
    page.get_by_role("button", name="Submit", exact=True).click(timeout=PAGE_MS)
    dialog = page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("NOT SENT YET: votes is not all filled in.", timeout=PAGE_MS)
    expect(dialog).to_contain_text("votes-16")
    expect(dialog).not_to_contain_text("Traceback")
    keep_picture(page, "not-sent")
    inbound = seat.root.parents[1] / "exchange" / "backyard" / "inbound"
    assert list(inbound.iterdir()) == []
    dialog.get_by_role("button", name="Ok").click()
    page.get_by_role("button", name="Submit", exact=True).click()
    page.get_by_role("button", name="Fetch Feedback").wait_for(timeout=PAGE_MS)
    (sent,) = inbound.iterdir()
    assert sent.name.startswith("student01+votes+")


def run_all(page: Page) -> None:
    """Run the notebook from the menu; the table at its end is there."""
    page.locator(".jp-Notebook").wait_for(timeout=PAGE_MS)
    wait_for_kernel(page)
    run_all_cells(page)
    expect(page.locator(".backyard-overview tbody tr")).to_have_count(16, timeout=PAGE_MS)


def test_the_released_notebook_works_in_notebook_7(page: Page, seat: JupyterLab) -> None:
    """An answer by keyboard is kept over a reload, and the last table says so; at 200 % too."""
    if not (seat.root / "votes").exists():
        shutil.copytree(ROOT / "release" / "votes", seat.root / "votes")
    page.set_viewport_size(SCREEN)
    page.goto(f"{seat.url}/notebooks/votes/votes.ipynb?token={seat.token}")
    run_all(page)
    replay = page.locator(".count-replay")
    replay.get_by_role("button", name="First").focus()
    tab_to(page, replay.get_by_role("button", name="Mark report 1 as my answer"))
    page.keyboard.press("Enter")
    expect(replay.locator(".kept")).to_have_text(re.compile(r"^Saved at"))
    assert "votes-11" in on_disk(seat.root / "votes")
    with whole_in_sight(page):
        assert violations(page) == []
        assert violations(page, ".backyard-overview") == []

    page.reload()  # not saved: what was answered in a panel is on the disk all the same
    run_all(page)
    row = page.locator(".backyard-overview tr", has_text="votes-11")
    expect(row).to_contain_text("● filled in", timeout=PAGE_MS)
    expect(page.locator(".backyard-overview")).to_contain_text("1 of 16 questions are filled in.")

    for size, name in ((SCREEN, "table"), (ZOOMED, "table-zoomed")):
        page.set_viewport_size(size)
        table = page.locator(".backyard-overview")
        table.scroll_into_view_if_needed(timeout=PAGE_MS)
        keep_picture(page, name)
        lost = "node => node.scrollWidth > node.clientWidth + 1"
        assert not table.evaluate(lost), f"the table is cut off at {size}"
        panel = page.locator(".count-replay")
        panel.scroll_into_view_if_needed(timeout=PAGE_MS)
        assert not panel.evaluate(lost), f"the panel is cut off at {size}"
        expect(panel.get_by_role("button", name="Your answer is report 1")).to_be_visible()
