"""Practice for *start*: other places and columns of the electoral roll."""

from typing import Any

from course import data
from course.practice.exercise import ask, exercise, read_practice
from course.scoring.choices import choice
from course.scoring.numbers import mistake, number
from course.scoring.question import Question

SIX = ["Arequipa", "Cusco", "Lima", "Loreto", "Puno", "Tacna"]

read_practice("start")


def _roll() -> Any:
    """Return the electoral roll of the six departments."""
    return data.electoral_roll().set_index("unit").loc[SIX]


# fmt: off
@exercise("start-01",
    hint="Find the row Cusco and the column women; type the number without commas.",
    right="One row, one column. You have answered in a cell.")
def _women_of_a_department(q: Question) -> None:
    cusco = _roll().loc["Cusco"]
    ask(q, "practice_women", number("people", low=0, whole=True), cusco["women"], mistakes=[
        mistake(cusco["men"], "These are the men of Cusco. Take the column beside it."),
        mistake(cusco["registered"], "These are all people on the roll of Cusco. Take the column women."),
    ])


@exercise("start-02",
    hint="Read down the first column, registered. The name goes in quotation marks.",
    right="A word needs quotation marks; a number does not.")
def _largest_roll(q: Question) -> None:
    ask(q, "practice_most", choice(SIX), _roll()["registered"].idxmax(), mistakes={
        "Tacna": "Tacna has the fewest. Look for the largest number of the first column.",
    })
