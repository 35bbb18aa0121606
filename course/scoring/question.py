"""A question of an assignment: its parts, the check of form, the grade."""

import os
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course import register
from course.scoring import asking
from course.scoring.asking import CannotBeRead, GradedAnswer, NamedAnswers, NoAnswer
from course.scoring.kind import MISSING, Kind, Score
from course.scoring.labels import fold_text, label_of, quote_label
from course.scoring.plain import Function, Pairs, Plain
from course.scoring.plots import NOTHING_DRAWN
from course.scoring.quiet import keep_quiet, try_quietly
from course.scoring.results import CheckResult, PartResult, put_out
from course.scoring.shown import empty_quotes, make_printable


class FormError(AssertionError):
    """An answer is not well-formed. Raised only under nbgrader's Validate."""

    def _render_traceback_(self) -> list[str]:
        """Let IPython show the message alone: the way through this package helps no student."""
        return textwrap.wrap(str(self), 100)  # Validate's dialog cuts off longer lines


@dataclass(frozen=True)
class _Part:
    name: str
    path: tuple[str, ...]
    kind: Kind[Any]
    weight: float


@dataclass(frozen=True)
class _Follow:
    """What a part's key is where it follows from earlier answers, by their names."""

    earlier: tuple[str, ...]
    key: Callable[..., Any]
    options: Mapping[str, Any]


@dataclass(frozen=True)
class PartForm:
    """The form of one part: whether there is an answer, what is wrong with it, what looks odd."""

    name: str
    answered: bool
    problem: str | None
    remark: str = ""


