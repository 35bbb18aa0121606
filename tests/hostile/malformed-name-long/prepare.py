"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add a file with a long name, deep down."""
    (folder / ("n" * 250)).write_text("x", encoding="utf-8")
    deep = folder.joinpath(*["d" * 200] * 12)
    deep.mkdir(parents=True)
    (deep / "x.txt").write_text("x", encoding="utf-8")
