"""What an assignment is, by its notebook: a line about it, minutes, points, what is begun."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from course.cells.saved import read_notebook

ORDER = ("start", "argument", "votes", "timeline", "verdict")
_TITLE = re.compile(r"^# (.+)", re.MULTILINE)
_MINUTES = re.compile(r"^## .*\((\d+) minutes\)", re.MULTILINE)


@dataclass(frozen=True)
class Facts:
    """What stands in the notebook of an assignment; 0 and "" where it says nothing."""

    about: str = ""
    minutes: int = 0
    points: float = 0.0
    questions: int = 0


def read_facts(folder: Path) -> Facts:
    """Return the facts of an assignment from the folder in which it was handed out."""
    notebook = read_notebook(folder / f"{folder.name}.ipynb")
    if notebook is None:
        return Facts()
    text = "\n".join(cell.source for cell in notebook.cells if cell.kind == "markdown")
    title = _TITLE.search(text)
    asked = notebook.list_questions(folder.name)
    return Facts(
        title[1].rpartition(": ")[2] if title else "",
        sum(map(int, _MINUTES.findall(text))),
        sum(question.points or 0.0 for question in asked),
        len(asked),
    )


def count_begun(folder: Path) -> int:
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
