"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add a state that is none."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    odd = [None, {"state": [1]}, {"state": {"a": None}}]
    kind = "application/vnd.jupyter.widget-state+json"
    notebook["metadata"]["widgets"] = {kind: odd[2], "x": odd[0], "y": odd[1]}
    path.write_text(json.dumps(notebook), encoding="utf-8")
