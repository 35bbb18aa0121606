"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add the state of many panels."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    model = {"model_name": "FloatSliderModel", "model_module": "@jupyter-widgets/controls"}
    model |= {"model_module_version": "2.0.0", "state": {}}
    state = {f"{n:032x}": model for n in range(3000)}
    data = {"state": state, "version_major": 2, "version_minor": 0}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": data}
    path.write_text(json.dumps(notebook), encoding="utf-8")
