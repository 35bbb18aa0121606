"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add a large file with nothing in it."""
    with (folder / "large.bin").open("wb") as file:
        file.truncate(2_000_000_000)
