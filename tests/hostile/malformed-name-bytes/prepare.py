"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add a file whose name is no text."""
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "w", encoding="utf-8") as file:
        file.write("x")
