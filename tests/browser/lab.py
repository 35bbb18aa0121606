"""A JupyterLab of the tests' own, and what one does in it with a browser."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Locator, Page, expect

from tests.notebooks import ROOT

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
START_SECONDS = 120
# Loading JupyterLab on a busy machine takes long; a test never waits longer than it must.
PAGE_MS = 60_000
ACTION_MS = 15_000
# What is expected to show; playwright's own five seconds are too few for a machine at work.
EXPECT_MS = 30_000
RUN_MS = 240_000
# Asked of the application itself, which the servers of the tests show to the page.
KERNEL_IS_READY = """() => {
  const context = window.jupyterapp?.shell.currentWidget?.context;
  const session = context?.isReady ? context.sessionContext : null;
  const kernel = session?.session?.kernel;
  return Boolean(session?.isReady) && kernel?.connectionStatus === "connected"
    && kernel.status === "idle";
}"""
ANY_CELL_RAN = """() => window.jupyterapp.shell.currentWidget.content.widgets.some(
  (cell) => cell.model.type === "code" && cell.model.executionCount !== null
)"""
RUNS = 3
NOTE_THE_RUN = """() => {
  window.allCellsRan = false;
  const { commands } = window.jupyterapp;
  commands.commandExecuted.connect(function noted(_, { id, result }) {
    if (id !== "notebook:run-all-cells") return;
    commands.commandExecuted.disconnect(noted);
    result.then(() => { window.allCellsRan = true; });
  });
}"""
# JupyterLab leaves out cells that are not in sight: a page so tall shows three widgets at once.
TALL = 3000
TABS_AT_MOST = 80


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

    def hand_out(self, assignment: str, folder: str) -> str:
        """Copy a released assignment into a folder below the root, as fetched; return its path."""
        shutil.copytree(ROOT / "release" / assignment, self.root / folder)
        return f"{folder}/{assignment}.ipynb"

    def set_theme(self, name: str) -> None:
        """Choose the theme ("JupyterLab Light", "JupyterLab Dark") of pages opened from now on."""
        self._set("apputils-extension/themes", {"theme": name})

    def ask_nothing(self) -> None:
        """Keep JupyterLab from asking for news and updates, which would cover the page."""
        values = {"fetchNews": "false", "checkForUpdates": False}
        self._set("apputils-extension/notification", values)

    def keep_all_cells(self) -> None:
        """Keep all cells of a notebook in the page, also those that are not in sight."""
        self._set("notebook-extension/tracker", {"windowingMode": "none"})

    def _set(self, part: str, values: dict[str, object]) -> None:
        place = self.settings / "@jupyterlab" / f"{part}.jupyterlab-settings"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(values))

    def sessions(self) -> dict[str, str]:
        """Return the notebooks that have a kernel: path below the root by session id."""
        found = json.loads(self._request("GET", "api/sessions"))
        return {session["id"]: session["path"] for session in found}

    def stop_kernel(self, notebook: str) -> None:
        """Shut down the kernel of a notebook, a path below the root."""
        for session, path in self.sessions().items():
            if path == notebook:
                self._request("DELETE", f"api/sessions/{session}")

    def _request(self, method: str, path: str) -> bytes:
        request = urllib.request.Request(
            f"{self.url}/{path}", method=method, headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=START_SECONDS) as response:
            return bytes(response.read())


def open_notebook(page: Page, lab: JupyterLab, notebook: str) -> None:
    """Open a notebook, a path below the root, and wait until its kernel is ready."""
    page.goto(lab.address(notebook))
    page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook").wait_for(timeout=PAGE_MS)
    wait_for_kernel(page)


def wait_for_kernel(page: Page) -> None:
    """Wait until the kernel of the notebook in front is connected and has nothing to do.

    Before that JupyterLab and Notebook ask which kernel to use, and drop what is run.
    """
    page.wait_for_function(KERNEL_IS_READY, timeout=PAGE_MS)


def run_all_cells(page: Page) -> None:
    """Run the open notebook from the menu, and wait until the kernel has done all of it.

    The stars beside the cells come and go too late to be waited for: a test that goes on while
    cells still run loses the place where it types to the cell that is chosen at the end.
    """
    for _ in range(RUNS):  # what is run while a kernel connects is dropped without a word
        page.evaluate(NOTE_THE_RUN)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_function("() => window.allCellsRan === true", timeout=RUN_MS)
        page.wait_for_function(KERNEL_IS_READY, timeout=PAGE_MS)
        if page.evaluate(ANY_CELL_RAN):
            return
    pytest.fail(f"no cell ran in {RUNS} tries")


def write_code(page: Page, cell: Locator, code: str) -> None:
    """Click into a cell and put code there in place of what it holds.

    What is typed elsewhere than in a cell are commands: an "m" turns a cell into text.
    """
    editor = cell.locator(".cm-content")
    editor.click()
    expect(editor).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(code)
    # The cell may have been found by the text that it no longer has; lines have no ends there.
    expect(page.locator(".cm-content:focus")).to_have_text(code.replace("\n", ""))


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
        *(sys.executable, "-m", "jupyterlab"),
        *server_options(lab),
        f"--ServerApp.root_dir={lab.root}",
        f"--LabApp.workspaces_dir={home / 'workspaces'}",
    ]


def server_options(lab: JupyterLab) -> list[str]:
    """Return the options that any JupyterLab of a test needs."""
    return [
        *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"),
        f"--ServerApp.port={lab.url.rsplit(':', 1)[1]}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={lab.token}",
        f"--LabApp.user_settings_dir={lab.settings}",
        "--LabApp.extension_manager=readonly",
        *("--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True"),
    ]


def start(
    lab: JupyterLab, home: Path, command: list[str] | None = None, folder: Path | None = None
) -> tuple[subprocess.Popen[bytes], Callable[[], None]]:
    """Start JupyterLab; return its process and what waits until it answers.

    Args:
        lab: what is to run.
        home: where it finds and leaves what is in a home folder.
        command: what starts it, in place of JupyterLab's own command.
        folder: where the command is given, in place of the folder that is served.
    """
    home.mkdir(parents=True, exist_ok=True)
    log = home / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command or server_command(lab, home),
            cwd=folder or lab.root,
            env=server_environment(home),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return server, lambda: wait_until_up(server, lab, log)


def end(server: subprocess.Popen[bytes]) -> None:
    """Stop a JupyterLab that `start` started, and its kernels with it."""
    server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def wait_until_up(
    server: subprocess.Popen[bytes], lab: JupyterLab, log: Path, path: str = "api/status"
) -> None:
    """Return when a server answers at a path; fail with its log if it ends or takes too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            lab._request("GET", path)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"The server did not start within {START_SECONDS} s:\n{log.read_text()[-3000:]}")


