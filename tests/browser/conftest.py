"""A real JupyterLab and a real browser for the tests in this folder."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

REPOSITORY = Path(__file__).resolve().parents[2]
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 60
# Loading JupyterLab on a busy machine takes long; a test never waits longer than it must.
PAGE_MS = 60_000


@dataclass(frozen=True)
class JupyterLab:
    """A running JupyterLab: its address, its token, the folder it serves and its settings."""

    url: str
    token: str
    root: Path
    settings: Path

    def address(self, notebook: str, workspace: str = "test") -> str:
        """Return the address that opens a notebook, a path below the root."""
        query = f"?token={self.token}&reset"
        return f"{self.url}/lab/workspaces/{workspace}/tree/{notebook}{query}"

    def write_notebook(self, path: str, *cells: str) -> str:
        """Write a notebook of code cells below the root and return its path."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        nbformat.write(notebook, place)
        return path

    def set_theme(self, name: str) -> None:
        """Choose the theme ("JupyterLab Light", "JupyterLab Dark") of pages opened from now on."""
        self._set("themes", {"theme": name})

    def ask_nothing(self) -> None:
        """Keep JupyterLab from asking for news and updates, which would cover the page."""
        self._set("notification", {"fetchNews": "false", "checkForUpdates": False})

    def _set(self, part: str, values: dict[str, object]) -> None:
        place = self.settings / "@jupyterlab" / "apputils-extension"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{part}.jupyterlab-settings").write_text(json.dumps(values))

    def stop_kernels(self) -> None:
        """Shut down every kernel, so that the next test begins with none."""
        for session in json.loads(self._request("GET", "api/sessions")):
            self._request("DELETE", f"api/sessions/{session['id']}")

    def _request(self, method: str, path: str) -> bytes:
        request = urllib.request.Request(
            f"{self.url}/{path}", method=method, headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=START_SECONDS) as response:
            return bytes(response.read())


def open_notebook(page: Page, lab: JupyterLab, notebook: str) -> None:
    """Open a notebook, a path below the root, and wait until its kernel is ready."""
    page.goto(lab.address(notebook))
    page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook").wait_for()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=PAGE_MS)


def run_all_cells(page: Page) -> None:
    """Run the open notebook from the menu, and wait until the kernel has done all of it."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    # A cell that waits or runs shows a star.
    expect(page.locator(".jp-Notebook .jp-InputPrompt", has_text="*")).to_have_count(0)
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=PAGE_MS)


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_environment(home: Path) -> dict[str, str]:
    """Return an environment in which Jupyter reads and writes nothing of the user's own."""
    paths = (str(REPOSITORY), os.environ.get("PYTHONPATH", ""))
    return {
        **{name: text for name, text in os.environ.items() if not name.startswith("JUPYTER")},
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }


def server_command(lab: JupyterLab, home: Path) -> list[str]:
    """Return the command that starts JupyterLab for tests."""
    return [
        sys.executable,
        *("-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"),
        f"--ServerApp.port={lab.url.rsplit(':', 1)[1]}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={lab.token}",
        f"--ServerApp.root_dir={lab.root}",
        f"--LabApp.workspaces_dir={home / 'workspaces'}",
        f"--LabApp.user_settings_dir={lab.settings}",
        "--LabApp.extension_manager=readonly",
    ]


def wait_until_up(server: subprocess.Popen[bytes], lab: JupyterLab, log: Path) -> None:
    """Return when JupyterLab answers; fail with its log if it ends or takes too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            lab._request("GET", "api/status")
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"JupyterLab did not start within {START_SECONDS} s:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterLab]:
    """JupyterLab on a free port with an empty root folder, one for all tests."""
    home = tmp_path_factory.mktemp("jupyter-home")
    root = tmp_path_factory.mktemp("jupyter-root")
    address = f"http://127.0.0.1:{free_port()}"
    lab = JupyterLab(address, secrets.token_hex(16), root, home / "settings")
    lab.ask_nothing()
    log = home / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            server_command(lab, home),
            cwd=root,
            env=server_environment(home),
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


def browser_executable() -> str | None:
    """Return the browser to use: BACKYARD_CHROMIUM, else one on the path, else playwright's own."""
    named = os.environ.get("BACKYARD_CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, BROWSER_NAMES)), None)


@pytest.fixture(scope="session")
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
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, jupyterlab: JupyterLab) -> Iterator[Page]:
    """A fresh page of its own browser context; kernels that it started end with it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PAGE_MS)
    yield context.new_page()
    context.close()
    jupyterlab.stop_kernels()
