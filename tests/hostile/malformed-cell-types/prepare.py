"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add cells of unknown types."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"].insert(2, {"cell_type": "sql", "metadata": {}, "source": "drop table grade"})
    notebook["cells"].append({"cell_type": None, "metadata": {}, "source": ""})
    notebook["cells"].append({"metadata": {}})
    path.write_text(json.dumps(notebook), encoding="utf-8")
