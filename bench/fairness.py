"""What answers without reading earn, question by question: `make fairness`.

Each question is answered as it can be without looking at what it is about: not at all, with the
best constant, with every option ticked, everything linked to one card, items in the order in which
they are printed, at random, with the example copied, by a function that ignores an argument. The
answers go through the question's own check, keys included. The whole lazy submission takes for each
question the way that earns most.
"""

from __future__ import annotations

import contextlib
import io
import random
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib
import nbformat
from rich.console import Console
from rich.table import Table

from course import scoring
from course.desk.points import write_points
from course.scoring import checkcell
from course.scoring.arrows import LinksKind
from course.scoring.asking import NamedAnswers, ask_from
from course.scoring.cases import Case, functions_without_reading, with_result
from course.scoring.checkcell import TOOLS
from course.scoring.choices import ChoiceKind, LabelSetKind, TruthKind
from course.scoring.functions import FunctionKind
from course.scoring.maps import LabelMapKind
from course.scoring.numbers import NumberKind
from course.scoring.orders import OrderKind
from course.scoring.plots import PlotKind

__all__ = [
    "COLUMNS",
    "GOAL",
    "WAYS",
    "QuestionFairness",
    "ask_recorded",
    "measure_assignment",
    "run_code",
]

ROOT = Path(__file__).resolve().parent.parent
GOAL = 0.10  # of an assignment's points, for a whole submission without reading
DRAWS = 20
WAYS = ("untouched", "constant", "random", "star", "example")
COLUMNS = (*WAYS, "lazy")
MANY = 10  # values that are tried everywhere in a map; of more, those that fit most
CONSTANTS = (0, 1, 2, 5, 10, 50, 100)
FACTORS = (0.25, 0.5, 1, 2, 4)
LIMITS = (-1, 0, 1, 10, 100, 1_000, 10_000, 100_000)


class _Recorder(scoring.Question):
    """A question that remembers the options of its keys, and the keys."""

    recorded: dict[str, dict[str, Any]]
    given: dict[str, tuple[Any, ...]]

    def key(self, name: str, *key: Any, **options: Any) -> None:
        """Remember the options and set the key."""
        self.__dict__.setdefault("recorded", {})[name] = options
        self.__dict__.setdefault("given", {})[name] = key
        super().key(name, *key, **options)


@dataclass
class QuestionFairness:
    """What each way of answering without reading earns in one question, as fractions."""

    question: str
    points: float
    earned: dict[str, float] = field(default_factory=dict)


def measure_assignment(assignment: str) -> list[QuestionFairness]:
    """Return what answers without reading earn in each question that the computer grades."""
    matplotlib.use("agg")
    notebook = nbformat.read(ROOT / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    write_points(notebook)
    names: dict[str, Any] = {"__name__": "__main__"}
    found: list[QuestionFairness] = []
    drawn = None  # the chart of the last example
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        tag = cell.metadata.get("nbgrader", {})
        if not (tag.get("grade") and not tag.get("solution")):
            run_code(cell.source, names)
            drawn = names.get("ax") if not tag.get("solution") else drawn
            continue
        found.append(_measure(cell.source, tag["grade_id"], float(tag["points"]), names, drawn))
    return found


def run_code(code: str, names: dict[str, Any]) -> None:
    """Run a cell with some names, as a kernel would; what it prints is dropped."""
    ask_from(NamedAnswers(names))
    if "ask(" in code:  # which gives a kernel the tools again that answers have replaced
        names.update(TOOLS, ask=checkcell.ask)
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "<cell>", "exec"), names)


def ask_recorded(code: str, names: dict[str, Any]) -> Any:
    """Run a check cell; return its question, which remembers its keys."""
    asking: Any = checkcell
    original = asking.Question
    asking.Question = _Recorder
    try:
        made = dict(names)
        run_code(code, made)
        return made["q"]
    finally:
        asking.Question = original


