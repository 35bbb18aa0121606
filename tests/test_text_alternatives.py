"""Every chart that a notebook draws as an example is said in words below it."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from course.scoring import in_words
from tests.notebooks import ROOT, source

ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))


def test_a_chart_is_said_with_title_axes_and_values() -> None:
    """The sentence holds what the picture shows."""
    _, ax = plt.subplots()
    ax.bar(["pears", "plums"], [3, 4.5])
    ax.set_title("Fruit")
    ax.set_ylabel("kilograms")
    words = in_words(ax)
    for part in ("'Fruit'", "'kilograms'", "pears: 3", "plums: 4.5", "the x axis has no name"):
        assert part in words


def test_what_is_no_chart_is_refused() -> None:
    """The error says what is expected."""
    with pytest.raises(ValueError, match="no chart"):
        in_words(3)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_example_charts_have_their_words(assignment: str) -> None:
    """A code cell that draws prints the words, too, unless it is the student's own to draw."""
    for cell in source(assignment).cells:
        own = cell.metadata.get("nbgrader", {}).get("solution", False)
        if cell.cell_type == "code" and "plt.subplots" in cell.source and not own:
            assert "print(in_words(" in cell.source, cell.source
