"""The same papers by `otter run`: its environment, its tests, and what it uses.

otter-grader is installed into an environment of its own in the user's cache folder. Its tests are
made of the keys of `votes`: each part is compared with its value, without messages and partial
credit. What a student did in a panel only is not in the notebook's code, and earns nothing here.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from bench.classroom import ROOT
from bench.fairness import ask_recorded, run_code
from bench.measure import Measured, run
from course.grader.coursedir import Course
from course.scoring.choices import LabelSetKind, TruthKind
from course.scoring.functions import FunctionKind
from course.scoring.numbers import NumberKind
from course.scoring.plots import PlotKind

__all__ = ["measure_otter", "write_autograder"]

VERSION = "7.0.0"
SHARED = (
    "anywidget",
    "filelock",
    "ipykernel",
    "ipywidgets",
    "matplotlib",
    "numpy",
    "pandas",
)  # same versions
TOLERANCE = 1e-6  # of a value for which no decimals are stated


def measure_otter(course: Course, log: Path) -> Measured:
    """Grade each paper of a class by `otter run`, one after the other.

    Raises:
        RuntimeError: a paper was not graded, or the model answers do not get all points.
    """
    program = install()
    made = course.root / "otter"
    made.mkdir()
    (made / "model").mkdir()
    write_autograder(made / "autograder.zip")
    model = nbformat.read(ROOT / "source/votes/votes.ipynb", as_version=4)
    model.cells = [c for c in model.cells if not _grades(c)]
    nbformat.write(model, made / "votes.ipynb")
    options = f"{shlex.quote(str(program))} run --no-logo -a otter/autograder.zip"
    run(["sh", "-c", f"{options} -o otter/model otter/votes.ipynb"], course.root, log)
    got, most = read_points(made / "model")
    if got != most:
        raise RuntimeError(f"otter's tests give the model answers {got:g} of {most:g} points")
    each = f'mkdir "otter/$s" && {options} -o "otter/$s" "submitted/$s/votes/votes.ipynb" || exit 1'
    return run(["sh", "-c", f"for s in $(ls submitted); do {each}; done"], course.root, log)


def install() -> Path:
    """Return the program `otter`, installed with the course beside it if it was not before."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = cache / "backyard-bench" / f"otter-{VERSION}"
    if not (place / "complete").is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        same = [f"{name}=={version(name)}" for name in SHARED]
        pip = [place / "bin/python", "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, f"otter-grader=={VERSION}", *same], check=True)
        (place / "complete").touch()
    # As it is today, and not as it was when the environment was made.
    packages = next(place.glob("lib/python*/site-packages"))
    (packages / "course.pth").write_text(f"{ROOT}\n")
    return place / "bin" / "otter"


def write_autograder(path: Path) -> None:
    """Write otter's configuration: a test file for each question, made of the keys in source/."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("otter_config.json", json.dumps({"lang": "python"}))
        for question, points, expressions in convert_checks():
            cases = [
                {"code": f">>> import pandas as pd\n>>> bool({one})\nTrue", "hidden": False}
                for one in expressions
            ]
            suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
            test = {"name": question, "points": points, "suites": [suite]}
            archive.writestr(f"tests/{question}.py", f"OK_FORMAT = True\ntest = {test!r}\n")


def convert_checks() -> Iterator[tuple[str, float, list[str]]]:
    """Yield each question of votes with its points and one true expression for each value."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in nbformat.read(ROOT / "source/votes/votes.ipynb", as_version=4).cells:
        if cell.cell_type == "code" and not _grades(cell):
            run_code(cell.source, names)
        elif cell.cell_type == "code":
            asked = ask_recorded(cell.source, names)
            told = [
                one
                for part in asked._parts.values()
                for one in _compare(part, asked.given[part.name], asked.recorded[part.name])
            ]
            yield cell.metadata.nbgrader.grade_id, float(cell.metadata.nbgrader.points), told


def _grades(cell: Any) -> bool:
    """Tell a check cell."""
    tag = cell.metadata.get("nbgrader", {})
    return bool(tag.get("grade")) and not tag.get("solution")


def _compare(part: Any, key: tuple[Any, ...], options: dict[str, Any]) -> Iterator[str]:
    """Yield what is true of a part when it is answered right."""
    panel, *entry = part.path
    name = panel + "".join(f".value[{one!r}]" for one in entry)
    match part.kind:
        case FunctionKind() as kind:
            for one in options["cases"]:
                given = ", ".join(map(_write_argument, one.args))
                right = options["right"](*one.args)
                yield _equal(kind.returns, f"{name}({given})", right, {})
        case PlotKind():
            heights = sorted(round(float(one), 1) for one in options["values"].values())
            bars = "max(bar.get_width(), bar.get_height())"
            yield f"sorted(round(float({bars}), 1) for bar in {name}.patches) == {heights}"
        case kind:
            yield _equal(kind, name, key[0], options)


def _equal(kind: Any, name: str, right: Any, options: dict[str, Any]) -> str:
    """Return the comparison of an answer with its value."""
    match kind:
        case NumberKind():
            near = TOLERANCE if kind.decimals is None else 0.5 * 10**-kind.decimals
            return f"abs(float({name}) - {float(right)}) <= {float(options.get('within', near))}"
        case TruthKind():
            return f"bool({name}) is {bool(right)}"
        case LabelSetKind():
            return f"sorted({name}) == {sorted(right)}"
    if isinstance(right, dict):
        plain = {key: int(value) for key, value in right.items()}
        return f"dict({name}) == {plain!r}"
    return f"{name} == {right!r}"


def _write_argument(given: Any) -> str:
    return f"pd.Series({given.tolist()})" if isinstance(given, pd.Series) else repr(given)


def read_points(folder: Path) -> tuple[float, float]:
    """Return the points that a paper got, and how many there are."""
    tests = json.loads((folder / "results.json").read_text("utf-8"))["tests"]
    return sum(one.get("score", 0) for one in tests), sum(one.get("max_score", 0) for one in tests)
