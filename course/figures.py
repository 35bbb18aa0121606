"""Shows a chart in a notebook together with its text alternative.

Matplotlib's own output in a notebook is a picture that JupyterLab shows without words, so that a
screen reader says no more than "graphic". Here the same picture is shown as HTML whose `alt` says
what the chart shows. It is registered with IPython's display formatters, as any library's output.

Drawing is what takes longest in most notebooks, and no grade needs it. So the processes that grade
leave a figure undrawn: they pickle it, and `draw_figure` draws it when somebody looks.
"""

import base64
import pickle
import re
import sys
import zlib
from html import escape, unescape
from io import BytesIO
from typing import Any

UNDRAWN = "application/vnd.backyard.figure"  # the mimetype of a figure that is not drawn yet
MOST_UNDRAWN = 20  # figures of a notebook that are left so
MOST_LETTERS = 200_000  # of one of them; a figure of more marks is drawn at once
MOST_BYTES = 2_000_000  # of it before it is compressed
WORDS = 1000  # characters of a text alternative; a longer one is not listened to
UNKNOWN = "a picture drawn with matplotlib"
_PICTURE = re.compile(r'<img alt="([^"]*)" src="data:image/png;base64,([A-Za-z0-9+/=]*)">')


def describe_figures(shell: Any) -> None:
    """Let a shell show matplotlib's figures with their words.

    Args:
        shell: IPython's shell, as `get_ipython()` gives it in a notebook.
    """
    # A figure's base class: matplotlib's inline backend removes what is registered for `Figure`.
    formatter = shell.display_formatter.mimebundle_formatter
    formatter.for_type_by_name("matplotlib.figure", "FigureBase", show_figure)
    # The picture is in the HTML; without this it would be in the notebook twice.
    shell.config.InlineBackend.figure_formats = set()
    if "matplotlib.figure" in sys.modules:  # the backend has read that setting already
        from IPython.core import pylabtools

        select: Any = pylabtools.select_figure_formats
        select(shell, set())


def show_figure(figure: Any) -> dict[str, str]:
    """Return the forms in which a figure is shown, by mimetype.

    They are an HTML picture, or what `draw_figure` makes one of, where `leave_undrawn` was called.
    """
    words = figure_in_words(figure)
    if kept := _keep_undrawn(figure):
        return {"text/plain": f"[a figure: {words}]", UNDRAWN: kept}
    html = figure_html(figure, words)
    return {"text/html": html} if html else {}


def figure_html(figure: Any, words: str = "") -> str | None:
    """Return a figure as an HTML picture, a PNG at the figure's own resolution, with its words."""
    from IPython.core import pylabtools

    draw: Any = pylabtools.print_figure
    picture = draw(figure, fmt="png", bbox_inches="tight", base64=True)
    if picture is None:  # a figure without any axes is shown as nothing
        return None
    return write_figure(words or figure_in_words(figure), picture)


_modules: frozenset[str] = frozenset()
_settings: dict[str, Any] = {}
_fonts = 0
_room = 0  # for how many more figures


def leave_undrawn() -> None:
    """Draw no figure in this process from now on.

    But for those that no other process can draw the same: what they are made of was not there when
    this was called.
    """
    global _modules, _settings, _fonts, _room
    _modules = frozenset(sys.modules) - {"__main__"}
    _settings, _fonts, _room = _read_settings(), _count_fonts(), MOST_UNDRAWN


def _keep_undrawn(figure: Any) -> str | None:
    """Return a figure as `draw_figure` takes it, or None where it has to be drawn here and now."""
    global _room
    if not _room or not figure.axes:
        return None
    settings = _read_settings()
    # By which day dates are counted is no setting, once one was drawn.
    epoch = getattr(sys.modules.get("matplotlib.dates"), "_epoch", None)
    if _count_fonts() != _fonts or epoch not in (None, settings["date.epoch"]):
        return None
    changed = {key: settings[key] for key in settings if _settings.get(key) != settings[key]}
    changed.pop("image.cmap", None)  # may name one of the student's own, and is in the figure
    stream = _BoundedStream()
    try:
        _Pickler(stream).dump((figure, changed))
        kept = base64.b64encode(zlib.compress(stream.getvalue(), 1)).decode()
    except Exception:  # a student's own drawing may be of any kind, and of any size
        return None
    if len(kept) > MOST_LETTERS:
        return None
    _room -= 1
    return kept


def _count_fonts() -> int:
    """Return how many fonts matplotlib knows; a student may add some."""
    from matplotlib.font_manager import fontManager

    return len(fontManager.ttflist)


class _BoundedStream(BytesIO):
    """Takes no more than a figure may have, so that a large one costs next to nothing."""

    def write(self, data: Any) -> int:
        """Take a piece."""
        if self.tell() + memoryview(data).nbytes > MOST_BYTES:
            raise ValueError(MOST_BYTES)
        return super().write(data)


def _read_settings() -> dict[str, Any]:
    """Return matplotlib's settings as a plain dictionary: its own looks at each key it is asked."""
    import matplotlib

    settings: Any = matplotlib.rcParams
    return dict.copy(settings)


class _Pickler(pickle.Pickler):
    """Pickles what another process can read that has no more modules than the warm one."""

    def __init__(self, stream: BytesIO) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._numbers: dict[int, int] = {}

    def reducer_override(self, value: Any) -> Any:
        """Refuse what was made of anything else; let the same figure always give the same."""
        from matplotlib.font_manager import FontProperties
        from matplotlib.transforms import TransformNode

        module = getattr(value, "__module__", None) or type(value).__module__
        # A font's file may lie beside the notebook alone.
        if module not in _modules or (isinstance(value, FontProperties) and value.get_file()):
            raise pickle.PicklingError(module)
        if not isinstance(value, TransformNode):
            return NotImplemented
        reduced: Any = value.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
        # It knows others by where they lie in memory, which is not the same in any two processes.
        parents, number = reduced[2]["_parents"], self._numbers.setdefault
        reduced[2]["_parents"] = {number(k, len(self._numbers)): v for k, v in parents.items()}
        return reduced


def draw_figure(kept: str) -> Any:
    """Return a figure that was left undrawn as HTML, for IPython to show.

    It is a student's data and may run anything, so this is for a student's process alone.
    """
    import matplotlib.pyplot as plt
    from IPython import display

    figure, changed = pickle.loads(zlib.decompress(base64.b64decode(kept)))
    settings: Any = plt.rcParams
    dict.update(settings, changed)  # they were looked at where they were set
    html = figure_html(figure)
    plt.close("all")  # as it is pyplot's, it would be shown once more
    made: Any = display.HTML
    return made(html)


def write_figure(words: str, picture: str) -> str:
    """Return the HTML of a figure, of its words and its PNG (base64)."""
    return f'<img alt="{escape(words, quote=True)}" src="data:image/png;base64,{picture}">'


def read_figure(html: object) -> tuple[str, str] | None:
    """Return the words and the PNG (base64) of a figure that was shown; None for all else."""
    found = _PICTURE.fullmatch(html) if isinstance(html, str) else None
    return (unescape(found[1]), found[2]) if found else None


def figure_in_words(figure: Any) -> str:
    """Return what a figure shows: each chart's title, axes, and marks with their values."""
    from course.scoring.drawn import in_words

    try:
        words = "; then ".join(in_words(ax) for ax in figure.axes)
    except Exception:  # a student's own drawing may be of any kind, and is shown all the same
        return UNKNOWN
    if len(words) > WORDS:
        words = words[: WORDS - 1].rstrip() + "…"
    return words or UNKNOWN
