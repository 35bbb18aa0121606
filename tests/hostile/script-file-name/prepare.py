"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Add files with script in their names."""
    for name in ("<img src=x onerror=hx_alert()>.txt", '"onload="hx_alert().html'):
        (folder / name).write_text("<script>hx_alert()</script>", encoding="utf-8")
