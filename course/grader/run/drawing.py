"""Draws the figures that grading has left undrawn: when somebody looks, each once for a course.

What was kept of a figure is a student's data, and to draw it may run anything. So each is drawn in
a sandboxed process of its own, which makes its picture a matter of that data alone; by the data it
is kept, in `.grading/.figures/`, for whoever looks next and for all students who drew the same.
"""

import json
import logging
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from course.figures import UNDRAWN, WORDS, read_figure, write_figure
from course.grader.harmless.cleaning import safe_text
from course.grader.harmless.pictures import read_picture
from course.grader.harmless.safehtml import safe_html
from course.grader.installed import course_paths
from course.grader.run.pool import worker_count
from course.grader.run.session import Rules, Session, Tampering
from course.grader.run.warm import warm_process
from course.grader.sandbox import Sandbox
from course.wholefile import write_whole

SECONDS = 15.0  # that all figures of one notebook may take
AGAIN = 86400.0  # seconds until one that could not be drawn is tried again
MOST_PICTURE = 2_000_000  # bytes of base64

_at_work: defaultdict[Path, Lock] = defaultdict(Lock)  # one figure is drawn once at a time


class DrawnFigures(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts pictures in place of figures that are undrawn; one that cannot be drawn stays words.

    The first of `c.HTMLExporter.preprocessors` (the Formgrader's page) and of
    `c.GenerateFeedback.preprocessors`; where it is not in both, grading draws each figure at once.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with pictures, and the resources as they are."""
        found = list(_find_undrawn(nb))
        drawn = draw_figures(self.config, (data[UNDRAWN] for data in found))
        for data in found:
            if html := drawn.get(data.pop(UNDRAWN)):
                data["text/html"] = html
        return nb, resources


def is_drawn_later(config: Any) -> bool:
    """Tell whether the pages of a course draw what grading leaves undrawn."""
    makers = (config.get(name, {}) for name in ("HTMLExporter", "GenerateFeedback"))
    lists = [maker.get("preprocessors") for maker in makers]
    return all(isinstance(steps, list | tuple) and DrawnFigures in steps for steps in lists)


@contextmanager
def draw_ahead(config: Any, notebooks: Iterable[Path]) -> Iterator[None]:
    """Draw the figures of a class, several notebooks at once, while its pages are made.

    Args:
        config: nbgrader's settings (a traitlets Config).
        notebooks: the autograded ones; one that cannot be read is left to its own page.
    """

    def draw_those_of(path: Path) -> None:
        with suppress(OSError, ValueError, TypeError, AttributeError, KeyError):
            text = path.read_bytes()
            if UNDRAWN.encode() in text:
                draw_figures(config, [data[UNDRAWN] for data in _find_undrawn(json.loads(text))])

    threads = ThreadPoolExecutor(worker_count(None, 64))
    try:
        threads.map(draw_those_of, notebooks)
        yield
    finally:
        threads.shutdown(cancel_futures=True)


def draw_figures(config: Any, figures: Iterable[str]) -> dict[str, str]:
    """Return the HTML of a notebook's figures by what was kept of them; "" where there is none.

    Args:
        config: nbgrader's settings (a traitlets Config).
        figures: what `course.figures.show_figure` kept of them.
    """
    folder = Path(CourseDirectory(config=config).root) / ".grading" / ".figures"
    end, drawn = time.monotonic() + SECONDS, dict[str, str]()
    for kept in dict.fromkeys(figures):
        place = folder / f"{sha256(kept.encode()).hexdigest()}.html"
        with _at_work[place]:
            html = _read_drawn(place)
            if html is None and (left := end - time.monotonic()) > 0:
                html = _draw_apart(config, kept, left)
                if html is not None:
                    with suppress(OSError):  # then it is drawn again for the next who looks
                        os.makedirs(folder, exist_ok=True)
                        write_whole(place, html)
        drawn[kept] = html or ""
    return drawn


def _read_drawn(place: Path) -> str | None:
    """Return a figure's HTML, "" for one that could not be drawn of late, None for all others."""
    with suppress(OSError, ValueError):
        html = place.read_text("utf-8")
        if html or place.stat().st_mtime > time.time() - AGAIN:
            return html
    return None


def _draw_apart(config: Any, kept: str, seconds: float) -> str | None:
    """Draw one figure in a process of its own: "" where it cannot be drawn, None where none can."""
    settings = Sandbox(config=config)
    rules = Rules(settings.limits(), cell_seconds=seconds, total_seconds=seconds)
    try:
        warm = warm_process()
        settings.require_complete(warm.means)
        with (
            warm.open_view(*course_paths()) as view,
            Session(warm, view, rules) as session,
        ):
            cell = f"from course.figures import draw_figure\ndraw_figure({kept!r})"
            result = session.run(cell, ours=True)
        shown = [read_figure(o.get("data", {}).get("text/html")) for o in result.outputs]
        words, picture = next(filter(None, shown), ("", ""))
        good = read_picture("image/png", picture, MOST_PICTURE)
        return safe_html(write_figure(safe_text(words, WORDS), good)) if good else ""
    except Tampering:
        return ""
    except Exception:  # whatever it is, the page has words in the picture's place
        logging.getLogger("course.grader").exception("a figure cannot be drawn")
        return None


def _find_undrawn(nb: Any) -> Iterator[Any]:
    """Yield the data of a notebook's outputs that are undrawn figures."""
    for cell in nb["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if UNDRAWN in data:
                data[UNDRAWN] = "".join(data[UNDRAWN])  # a file may hold it in several lines
                yield data