class Question:
    """One question: `name` as in the assignment, `points` for all parts together.

    Give each part with `part`, then call `check`. Hidden tests add a `key` for each part and
    end with `grade`, whose result has to be the last expression of the cell. The answers are those
    of the notebook, or `answers`, by name. Without `points`, as in a source notebook, a grade is
    the share that is right: the points stand in the cell's settings, and generating the assignment
    writes them here.
    """

    def __init__(
        self,
        name: str,
        points: float | None = None,
        *,
        answers: Mapping[str, object] | None = None,
    ) -> None:
        if points is not None and not points > 0:
            raise ValueError(f"{name}: points have to be more than 0, not {points}")
        self.name = name
        self.points = None if points is None else float(points)
        self._parts: dict[str, _Part] = {}
        self._keys: dict[str, list[Any]] = {}
        self._notes: dict[str, str] = {}
        self._follows: dict[str, list[_Follow]] = {}
        self._answers = None if answers is None else NamedAnswers(answers)
        self._asked: dict[tuple[str, bool], tuple[Plain, str | None]] = {}
        self._earned: dict[str, float] = {}  # by name, the share of its points

    def part(self, name: str, kind: Kind[Any], weight: float = 1.0, *, at: str = "") -> None:
        """Add a part: the name that the student fills, what is wanted, its weight.

        `at`: where the answer stands if not under `name`, as "panel" for what a panel holds, or
        "panel.entry" for one entry of it. Raises ValueError for a name used twice, for what is no
        name, or for a weight that is not positive.
        """
        path = tuple((at or name).split("."))
        if not path[0].isidentifier() or not all(path):
            raise ValueError(f"{self.name} · {name}: '{at or name}' names no answer")
        if name in self._parts:
            raise ValueError(f"{self.name} · {name}: this part was given twice")
        if not weight > 0:
            raise ValueError(f"{self.name} · {name}: a weight has to be more than 0, not {weight}")
        if not isinstance(kind, Kind):
            raise ValueError(
                f"{self.name} · {name}: a kind is wanted, such as number(), not {kind!r}"
            )
        self._parts[name] = _Part(name, path, kind, float(weight))

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
        self._keys[name] = [self._read_key(name, key, options)]
        self._notes[name] = note

    def alternative(self, name: str, *key: Any, **options: Any) -> None:
        """Add another whole key of a part: the one that an answer does better by counts.

        For answers that belong together, such as the map of a reader with another main claim.
        """
        if name not in self._keys:
            raise ValueError(f"{self.name} · {name}: an alternative stands behind the key")
        self._keys[name].append(self._read_key(name, key, options))

    def _read_key(self, name: str, key: tuple[Any, ...], options: Mapping[str, Any]) -> Any:
        try:
            return self._parts[name].kind.read_key(*key, **options)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{self.name} · {name}: {error}") from error

    def follow(
        self, name: str, earlier: str | Sequence[str], key: Callable[..., Any], **options: Any
    ) -> None:
        """Let a part be right, too, where it follows from the student's own earlier answers.

        Args:
            name: the part.
            earlier: the names of these answers.
            key: gives, from their values, the key that follows; None where none does.
            options: of that key, as its precision.
        """
        if name not in self._keys:
            raise ValueError(f"{self.name} · {name}: what it follows from stands behind the key")
        names = (earlier,) if isinstance(earlier, str) else tuple(earlier)
        self._follows.setdefault(name, []).append(_Follow(names, key, options))

    def earlier(self, name: str) -> Any:
        """Return what the notebook holds under a name, as plain Python; None where it is nothing.

        For a key that depends on an earlier answer of the student's own. Where others are asked, it
        is what that answer was when its own check graded it.
        """
        return asking.python_value(self._graded_answer(name).record)

    def _graded_answer(self, name: str) -> GradedAnswer:
        """Return an answer of this question or of an earlier one, and what it earned."""
        graded = asking.source.graded
        own = [part for part in self._parts.values() if part.path[0] == name]
        if graded is None or self._answers or own:
            return GradedAnswer(self._ask(name, chart=False)[0], self._earned.get(name, 0.0))
        return graded.get(name, GradedAnswer(None, 0.0))

    def check(self, step: str = "") -> None:
        """Print in one line how much is filled in, and what to mend; nothing is called right.

        `step`: where these parts are not the whole question, what they are called, as "step a".

        Under nbgrader's Validate (`NBGRADER_EXECUTION=validate`) raises FormError where anything is
        left to do, so that the student sees the cell marked. Otherwise never raises: "Run all" goes
        on. While grading (`autograde`) it is silent: `grade` says it all.
        """
        mode = _execution_mode()
        if mode == "autograde":
            return
        if not step:
            register.questions[self.name] = self  # for the table at the end of the notebook
        trouble = self.find_trouble()
        forms = () if trouble else self.forms()
        name = f"{self.name}, {step}" if step else self.name
        line = f"△ {name}: not checked. {trouble}" if trouble else _say_forms(name, forms)
        if mode == "validate" and (trouble or any(form.problem for form in forms)):
            raise FormError(line)
        print(line)
        if not trouble and not any(form.problem for form in forms):
            self._describe_charts()

    def find_trouble(self) -> str:
        """Say why what the kernel remembers is not what the answer's cell says; "" if it is."""
        return register.find_trouble(self.name, [part.path[0] for part in self._parts.values()])

    def forms(self) -> tuple[PartForm, ...]:
        """Return the form of every part as it is now; never raises."""
        return tuple(self._part_form(part) for part in self._parts.values())

    def grade(self) -> float:
        """Print one line a part and return the points: a float from 0 to `points`, two decimals.

        Where no points are given, return the share that is right.

        After the points stands a line for each answer that says how it was read. The same is put
        out as a record, which is what reports and pages are made of.

        Raises ValueError where a part has no key, and while grading where there are no points.
        """
        if self.points is None and _execution_mode() == "autograde":
            raise ValueError(f"{self.name}: there are no points; generate the assignment again")
        result = self.result()
        lines = [f"{self.name} · {part.part}: {part.message}" for part in result.parts]
        of_all = "of its points" if self.points is None else f"of {self.points:g} points"
        lines.append(f"{self.name}: {result.earned:g} {of_all}.")
        lines += [f"Read as: {part.part} = {part.read_as}" for part in result.parts if part.read_as]
        put_out(result)
        print("\n".join(lines))
        return result.earned

    def result(self) -> CheckResult:
        """Return what the check finds in the answers. Raises ValueError where a part has no key."""
        if not self._parts:
            raise ValueError(f"{self.name}: there is no part to grade")
        for name in self._parts:
            if name not in self._keys:
                raise ValueError(f"{self.name} · {name}: there is no key for this part")
        parts = tuple(self._part_result(part) for part in self._parts.values())
        if asking.source.graded is not None and not self._answers:
            names = {part.path[0] for part in self._parts.values()}
            asking.source.graded.update({name: self._graded_answer(name) for name in names})
        return CheckResult(self.name, self.points or 1.0, parts)

    def _part_form(self, part: _Part) -> PartForm:
        record, problem = self._read(part)
        problem = problem or part.kind.form(record)
        remark = None if problem else part.kind.remark(record)
        # A dict may have some entries that are filled in, if not all.
        begun = isinstance(record, Pairs) and any(value is not None for _, value in record.pairs)
        answered = not _says_missing(problem or "") or (begun and not part.kind.reads_charts)
        return PartForm(part.name, answered, problem, remark or "")

    def _describe_charts(self) -> None:
        """Say what a chart shows: JupyterLab gives its picture no text alternative."""
        for part in self._parts.values():
            if part.kind.reads_charts:
                words = _in_words(part, *self._read(part))
                print(f"{self.name} · {part.name}, in words: {words}.")

    def _part_result(self, part: _Part) -> PartResult:
        record, problem = self._read(part)
        score = self._score_part(part, record, problem)
        self._earned[part.path[0]] = score.fraction
        message = _say_verdict(score, self._notes[part.name])
        return PartResult(
            part.name,
            part.weight,
            score.fraction,
            make_printable(message),  # one line, whatever it quotes
            score.answered,
            score.mistakes if score.fraction < 1.0 else (),
            make_printable(_in_words(part, record, problem)) if score.answered else "",
            make_printable(score.follows),
            part.kind.reads_charts,
        )

    def _score_part(self, part: _Part, record: Plain, problem: str | None) -> Score:
        if problem:
            return Score(0.0, problem, answered=not _says_missing(problem))
        scores: list[Score] = [part.kind.score_read(record, key) for key in self._keys[part.name]]
        best = max(scores, key=lambda score: score.fraction)
        if best.fraction == 1.0 or not best.answered:
            return best
        for follow in self._follows.get(part.name, ()):
            names = " and ".join(follow.earlier)
            if self._does_follow(part, record, follow):
                return Score(1.0, follows=f"it follows from your own {names}")
        return best

    def _does_follow(self, part: _Part, record: Plain, follow: _Follow) -> bool:
        """Tell whether an answer is what follows from the student's own earlier ones."""
        earlier = [self._graded_answer(name) for name in follow.earlier]
        # A function that is right gives the key; another result comes of its knowing these rows.
        if any(isinstance(one.record, Function) and one.fraction == 1.0 for one in earlier):
            return False
        values = [asking.python_value(one.record) for one in earlier]
        if any(value is None or is_trivial(value) for value in values):
            return False
        try:
            with keep_quiet():
                derived = follow.key(*values)
                if derived is None or part.kind.form(derived) or is_trivial(derived):
                    return False
                key = part.kind.read_key(derived, **follow.options)
        except Exception:  # an earlier answer of any kind: nothing follows from it
            return False
        return bool(part.kind.score_read(record, key).fraction == 1.0)

    def _read(self, part: _Part) -> tuple[Plain, str | None]:
        """Return what a part holds, or why it holds nothing."""
        held, problem = self._ask(part.path[0], part.kind.reads_charts)
        record = held
        for entry in part.path[1:]:
            record = _entry(record, entry)
        if problem is None and part.name != part.path[0] and part.kind.is_missing(record):
            problem = self._say_elsewhere(part, held)
        return record, problem

    def _say_elsewhere(self, part: _Part, held: Plain) -> str | None:
        """Say where an answer stands that a panel does not hold, as under the part's own name."""
        panel, *entry = part.path
        together = [p for p in self._parts.values() if p.path[0] == panel]
        record, problem = self._ask(part.name, chart=False)
        if not (problem or part.kind.is_missing(record) or isinstance(record, Function)):
            given = ", ".join(f'"{p.path[-1]}": {p.name}' for p in together)
            return (
                f"the answer is taken from {panel}.value, "
                + (f'which has no "{entry[0]}"; ' if entry else "which is empty; ")
                + f"{part.name} holds one: write {panel}.value = "
                + (f"{{{given}}}" if entry else part.name)
            )
        names = [label_of(name) for name, _ in held.pairs] if isinstance(held, Pairs) else []
        if entry and names and not {*names} & {fold_text(p.path[-1]) for p in together}:
            return f'there is no "{entry[0]}" in {panel}.value; it has {quote_label(names[0])}'
        return None

    def _ask(self, name: str, chart: bool) -> tuple[Plain, str | None]:
        """Ask for what stands under a name; what went wrong is returned in words.

        Others are asked once: what they say may change.
        """
        if asking.source.graded is None or self._answers:
            return self._ask_anew(name, chart)
        if (name, chart) not in self._asked:
            self._asked[name, chart] = self._ask_anew(name, chart)
        return self._asked[name, chart]

    def _ask_anew(self, name: str, chart: bool) -> tuple[Plain, str | None]:
        answers = self._answers or asking.source.answers
        try:
            with keep_quiet():
                return answers.ask(name, chart), None
        except NoAnswer:
            return None, f"{MISSING} under the name {name}"
        except CannotBeRead as error:
            return None, str(error)


