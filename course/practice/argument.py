"""Practice for *argument*: letters, headlines and passages that were made up for it."""

import pandas as pd

from course.practice.exercise import PANEL, ask, exercise, read_practice
from course.scoring.arrows import links
from course.scoring.cases import case, wrong
from course.scoring.functions import function
from course.scoring.numbers import number
from course.scoring.question import Question
from course.text.codebook import ROLE_TEXTS

SUNDAYS = read_practice("argument", roles=ROLE_TEXTS)["argument-03"]  # the letter, by sentence


# fmt: off
@exercise("argument-06", title='Practice: the map of the letter "Sundays"',
    items={name: SUNDAYS[name] for name in ("L1", "L3", "L4", "L5", "L6")},
    hint='Read each arrow aloud: "L4 helps to make L3 believable." One sentence takes something back.',
    right="L4 supports L1 by way of L3, so it needs no arrow to L1.")
def _map_of_the_letter(q: Question) -> None:
    ask(q, PANEL, links(["L1", "L3", "L4", "L5", "L6"]), {("L3", "L1"): 1.0, ("L4", "L3"): 1.0, ("L5", "L1"): 1.0}, challenges={("L6", "L1"): 1.0})


def _table(*rows: str) -> pd.DataFrame:
    """Return a table of roles and of what each paragraph supports, from "A1 reason A2"."""
    return pd.DataFrame(map(str.split, rows), columns=["paragraph", "role", "supports"])


def _count_reasons(table: pd.DataFrame, claim: str) -> int:
    return int(((table["role"] == "reason") & (table["supports"] == claim)).sum())


@exercise("argument-12",
    hint="Choose twice: first the rows whose role is reason, then of these the rows that support the claim.",
    right="Choose, choose again, count. The graded function counts evidence.")
def _reasons_for_a_claim(q: Question) -> None:
    one = _table("R1 main_claim -", "R2 reason R1", "R3 reason R1", "R4 evidence R1", "R5 reason R2")
    few = _table("S1 evidence S2", "S2 reason -")
    ask(q, "practice_reasons_for", function(example=(few, "S2"), returns=number("paragraphs", low=0, whole=True)), right=_count_reasons, cases=[
        case((one, "R1"), label="a claim with two reasons and a piece of evidence"),
        case((one, "R2"), label="a claim with one reason"),
        case((one, "R3"), label="a claim with nothing"),
        case((few, "S2"), label="a claim with evidence only"),
        case((_table("U1 reason U2", "U2 reason U3", "U3 reason U2"), "U2"), label="a table of reasons"),
    ], wrong_functions=(
        wrong(lambda table, claim: int((table["role"] == "reason").sum()), "This counts all reasons of the table, whatever they support."),
        wrong(lambda table, claim: int((table["supports"] == claim).sum()), "This counts everything that supports the claim, the evidence, too."),
    ))
