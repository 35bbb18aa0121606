"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Take the right to write away."""
    (folder / "trial.ipynb").chmod(0o444)
    folder.chmod(0o555)
