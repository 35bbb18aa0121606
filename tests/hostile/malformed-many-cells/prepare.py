"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add very many cells."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    empty = {"cell_type": "code", "metadata": {}, "source": ""}
    empty |= {"outputs": [], "execution_count": None}
    notebook["cells"] += [empty | {"id": f"many-{n}"} for n in range(100_000)]
    path.write_text(json.dumps(notebook), encoding="utf-8")
