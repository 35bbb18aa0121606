"""A question of an assignment: its parts, the check of form, the grade."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course import register
from course.lines import READ_AS
from course.scoring.functions import CallFailed
from course.scoring.kind import MISSING, Kind, Score
from course.scoring.plain import type_name
from course.scoring.plots import NOTHING_DRAWN, PlotKind
from course.scoring.quiet import quiet
from course.scoring.shown import printable, unquoted

__all__ = ["FormError", "PartForm", "Question"]


class FormError(AssertionError):
    """An answer is not well-formed. Raised only under nbgrader's Validate."""

    def _render_traceback_(self) -> list[str]:
        """Let IPython show the message alone: the way through this package helps no student."""
        return str(self).splitlines()


@dataclass(frozen=True)
class _Part:
    name: str
    read: Callable[[], object]
    kind: Kind[Any]
    weight: float


@dataclass(frozen=True)
class PartForm:
    """The form of one part: whether there is an answer, and what is wrong with it, or None."""

    name: str
    answered: bool
    problem: str | None


class Question:
    """One question: `name` as in the assignment, `points` for all parts together.

    Give each part with `part`, then call `check_form`. Hidden tests add a `key` for each part and
    end with `grade`, whose result has to be the last expression of the cell.
    """

    def __init__(self, name: str, points: float) -> None:
        if not points > 0:
            raise ValueError(f"{name}: points have to be more than 0, not {points}")
        self.name = name
        self.points = float(points)
        self._parts: dict[str, _Part] = {}
        self._keys: dict[str, Any] = {}
        self._notes: dict[str, str] = {}

    def part(
        self, name: str, reader: Callable[[], object], kind: Kind[Any], weight: float = 1.0
    ) -> None:
        """Add a part: the name the student fills, `lambda: name`, what is wanted, its weight.

        Raises ValueError for a name used twice or a weight that is not positive.
        """
        if name in self._parts:
            raise ValueError(f"{self.name} · {name}: this part was given twice")
        if not weight > 0:
            raise ValueError(f"{self.name} · {name}: a weight has to be more than 0, not {weight}")
        if not isinstance(kind, Kind):
            raise ValueError(
                f"{self.name} · {name}: a kind is wanted, such as number(), not {kind!r}"
            )
        self._parts[name] = _Part(name, reader, kind, float(weight))

    def key(self, name: str, *key: Any, note: str = "", **options: Any) -> None:
        """Set the key of a part in the terms of its kind; ValueError where it makes no sense.

        `note`: what whoever earns something of the part is told besides, such as that several
        answers are accepted. It must not name one.
        """
        if name not in self._parts:
            known = ", ".join(self._parts) or "none"
            raise ValueError(f"{self.name} · {name}: a key for an unknown part (parts: {known})")
        if name in self._keys:
            raise ValueError(f"{self.name} · {name}: the key was given twice")
        try:
            self._keys[name] = self._parts[name].kind.read_key(*key, **options)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{self.name} · {name}: {error}") from error
        self._notes[name] = note

    def check_form(self) -> None:
        """Print one line for each part that is not well-formed, or that all is well.

        Under nbgrader's Validate (`NBGRADER_EXECUTION=validate`) raises FormError instead, so that
        the student sees the cell marked. Otherwise never raises: "Run all" goes on. While grading
        (`autograde`) it is silent: `grade` says it all.
        """
        mode = os.environ.get("NBGRADER_EXECUTION", "")
        if mode == "autograde":
            return
        register.questions[self.name] = self  # for the table at the end of the notebook
        problems = [line for part in self._parts.values() if (line := self._form_line(part))]
        if not problems:
            print(f"{self.name}: the form is right. Points come with grading.")
            self._describe_charts()
            return
        if mode == "validate":
            raise FormError("\n".join(problems))
        print("\n".join(problems))

    def forms(self) -> tuple[PartForm, ...]:
        """Return the form of every part as it is now; never raises."""
        return tuple(self._form(part) for part in self._parts.values())

    def grade(self) -> float:
        """Print one line a part and return the points: a float from 0 to `points`, two decimals.

        After the points stands a line for each answer that says how it was read.

        Raises ValueError where a part has no key.
        """
        if not self._parts:
            raise ValueError(f"{self.name}: there is no part to grade")
        for name in self._parts:
            if name not in self._keys:
                raise ValueError(f"{self.name} · {name}: there is no key for this part")
        lines, read_as, earned, whole = [], [], 0.0, 0.0
        for part in self._parts.values():
            score = self._score(part)
            if not _says_missing(score.message) and (text := _in_words(part)):
                read_as.append(f"{READ_AS}{part.name} = {text}")
            verdict = _verdict(score, self._notes[part.name])
            lines.append(f"{self.name} · {part.name}: {verdict}")
            earned += part.weight * score.fraction
            whole += part.weight
        points = min(self.points, max(0.0, round(self.points * earned / whole, 2)))
        lines = [*lines, f"{self.name}: {points:g} of {self.points:g} points.", *read_as]
        print("\n".join(map(printable, lines)))  # a line of ours is one, whatever it quotes
        return points

    def _form(self, part: _Part) -> PartForm:
        value, problem = _read(part)
        problem = problem or part.kind.form(value)
        return PartForm(part.name, not _says_missing(problem or ""), problem)

    def _describe_charts(self) -> None:
        """Say what a chart shows: JupyterLab gives its picture no text alternative."""
        for part in self._parts.values():
            if isinstance(part.kind, PlotKind):
                print(f"{self.name} · {part.name}, in words: {_in_words(part)}.")

    def _form_line(self, part: _Part) -> str | None:
        problem = self._form(part).problem
        return f"{self.name} · {part.name}: {_sentence(problem)}" if problem else None

    def _score(self, part: _Part) -> Score:
        value, problem = _read(part)
        if problem:
            return Score(0.0, problem)
        score: Score = part.kind.score_read(value, self._keys[part.name])
        return score


def _read(part: _Part) -> tuple[object, str | None]:
    """Return what the name holds, or why it holds nothing."""
    with quiet():
        try:
            return part.read(), None
        except KeyboardInterrupt:
            raise
        except (NameError, KeyError):
            return None, f"there is no answer yet under the name {part.name}"
        except CallFailed as error:
            return None, str(error.args[0]) if error.args else "the answer could not be fetched"
        except BaseException as error:
            return None, f"the answer cannot be read: this stops with {type_name(error)}"


def _says_missing(message: str) -> bool:
    return any(text in unquoted(message) for text in (MISSING, NOTHING_DRAWN))


def _in_words(part: _Part) -> str:
    """Return what a part holds, as it was read, or '' where that cannot be; never raises."""
    value, problem = _read(part)
    try:
        with quiet():
            return "" if problem else part.kind.in_words(value)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return ""


def _verdict(score: Score, note: str) -> str:
    if score.fraction >= 1.0:
        return f"right. {_sentence(note)}".strip()
    if score.fraction > 0.0:
        return " ".join(filter(None, ("partly right.", _sentence(score.message), _sentence(note))))
    return _sentence(score.message)


def _sentence(text: str) -> str:
    text = text.strip()
    text = text.encode("utf-8", "replace").decode("utf-8")
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")
