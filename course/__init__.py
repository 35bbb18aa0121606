"""Backyard: a teaching module about one newspaper column on Peru's election of 2006.

Notebooks import the parts that they use, as in ``from course import data``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.overview import Overview
    from course.text import column

__all__ = ["__version__", "check_answers", "column"]

try:
    __version__ = version("backyard-course")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0.1.0"


def check_answers(assignment: str) -> Overview | None:
    """Return the table of all questions of an assignment; see `course.overview.check_answers`."""
    from course.overview import check_answers as check

    return check(assignment)


def __getattr__(name: str) -> ModuleType:
    """Find the column where notebooks look for it, only when one does."""
    if name == "column":
        return import_module("course.text.column")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _in_notebook() -> None:
    """Where this is imported in a notebook, describe its charts and watch how its cells run."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        from course.cells.watch import watch_cells
        from course.figures import describe_figures

        describe_figures(shell)
        watch_cells(shell)


_in_notebook()
