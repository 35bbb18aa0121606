"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Nest the metadata very deep."""
    path = folder / "trial.ipynb"
    deep = "[" * 100_000 + "]" * 100_000
    deep = '"metadata": {"x": ' + deep + ","
    text = path.read_text(encoding="utf-8").replace('"metadata": {', deep, 1)
    path.write_text(text, encoding="utf-8")
