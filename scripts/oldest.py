"""Run the tests on the oldest packages that pyproject.toml allows, in an environment of its own.

The floors of the declared packages are read from pyproject.toml, so that a floor that nothing works
with any more shows here and not on a user's machine.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-oldest"
# Newer than the oldest matplotlib, whose use of it only warns; a warning fails the tests.
NOT_DECLARED = ["pyparsing<3.2"]


def floors() -> list[str]:
    """Return the declared packages of the course at their floors, e.g. "pandas==2.2.3"."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared = [*project["dependencies"], *extras["lab"], *extras["instructor"]]
    return [re.sub(r">=([\w.]+).*", r"==\1", text) for text in declared if "[" not in text]


def main() -> int:
    """Make the environment and run the tests in it; pass on pytest's exit code."""
    python = VENV / "bin" / "python"
    print("oldest:", *floors(), flush=True)
    subprocess.check_call([sys.executable, "-m", "venv", "--clear", VENV])
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.check_call([*pip, "--editable", ".[dev]", *floors(), *NOT_DECLARED], cwd=ROOT)
    path = os.pathsep.join([str(python.parent), os.environ.get("PATH", "")])
    arguments = sys.argv[1:] or ["-n", "2", "--dist", "loadfile"]
    return subprocess.call(
        [python, "-m", "pytest", *arguments], cwd=ROOT, env={**os.environ, "PATH": path}
    )


if __name__ == "__main__":
    sys.exit(main())
