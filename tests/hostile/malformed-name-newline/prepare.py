"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add files with odd names."""
    odd = ("-rf", "$(true)", "`true`", "%s", " ", "..x", "*")
    for name in ("a\nyana-honest  0", "b\r\x1b[2Jc", *odd):
        (folder / name).write_text("x", encoding="utf-8")
