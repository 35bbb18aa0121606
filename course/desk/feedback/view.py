"""What a page shows of a graded notebook: question by question, without the checks."""

import functools
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from nbconvert.filters import markdown2html, strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from course.desk.report.verdicts import read_verdict
from course.desk.words import write_number
from course.grader.harmless.safehtml import safe_html
from course.overview.appeal import write_line

IN_PANEL = "in the panel"
PICTURE = "<!--picture-->"  # where the words for a picture are put in
_HEADING_TAG = re.compile(r"<(/?)h[1-6]\b[^>]*>", re.I)
_EMPTY_HEADING = re.compile(r"<th([^>]*)>\s*</th>")
_BORDER = re.compile(r'(<table[^>]*?) border="\d+"')
_ANCHOR = re.compile(r'<a class="anchor-link"[^>]*>.*?</a>', re.S)
CENT = 0.005  # of a point: what rounding may change
SIGNS = {"waiting": "…", "full": "✓", "part": "◐", "none": "✗"}
UNTOUCHED = "No response."  # nbgrader's comment on an answer cell in which nothing was changed
_HEADING = re.compile(r"^#{1,6}[ \t]+(?:\d+[ \t]*·[ \t]*)?(\S.*)$", re.M)


@dataclass
class _Marked:
    """What has points."""

    name: str  # e.g. "votes-03", or the name of one part of it
    points: float = 0.0  # what was earned
    maximum: float = 0.0  # what could be

    @property
    def state(self) -> str:
        """Return "full", "part" or "none"."""
        if self.points >= self.maximum - CENT:
            return "full"
        return "part" if self.points > 0 else "none"

    @property
    def earned(self) -> str:
        """Return a sign for the state, and the points in words."""
        told = f"{write_number(self.points)} of {write_number(self.maximum)}"
        return f"{SIGNS[self.state]} {told}"


@dataclass
class PartView(_Marked):
    """One part of a question, as its check found it."""

    read_as: str = ""  # how the answer was read, "" where there was none to read
    message: str = ""
    written: str = ""  # what the student wrote for it, "" where nothing is found


@dataclass
class QuestionView(_Marked):
    """One question on the page; pieces of HTML where it says so."""

    about: str = ""  # the heading above it
    waiting: bool = False  # whether a person still has to read it
    written: bool = False  # whether the answer is a text that a person reads
    material: list[str] = field(default_factory=list)  # HTML of what stood before the answer
    # HTML of what the student wrote, and of what it put out
    answer: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # the code that the student wrote
    parts: list[PartView] = field(default_factory=list)  # its parts, each with its mark
    chart: str = ""  # what the chart of the answer shows, "" where it is none
    said: list[str] = field(default_factory=list)  # what the check says of no single part
    set_by_hand: bool = False  # whether a person changed the points that the parts bring
    practiced: str = ""  # how often its practice was tried, or ""
    unanswered: bool = False  # whether its check found no answer
    comments: list[str] = field(default_factory=list)  # HTML of comments

    @property
    def state(self) -> str:
        """Return "waiting", "full", "part" or "none"."""
        return "waiting" if self.waiting else super().state

    @property
    def earned(self) -> str:
        """Return a sign for the state, and the points in words."""
        waits = f"{SIGNS['waiting']} waits, of {write_number(self.maximum)}"
        return waits if self.waiting else super().earned

    @property
    def lost(self) -> float:
        """Return the points that can still be understood; none while a person has to read it."""
        return 0.0 if self.waiting else self.maximum - self.points

    @property
    def appeal(self) -> str:
        """Return the line that asks for a second look."""
        return write_line(self.name)

    @property
    def to_look_at(self) -> list[str]:
        """Return what the check says where points were lost."""
        parts = [f"{part.name}: {part.message}" for part in self.parts if part.state != "full"]
        return [*parts, *self.said]


@dataclass
class PageView:
    """A page: its questions, and the sum of those that are graded."""

    title: str  # the notebook, and whose it is
    penalty: float  # the points that being late costs
    questions: list[QuestionView]  # in the order of the notebook
    # whether and until when the student can hand in again, "" where nothing is said
    again: str = ""
    for_grader: bool = False  # whether it is for whoever grades; else it is the student's feedback
    # HTML of what stands after the last question, which only a grader looks at
    rest: list[str] = field(default_factory=list)
    write = staticmethod(write_number)  # points, for the template

    @property
    def waiting(self) -> list[QuestionView]:
        """Return the questions that a person still has to read."""
        return [q for q in self.questions if q.waiting]

    @property
    def points(self) -> float:
        """Return the points so far, less the penalty."""
        return sum(q.points for q in self.questions if not q.waiting) - self.penalty

    @property
    def maximum(self) -> float:
        """Return the points of what is graded."""
        return sum(q.maximum for q in self.questions if not q.waiting)

    @property
    def outstanding(self) -> float:
        """Return the points that wait for a person."""
        return sum(q.maximum for q in self.waiting)

    @property
    def first(self) -> list[QuestionView]:
        """Return the three questions that lost most points."""
        lost = [q for q in self.questions if q.lost > 0]
        return sorted(lost, key=lambda q: -q.lost)[:3]

    def next_after(self, question: QuestionView) -> QuestionView | None:
        """Return the next question below that lost points."""
        below = self.questions[self.questions.index(question) + 1 :]
        return next((q for q in below if q.lost > 0), None)


