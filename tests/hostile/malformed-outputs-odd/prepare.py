"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Hand in odd outputs."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    odd = [{}, {"output_type": "x"}, 5, None, {"output_type": "stream"}, {"output_type": "error"}]
    for number, cell in enumerate(c for c in notebook["cells"] if c["cell_type"] == "code"):
        cell["outputs"] = odd[number % 6 :]
        cell["execution_count"] = "many"
    path.write_text(json.dumps(notebook), encoding="utf-8")