def _measure(
    code: str, question: str, points: float, names: dict[str, Any], drawn: Any
) -> QuestionFairness:
    """Answer one question in every way without reading, with the right answers elsewhere."""
    asked = ask_recorded(code, names)
    result = QuestionFairness(question, points)
    for way in WAYS:
        if way == "random":
            draws = [_earned(code, names, asked, way, drawn, seed) for seed in range(DRAWS)]
            result.earned[way] = statistics.mean(draws)
        else:
            result.earned[way] = _earned(code, names, asked, way, drawn, 0)
    result.earned["lazy"] = max(result.earned.values())
    return result


def _earned(code: str, names: dict[str, Any], asked: Any, way: str, drawn: Any, seed: int) -> float:
    """Return the fraction that a way of answering earns."""
    draw = random.Random(seed)
    parts = asked._parts.values()
    choices = [list(_answers(part, asked, way, draw, names, drawn)) or [...] for part in parts]
    # Parts do not depend on each other's wrong answers: the best of each, one at a time.
    chosen = {}
    luck = {}
    for part, options in zip(parts, choices, strict=True):
        scores = [_grade(code, names, asked, {part.name: one})[part.name] for one in options]
        chosen[part.name] = options[scores.index(max(scores))]
        if isinstance(part.kind, ChoiceKind | TruthKind) and way != "random":
            luck[part.name] = statistics.mean(scores)  # nobody knows which option is right
    fractions = _grade(code, names, asked, chosen) | luck
    whole = sum(part.weight for part in parts)
    return float(sum(part.weight * fractions[part.name] for part in parts) / whole)


def _grade(
    code: str, names: dict[str, Any], asked: Any, answers: Mapping[str, Any]
) -> dict[str, float]:
    """Return what each part earns with some answers exchanged; parts without one hold nothing."""
    held = dict(names)
    for part in asked._parts.values():
        value = answers.get(part.name, ...)
        if len(part.path) == 1:
            held[part.path[0]] = value
        else:
            there = held.get(part.path[0])
            known = dict(there) if isinstance(there, dict) else {}
            held[part.path[0]] = {**known, part.path[1]: value}
    run_code(code, held)
    return {part.part: part.fraction for part in held["q"].result().parts}


def _answers(
    part: Any, asked: Any, way: str, draw: random.Random, names: dict[str, Any], drawn: Any
) -> Iterator[Any]:
    """Yield what a way without reading can answer to a part."""
    kind, options = part.kind, asked.recorded[part.name]
    if way == "constant":
        yield from _constants(kind, asked.given[part.name])
    if way == "random":
        yield from _at_random(kind, draw)
    if way == "star" and isinstance(kind, LinksKind):
        yield from _stars(kind)
    if way == "example":
        if isinstance(kind, PlotKind) and drawn is not None:
            yield drawn
        if isinstance(kind, FunctionKind):
            right = options.get("right") or names[part.path[0]]
            yield from functions_to_try(kind, tuple(options["cases"]), right)


def functions_to_try(
    kind: FunctionKind, cases: tuple[Case, ...], right: Callable[..., Any]
) -> Iterator[Callable[..., Any]]:
    """Yield functions that do not read every argument, or copy the example.

    One argument of the right function is held at a value that stands in a case or is a usual one;
    a constant is given back, the example's result, or an argument as it came. Where True or False
    is wanted, two numbers are compared in many ways, and one with many limits.
    """
    whole = [with_result(one, right) for one in cases]
    yield from functions_without_reading(tuple(whole), right)
    example = right(*kind.example)
    yield lambda *args: example
    for place, given in enumerate(kind.example):
        yield partial(_hold, right, place, given)
        yield partial(_give_argument, place)
        if isinstance(given, int | float):
            yield from (partial(_hold, right, place, usual) for usual in CONSTANTS)
    yield from (partial(_give_constant, usual) for usual in (True, False, *CONSTANTS))
    if isinstance(kind.returns, TruthKind):
        numbers = [i for i, given in enumerate(kind.example) if isinstance(given, int | float)]
        for one in numbers:
            yield from (partial(_compare, one, one, 0, limit) for limit in LIMITS)
            for other in numbers:
                if one != other and len(numbers) > 2:
                    yield from (
                        partial(_compare, one, other, factor, limit)
                        for factor in FACTORS
                        for limit in LIMITS
                    )


