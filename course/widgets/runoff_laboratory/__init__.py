"""The runoff laboratory: where the votes of the eliminated candidates can have gone."""

from course import data
from course.answers.store import JsonValue
from course.widgets.ballots import read_ballots
from course.widgets.base import CourseWidget, read_bundle, whole_number

FINALISTS = ("Alan García", "Ollanta Humala")


class RunoffLaboratory(CourseWidget):
    """Where the votes of the 18 eliminated candidates can have gone, as far as arithmetic says.

    ``value`` is ``{"fewest": a, "most": b}``: votes (a count) of eliminated candidates' voters for
    García. One of the two may be missing while the student works.
    """

    _esm, _css = read_bundle("runoff_laboratory")

    def __init__(self, question: str | None = "votes-12") -> None:
        super().__init__(question, content=_compare_rounds())

    def example(self) -> str:
        """Return the form of an answer."""
        return '{"fewest": 1000, "most": 2000}'

    def checked(self, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the answer with both counts as ints; raise ValueError otherwise."""
        self.refuse_other_names(value, {"fewest", "most"})
        highest = self.content["eliminated"]
        return {name: whole_number(value[name], name, 0, highest) for name in value}


def _compare_rounds() -> dict[str, JsonValue]:
    """Return what the two rounds' official counts say, without a word on transfers."""
    first = data.first_round().set_index("candidate")["votes"]
    runoff = data.runoff().set_index("candidate")["votes"]
    ballots = read_ballots()
    garcia, humala = FINALISTS
    eliminated = first.drop(list(FINALISTS))
    return {
        "garcia_first": int(first[garcia]),
        "humala_first": int(first[humala]),
        "eliminated": int(eliminated.sum()),
        "eliminated_candidates": len(eliminated),
        "garcia_runoff": int(runoff[garcia]),
        "humala_runoff": int(runoff[humala]),
        "no_valid_vote": ballots["registered"] - ballots["valid_votes"],
    }
