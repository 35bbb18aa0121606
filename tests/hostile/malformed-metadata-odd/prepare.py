"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Give metadata of odd kinds."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"] = {"kernelspec": [1], "language_info": None, "widgets": 5, "title": {}}
    notebook["cells"][0]["metadata"] = {"nbgrader": [], "tags": "skip-execution", "slideshow": 0}
    notebook["cells"][3]["metadata"] = {"nbgrader": {"grade_id": {"a": 1}, "grade": "yes"}}
    path.write_text(json.dumps(notebook), encoding="utf-8")
