"""Partial credit with messages: what a grade cell needs to check an answer and to grade it."""

from course.scoring.axes import describe_axes
from course.scoring.cases import case, wrong
from course.scoring.checkcell import ask
from course.scoring.choices import choice, label_set, truth
from course.scoring.days import day
from course.scoring.functions import function
from course.scoring.kind import Kind, Score
from course.scoring.links import links
from course.scoring.maps import label_map
from course.scoring.numbers import mistake, number
from course.scoring.order import order
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
