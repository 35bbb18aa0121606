"""Shows a chart in a notebook together with its text alternative.

Matplotlib's own output in a notebook is a picture that JupyterLab shows without words, so that a
screen reader says no more than "graphic". Here the same picture is shown as HTML whose `alt` says
what the chart shows. It is registered with IPython's display formatters, as any library's output.
"""

import re
import sys
from html import escape, unescape
from typing import Any

WORDS = 1000  # characters of a text alternative; a longer one is not listened to
UNKNOWN = "a picture drawn with matplotlib"
AT_HAND = "at-hand:"  # stands for a picture that need not be drawn
_PICTURE = re.compile(r'<img alt="([^"]*)" src="data:image/png;base64,([A-Za-z0-9+/=]*)">')

at_hand: set[str] = set()
"""What the pictures show that the one who asks for outputs has already: these are not drawn."""


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

    words = figure_in_words(figure)
    if words in at_hand:
        return _write_picture(words, AT_HAND)
    draw: Any = pylabtools.print_figure
    picture = draw(figure, fmt="png", bbox_inches="tight", base64=True)
    if picture is None:  # a figure without any axes is shown as nothing
        return None
    return _write_picture(words, f"data:image/png;base64,{picture}")


def _write_picture(words: str, source: str) -> str:
    return f'<img alt="{escape(words, quote=True)}" src="{source}">'


def read_figure(html: object) -> tuple[str, str] | None:
    """Return the words and the PNG (base64) of a figure that was shown; None for all else.

    Words that do not tell one figure from another, because they are cut off or say nothing of it,
    count as no figure.
    """
    found = _PICTURE.fullmatch(html) if isinstance(html, str) else None
    words = unescape(found[1]) if found else UNKNOWN
    tells = words != UNKNOWN and len(words) <= WORDS and not words.endswith("…")
    return (words, found[2]) if found and tells else None


def fill_in(html: str, pictures: dict[str, str]) -> str:
    """Return a figure's HTML with the picture in it that was at hand; any other HTML as it is.

    Args:
        html: what `figure_html` returned, or anything else.
        pictures: PNGs (base64) by what they show.
    """
    for words, picture in pictures.items():
        if html == _write_picture(words, AT_HAND):
            return _write_picture(words, f"data:image/png;base64,{picture}")
    return html


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
