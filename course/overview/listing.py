"""How the table of all questions looks: as HTML, and as text where HTML is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape

HEADINGS = ("question", "title", "points", "state", "practiced", "what to do")
NOTE = "Filled in does not mean right: that comes with grading."
CELL = "text-align: left; vertical-align: top; white-space: normal; overflow-wrap: break-word"


@dataclass(frozen=True)
class Row:
    """One question."""

    question: str  # its name
    title: str = ""  # the heading above it, or ""
    points: float | None = None  # what it can bring; None where nothing says
    filled: int = 0  # how many of its parts are filled in
    parts: int = 0  # how many it has; 0 where its check has not run
    empty: bool = False  # whether there is no answer at all
    trouble: str = ""  # why nothing can be said of its answers, or ""
    todo: str = ""  # what to do, or ""
    unsaved: bool = False  # whether an answer would be lost if the computer stopped now
    practiced: str = ""  # how often its practice was tried, or ""

    @property
    def done(self) -> bool:
        """Whether nothing is left to fill in here."""
        return not self.trouble and self.filled == self.parts > 0

    @property
    def state(self) -> str:
        """How far the answer is, a sign before the words."""
        if self.trouble:
            return "△ not checked"
        if not self.parts:
            return "? not run"
        if self.done:
            return "● filled in"
        if self.empty:
            return "○ empty"
        return f"◐ {self.filled} of {self.parts} filled in"

    def cells(self) -> tuple[str, ...]:
        """Return the texts of the row."""
        points = "–" if self.points is None else f"{self.points:g}"
        told = self.trouble or self.todo
        return (self.question, self.title, points, self.state, self.practiced or "–", told)


@dataclass(frozen=True)
class Overview:
    """The table. `saved`: when the notebook was saved last, or None; `remark`: what is odd."""

    assignment: str
    rows: tuple[Row, ...]
    saved: float | None = None
    remark: str = ""

    def summary(self) -> list[str]:
        """Return the sentences above the table."""
        done = sum(row.done for row in self.rows)
        lines = [f"{done} of {len(self.rows)} questions are filled in.", NOTE]
        if unsaved := sum(row.unsaved for row in self.rows):
            verb = "is" if unsaved == 1 else "are"
            lines.append(f"{unsaved} {verb} not saved: press Ctrl + S before you submit.")
        if self.saved is not None:
            when = datetime.fromtimestamp(self.saved)
            lines.append(f"The notebook was saved last at {when:%H:%M:%S} on {when:%B} {when.day}.")
        return [*lines, *filter(None, [self.remark])]

    def _repr_html_(self) -> str:
        """Return the table as HTML: a caption, headings of columns and of rows."""
        head = "".join(f'<th scope="col" style="{CELL}">{name}</th>' for name in HEADINGS)
        rows = "".join(_html_row(row) for row in self.rows)
        first, *more = map(escape, self.summary())
        return (
            '<div class="backyard-overview">'
            f"<p><strong>{first}</strong> {' '.join(more)}</p>"
            f'<table style="max-width: 60em"><caption style="{CELL}">'
            f"Your answers to <i>{escape(self.assignment)}</i></caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def __repr__(self) -> str:
        table = [HEADINGS, *(row.cells() for row in self.rows)]
        widths = [max(len(line[i]) for line in table) for i in range(len(HEADINGS))]
        lines = [
            "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
            for line in table
        ]
        return "\n".join([*self.summary(), "", *lines])


def _html_row(row: Row) -> str:
    name, *texts = map(escape, row.cells())
    styles = [f"{CELL}; white-space: nowrap" if text == row.state else CELL for text in texts]
    cells = "".join(f'<td style="{s}">{text}</td>' for s, text in zip(styles, texts, strict=True))
    return f'<tr><th scope="row" style="{CELL}; white-space: nowrap">{name}</th>{cells}</tr>'
