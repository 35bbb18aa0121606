"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Name a kernel by a path."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["kernelspec"] = {"name": "../../../../tmp/kernel", "display_name": "x"}
    kernel = folder / "kernels" / "python3"
    kernel.mkdir(parents=True)
    text = '{"argv": ["/bin/false"], "display_name": "x", "language": "python"}'
    (kernel / "kernel.json").write_text(text, encoding="utf-8")
    path.write_text(json.dumps(notebook), encoding="utf-8")
