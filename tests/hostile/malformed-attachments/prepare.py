"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Attach odd things."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["attachments"] = {"../../x.png": {"image/png": [None]}, "y": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")
