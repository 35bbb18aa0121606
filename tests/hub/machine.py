"""What a hub needs of a machine: accounts of its own, and a Python that all of them can run."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psutil

from tests.notebooks import ROOT

PROXY = ROOT / "node_modules" / ".bin" / "configurable-http-proxy"
VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
NOBODY = 65534


def say_what_is_missing() -> str:
    """Return in one line why no hub can be started here, or ""."""
    if sys.platform != "linux" or os.geteuid():
        return "no hub: only root on Linux can give a hub its accounts"
    for program in ("useradd", "userdel", "chpasswd", "node"):
        if shutil.which(program) is None:
            return f"no hub: the program {program} is not on the path"
    if not PROXY.exists() or find_spec("jupyterhub") is None:
        return "no hub: JupyterHub or its proxy is not installed; run make setup and npm ci"
    if not find_python():
        return (
            f"no hub: no {VERSION} that other accounts may run, or {packages()} is closed to them"
        )
    return ""


def packages() -> str:
    """Return the folder of the packages that the tests run with."""
    return sysconfig.get_path("purelib")


@cache
def find_python() -> str:
    """Return a Python that any account may run, and that can read the packages; "" if none."""
    places = (Path(sys.base_prefix) / "bin", Path("/usr/local/bin"), Path("/usr/bin"))
    code = "import os, sys, venv; os.listdir(sys.argv[1]); print(sys.executable)"
    for python in (place / VERSION for place in places):
        done = _run_as(NOBODY, [python, "-c", code, packages()])
        # A program that may not read its own library can find the system's in its place.
        if done is not None and done.stdout.strip() == str(python):
            return str(python)
    return ""


def _run_as(user: int, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(
            command, cwd="/", user=user, group=user, extra_groups=[], capture_output=True, text=True
        )
    except OSError:
        return None


def make_environment(place: Path) -> Path:
    """Make an environment that has the packages of the tests; return its Python.

    Everybody may run it. What is installed into it goes before the packages of the tests.
    """
    subprocess.run([find_python(), "-m", "venv", "--without-pip", place], check=True)
    python = place / "bin" / "python3"
    own = place / "lib" / VERSION / "site-packages"
    own.joinpath("packages.pth").write_text(f"{packages()}\n")
    for shared in ("etc", "share"):  # Jupyter's extensions and kernels
        (place / shared).symlink_to(Path(sys.prefix) / shared)
    tool = place / "bin" / "alembic"  # nbgrader starts it by name
    tool.write_text(f"#!{python}\nfrom alembic.config import main\nmain()\n")
    tool.chmod(0o755)
    return python


@dataclass(frozen=True)
class Account:
    """An account of the system: its name, its password and its home folder."""

    name: str
    password: str
    home: Path

    @property
    def numbers(self) -> tuple[int, int]:
        """The numbers of the account and of its group."""
        entry = pwd.getpwnam(self.name)
        return entry.pw_uid, entry.pw_gid

    def own(self, folder: Path) -> None:
        """Give the account all that is in a folder."""
        for path in (folder, *folder.rglob("*")):
            os.lchown(path, *self.numbers)

    def run(self, command: Sequence[str | Path], folder: Path, **environment: str) -> str:
        """Run a command as this account; return what it prints."""
        user, group = self.numbers
        done = subprocess.run(
            command,
            cwd=folder,
            env={"HOME": str(self.home), "PATH": os.environ["PATH"], **environment},
            user=user,
            group=group,
            extra_groups=[],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.stdout

    def remove(self) -> None:
        """End what still runs as this account, and take it away with its home."""
        user, _ = self.numbers
        left = [one for one in psutil.process_iter(["uids"]) if one.info["uids"].real == user]
        for process in left:
            process.kill()
        psutil.wait_procs(left, timeout=20)
        subprocess.run(["userdel", "--remove", self.name], check=True, capture_output=True)


def make_account(name: str, homes: Path) -> Account:
    """Make an account whose home folder is closed to others."""
    account = Account(name, secrets.token_urlsafe(16), homes / name)
    options = ["--create-home", "--home-dir", str(account.home), "--key", "HOME_MODE=0700"]
    subprocess.run(["useradd", *options, "--shell", "/bin/bash", name], check=True)
    words = f"{name}:{account.password}\n"
    subprocess.run(["chpasswd"], input=words, text=True, check=True)
    return account
