"""Make or refresh `.venv` from requirements.txt, and say what is done.

Run by the Makefile with whatever Python the machine has, so it uses the standard library only
and keeps to syntax that an old Python 3 can read: otherwise the message about the version
would never be printed.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 14)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "backyard-stamp.txt")
INPUTS = ("requirements.txt", "pyproject.toml")


def say(text):
    """Print one line at once, so that it stands before what pip prints."""
    print("backyard: " + text, flush=True)


def runs(name):
    """Tell whether a Python of this name is there and starts."""
    try:
        return (
            subprocess.call(
                [name, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            == 0
        )
    except OSError:
        return False


def python_problem(version):
    """Return what is wrong with this Python (a tuple like (3, 10)), or None."""
    if OLDEST <= version <= NEWEST:
        return None
    others = [
        f"python3.{minor}"
        for minor in range(NEWEST[1], OLDEST[1] - 1, -1)
        if runs(f"python3.{minor}")
    ]
    todo = (
        "Run the command again with it: make demo PYTHON=" + others[0]
        if others
        else "Install Python 3.12 from your system or from python.org, "
        "then run the command again with PYTHON=python3.12"
    )
    oldest, newest, found = (".".join(map(str, v)) for v in (OLDEST, NEWEST, version))
    return (
        f"setting up needs Python {oldest} to {newest}, but '{sys.executable}' is Python {found}.\n"
        f"          {todo}"
    )


def base_python():
    """Return a Python that is still there when the environment is removed."""
    if sys.prefix == sys.base_prefix:
        return sys.executable
    major, minor = sys.version_info[:2]
    if os.name == "nt":
        return os.path.join(sys.base_prefix, "python.exe")
    return os.path.join(sys.base_prefix, "bin", f"python{major}.{minor}")


def venv_python():
    """Return the path of the virtual environment's interpreter."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(VENV, folder, name)


def wanted_stamp():
    """Return a text that changes when the environment has to be made again."""
    digest = hashlib.sha256()
    for name in INPUTS:
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    major, minor = sys.version_info[:2]
    return f"{digest.hexdigest()} python{major}.{minor} at {ROOT}\n"


def found_stamp():
    """Return the stamp of the environment that is there, or '' when there is none."""
    try:
        with open(STAMP) as file:
            return file.read()
    except OSError:
        return ""


def run(*command):
    """Run a command; stop with one plain line when it fails."""
    result = subprocess.call(command, cwd=ROOT)
    if result:
        say(f"this command failed (code {result}): {' '.join(command)}")
        say("Mend what it says above (is the network there?) and run make again.")
        sys.exit(1)


def main():
    """Create or refresh the environment when it is missing or stale."""
    problem = python_problem(sys.version_info[:2])
    if problem:
        say(problem)
        return 1
    if found_stamp() == wanted_stamp() and os.path.exists(venv_python()):
        return 0
    python = base_python()
    if os.path.exists(VENV):
        say("the environment .venv is stale (other packages, Python or folder): making it again")
        shutil.rmtree(VENV)
    else:
        say("no environment yet: making .venv (needs the network and some minutes, once)")
    run(python, "-m", "venv", VENV)
    say("installing the packages that requirements.txt pins")
    pip = (venv_python(), "-m", "pip", "--disable-pip-version-check", "--quiet")
    # The list is complete, and pip refuses a package with extras in it that has a hash.
    run(*pip, "install", "--no-deps", "-r", "requirements.txt")
    say("installing the course package itself, from this folder")
    run(*pip, "install", "--no-deps", "--editable", ".")
    with open(STAMP, "w") as file:
        file.write(wanted_stamp())
    say("ready: " + os.path.relpath(VENV, ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
