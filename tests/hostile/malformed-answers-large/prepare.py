"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

LARGE = "x" * 50_000_000


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Keep a very large answer."""
    text = '{"format": 1, "answers": {"trial-08": {"value": {"report": "' + LARGE + '"}}}}'
    (folder / "answers.json").write_text(text, encoding="utf-8")
