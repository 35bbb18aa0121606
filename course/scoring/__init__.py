"""Partial credit with messages: what a grade cell needs to check an answer and to grade it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.scoring.arrows import links
    from course.scoring.axes import describe_axes
    from course.scoring.cases import case, wrong
    from course.scoring.checkcell import ask
    from course.scoring.choices import choice, label_set, truth
    from course.scoring.days import day
    from course.scoring.functions import function
    from course.scoring.kind import Kind, Score
    from course.scoring.maps import label_map
    from course.scoring.numbers import mistake, number
    from course.scoring.orders import order
    from course.scoring.plots import plot
    from course.scoring.question import FormError, Question

__all__ = [
    "FormError",
    "Kind",
    "Question",
    "Score",
    "ask",
    "case",
    "choice",
    "day",
    "describe_axes",
    "function",
    "label_map",
    "label_set",
    "links",
    "mistake",
    "number",
    "order",
    "plot",
    "truth",
    "wrong",
]

_HOMES = {
    "FormError": "question",
    "Kind": "kind",
    "Question": "question",
    "Score": "kind",
    "ask": "checkcell",
    "case": "cases",
    "choice": "choices",
    "day": "days",
    "describe_axes": "axes",
    "function": "functions",
    "label_map": "maps",
    "label_set": "choices",
    "links": "arrows",
    "mistake": "numbers",
    "number": "numbers",
    "order": "orders",
    "plot": "plots",
    "truth": "choices",
    "wrong": "cases",
}


def __getattr__(name: str) -> Any:
    """Find a word where it is defined, when somebody asks: reading a result needs no pandas."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"course.scoring.{_HOMES[name]}"), name)
