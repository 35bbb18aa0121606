"""Shows a chart in a notebook together with its text alternative.

Matplotlib's own output in a notebook is a picture that JupyterLab shows without words, so that a
screen reader says no more than "graphic". Here the same picture is shown as HTML whose `alt` says
what the chart shows. It is registered with IPython's display formatters, as any library's output.
"""

import sys
from html import escape
from typing import Any

WORDS = 1000  # characters of a text alternative; a longer one is not listened to
UNKNOWN = "a picture drawn with matplotlib"


def describe_figures(shell: Any) -> None:
    """Let a shell show matplotlib's figures with their words.

    Args:
        shell: IPython's shell, as `get_ipython()` gives it in a notebook.
    """
    # A figure's base class: matplotlib's inline backend removes what is registered for `Figure`.
    formatter = shell.display_formatter.formatters["text/html"]
    formatter.for_type_by_name("matplotlib.figure", "FigureBase", figure_html)
    # The picture is in the HTML; without this it would be in the notebook twice.
    shell.config.InlineBackend.figure_formats = set()
    if "matplotlib.figure" in sys.modules:  # the backend has read that setting already
        from IPython.core import pylabtools

        select: Any = pylabtools.select_figure_formats
        select(shell, set())


def figure_html(figure: Any) -> str | None:
    """Return a figure as an HTML picture, a PNG at the figure's own resolution, with its words."""
    from IPython.core import pylabtools

    draw: Any = pylabtools.print_figure
    picture = draw(figure, fmt="png", bbox_inches="tight", base64=True)
    if picture is None:  # a figure without any axes is shown as nothing
        return None
    words = escape(figure_in_words(figure), quote=True)
    return f'<img alt="{words}" src="data:image/png;base64,{picture}">'


def figure_in_words(figure: Any) -> str:
    """Return what a figure shows: each chart's title, axes, and marks with their values."""
    from course.scoring.charts import in_words

    try:
        words = "; then ".join(in_words(ax) for ax in figure.axes)
    except Exception:  # a student's own drawing may be of any kind, and is shown all the same
        return UNKNOWN
    if len(words) > WORDS:
        words = words[: WORDS - 1].rstrip() + "…"
    return words or UNKNOWN
