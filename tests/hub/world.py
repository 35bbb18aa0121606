"""A real JupyterHub, set up by the commands of the hub page, with three accounts of the system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, expect

from tests.browser.lab import JupyterLab, end, free_port, wait_until_up
from tests.browser.people import PATIENCE_MS, Person, open_page
from tests.hub.machine import PROXY, Account, make_account, make_environment
from tests.notebooks import ROOT

PAGE = ROOT / "docs" / "jupyterhub.md"
# The project's folder, as somebody who teaches has it.
PARTS = ("course", "data", "source", "nbgrader_config.py", "pyproject.toml", "README.md")
LICENSES = ("LICENSE", "LICENSE-TEXT")
CONFIG = """
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub_port}"
c.JupyterHub.db_url = "sqlite:///{place}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{place}/cookie_secret"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.ConfigurableHTTPProxy.pid_file = "{place}/proxy.pid"
c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allowed_users = {names}
c.Spawner.cmd = ["{python}", "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"]
# On a busy machine a server takes many times what it takes on an idle one.
c.Spawner.start_timeout = c.Spawner.http_timeout = 180
c.Spawner.environment = {{"PATH": "{tools}"}}
load_subconfig("{settings}")
"""


@dataclass(frozen=True)
class OnHub(Person):
    """A person who comes to JupyterLab through the hub's own login page."""

    account: Account

    def arrive(self) -> None:
        """Log in, and wait until JupyterLab is there."""
        self.page.goto(self.lab.url.partition("/user/")[0])
        self.page.get_by_label("Username").fill(self.account.name)
        self.page.get_by_label("Password").fill(self.account.password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("menuitem", name="Nbgrader").wait_for()


@dataclass(frozen=True)
class Hub:
    """A running hub: its address, who is there, and what the page calls the parts of it."""

    url: str
    instructor: OnHub
    students: tuple[OnHub, ...]
    names: Mapping[str, str]

    @property
    def exchange(self) -> Path:
        """The course's folder in the exchange."""
        return Path(self.names["EXCHANGE"]) / "backyard"


@contextmanager
def running_hub(browser: Browser, students: list[str]) -> Iterator[Hub]:
    """Set a hub up as the hub page says, start it, and take all of it away in the end."""
    with ExitStack() as stack:
        # Not pytest's own folder, which is closed to other accounts.
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="backyard-hub-")))
        place.chmod(0o755)
        accounts = []
        for name in ("prof", *students):
            account = make_account(f"{name}-{os.getpid()}", place / "home")
            stack.callback(account.remove)
            accounts.append(account)
        names = follow_page(place, accounts[0])
        port = free_port()
        folders = (Path(names["COURSE"]), *(one.home for one in accounts[1:]))
        labs = [
            _lab(f"http://127.0.0.1:{port}/user/{one.name}", one, folder)
            for one, folder in zip(accounts, folders, strict=True)
        ]
        stack.enter_context(_serving(place, names, accounts, port))
        stack.callback(expect.set_options, timeout=None)
        expect.set_options(timeout=PATIENCE_MS)
        first, *others = (
            OnHub(one.name, lab, open_page(stack, browser), one)
            for one, lab in zip(accounts, labs, strict=True)
        )
        yield Hub(f"http://127.0.0.1:{port}", first, tuple(others), names)


def follow_page(place: Path, instructor: Account) -> dict[str, str]:
    """Run the commands of the hub page, with this machine's names in place of those it gives."""
    source = place / "source"
    source.mkdir()
    for part in (*PARTS, *LICENSES):
        one = ROOT / part
        ignored = shutil.ignore_patterns("__pycache__")
        if one.is_dir():
            shutil.copytree(one, source / part, ignore=ignored)
        else:
            shutil.copy(one, source)
    names = {
        "PYTHON": str(make_environment(place / "environment")),
        "HUB_SETTINGS": str(place / "hub_settings.py"),
        "TEACHER": instructor.name,
        "ACCOUNT": instructor.name,
        "SOURCE": str(source),
        "COURSE": str(instructor.home / "backyard"),
        "EXCHANGE": str(place / "exchange"),
        "SETTINGS": str(place / "settings"),
    }
    given, *commands = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text("utf-8"), flags=re.M | re.S)
    assert set(re.findall(r"^(\w+)=", given, flags=re.M)) == set(names)
    lines = [f"{name}='{value}'" for name, value in names.items()]
    script = "\n".join(["set -eu", *lines, *commands])
    quiet = {
        "PIP_QUIET": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    subprocess.run(["sh", "-c", script], cwd=place, env={**os.environ, **quiet}, check=True)
    return names


def _lab(url: str, account: Account, folder: Path) -> JupyterLab:
    lab = JupyterLab(url, "", folder, account.home / ".jupyter" / "lab" / "user-settings")
    lab.keep_all_cells()
    account.own(account.home)
    return lab


@contextmanager
def _serving(
    place: Path, names: Mapping[str, str], accounts: list[Account], port: int
) -> Iterator[None]:
    """Run the hub with the settings that the page wrote."""
    settings = place / "jupyterhub_config.py"
    text = CONFIG.format(
        port=port,
        hub_port=free_port(),
        proxy_port=free_port(),
        place=place,
        proxy=PROXY,
        names={one.name for one in accounts},
        python=names["PYTHON"],
        tools=os.pathsep.join([str(Path(names["PYTHON"]).parent), os.defpath]),
        settings=names["HUB_SETTINGS"],
    )
    settings.write_text(text)
    log = place / "hub.log"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "BACKYARD"))}
    with log.open("wb") as output:
        hub = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", settings],
            cwd=place,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_up(hub, JupyterLab(f"http://127.0.0.1:{port}/hub", "", place, place), log, "api")
        yield
    finally:
        # A hub that had to be killed leaves its proxy behind.
        family = psutil.Process(hub.pid).children(recursive=True) if hub.poll() is None else []
        end(hub)
        for process in psutil.wait_procs(family, timeout=20)[1]:
            process.kill()
