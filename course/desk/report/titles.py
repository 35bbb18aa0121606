"""Reads the titles of an assignment and of its questions from the instructor's notebook."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*$", re.M)
_NUMBER = re.compile(r"^\d+\s*[·.:)–-]\s*")
_CODE = re.compile(r"```.*?```", re.S)


@dataclass
class Titles:
    """The title of an assignment, and of each question by its grade id."""

    assignment: str = ""  # e.g. "Votes: what the numbers say"; "" without one
    questions: dict[str, str] = field(default_factory=dict)  # "votes-02": "Three wholes"


def read_titles(notebooks: Iterable[Mapping[str, Any]]) -> Titles:
    """Return the titles that stand in notebooks: a question's is the heading nearest above it."""
    titles = Titles()
    for nb in notebooks:
        heading = ""
        for cell in nb["cells"]:
            tag = cell["metadata"].get("nbgrader", {})
            if tag.get("grade"):
                titles.questions[tag["grade_id"]] = heading
            elif cell["cell_type"] == "markdown" and not tag.get("solution"):
                found = _HEADING.findall(_CODE.sub("", "".join(cell["source"])))
                if found:
                    titles.assignment = titles.assignment or found[0]
                    heading = _NUMBER.sub("", found[-1])
    return titles