def page_view(nb: Any, resources: Any) -> PageView:
    """Return what the page of a graded notebook shows.

    The cells carry points and comments as nbgrader's `GetGrades` (or ours) puts them there.
    """
    about = resources["nbgrader"]
    for_grader = bool(about.get("for_grader"))
    what = "submission of" if for_grader else "feedback for"
    *questions, rest = _yield_questions(nb.cells)
    for question in questions:
        question.practiced = str(resources.get("practiced", {}).get(question.name, ""))
    return PageView(
        title=f"{about['notebook']}: {what} {about['student']}",
        penalty=float(about.get("late_penalty") or 0.0),
        questions=questions,
        again="" if for_grader else str(resources.get("again") or ""),
        for_grader=for_grader,
        rest=[*rest.material, *rest.answer],
    )


def _yield_questions(cells: list[Any]) -> Iterator[QuestionView]:
    """Yield the questions; what stands between two belongs to the second one.

    The last one that is yielded has no name: it holds what stands after all questions.
    """
    view = QuestionView("")
    for cell in cells:
        tag = cell.metadata.get("nbgrader", {})
        # A heading in a student's text is no heading of the page.
        if cell.cell_type == "markdown" and not tag.get("solution"):
            for title in _HEADING.findall(cell.source):
                view.about = title.rstrip()
        if tag.get("solution"):
            _take_answer(view, cell, tag)
        elif not tag.get("grade") and not tag.get("task"):
            _take_material(view, cell)
        if tag.get("grade") or tag.get("task"):
            view.name = str(tag.get("grade_id", ""))
            view.points, view.maximum = float(tag.get("score") or 0), float(tag.get("points") or 0)
            view.waiting = bool(tag.get("waiting"))
            view.written = bool(tag.get("solution") or tag.get("task"))
            if cell.cell_type == "code":
                _take_verdict(view, cell)
            _describe_pictures(view)
            yield view
            view = QuestionView("")
    _describe_pictures(view)
    yield view


def _take_answer(view: QuestionView, cell: Any, tag: Any) -> None:
    comment = tag.get("comment")
    if cell.cell_type == "code" and comment == UNTOUCHED:
        # The answer was given in a panel, and is read from there; or the page says that none is.
        return
    if cell.cell_type == "code":
        view.answer.append(f"<pre><code>{escape(cell.source)}</code></pre>")
        view.answer += _yield_outputs(cell)
        view.sources.append(cell.source)
    else:
        view.answer.append(f"<blockquote>{_render_markdown(cell.source)}</blockquote>")
    if comment:
        view.comments.append(_render_comment(comment))


def _take_material(view: QuestionView, cell: Any) -> None:
    if cell.cell_type == "markdown":
        view.material.append(_render_markdown(cell.source))
    elif cell.cell_type == "code":
        view.material.append(f"<pre><code>{escape(cell.source)}</code></pre>")
        view.material += _yield_outputs(cell)


def _take_verdict(view: QuestionView, cell: Any) -> None:
    """Read what a check said."""
    verdict = read_verdict(cell)
    view.said += [text for part, text in verdict.said if not part]
    if (result := verdict.result) is None:
        return
    view.unanswered = verdict.unanswered
    view.set_by_hand = not view.waiting and abs(result.earned - view.points) > CENT
    view.chart = next((part.read_as for part in result.parts if part.chart), "")
    each = view.maximum / sum(part.weight for part in result.parts)
    earned = _share_cents(result.earned, [each * p.weight * p.fraction for p in result.parts])
    full = {i: points for i, points in enumerate(earned) if result.parts[i].fraction == 1.0}
    rest = [0.0 if i in full else each * p.weight for i, p in enumerate(result.parts)]
    # A part that is right shows one figure, so what others could have brought takes the cent.
    most = _share_cents(view.maximum - sum(full.values()), rest)
    for i, part in enumerate(result.parts):
        place = _find_place(cell.source, part.part)
        written = _find_written(view.sources, place)
        if place != part.part and not written and part.read_as:
            written = IN_PANEL
        points = earned[i], full.get(i, most[i])
        view.parts.append(PartView(part.part, *points, part.read_as, part.message, written))


