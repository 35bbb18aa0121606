"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Put a link in the notebook's place."""
    path = folder / "trial.ipynb"
    path.unlink()
    os.symlink(names["course"] + "/source/trial/trial.ipynb", path)
