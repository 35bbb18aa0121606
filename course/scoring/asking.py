"""Where a check gets the answers that it asks for: by name, one at a time, as records.

In a notebook the names are those of the kernel. Where answers are graded, the process that runs the
checks has no names of the student's at all: it asks another process for each.
"""

import ast
import random
import re
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from course.scoring.axes import plain_chart
from course.scoring.plain import (
    Function,
    Listing,
    Other,
    Pairs,
    Plain,
    is_a,
    is_missing,
    plain,
    type_name,
)

_POINTS = re.compile(r"\d\.\d+\.\d")


class NoAnswer(LookupError):  # noqa: N818 - what is found, not an error of this program
    """There is nothing under the name that was asked for."""


class CannotBeRead(Exception):  # noqa: N818 - what is said of the answer, not of this program
    """An answer is there and cannot be had; the reason is a sentence for the student."""


class Answers(Protocol):
    """Gives the student's answers."""

    def ask(self, name: str, chart: bool) -> Plain:
        """Return what stands under a name, for a chart what it shows.

        Raises:
            NoAnswer: there is nothing.
            CannotBeRead: it cannot be had.
        """


class NamedAnswers:
    """Answers in a namespace of this process; None for the kernel's own."""

    def __init__(self, names: Mapping[str, object] | None = None) -> None:
        self._names = names

    def ask(self, name: str, chart: bool) -> Plain:
        """Return what stands under a name; see `Answers`."""
        names = _names_of_kernel() if self._names is None else self._names
        if name not in names:
            if why := _say_why_unset(name, names):
                raise CannotBeRead(why)
            raise NoAnswer(name)
        record = plain_answer(names[name], chart)
        # A panel stands there, whatever became of the cell that was to fill it.
        empty = is_missing(record) and _is_panel(names[name])
        if empty and (why := _say_why_unset(f"{name}.value", names, ran=False)):
            raise CannotBeRead(why)
        return record


class GradedAnswer(NamedTuple):
    """What a name held when its own check graded it, and which share of its points it earned."""

    record: Plain
    fraction: float


class _Source:
    """Where answers come from in this process, and what cases are drawn by."""

    answers: Answers = NamedAnswers()
    seed: int = 0
    # By name, where others are asked: they may say something else the next time.
    graded: dict[str, GradedAnswer] | None = None


source = _Source()


def ask_from(
    answers: Answers, seed: int = 0, graded: dict[str, GradedAnswer] | None = None
) -> None:
    """Ask others for the answers from now on.

    `seed`: what the order of cases is drawn by; `graded`: what earlier checks graded, and where
    this one adds its own, so that nothing follows from what is said to a second question.
    """
    source.answers, source.seed, source.graded = answers, seed, graded


def drawn_twice(count: int) -> list[int]:
    """Return the places 0 to count - 1, each twice, in the order drawn for this submission.

    None comes again after `count` calls, for that is where a function that counts its calls, and
    gives the results of the cases in turn, expects it.
    """
    draw, places = random.Random(source.seed), [*range(count)] * 2
    while count > 1 and any(places[i] == places[i + count] for i in range(count)):
        draw.shuffle(places)
    return places


def plain_answer(value: object, chart: bool = False) -> Plain:
    """Return an answer as a record; of a panel its value, or the one that it refused."""
    if chart:
        record = plain_chart(value)
        # What a chart shows may be described, but not by whoever is to draw it.
        told = isinstance(record, Pairs) and isinstance(plain(value), Pairs)
        return Other("a description of a chart") if told else record
    if not _is_panel(value):
        return plain(value)
    try:
        refused = getattr(value, "refused", None)
        return plain(value.value if refused is None else refused)  # type: ignore[attr-defined]
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise CannotBeRead(f"the panel cannot be read: it stops with {type_name(error)}") from None


def _is_panel(value: object) -> bool:
    """Tell whether this is a widget that holds a value."""
    if "ipywidgets" not in sys.modules:
        return False
    from ipywidgets import Widget  # only where a notebook has imported it anyway

    mro: Any = type.__dict__["__mro__"].__get__(type(value))
    return is_a(value, Widget) and any("value" in vars(kind) for kind in mro)


def python_value(record: Plain) -> Any:
    """Return a record as Python's own lists, dicts and functions; None for what is none of these.

    A function gives None where it stops or gives nothing back.
    """
    match record:
        case Listing():
            return [python_value(item) for item in record.items]
        case Pairs():
            pairs = [(python_value(k), python_value(v)) for k, v in record.pairs]
            return {k: v for k, v in pairs if isinstance(k, str | int | float)}
        case None | bool() | int() | float() | str():
            return record
        case Function():
            return lambda *args: python_value(record.call(args).value)
    return None


def _names_of_kernel() -> Mapping[str, object]:
    """Return the names of the notebook's kernel, or of the program where there is none."""
    from IPython.core.getipython import get_ipython  # takes long; a kernel has it already

    shell = get_ipython()
    return vars(sys.modules["__main__"]) if shell is None else shell.user_ns


def _say_why_unset(name: str, names: Mapping[str, object], ran: bool = True) -> str | None:
    """Say what went wrong in the last cell that was to set a name, or return None.

    Args:
        name: what holds nothing.
        names: the kernel's, with the cells that were run under "In", as IPython keeps them.
        ran: whether to speak of cells that ran, too, and not only of those that Python cannot read.
    """
    cells = names.get("In")
    lines = re.compile(
        rf"^[ \t]*{re.escape(name)}[ \t]*=(?!=)[ \t]*(?!\.\.\.|=)(\S.*)$", re.MULTILINE
    )
    taken_back = re.compile(rf"^[ \t]*del\b.*\b{re.escape(name)}\b", re.MULTILINE)
    for cell in reversed(list(cells) if type(cells) is list else []):
        if type(cell) is not str:
            continue
        if taken_back.search(cell):
            return None
        if found := lines.search(cell):
            return _say_what_stopped(name, cell, found.group(1), ran)
    return None


def _say_what_stopped(name: str, cell: str, answer: str, ran: bool) -> str | None:
    try:
        ast.parse(cell)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        hint = ""
        if _POINTS.search(answer):
            hint = ": a number has one point at most, and nothing between thousands"
        return f"the cell that sets {name} cannot be read by Python, so nothing came of it{hint}"
    return f"the cell that sets {name} stops with an error before it does so" if ran else None
