"""Judges an answer to a practice question: right, or not yet and why, as text and as HTML.

That is what a practice cell says: `practice("votes-03").check()`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from course.practice.exercise import Exercise, find_exercise
from course.practice.kept import keep_try
from course.scoring.question import PartForm, Question, make_sentence
from course.scoring.results import PartResult

COLORS = {True: "#00745a", False: "#b36b00"}
NO_ANSWER = "Replace the three dots in the cell above, run it, then run this cell again."


@dataclass(frozen=True)
class Verdict:
    """What is said of an answer."""

    headline: str  # sign and verdict; of a single answer, how it was read
    lines: tuple[str, ...]  # why, a sentence or two each
    hint: str = ""  # how to begin; "" where it is right
    right: bool = False  # whether all of it is
    answered: bool = True  # whether there is an answer of the form that is asked for, and so a try
    read_as: str = ""  # how the answer was read, by which one try is told from another

    def __repr__(self) -> str:
        hint = f"Hint: {self.hint}" if self.hint else ""
        return "\n".join(filter(None, (self.headline, *self.lines, hint)))

    def _repr_html_(self) -> str:
        """Return a box with a thick left edge, whose text begins with the verdict."""
        hint = f"<details><summary>A hint</summary>{escape(self.hint)}</details>"
        lines = "".join(f"<div>{escape(line)}</div>" for line in self.lines)
        return (
            f'<div class="backyard-practice" style="border-left: 5px solid {COLORS[self.right]};'
            f' padding: 2px 0 2px 12px"><b>{escape(self.headline)}</b>{lines}'
            f"{hint if self.hint else ''}</div>"
        )


def judge(exercise: Exercise, answers: Mapping[str, object] | None = None) -> Verdict:
    """Judge the answers of the notebook, or those given by name."""
    question = Question(f"practice of {exercise.question}", answers=answers)
    exercise.build(question)
    if answers is None and (trouble := question.find_trouble()):
        return Verdict("△ Not checked", (trouble,), answered=False)
    forms = {form.name: form for form in question.forms()}
    parts = question.result().parts
    begun = exercise.panel and any(part.answered for part in parts)  # not all rows chosen yet
    if not begun and not any(form.answered for form in forms.values()):
        return Verdict("○ No answer yet", (NO_ANSWER,), answered=False)
    wrong = [part for part in parts if part.fraction < 1.0 or forms[part.part].problem]
    read = "; ".join(part.read_as for part in parts)
    alone = _shown(parts[0]) if len(parts) == 1 and not exercise.panel else ""
    if not wrong:
        headline = f"✓ Right: {alone}" if alone else "✓ Right"
        return Verdict(headline, (exercise.right,), right=True, read_as=read)
    found = f"{len(parts) - len(wrong)} of {len(parts)} right" if len(parts) > 1 else alone
    lines = [_say(part, forms[part.part]) for part in wrong]
    if len(parts) > 1:
        names = [_name(part, in_panel=bool(exercise.panel)) for part in wrong]
        lines = [f"{name}: {line}" for name, line in zip(names, lines, strict=True)]
    formed = not any(form.problem for form in forms.values())
    headline = f"◐ Not yet: {found}" if found else "◐ Not yet"
    return Verdict(headline, tuple(lines), exercise.hint, answered=formed, read_as=read)


def _say(part: PartResult, form: PartForm) -> str:
    """Return the mistake that the key names, else what is wrong with the form, else that it is."""
    known = form.answered and any(not mistake.general for mistake in part.mistakes)
    return make_sentence(part.message if known else form.problem or part.message)


def _name(part: PartResult, in_panel: bool) -> str:
    """Return what stands before the message of a part: its name, and how it was read."""
    if in_panel:  # nobody wrote its name
        return part.part.removeprefix("practice_")
    shown = _shown(part)
    return f"{part.part} = {shown}" if shown else part.part


def _shown(part: PartResult) -> str:
    """Return how a part was read, where that is short and more than its kind."""
    long = len(part.read_as) > 60 or part.chart or part.read_as == "a function"
    return "" if long else part.read_as


class Practice:
    """The practice before a graded question, such as "votes-03"."""

    def __init__(self, question: str) -> None:
        self.question = question

    def check(self) -> Verdict | None:
        """Return the verdict on the notebook's answer, and count the try.

        Raises:
            CourseError: there is no such practice.
        """
        if os.environ.get("NBGRADER_EXECUTION"):
            return None
        verdict = judge(find_exercise(self.question))
        keep_try(self.question, verdict)
        return verdict


def practice(question: str) -> Practice:
    """Return the practice before a graded question: call its `check`, as often as you like."""
    return Practice(question)
