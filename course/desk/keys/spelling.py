"""Reads single labels and links of a reading as people write them."""

import re
from collections.abc import Iterable, Sequence

from course.scoring.labels import fold_text

_NONE = {"", "-", "–", "—"}


def find_label(text: str, labels: Iterable[str]) -> str | None:
    """Return the label that a text means (case, spaces and "P1" for "P01" are forgiven)."""
    wanted = fold_text(text)
    return next((label for label in labels if fold_text(label) == wanted), None)


def is_none(text: str) -> bool:
    """Whether a cell says that there is nothing: a dash, or nothing at all."""
    return text.strip() in _NONE


def find_all(text: str, labels: Sequence[str]) -> tuple[list[str], str | None]:
    """Return the paragraphs that a cell names and the first word that is none of them."""
    words = [word for word in re.split(r"[\s,;+/]+", text) if not is_none(word)]
    found: list[str] = []
    for word in words:
        label = find_label(word, labels)
        if label is None:
            return found, word
        if label not in found:
            found.append(label)
    return found, None
