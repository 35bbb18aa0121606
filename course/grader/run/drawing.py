"""Draws the figures that grading has left undrawn: when somebody looks, each once for a course.

What was kept of a figure is a student's data, and to draw it may run anything. So each is drawn in
a sandboxed process of its own, which makes its picture a matter of that data alone; by the data it
is kept, in `.grading/.figures/`, for whoever looks next and for all students who drew the same.
"""

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from course.errors import CourseError
from course.figures import UNDRAWN, read_figure, write_figure
from course.grader.harmless.pictures import read_picture
from course.grader.harmless.safehtml import safe_html
from course.grader.installed import course_paths
from course.grader.run.pool import worker_count
from course.grader.run.session import Rules, Session, Tampering
from course.grader.run.warm import warm_process
from course.grader.run.zygote import ZygoteError
from course.grader.sandbox import Sandbox
from course.wholefile import write_whole

SECONDS = 5.0  # that one figure may take
MOST_PICTURE = 2_000_000  # bytes of base64


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
    return all(DrawnFigures in maker.get("preprocessors", ()) for maker in makers)


def draw_for(config: Any, notebooks: Iterable[Path]) -> None:
    """Draw the figures of a class ahead, several at once, before its pages are made.

    Args:
        config: nbgrader's settings (a traitlets Config).
        notebooks: the autograded ones.
    """
    texts = (path.read_bytes() for path in notebooks)
    with_some = (json.loads(text) for text in texts if UNDRAWN.encode() in text)
    draw_figures(config, [data[UNDRAWN] for nb in with_some for data in _find_undrawn(nb)])


def draw_figures(config: Any, figures: Iterable[str]) -> dict[str, str]:
    """Return the HTML of figures by what was kept of them; "" for one that cannot be drawn.

    Args:
        config: nbgrader's settings (a traitlets Config).
        figures: what `course.figures.show_figure` kept of them.
    """
    folder = Path(CourseDirectory(config=config).root) / ".grading" / ".figures"
    places = {kept: folder / f"{sha256(kept.encode()).hexdigest()}.html" for kept in figures}
    missing = [kept for kept, place in places.items() if not place.is_file()]
    drawn = {kept: p.read_text("utf-8") for kept, p in places.items() if kept not in missing}
    if not missing:
        return drawn
    os.makedirs(folder, exist_ok=True)

    def draw_one(kept: str) -> str:
        html = _draw_apart(config, kept)
        if html is not None:
            write_whole(places[kept], html)
        return html or ""

    with ThreadPoolExecutor(worker_count(None, len(missing))) as threads:
        return drawn | dict(zip(missing, threads.map(draw_one, missing), strict=True))


def _draw_apart(config: Any, kept: str) -> str | None:
    """Draw one figure in a process of its own; None where there is no such process."""
    settings = Sandbox(config=config)
    rules = Rules(settings.limits(), cell_seconds=SECONDS, total_seconds=2 * SECONDS)
    try:
        warm = warm_process()
        settings.require_complete(warm.means)
        with (
            warm.open_view(*course_paths()) as view,
            Session(warm, view, rules) as session,
        ):
            cell = f"from course.figures import draw_figure\ndraw_figure({kept!r})"
            result = session.run(cell, ours=True)
    except Tampering:
        return ""
    except (CourseError, ZygoteError):
        return None
    shown = [read_figure(o.get("data", {}).get("text/html")) for o in result.outputs]
    words, picture = next(filter(None, shown), ("", ""))
    good = read_picture("image/png", picture, MOST_PICTURE)
    return safe_html(write_figure(words, good)) if good else ""


def _find_undrawn(nb: Any) -> Iterator[Any]:
    """Yield the data of a notebook's outputs that are undrawn figures."""
    for cell in nb["cells"]:
        for output in cell.get("outputs", ()):
            if UNDRAWN in output.get("data", ()):
                yield output["data"]
