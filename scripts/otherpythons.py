"""Run the tests in environments of their own: on the oldest packages, or on other Pythons.

`oldest` reads the floors of the declared packages from pyproject.toml, so that a floor that nothing
works with any more shows here and not on a user's machine. `all` takes every Python of this machine
that the module allows, with the packages that requirements.txt pins.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from bootstrap import NEWEST, OLDEST

ROOT = Path(__file__).resolve().parent.parent
# Newer than the oldest matplotlib, whose use of it only warns; a warning fails the tests.
NOT_DECLARED = ["pyparsing<3.2"]


def read_floors() -> list[str]:
    """Return the declared packages of the course at their floors, e.g. "pandas==2.2.3"."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared = [*project["dependencies"], *extras["lab"], *extras["instructor"]]
    return [re.sub(r">=([\w.]+).*", r"==\1", text) for text in declared if "[" not in text]


def find_pythons() -> dict[str, str]:
    """Return the Pythons that the module allows: version, such as "3.12", and program.

    They are looked for by name, and where pyenv keeps its versions.
    """
    kept = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    found = {}
    for minor in range(OLDEST[1], NEWEST[1] + 1):
        version = f"3.{minor}"
        there = [shutil.which(f"python{version}"), *kept.glob(f"{version}.*/bin/python")]
        works = (p for p in map(str, filter(None, there)) if tell_version(p) == version)
        if program := next(works, None):
            found[version] = program
    return found


def tell_version(program: str) -> str:
    """Return the version that a Python says of itself, '' where it does not start."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([program, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def test_in(name: str, program: str, *installs: list[str]) -> int:
    """Make the environment `name` with a Python, run the tests in it and return pytest's code."""
    python = ROOT / name / "bin" / "python"
    subprocess.check_call([program, "-m", "venv", "--clear", python.parent.parent])
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    for install in installs:
        subprocess.check_call([*pip, *install], cwd=ROOT)
    path = os.pathsep.join([str(python.parent), os.environ.get("PATH", "")])
    arguments = sys.argv[2:] or ["-n", "2", "--dist", "loadfile", "-m", "not walk"]
    return subprocess.call(
        [python, "-m", "pytest", *arguments], cwd=ROOT, env={**os.environ, "PATH": path}
    )


def main() -> int:
    """Run the tests as asked for; return 1 where one run failed."""
    if sys.argv[1:2] == ["oldest"]:
        floors = read_floors()
        print("oldest:", *floors, flush=True)
        wanted = ["--editable", ".[dev]", *floors, *NOT_DECLARED]
        return test_in(".venv-oldest", sys.executable, wanted)
    failed = []
    for version, program in find_pythons().items():
        print(f"Python {version}: {program}", flush=True)
        pinned = ["--no-deps", "--requirement", "requirements.txt"]
        if test_in(f".venv-{version}", program, pinned, ["--no-deps", "--editable", "."]):
            failed.append(version)
    print("failed on Python", *failed) if failed else print("passed on each")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
