"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Take the mark off every test."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    tests = [c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade")]
    tests = [c for c in tests if c["cell_type"] == "code"]

    for cell in tests:
        cell["metadata"]["nbgrader"].update(grade=False, points=0)
    path.write_text(json.dumps(notebook), encoding="utf-8")
