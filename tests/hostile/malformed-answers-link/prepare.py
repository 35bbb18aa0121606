"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Make the kept answers a link."""
    os.symlink(names["home"] + "/notes.txt", folder / "answers.json")