def _hold(right: Callable[..., Any], place: int, held: Any, *args: Any) -> Any:
    return right(*args[:place], held, *args[place + 1 :])


def _give_argument(place: int, *args: Any) -> Any:
    return args[place]


def _give_constant(value: Any, *args: Any) -> Any:
    return value


def _compare(one: int, other: int, factor: float, limit: float, *args: Any) -> bool:
    return bool(args[one] - factor * args[other] > limit)


def _constants(kind: Any, key: tuple[Any, ...] = ()) -> Iterable[Any]:
    match kind:
        case NumberKind():
            return CONSTANTS
        case TruthKind():
            return (True, False)
        case ChoiceKind():
            return kind.options.labels
        case LabelSetKind():
            return (list(kind.options.labels), list(kind.options.labels[:1]))
        case LabelMapKind():
            values = [v for v in _all_constants(kind.values) if not isinstance(v, list)]
            if len(values) > MANY:  # only what the key accepts most often can earn most
                fits = Counter(one for right in key[0].values() for one in right)
                values = [value for value, _ in fits.most_common(MANY)]
            return [dict.fromkeys(kind.keys.labels, value) for value in values]
        case OrderKind():
            return (list(kind.items.labels), list(kind.items.labels)[::-1])
    return ()


def _all_constants(kind: Any) -> Iterable[Any]:
    """Return every value that may stand everywhere in a map."""
    return kind.options.labels if isinstance(kind, ChoiceKind) else _constants(kind)


def _at_random(kind: Any, draw: random.Random) -> Iterable[Any]:
    match kind:
        case NumberKind():
            return (draw.choice(CONSTANTS),)
        case TruthKind():
            return (draw.random() < 0.5,)
        case ChoiceKind():
            return (draw.choice(kind.options.labels),)
        case LabelSetKind():
            return ([label for label in kind.options.labels if draw.random() < 0.5],)
        case LabelMapKind():
            return ({k: next(iter(_at_random(kind.values, draw))) for k in kind.keys.labels},)
        case OrderKind():
            return (draw.sample(kind.items.labels, len(kind.items.labels)),)
        case LinksKind():
            nodes, relations = kind.nodes.labels, kind.relations.labels
            pairs = [draw.sample(nodes, 2) for _ in nodes]
            return ([(one, other, draw.choice(relations)) for one, other in pairs],)
    return ()


def _stars(kind: LinksKind) -> Iterable[Any]:
    """Yield maps that link all to one card, or all up to some place in the text."""
    nodes = kind.nodes.labels
    for target in nodes:
        star = [(node, target) for node in nodes if node != target]
        yield from (star[: last + 1] for last in range(len(star)))


def main() -> int:
    """Print the table; return 1 where a whole lazy submission earns more than the goal."""
    console = Console()
    missed = 0
    for folder in sorted((ROOT / "source").iterdir()):
        if not (folder / f"{folder.name}.ipynb").exists():
            continue
        rows = measure_assignment(folder.name)
        table = Table("question", "points", *COLUMNS, title=folder.name)
        for row in rows:
            cells = [f"{100 * row.earned[way]:.0f} %" for way in COLUMNS]
            table.add_row(row.question, f"{row.points:g}", *cells)
        whole = sum(row.points for row in rows)
        shares = {way: sum(r.points * r.earned[way] for r in rows) / whole for way in COLUMNS}
        table.add_section()
        table.add_row("all", f"{whole:g}", *(f"{100 * shares[way]:.1f} %" for way in COLUMNS))
        console.print(table)
        missed += shares["lazy"] > GOAL
    console.print(f"{missed} goals not reached (lazy: at most {100 * GOAL:.0f} % of an assignment)")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
