"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Put modules of known names beside the notebook."""
    for name in ("numpy", "pandas", "json", "random", "decimal", "ast", "IPython", "nbformat"):
        (folder / f"{name}.py").write_text("raise SystemExit('planted')\n", encoding="utf-8")
