"""What a practice question is: its parts and open key, and what is said besides.

The questions of an assignment stand in the module of its name, as `course/practice/votes.py`. Their
material differs from that of the graded question, so their keys may be read by anybody.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


def read_choices(assignment: str, **options: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Make the practice of an assignment in which each text, or each name, gets one option.

    Args:
        assignment: whose; it stands in the TOML file of this name beside this module.
        options: lists of options that the file names instead of writing them out.

    Returns:
        The texts of each question of a panel, by their names.
    """
    found = read_practice(assignment)
    return {
        question: _make_choice(question, entry, options)
        if "items" in entry
        else _make_names(question, entry)
        for question, entry in found.items()
    }


def read_practice(name: str) -> dict[str, Any]:
    """Return a TOML file of practice that stands beside this module, by question."""
    file = Path(__file__).with_name(f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def pair_mistakes(mistakes: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """Return what is said of a wrong choice, by the text and what was chosen for it."""
    return {(name, one): said for name, by in mistakes.items() for one, said in by.items()}


def _make_choice(
    question: str, entry: Mapping[str, Any], known: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Make a practice question for a panel of an entry of the file; return its texts."""
    items, options = entry["items"], entry["options"]
    options = known[options] if isinstance(options, str) else options

    def build(q: Question) -> None:
        keys = {name: item["key"] for name, item in items.items()}
        kind = label_map(list(items), list(options))
        ask(q, PANEL, kind, keys, mistakes=pair_mistakes(entry["mistakes"]))

    texts = {name: item["text"] for name, item in items.items()}
    shown = {"title": entry["title"], "options": options, "items": texts}
    exercise(question, hint=entry["hint"], right=entry["right"], **shown)(build)
    return texts


def _make_names(question: str, entry: Mapping[str, Any]) -> dict[str, str]:
    """Make a practice question in which code gives each name one of the options."""

    def build(q: Question) -> None:
        for name, part in entry["names"].items():
            ask(q, name, choice(entry["options"]), part["key"], mistakes=part["mistakes"])

    exercise(question, hint=entry["hint"], right=entry["right"])(build)
    return {}


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
