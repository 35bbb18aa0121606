"""Scores what frames the marks of a chart: order, title, names of the axes, zero."""

from itertools import pairwise

from course.scoring.drawn import Description
from course.scoring.kind import Score
from course.scoring.labels import fold_text
from course.scoring.matching import PlotKey
from course.scoring.slips import NO_AXIS_LABEL, NO_TITLE, NO_ZERO, NOT_SORTED, TITLE_LACKS


def score_order(found: Description, key: PlotKey) -> Score:
    """Score the order of the marks; horizontal bars may begin at either end."""
    marks = [mark for series in found.series for mark in series.marks]
    ys = [y for _, y in marks if isinstance(y, int | float)]
    rising = all(a <= b for a, b in pairwise(ys))
    falling = all(a >= b for a, b in pairwise(ys))
    either = any(series.kind == "barh" for series in found.series)
    right = (rising or falling) if either else (falling if key.order == "descending" else rising)
    if right:
        return Score(1.0)
    return Score(0.0, f"the marks are not sorted in {key.order} order", (NOT_SORTED,))


def score_labels(found: Description, key: PlotKey) -> Score:
    """Score the names of the axes."""
    bare = [name for name, text in (("x", found.xlabel), ("y", found.ylabel)) if not text]
    if not bare:
        return Score(1.0)
    message = f"the {' and the '.join(bare)} axis {'has' if len(bare) == 1 else 'have'} no label"
    return Score(1.0 - len(bare) / 2, message, (NO_AXIS_LABEL,))


def score_title(found: Description, key: PlotKey) -> Score:
    """Score the title."""
    if not found.title:
        return Score(0.0, "there is no title", (NO_TITLE,))
    title = fold_text(found.title)
    if all(any(fold_text(word) in title for word in words) for words in key.title_words):
        return Score(1.0)
    message = "the title does not say everything that the question asks for"
    return Score(0.5, message, (TITLE_LACKS,))


def score_zero(found: Description, key: PlotKey) -> Score:
    """Score whether the axis of the values includes zero."""
    side = "xlim" if any(series.kind == "barh" for series in found.series) else "ylim"
    limits = found.limits.get(side, ())
    if limits and min(limits) <= 0 <= max(limits):
        return Score(1.0)
    message = "the axis of the values does not include zero, so lengths mislead"
    return Score(0.0, message, (NO_ZERO,))
