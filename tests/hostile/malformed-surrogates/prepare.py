"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Put half characters into an answer, text and names."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    half = "\ud83d"
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") in ("trial-01-answer", "trial-09"):
            cell["source"] += f"\n# {half}"
    notebook["metadata"]["title"] = half
    path.write_text(json.dumps(notebook), encoding="utf-8")
