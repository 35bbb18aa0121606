"""Text that several cases of the corpus put into their first cell; `uses` in a case names it."""

from __future__ import annotations

from pathlib import Path

__all__ = ["piece"]


def piece(name: str) -> str:
    """Return the text of one of the files beside this one; what it imports of others is there."""
    text = (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("from tests."))
