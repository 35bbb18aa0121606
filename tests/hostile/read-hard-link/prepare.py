"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Put a second name of a file into the folder."""
    os.link(names["home"] + "/notes.txt", folder / "notes.txt")