def _share_cents(total: float, amounts: list[float]) -> list[float]:
    """Return amounts of points in whole cents that add up to what the total shows."""
    cents = [math.floor(100 * amount + 1e-6) for amount in amounts]
    nearest = sorted(range(len(cents)), key=lambda i: cents[i] - 100 * amounts[i])
    for i in nearest[: max(0, round(100 * total) - sum(cents))]:
        cents[i] += 1
    return [cent / 100 for cent in cents]


AT_MOST = 160  # characters: what stands in a row of a table; the whole is shown above it


def _find_written(sources: Iterable[str], name: str) -> str:
    """Return what the last line that sets a name gives it, cut short; "" where none does.

    By lines and not by Python's grammar: the text is a student's, and may be anything.

    Args:
        sources: the cells of the answer, in order.
        name: as "turnout", or "sorter.value".
    """
    start = re.compile(rf"(?:{re.escape(name)}[ \t]*=(?!=)|(?=def[ \t]+{re.escape(name)}\b))")
    found = ""
    for source in sources:
        lines = source.splitlines()
        for at, line in enumerate(lines):
            if begin := start.match(line):
                found = line[begin.end() :]
                for more in lines[at + 1 :]:
                    if not more.startswith((" ", "\t", ")", "]", "}")) or len(found) > AT_MOST:
                        break
                    found += f" {more.strip()}"
    found = found.strip()
    return found if len(found) <= AT_MOST else f"{found[:AT_MOST]} …"


def _find_place(check: str, part: str) -> str:
    """Return the name under which a part is answered, by its check: its own, or a panel's value."""
    told = re.search(rf'^q\.part\("{re.escape(part)}",.*\bat="(\w+)', check, re.M)
    return f"{told[1]}.value" if told else part


def _describe_pictures(view: QuestionView) -> None:
    """Give every picture of an answer its text alternative, from how the chart was read."""
    words = view.chart or "A picture that this cell drew; its code is above."
    view.answer = [piece.replace(PICTURE, escape(words, quote=True)) for piece in view.answer]
    plain = "A picture of the notebook; the cell that drew it is above."
    view.material = [piece.replace(PICTURE, escape(plain, quote=True)) for piece in view.material]


def _yield_outputs(cell: Any) -> Iterator[str]:
    """Yield the outputs of a cell as HTML; panels, which need a kernel, are left out."""
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            yield f"<pre>{escape(strip_ansi(output.text))}</pre>"
        elif output.output_type == "error":
            yield f"<pre>{escape(f'{output.ename}: {output.evalue}')}</pre>"
        else:
            data = output.get("data", {})
            # No SVG: it can carry a script.
            kind = next((k for k in ("image/png", "image/jpeg", "image/gif") if k in data), None)
            if kind:
                picture = "".join(data[kind].split())
                yield f'<p><img src="data:{kind};base64,{picture}" alt="{PICTURE}"></p>'
            elif "text/html" in data:
                yield f'<div class="wide" tabindex="0">{_clean_table(data["text/html"])}</div>'
            elif "text/plain" in data and not data["text/plain"].startswith("<function "):
                yield f"<pre>{escape(strip_ansi(data['text/plain']))}</pre>"


def _clean_table(html: str) -> str:
    """Return the HTML of a table with cells in place of headings that say nothing."""
    return _HEADING_TAG.sub(r"<\1p>", _BORDER.sub(r"\1", _EMPTY_HEADING.sub(r"<td\1></td>", html)))


@functools.lru_cache(maxsize=512)
def _render_markdown(source: str) -> str:
    """Return Markdown as HTML. The texts of an assignment are the same on every page."""
    return _below_headings(_ANCHOR.sub("", markdown2html(source)))


def _render_comment(source: str) -> str:
    """Return a comment of a grader as HTML: Markdown, in which a tag is text like any other."""
    # Comments are typed by hand, and a `<` in one is meant as a sign.
    renderer = IPythonRenderer(escape=True, exclude_anchor_links=True)
    return _below_headings(safe_html(MarkdownWithMath(renderer=renderer).render(source)))


def _below_headings(html: str) -> str:
    """Return HTML without headings of its own, which would disturb those of the page."""
    html = re.sub(r"<(/?)h[1-6]\b[^>]*>", lambda m: "</p>" if m[1] else '<p class="heading">', html)
    return _EMPTY_HEADING.sub(r"<td\1></td>", html)
