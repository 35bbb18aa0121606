"""Every chart in a notebook is a picture with its words, for those who do not see it."""

from __future__ import annotations

import base64
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient

from course.figures import figure_html, figure_in_words
from course.scoring.drawn import in_words

PNG = b"\x89PNG"


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


def shown_by(*cells: str) -> list[dict[str, Any]]:
    """Run cells in a fresh kernel, as in JupyterLab; return the data of their displays."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    NotebookClient(notebook, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells for output in cell.outputs]
    return [output.data for output in outputs if output.output_type == "display_data"]


def words_of(data: dict[str, Any]) -> str:
    """Return the text alternative of the picture in a display."""
    (picture,) = BeautifulSoup(data["text/html"], "html.parser").find_all("img")
    assert base64.b64decode(str(picture["src"]).removeprefix("data:image/png;base64,")).startswith(
        PNG
    )
    return str(picture["alt"])


def test_a_chart_is_shown_with_its_words() -> None:
    """A cell that draws shows a picture with an `alt`, and only once; in it, HTML is text."""
    draw = "figure, ax = plt.subplots()\nax.bar(['Ana', 'Ben'], [3, 4])\nax.set_title('Two bars')"
    odd = "fig, ax = plt.subplots(); ax.plot([1, 2]); ax.set_title('a\"><script>')"
    setup = "import course\nimport matplotlib.pyplot as plt"
    picture, hostile = shown_by(f"{setup}\n{draw}", odd)
    assert "image/png" not in picture  # once is enough
    assert "Two bars" in words_of(picture)
    assert "<script" not in hostile["text/html"]
    assert 'a"><script>' in words_of(hostile)


def test_every_chart_of_a_figure_is_said_and_long_words_are_cut() -> None:
    """Two charts side by side are both said; a thousand marks are not read out."""
    figure, (left, right) = plt.subplots(1, 2)
    left.set_title("Left one")
    right.set_title("Right one")
    words = figure_in_words(figure)
    assert words.index("Left one") < words.index("; then a chart") < words.index("Right one")
    figure, many = plt.subplots(3, 3)
    for ax in many.flat:
        ax.plot(range(100))
    assert len(figure_in_words(figure)) == 1000
    assert figure_in_words(figure).endswith("…")


def test_a_picture_that_cannot_be_said_is_shown_all_the_same() -> None:
    """What is drawn in no known way has a general text, never none."""
    assert figure_in_words(plt.figure()) == "a picture drawn with matplotlib"
    figure, ax = plt.subplots()
    ax.get_title = lambda loc="center": 1 / 0  # type: ignore[method-assign,assignment,return-value]
    assert figure_in_words(figure) == "a picture drawn with matplotlib"
    html = figure_html(figure)
    assert html
    assert 'alt="a picture drawn with matplotlib"' in html


def test_a_notebook_that_drew_before_it_met_the_course_shows_pictures_once() -> None:
    """Matplotlib may be set up before `course` is imported."""
    plain, said = shown_by(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "import course\nplt.plot([1, 2]);"
    )
    assert "image/png" in plain
    assert "image/png" not in said
    assert words_of(said)
