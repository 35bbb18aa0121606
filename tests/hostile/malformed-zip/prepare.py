"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add an archive that would be large when opened."""
    with zipfile.ZipFile(folder / "data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../../escaped.txt", "x")
        archive.writestr("zeros", b"\0" * 100_000_000)
