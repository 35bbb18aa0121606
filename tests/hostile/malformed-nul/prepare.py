"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Put zero bytes into an answer and into text."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "trial-01-answer":
            cell["source"] += "\0"
        if cell["cell_type"] == "markdown":
            cell["source"] += "\0\x07\x1b[2J"
    path.write_text(json.dumps(notebook), encoding="utf-8")
