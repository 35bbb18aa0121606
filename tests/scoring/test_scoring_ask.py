"""A check begins with `ask`."""

from __future__ import annotations

import subprocess
import sys

import pytest

from course.scoring import ask, number

KERNEL = """
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
settings = Config()
settings.HistoryManager.enabled = False
shell = InteractiveShell.instance(config=settings)
for cell in {cells!r}:
    shell.run_cell(cell, store_history=True).raise_error()
"""
CHECK = 'q = ask("x-01")\nq.part("a", number("votes"))\nq.check()'


def kernel(*cells: str) -> str:
    """Run cells in a shell of their own; return what they print."""
    code = KERNEL.format(cells=["from course.scoring import ask, number, order", *cells])
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout


def test_a_variable_that_has_a_tools_name_breaks_no_check() -> None:
    """A student may call a variable `number`; one that the check does not use keeps its value."""
    said = kernel("number = 5\norder = [2]\na = 3", CHECK, "print(order)")
    assert "● x-01: filled in." in said
    assert "[2]" in said


def test_without_points_a_grade_is_the_share_that_is_right() -> None:
    """An instructor may run the source notebook, where the points stand in the settings only."""
    hidden = CHECK + '\nq.part("b", number("votes"))\nq.key("a", 3)\nq.key("b", 4)\nq.grade()'
    assert "x-01: 0.5 of its points." in kernel("a, b = 3, 5", hidden)


def test_nothing_is_graded_without_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nbgrader grades, a check that nobody gave its points stops and says what to do."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    q = ask("x-01")
    q.part("a", number("votes"))
    q.key("a", 3)
    with pytest.raises(ValueError, match="x-01: there are no points; generate the assignment"):
        q.grade()