def browser_executable() -> str | None:
    """Return the browser to use: BACKYARD_CHROMIUM, else one on the path, else playwright's own."""
    named = os.environ.get("BACKYARD_CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, BROWSER_NAMES)), None)


@contextmanager
def fresh_page(browser: Browser, lab: JupyterLab, height: int = 900) -> Iterator[Page]:
    """Give a page of its own browser context; its kernels end with it."""
    before = lab.sessions()
    context = browser.new_context(viewport={"width": 1280, "height": height})
    context.set_default_timeout(ACTION_MS)
    context.set_default_navigation_timeout(PAGE_MS)
    try:
        page = context.new_page()
        keep_what_is_open(page)
        yield page
    finally:
        context.close()
        for session, notebook in lab.sessions().items():
            if session not in before:
                lab.stop_kernel(notebook)


def keep_what_is_open(page: Page) -> None:
    """Press Overwrite where JupyterLab asks: its own save and that of a button met each other."""
    asked = page.locator(".jp-Dialog", has_text="has changed on disk since the last time")
    page.add_locator_handler(asked, lambda: asked.get_by_role("button", name="Overwrite").click())


def tab_to(page: Page, control: Locator, key: str = "Tab") -> None:
    """Press Tab (or Shift+Tab) until a control has the focus, as one does without a mouse."""
    for _ in range(TABS_AT_MOST):
        if control.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail(f"{control} is not reached by {TABS_AT_MOST} presses of {key}")


def choose_by_keys(page: Page, group: Locator, value: str) -> None:
    """Choose one of a group of radio buttons, by its value, with Tab, Space and arrow keys."""
    buttons, chosen = group.get_by_role("radio"), group.locator(":checked")
    tab_to(page, chosen if chosen.count() else buttons.first)
    page.keyboard.press("Space")
    for _ in range(buttons.count()):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"no radio button {value}")


@contextmanager
def whole_in_sight(page: Page) -> Iterator[None]:
    """Make the page so tall that the whole notebook is in sight: axe measures what can be seen."""
    before = page.viewport_size
    assert before
    panel = page.locator(".jp-Notebook:visible .jp-WindowedPanel-outer")
    height = panel.evaluate("panel => panel.scrollHeight")
    page.set_viewport_size({"width": before["width"], "height": height + 400})
    panel.evaluate("panel => { panel.scrollTop = 0; }")
    try:
        yield
    finally:
        page.set_viewport_size(before)


def violations(page: Page, inside: str = ".backyard") -> list[str]:
    """Return what axe finds inside the widgets, or what a selector names, one line a fault."""
    page.evaluate(AXE_SCRIPT)
    # JupyterLab's body has no height of its own, which makes axe take all in it for hidden.
    page.evaluate("document.body.style.height = '100vh'")
    found = page.evaluate("place => axe.run(place)", inside)
    page.evaluate("document.body.style.height = ''")
    contrasts = [
        (check["data"] or {}).get("contrastRatio")
        for rule in found["passes"]
        if rule["id"] == "color-contrast"
        for node in rule["nodes"]
        for check in node["any"]
    ]
    assert any(contrasts), "axe saw no text"
    return [
        f"{fault['id']}: {node['html'][:200]} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def on_disk(folder: Path) -> dict[str, Any]:
    """Return the values kept in a folder, by question."""
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))["answers"]
    return {question: entry["value"] for question, entry in answers.items()}
