"""How the table of all questions looks: as HTML, and as text where HTML is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape

__all__ = ["Overview", "Row"]

HEADINGS = ("question", "points", "answered", "form", "kept on the disk", "practised", "what to do")
NOTE = "This says nothing about right or wrong."
CELL = "text-align: left; vertical-align: top; white-space: normal; overflow-wrap: break-word"


@dataclass(frozen=True)
class Row:
    """One question.

    Attributes:
        question: its name.
        points: what it can bring.
        answered: "yes", "no", "in part: ..." or "not known".
        form: "right", what is wrong with it, or '' where there is no answer.
        kept: whether the answer is on the disk, or ''.
        todo: what to do, or ''.
        practised: how often its practice was tried, or ''.
    """

    question: str
    points: float
    answered: str
    form: str = ""
    kept: str = ""
    todo: str = ""
    practised: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing is left to do here."""
        return self.answered == "yes" and not self.form_wrong and not self.not_kept

    @property
    def form_wrong(self) -> bool:
        """Whether there is an answer of another form than is asked for."""
        return self.form not in ("", "right", "free text")

    @property
    def not_kept(self) -> bool:
        """Whether the answer would be lost if the computer stopped now."""
        return self.kept.startswith("no")

    def cells(self) -> tuple[str, ...]:
        """Return the texts of the row, with a sign beside the words that are yes or no."""
        form = "✗ " + self.form if self.form_wrong else "✓ right" if self.form == "right" else ""
        return (
            self.question,
            f"{self.points:g}",
            _add_sign(self.answered),
            form or self.form or "–",
            _add_sign(self.kept) or "–",
            self.practised or "–",
            self._next_step(),
        )

    def _next_step(self) -> str:
        if self.form_wrong:
            return "; ".join(filter(None, ["mend the form, run the cell again", self.todo]))
        return self.todo or ("" if self.done else "answer it, or leave it open")


@dataclass(frozen=True)
class Overview:
    """The table. `saved`: when the notebook was saved last, or None; `remark`: what is odd."""

    assignment: str
    rows: tuple[Row, ...]
    saved: float | None = None
    remark: str = ""

    def summary(self) -> list[str]:
        """Return the sentences above the table."""
        total = len(self.rows)
        answered = sum(row.answered == "yes" for row in self.rows)
        wrong = sum(row.form_wrong for row in self.rows)
        lost = sum(row.not_kept for row in self.rows)
        lines = [f"{answered} of {total} questions are answered."]
        if wrong:
            lines.append(f"{wrong} {_has_or_have(wrong)} not the form that is asked for.")
        if lost:
            lines.append(f"{lost} {_is_or_are(lost)} not on the disk yet: save before you submit.")
        if self.saved is not None:
            when = datetime.fromtimestamp(self.saved)
            lines.append(f"The notebook was saved last at {when:%H:%M:%S} on {when:%-d %B}.")
        return [*lines, *filter(None, [self.remark]), NOTE]

    def _repr_html_(self) -> str:
        """Return the table as HTML: a caption, headings of columns and of rows."""
        head = "".join(f'<th scope="col" style="{CELL}">{name}</th>' for name in HEADINGS)
        rows = "".join(_html_row(row) for row in self.rows)
        return (
            '<div class="backyard-overview">'
            f"<p>{escape(' '.join(self.summary()))}</p>"
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
    cells = "".join(f'<td style="{CELL}">{text}</td>' for text in texts)
    return f'<tr><th scope="row" style="{CELL}; white-space: nowrap">{name}</th>{cells}</tr>'


def _add_sign(text: str) -> str:
    if text.startswith("yes"):
        return f"✓ {text}"
    return f"✗ {text}" if text.startswith(("no", "in part")) and text != "not known" else text


def _has_or_have(number: int) -> str:
    return "has" if number == 1 else "have"


def _is_or_are(number: int) -> str:
    return "is" if number == 1 else "are"
