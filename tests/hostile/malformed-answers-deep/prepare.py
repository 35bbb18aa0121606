"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Keep an answer that is nested very deep."""
    deep = "[" * 100_000 + "]" * 100_000
    text = '{"format": 1, "answers": {"trial-08": {"value": ' + deep + "}}}"
    (folder / "answers.json").write_text(text, encoding="utf-8")
