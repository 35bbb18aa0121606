"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Write odd numbers."""
    path = folder / "trial.ipynb"
    odd = '"metadata": {"x": NaN, "y": -Infinity, "z": 1e999, '
    text = path.read_text(encoding="utf-8").replace('"metadata": {', odd, 1)
    text = text.replace('"execution_count": null', '"execution_count": ' + "9" * 5000, 1)
    path.write_text(text, encoding="utf-8")
