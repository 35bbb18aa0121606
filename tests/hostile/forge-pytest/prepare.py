"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Put files there that tools would read."""
    text = "import builtins\nbuiltins.hx_planted = True\n"
    for name in ("conftest.py", "sitecustomize.py", "usercustomize.py", "ipython_config.py"):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "nbgrader_config.py").write_text("c.Execute.enabled = False\n", encoding="utf-8")
    (folder / "jupyter_nbconvert_config.py").write_text("raise SystemExit\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text("[tool", encoding="utf-8")
