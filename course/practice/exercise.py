"""What a practice question is: its parts and open key, and what is said besides.

The questions of an assignment stand in the module of its name, as `course/practice/votes.py`. Their
material differs from that of the graded question, so their keys may be read by anybody.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.scoring.choices import choice
from course.scoring.kind import Kind
from course.scoring.maps import label_map
from course.scoring.question import Question

PANEL = "practice_panel"  # the name under which a practice question finds what a panel holds

Build = Callable[[Question], None]


@dataclass(frozen=True)
class Exercise:
    """A practice question."""

    question: str  # the graded one that it stands before, or a step: "votes-03", "timeline-01b"
    build: Build  # gives a `Question` its parts and keys; names begin with "practice_"
    hint: str  # how to begin, without the answer
    right: str  # why it is right, and what the graded question changes
    panel: Mapping[str, Any]  # what a panel for it shows, by the names of the panel's arguments


_KNOWN: dict[str, Exercise] = {}


def exercise(question: str, *, hint: str, right: str, **panel: Any) -> Callable[[Build], Build]:
    """Make a function that gives parts and keys the practice of a question; see `Exercise`."""

    def keep(build: Build) -> Build:
        _KNOWN[question] = Exercise(question, build, hint, right, panel)
        return build

    return keep


def ask(q: Question, name: str, kind: Kind[Any], *key: Any, **options: Any) -> None:
    """Give a question a part and its key; see `Question.part` and `Question.key`."""
    q.part(name, kind)
    q.key(name, *key, **options)


def pair_mistakes(mistakes: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """Return what is said of a wrong choice, by the text and what was chosen for it."""
    return {(name, one): said for name, by in mistakes.items() for one, said in by.items()}


def ask_choices(q: Question, entry: Mapping[str, Any]) -> None:
    """Ask which option each text of a panel gets, or each name in code."""
    if "items" in entry:
        kind = label_map(list(entry["items"]), list(entry["options"]))
        keys = {name: item["key"] for name, item in entry["items"].items()}
        ask(q, PANEL, kind, keys, mistakes=pair_mistakes(entry["mistakes"]))
    for name, part in entry.get("names", {}).items():
        ask(q, name, choice(entry["options"]), part["key"], mistakes=part["mistakes"])


def read_practice(
    file: str,
    build: Callable[..., None] = ask_choices,
    texts: str = "items",
    **options: Mapping[str, str],
) -> dict[str, Mapping[str, str]]:
    """Make the practice that stands in a TOML file beside this module.

    Args:
        file: its name, as "votes".
        build: gives a question its parts and keys, as `entry` says, what the file has of it.
        texts: under which name its texts stand, in the file and for the panel that shows them.
        options: lists of options that the file names instead of writing them out.

    Returns:
        The texts of each question of a panel, by their names.
    """
    shown = {}
    path = Path(__file__).with_name(f"{file}.toml")
    for question, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if isinstance(entry.get("options"), str):
            entry["options"] = options[entry["options"]]
        panel: dict[str, Any] = {}
        if texts in entry:
            panel = {key: entry[key] for key in ("title", "options") if key in entry}
            panel[texts] = {name: one["text"] for name, one in entry[texts].items()}
            shown[question] = panel[texts]
        make = exercise(question, hint=entry["hint"], right=entry["right"], **panel)
        make(partial(build, entry=entry))
    return shown


def find_exercise(question: str) -> Exercise:
    """Return the practice of a question. Raises CourseError where there is none."""
    module = f"course.practice.{question.rpartition('-')[0]}"
    try:
        import_module(module)
        return _KNOWN[question]
    except (ModuleNotFoundError, KeyError) as error:
        raise CourseError(
            question,
            expected=f"a practice question of this name in {module}",
            found="none",
            todo="write the name as it was handed out, such as practice('votes-03')",
        ) from error
