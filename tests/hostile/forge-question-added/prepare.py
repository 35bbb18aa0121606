"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add a question with many points."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    mark = {"grade": True, "grade_id": "trial-10", "locked": True, "points": 50}
    mark |= {"schema_version": 3, "solution": False, "task": False}
    cell = {"cell_type": "code", "id": "added", "metadata": {"nbgrader": mark}, "source": "50"}
    notebook["cells"].append(cell | {"outputs": [], "execution_count": None})
    path.write_text(json.dumps(notebook), encoding="utf-8")
