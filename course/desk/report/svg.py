"""The report's charts as SVG: own shapes, no script, nothing loaded; colours come from the page.

Every chart has a title and a description for those who do not see it; the page shows its numbers as
a table beside it. No figure is told by colour alone: bars carry their numbers, and what is drawn in
one bar differs by pattern as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 520, 150
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 32, 34

# What an answer may have, as (class of the shape, name), from left to right in a bar.
KINDS = (
    ("full", "full points"),
    ("part", "part of the points"),
    ("wrong", "wrong"),
    ("none", "no answer"),
    ("wait", "waits for the instructor"),
)


def _draw_image(
    name: str, title: str, text: str, width: int, height: int, shapes: Sequence[Markup]
) -> Markup:
    """Return an SVG picture with its text alternative."""
    head = Markup(
        '<svg class="chart" role="img" aria-labelledby="{0}-t {0}-d" viewBox="0 0 {1} {2}" '
        'width="{1}" height="{2}"><title id="{0}-t">{3}</title><desc id="{0}-d">{4}</desc>'
    ).format(name, width, height, title, text)
    return head + Markup("\n").join(shapes) + Markup("</svg>")


def _draw_rect(kind: str, x: float, y: float, width: float, height: float) -> Markup:
    return Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
        kind, x, y, width, height
    )


def _draw_text(kind: str, x: float, y: float, text: object, anchor: str = "middle") -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        kind, x, y, anchor, escape(text)
    )


def _draw_line(kind: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(
        kind, x1, y1, x2, y2
    )


def draw_histogram(
    name: str, title: str, text: str, counts: Sequence[int], median: float | None
) -> Markup:
    """Return the distribution of shares of points.

    Args:
        name: unlike any other in the page; letters, digits and dashes.
        title, text: the text alternative.
        counts: students by equal steps from 0 to 100 percent.
        median: share of the points, 0 to 1, where a line is drawn; None without one.
    """
    inner = WIDTH - LEFT - RIGHT
    floor, room = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    step, most = inner / len(counts), max([*counts, 1])
    shapes = []
    if median is not None:  # first, so that bars and numbers stand before the line
        x = LEFT + inner * median
        shapes.append(_draw_line("median", x, TOP - 30, x, floor))
        anchor, gap = ("end", -5) if median > 0.5 else ("start", 5)
        shapes.append(_draw_text("tick", x + gap, TOP - 21, f"median {100 * median:.0f} %", anchor))
    for number, amount in enumerate(counts):
        x, height = LEFT + number * step, room * amount / most
        if amount:
            shapes.append(_draw_rect("count", x + 2, floor - height, step - 4, height))
            shapes.append(_draw_text("value", x + step / 2, floor - height - 4, amount))
    shapes.append(_draw_line("axis", LEFT, floor, WIDTH - RIGHT, floor))
    for mark in (0, 20, 40, 60, 80, 100):
        x = LEFT + inner * mark / 100
        shapes.append(_draw_line("axis", x, floor, x, floor + 4))
        anchor = {0: "start", 100: "end"}.get(mark, "middle")
        shapes.append(_draw_text("tick", x, floor + 16, f"{mark} %", anchor))
    shapes.append(_draw_text("tick", LEFT + inner / 2, HEIGHT - 4, "share of the points"))
    return _draw_image(name, title, text, WIDTH, HEIGHT, shapes)


@dataclass(frozen=True)
class Bar:
    """One bar: its title, its number, students by kind (as in KINDS), the text at its end."""

    title: str
    number: str
    counts: tuple[int, ...]
    end: str


ROW, BAR, LABELS, ENDS, BARS = 26, 18, 330, 66, 420


def draw_stacked(name: str, title: str, text: str, bars: Sequence[Bar]) -> Markup:
    """Return one bar a question, divided by what the students have."""
    shapes = []
    for row, bar in enumerate(bars):
        y, whole, x = row * ROW + 4, sum(bar.counts), float(LABELS)
        shapes.append(_draw_text("label", LABELS - 10, y + BAR - 5, _fit_label(bar), "end"))
        for (kind, _), amount in zip(KINDS, bar.counts, strict=True):
            width = BARS * amount / whole if whole else 0.0
            if amount:
                shapes.append(_draw_rect(kind, x, y, width, BAR))
                if width > 9 * len(str(amount)) + 4:
                    shapes.append(_draw_text(f"in-{kind}", x + width / 2, y + BAR - 5, amount))
            x += width
        shapes.append(_draw_text("value", LABELS + BARS + 10, y + BAR - 5, bar.end, "start"))
    return _draw_image(name, title, text, LABELS + BARS + ENDS, len(bars) * ROW + 4, shapes)


def _fit_label(bar: Bar, most: int = 40) -> str:
    """Return a label that fits; what is cut off stands in the table beside the chart."""
    title = bar.title if len(bar.title) <= most else bar.title[: most - 1].rstrip(" ,") + "…"
    return f"{title} · {bar.number}" if title else bar.number
