"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Save in another encoding."""
    path = folder / "trial.ipynb"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")
