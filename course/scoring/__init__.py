"""Partial credit with messages: what a grade cell needs to check an answer and to grade it."""

from course.scoring.functions import CallFailed, case, function, wrong
from course.scoring.kind import Kind, Score
from course.scoring.labels import choice, label_set, truth
from course.scoring.maps import label_map
from course.scoring.numbers import mistake, number
from course.scoring.question import FormError, Question

__all__ = [
    "CallFailed",
    "FormError",
    "Kind",
    "Question",
    "Score",
    "case",
    "choice",
    "function",
    "label_map",
    "label_set",
    "mistake",
    "number",
    "truth",
    "wrong",
]
