"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Write schemas that are none."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    odd = ["3", None, [3], -1, 3.5]
    for number, cell in enumerate(notebook["cells"]):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = odd[number % 5]
    path.write_text(json.dumps(notebook), encoding="utf-8")
