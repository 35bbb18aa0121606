"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Give cells ids that are none."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    odd = ["", "a b/../c", "x" * 500, 5, None, ["y"], "<b>"]
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = odd[number % len(odd)]
    path.write_text(json.dumps(notebook), encoding="utf-8")
