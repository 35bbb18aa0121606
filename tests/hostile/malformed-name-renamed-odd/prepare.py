"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Rename the notebook to something odd."""
    (folder / "trial.ipynb").rename(folder / "a\nyana-honest: graded\x1b[2J.ipynb")
