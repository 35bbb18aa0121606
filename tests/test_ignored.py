"""Nothing that holds students' names, work or points gets into git by accident."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from course.desk.lms.export import KINDS
from tests.notebooks import ROOT

EXPORTS = [export.default_name for export in KINDS.values()]
FETCHED = [f"{path.parent.name}/x" for path in (ROOT / "source").glob("*/*.ipynb")]
WRITTEN = [
    *("submitted/x", "autograded/x", "feedback/x", "downloaded/x", "report/x", "students/x"),
    *("exchange/x", "demo/x", "screenshots/x", ".grading/x", "set_aside/x"),
    *(
        "gradebook.db",
        "extensions.csv",
        "roster.csv",
        "nbgrader.log",
        "answers.json",
        "data/column.txt",
    ),
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty repository with the project's list of what git ignores."""
    folder = tmp_path_factory.mktemp("checkout")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    shutil.copy(ROOT / ".gitignore", folder)
    return folder


@pytest.mark.parametrize("path", [*EXPORTS, *FETCHED, *WRITTEN])
def test_what_the_loop_writes_is_ignored(checkout: Path, path: str) -> None:
    """Git leaves out what grading, fetching and exporting write into the course folder."""
    done = subprocess.run(["git", "check-ignore", "-q", path], cwd=checkout)
    assert done.returncode == 0


def test_what_belongs_to_the_project_is_not(checkout: Path) -> None:
    """Notebooks, tables and pages are kept."""
    kept = ["source/votes/votes.ipynb", "release/timeline/timeline.ipynb", "data/events.csv"]
    done = subprocess.run(["git", "check-ignore", *kept], cwd=checkout, capture_output=True)
    assert done.stdout == b""
