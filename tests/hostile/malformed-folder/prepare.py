"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Put a folder in the notebook's place."""
    (folder / "trial.ipynb").unlink()
    (folder / "trial.ipynb").mkdir()
    (folder / "trial.ipynb" / "x.txt").write_text("x", encoding="utf-8")
