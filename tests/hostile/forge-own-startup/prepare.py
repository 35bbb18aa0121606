"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Put start-up files of the shell beside the notebook."""
    startup = folder / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    text = "import builtins\nbuiltins.hx_planted = True\n"
    (startup / "00-start.py").write_text(text, encoding="utf-8")
    (startup.parent / "ipython_config.py").write_text(text, encoding="utf-8")
    (folder / ".pythonrc").write_text(text, encoding="utf-8")
