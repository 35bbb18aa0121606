"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Hand in a letter."""
    path = folder / "trial.ipynb"
    path.write_text("Dear professor, here is my work.", encoding="utf-8")
