"""The page on which a student's JupyterLab opens: what is due, how it goes, whom to ask."""

import json
import math
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment

from course.cells.saved import read_notebook
from course.desk.seats.notice import Notice, read_notice
from course.grader.intake.stamp import read_stamp
from course.wholefile import write_whole

FILE_NAME = "start.md"

ORDER = ("start", "argument", "votes", "timeline", "verdict")
_TITLE = re.compile(r"^# (.+)", re.MULTILINE)
_MINUTES = re.compile(r"^## .*\((\d+) minutes\)", re.MULTILINE)
TEMPLATE = Path(__file__).parent / "start.md"


@dataclass(frozen=True)
class Desk:
    """What a student's desk looks like."""

    folder: Path  # the working folder, which the page is written to
    outbound: Path  # the exchange's folder of released assignments
    cache: Path  # where copies of this course's submissions are kept
    student: str = "*"  # the student's name, or "*" where nbgrader takes the account's

    def released(self) -> list[str]:
        """Return the released assignments, sorted."""
        try:
            return sorted(p.name for p in self.outbound.iterdir() if not p.name.startswith("."))
        except OSError:
            return []

    def submissions(self, assignment: str) -> list[datetime]:
        """Return the times at which an assignment was submitted, oldest first."""
        # nbgrader names a copy STUDENT+ASSIGNMENT+TIME.
        names = [p.name.split("+") for p in self.cache.glob(f"*+{assignment}+*")]
        mine = [parts for parts in names if self.student in ("*", parts[0])]
        return sorted(filter(None, (read_stamp(parts[2]) for parts in mine if len(parts) > 2)))


def write_markdown(desk: Desk, notice: Notice, now: datetime) -> str:
    """Return the page as Markdown."""
    released = sorted(desk.released(), key=lambda name: _place_in_order(name, notice))
    following = [name for name in released if not desk.submissions(name)][:1]
    rows = [
        f"{'▶ ' if name in following else ''}{_write_row(desk, notice, name, now)}"
        for name in released
    ]
    layout = Environment(trim_blocks=True, keep_trailing_newline=True)
    return layout.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        student=desk.student, rows=rows, now=_write_time(now), contact=notice.contact
    )


def write_page(desk: Desk) -> None:
    """Write the page into the working folder, if it says something new."""
    text = write_markdown(desk, read_notice(desk.outbound), datetime.now().astimezone())
    write_whole(desk.folder / FILE_NAME, text)


def _place_in_order(name: str, notice: Notice) -> tuple[float, int, str]:
    """Return where an assignment comes: by its date, else in the module's own order."""
    due = notice.due.get(name)
    place = ORDER.index(name) if name in ORDER else len(ORDER)
    return due.timestamp() if due else math.inf, place, name


def _write_row(desk: Desk, notice: Notice, name: str, now: datetime) -> str:
    """Return what an assignment is, by the notebook that was handed out, and how far one is."""
    notebook = read_notebook(desk.outbound / name / f"{name}.ipynb")
    cells = notebook.cells if notebook else []
    asked = notebook.list_questions(name) if notebook else []
    text = "\n".join(cell.source for cell in cells if cell.kind == "markdown")
    title, minutes = _TITLE.search(text), sum(map(int, _MINUTES.findall(text)))
    points = sum(question.points or 0.0 for question in asked)
    told = (
        f"**{name}**" + (f": {title[1].rpartition(': ')[2]}" if title else ""),
        f"about {minutes} minutes" if minutes else "",
        f"{points:g} points" if points else "",
        _due_words(notice.due.get(name), now),
    )
    return f"{' · '.join(filter(None, told))}. {_state_words(desk, name, len(asked))}"


def _due_words(due: datetime | None, now: datetime) -> str:
    if due is None:
        return "no date yet"
    word = "was due" if due < now else "due"
    return f"{word} {_write_time(due.astimezone())}"


def _state_words(desk: Desk, name: str, questions: int) -> str:
    handed_in = desk.submissions(name)
    fetched = (desk.folder / name).is_dir()
    notebook = f"[open {name}.ipynb]({name}/{name}.ipynb)"
    if handed_in:
        last = f"Submitted, last on {_write_time(handed_in[-1].astimezone())}"
        return "; ".join([last, *_feedback_links(desk, name), *[notebook] * fetched])
    if not fetched:
        return "Not fetched yet: press **Fetch** in *Nbgrader → Assignment List*"
    begun = (
        f"{_count_begun(desk.folder / name)} of {questions} questions begun, " if questions else ""
    )
    return f"Fetched, {begun}not submitted: {notebook}"


def _count_begun(folder: Path) -> int:
    """Return how many questions a student has begun, in cells or panels, as far as it is saved."""
    notebook = read_notebook(folder / f"{folder.name}.ipynb")
    if notebook is None:
        return 0
    asked = {question.name for question in notebook.list_questions(folder.name)}
    begun = {question for question, cell in notebook.answers() if not cell.untouched}
    return len(asked & (begun | _find_in_panels(folder)))


def _find_in_panels(folder: Path) -> set[str]:
    """Return the questions that answers.json holds an answer to."""
    try:
        content = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
        return {name for name, entry in content["answers"].items() if entry["value"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()


def _feedback_links(desk: Desk, name: str) -> list[str]:
    """Return links to the pages of the newest feedback that was fetched, in words."""
    pages = sorted((desk.folder / name / "feedback").glob("*/*.html"))
    newest = [page for page in pages if page.parent == pages[-1].parent]
    # nbgrader calls the folder after the time of the submission: with spaces and colons.
    return [
        f"[read the feedback on {page.stem}]({quote(page.relative_to(desk.folder).as_posix())})"
        for page in newest
    ]


def _write_time(when: datetime) -> str:
    zone = when.strftime("%Z")
    if zone[:1] in ("+", "-"):  # a zone without a letter name, such as Lima's
        zone = f"UTC{zone}"
    return f"{when:%A}, {when.day} {when:%B %Y, %H:%M} {zone}".rstrip()
