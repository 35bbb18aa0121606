"""The listed answers of the assignments get the same points and words after travelling."""

from typing import Any

import matplotlib as mpl
import pytest

from course.grading.cells import names_read
from course.grading.travel import Callables, dumps_names, loads_names
from tests import test_questions
from tests.test_questions import CELLS, grade, listed, run_cell
from tests.travel.journey import remote

mpl.use("agg")
solved, variables = test_questions.solved, test_questions.variables


def judged(question: str, variables: dict[str, Any], code: str) -> tuple[Any, Any]:
    """Run an answer; return the grade cell's run in one kernel and on travelled values."""
    run_cell(code, variables)
    here = grade(question, dict(variables))
    callables = Callables()
    message = dumps_names(variables, names_read(CELLS[question].source), callables)
    there = run_cell(CELLS[question].source, loads_names(message, remote(callables)))
    return here, there


@pytest.mark.parametrize(("question", "entry"), listed("right") + listed("wrong"))
def test_a_listed_answer_gets_the_same_points_and_words(
    question: str, entry: dict[str, Any], variables: dict[str, Any]
) -> None:
    """All right and wrong answers listed for the assignments."""
    here, there = judged(question, variables, entry["code"])
    assert there.value == here.value
    assert there.printed == here.printed
