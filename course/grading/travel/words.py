"""The words for what is too long or too deep: those that the scoring has for it, if any."""

from __future__ import annotations

import numpy as np
import pandas as pd

from course.scoring.plain import DICT_VIEWS, is_a, type_name

__all__ = ["too_large"]

_DEEP = "that is too long or too deep to read"
_WORDS: list[tuple[type, str]] = [
    (pd.DataFrame, "a table that is too long to read"),
    *((kind, f"a {kind.__name__} {_DEEP}") for kind in (list, tuple, set, dict)),
    *((kind, f"a {kind.__name__} {_DEEP}") for kind in (pd.Series, pd.Index)),
    *((kind, f"a array {_DEEP}") for kind in (np.ndarray, pd.api.extensions.ExtensionArray)),
    (frozenset, f"a set {_DEEP}"),
    *((kind, f"a list {_DEEP}") for kind in DICT_VIEWS),
]


def too_large(value: object) -> str:
    """Return what is said of a value that is out of bounds."""
    for kind, words in _WORDS:
        if is_a(value, kind):
            return words
    return f"an object of type {type_name(value)} that is too large to be read"
