"""What a practice question is: its parts and open key, and what is said besides.

The questions of an assignment stand in the module of its name, as `course/practice/votes.py`. Their
material differs from that of the graded question, so their keys may be read by anybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from course.errors import CourseError
from course.scoring.maps import label_map
from course.scoring.question import Question

PANEL = "practice_panel"  # the name under which a practice question finds what a panel holds

Build = Callable[[Question], None]


@dataclass(frozen=True)
class Exercise:
    """A practice question."""

    question: str  # the graded question that it stands before, as "votes-03"
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


def choose(
    question: str,
    title: str,
    options: Mapping[str, str],
    items: Mapping[str, tuple[str, str]],
    mistakes: Mapping[tuple[str, str], str],
    *,
    hint: str,
    right: str,
) -> None:
    """Make a practice question of a panel: for each of `items`, a text and the option it gets."""

    def build(q: Question) -> None:
        q.part(PANEL, label_map(list(items), list(options)))
        q.key(PANEL, {name: choice for name, (_, choice) in items.items()}, mistakes=mistakes)

    texts = {name: text for name, (text, _) in items.items()}
    exercise(question, hint=hint, right=right, title=title, options=options, items=texts)(build)


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
