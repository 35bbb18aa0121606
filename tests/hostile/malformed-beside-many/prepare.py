"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add thousands of files."""
    (folder / "many").mkdir()
    for number in range(3000):
        (folder / "many" / str(number)).touch()
