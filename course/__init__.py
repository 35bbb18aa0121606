"""Backyard: a teaching module about one newspaper column on Peru's election of 2006.

Notebooks import the parts that they use, as in ``from course import data``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.overview.appeal import appeal
    from course.overview.check import check_answers
    from course.text import column

__all__ = ["appeal", "check_answers", "column"]


def __getattr__(name: str) -> Any:
    """Find what notebooks use, and the version, only when somebody looks for it."""
    if name == "column":
        return import_module("course.text.column")
    if name == "appeal":
        return import_module("course.overview.appeal").appeal
    if name == "check_answers":
        return import_module("course.overview.check").check_answers
    if name == "__version__":
        from importlib.metadata import version  # takes longer than all of `course --help`

        return version("backyard-course")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Let the Tab key offer what is found only when somebody looks for it."""
    return [*globals(), *__all__]


def _in_notebook() -> None:
    """Where this is imported in a notebook, describe its charts and watch how its cells run."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        from course.cells.cellwatch import watch_cells
        from course.figures import describe_figures

        describe_figures(shell)
        watch_cells(shell)


_in_notebook()
