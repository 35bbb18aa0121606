"""What a student installs is small: the wheel without extras, and what it names."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.notebooks import source

SMALL = {"anywidget", "filelock", "ipywidgets", "matplotlib", "numpy", "pandas"}
EVERY_PART = """
import importlib, pkgutil, sys
import course
for module in pkgutil.walk_packages(course.__path__, "course."):
    if not module.name.startswith(("course.desk", "course.grader", "course.forgrader")):
        importlib.import_module(module.name)
from course import column, data
assert len(column.paragraphs()) == 17
for table in data.TABLES:
    assert len(getattr(data, table)())
"""
LOADED = "\nimport sys\nprint(*sorted(sys.modules))"


def declared(**environment: str) -> set[str]:
    """Return what the installed course needs without extras, in an environment."""
    requirements = [Requirement(line) for line in metadata.requires("backyard-course") or ()]
    return {
        r.name
        for r in requirements
        if r.marker is None or r.marker.evaluate({"extra": "", **environment})
    }


def needed_by(names: set[str]) -> set[str]:
    """Return these distributions and all that they need in turn."""
    found: set[str] = set()
    left = set(names)
    while left:
        name = left.pop()
        found.add(name)
        for line in metadata.requires(name) or ():
            requirement = Requirement(line)
            wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            if wanted and requirement.name not in found:
                left.add(requirement.name)
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """A Python that has the wheel without extras, what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("small")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    packages = Path(
        sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    )
    for name in needed_by(declared()):
        there = metadata.distribution(name)
        for top in {file.parts[0] for file in there.files or ()} - {"..", "__pycache__"}:
            if not (packages / top).exists():
                (packages / top).symlink_to(str(there.locate_file(top)))
    install: list[Any] = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        packages,
    ]
    subprocess.run([*install, wheel], check=True, capture_output=True)
    return folder / "bin" / "python"


def run(python: Path, code: str, folder: Path) -> str:
    """Run code; return what it prints."""
    done = subprocess.run(
        [python, "-P", "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_notebook_needs_six_packages() -> None:
    """A browser's Python, where no file has to be locked, needs five."""
    assert declared() == SMALL
    assert declared(sys_platform="emscripten") == SMALL - {"filelock"}


def test_every_students_part_imports_without_extras(small: Path, tmp_path: Path) -> None:
    """The wheel alone carries the tables and the panels."""
    run(small, EVERY_PART, tmp_path)


@pytest.mark.parametrize("assignment", ["argument", "votes", "timeline", "verdict"])
def test_no_notebook_loads_the_grader_or_the_desk(
    assignment: str, small: Path, tmp_path: Path
) -> None:
    """What a notebook imports, by itself and in its checks, is the student's parts alone."""
    code = "\n".join(cell.source for cell in source(assignment).cells if cell.cell_type == "code")
    imports = re.findall(r"^(?:from|import) [^(\n]+(?:\([^)]*\))?", code, flags=re.M)
    assert any("course.scoring" in line for line in imports)
    loaded = run(small, "\n".join([*imports, "import course.overview"]) + LOADED, tmp_path).split()
    assert "course.scoring.checkcell" in loaded
    assert [m for m in loaded if m.startswith(("course.grader", "course.desk"))] == []


def test_the_command_says_what_to_install(small: Path, tmp_path: Path) -> None:
    """`course` belongs to the instructor's packages; without them it says so."""
    done = subprocess.run(
        [small, "-m", "course.desk.cli", "generate"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "pip install 'backyard-course[instructor]'" in done.stderr
    assert "Traceback" not in done.stderr
