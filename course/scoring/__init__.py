"""Partial credit with messages: what a grade cell needs to check an answer and to grade it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.scoring.arrows import links as links
    from course.scoring.axes import describe_axes as describe_axes
    from course.scoring.cases import case as case
    from course.scoring.cases import wrong as wrong
    from course.scoring.checkcell import ask as ask
    from course.scoring.choices import choice as choice
    from course.scoring.choices import label_set as label_set
    from course.scoring.choices import truth as truth
    from course.scoring.days import day as day
    from course.scoring.functions import function as function
    from course.scoring.kind import Kind as Kind
    from course.scoring.kind import Score as Score
    from course.scoring.maps import label_map as label_map
    from course.scoring.numbers import mistake as mistake
    from course.scoring.numbers import number as number
    from course.scoring.orders import order as order
    from course.scoring.plots import plot as plot
    from course.scoring.question import FormError as FormError
    from course.scoring.question import Question as Question

_WORDS = {
    "arrows": ("links",),
    "axes": ("describe_axes",),
    "cases": ("case", "wrong"),
    "checkcell": ("ask",),
    "choices": ("choice", "label_set", "truth"),
    "days": ("day",),
    "functions": ("function",),
    "kind": ("Kind", "Score"),
    "maps": ("label_map",),
    "numbers": ("mistake", "number"),
    "orders": ("order",),
    "plots": ("plot",),
    "question": ("FormError", "Question"),
}
_HOMES = {word: module for module, words in _WORDS.items() for word in words}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Find a word where it is defined, when somebody asks: reading a result needs no pandas."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"course.scoring.{_HOMES[name]}"), name)
