"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Hand in half of the file."""
    path = folder / "trial.ipynb"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