LEAST = 0.05  # a number nearer to zero than this may have been guessed


def is_trivial(value: object) -> bool:
    """Tell whether what would follow can be had without working it out: zero, or next to it."""
    return isinstance(value, int | float) and abs(value) < LEAST


def _execution_mode() -> str:
    """Return what nbgrader runs the notebook for, "validate" or "autograde"; '' for a person."""
    return os.environ.get("NBGRADER_EXECUTION", "")


def _entry(record: Plain, name: str) -> Plain:
    """Return one entry of what a panel holds; what has no entries is looked at itself."""
    if not isinstance(record, Pairs):
        return record
    return next((value for key, value in record.pairs if label_of(key) == fold_text(name)), None)


def _say_forms(question: str, forms: Sequence[PartForm]) -> str:
    """Return the one line below a check."""
    filled = sum(form.problem is None for form in forms)
    missing = [form for form in forms if not form.answered]
    told = [f"{f.name}: {make_sentence(f.problem)}" for f in forms if f.answered and f.problem]
    if len(missing) == 1 and missing[0].problem:
        told.insert(0, make_sentence(missing[0].problem))
    elif missing:
        told.insert(0, f"There is no answer yet under {', '.join(form.name for form in missing)}.")
    told += [f"{form.name}: {make_sentence(form.remark)}" for form in forms if form.remark]
    if filled == len(forms):
        return " ".join([f"● {question}: filled in. Points come with grading.", *told])
    state = "○" if len(missing) == len(forms) else "◐"
    how_many = "empty" if state == "○" else f"{filled} of {len(forms)} filled in"
    return " ".join([f"{state} {question}: {how_many}.", *told])


def _says_missing(message: str) -> bool:
    return any(text in empty_quotes(message) for text in (MISSING, NOTHING_DRAWN))


def _in_words(part: _Part, record: Plain, problem: str | None) -> str:
    """Return what a part holds, as it was read, or '' where that cannot be; never raises."""
    return try_quietly(lambda: "" if problem else part.kind.in_words(record), lambda: "")


def _say_verdict(score: Score, note: str) -> str:
    if score.fraction <= 0.0:
        return make_sentence(score.message)
    is_right = score.fraction >= 1.0
    said, why = ("right.", score.follows) if is_right else ("partly right.", score.message)
    return " ".join(filter(None, (said, make_sentence(why), make_sentence(note))))


def make_sentence(text: str) -> str:
    """Return a message with a capital and a full stop."""
    text = text.strip()
    text = text.encode("utf-8", "replace").decode("utf-8")
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")
