"""Texts in files that a spreadsheet opens."""

from __future__ import annotations

__all__ = ["safe_text"]

# A spreadsheet takes a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@")


def safe_text(value: object) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe goes before such."""
    text = "" if value is None else str(value)
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
