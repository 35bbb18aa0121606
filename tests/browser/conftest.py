"""A real JupyterLab and a real browser for the tests in this folder."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.browser.lab import (
    BROWSER_ARGUMENTS,
    BROWSER_NAMES,
    EXPECT_MS,
    JupyterLab,
    browser_executable,
    end,
    free_port,
    fresh_page,
    start,
)


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterLab]:
    """JupyterLab on a free port with an empty root folder, one for all tests."""
    home = tmp_path_factory.mktemp("jupyter-home")
    root = tmp_path_factory.mktemp("jupyter-root")
    address = f"http://127.0.0.1:{free_port()}"
    lab = JupyterLab(address, secrets.token_hex(16), root, home / "settings")
    lab.ask_nothing()
    lab.keep_all_cells()
    server, wait = start(lab, home)
    try:
        wait()
        yield lab
    finally:
        end(server)


# Not for the whole session: while playwright runs, no other test could run an event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the tests are skipped, but never where CI is set."""
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(
                executable_path=browser_executable(), args=list(BROWSER_ARGUMENTS)
            )
        except Error as error:
            reason = (
                "no browser: neither BACKYARD_CHROMIUM nor one of "
                f"{', '.join(BROWSER_NAMES)} nor playwright's own Chromium could be started "
                f"({str(error).splitlines()[0]})"
            )
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        expect.set_options(timeout=EXPECT_MS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, jupyterlab: JupyterLab) -> Iterator[Page]:
    """A fresh page, 1280 by 900 pixels; kernels that it started end with it."""
    with fresh_page(browser, jupyterlab) as fresh:
        yield fresh


@pytest.fixture
def bare_page(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page of its own, and a student's folder to answer in."""
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.chdir(tmp_path)
    page = browser.new_page(viewport={"width": 830, "height": 900})
    page.set_default_timeout(10_000)
    yield page
    page.close()
