"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Give the test of a question for two points the name of one that is answered."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    swap = {"trial-01": "trial-05", "trial-05": "trial-01"}
    for cell in notebook["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        mark.update({"grade_id": swap[mark["grade_id"]]} if mark.get("grade_id") in swap else {})
    path.write_text(json.dumps(notebook), encoding="utf-8")
