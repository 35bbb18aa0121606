"""Which mistakes the report finds in what check cells said."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from course.lines import READ_AS
from course.report.gradebook import _says_nothing
from course.report.mistakes import is_unanswered, mistakes_made, named_mistakes
from course.report.slips import slips_in
from course.scoring.choices import choice
from course.scoring.links import links
from course.scoring.maps import label_map
from course.scoring.numbers import number
from course.scoring.plots import plot
from course.scoring.question import Question
from tests.notebooks import ROOT, source
from tests.report.made import CHECK

ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))
CHECKS = {
    cell.metadata.nbgrader.grade_id: cell.source
    for assignment in ASSIGNMENTS
    for cell in source(assignment).cells
    if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code"
}


def test_a_named_mistake_is_found_with_what_was_given() -> None:
    """The part, the value behind a name, and the message; a right answer makes none."""
    near, far = named_mistakes(CHECK)
    assert (near.part, near.given, near.message) == (
        "turnout",
        "11.5",
        "This is the share who stayed away.",
    )
    assert far.given == "99"
    assert mistakes_made(CHECK, ("made-01 · turnout: This is the share who stayed away.",)) == (
        near,
    )
    assert mistakes_made(CHECK, ("made-01 · turnout: right.", "made-01: 2 of 2 points.")) == ()


def test_a_message_about_another_part_is_no_mistake_of_this_one() -> None:
    """The same words in the line of another part do not count."""
    assert mistakes_made(CHECK, ("made-01 · other: This is the share who stayed away.",)) == ()


class Listening:
    """Stands in for a question and keeps the messages that its keys name."""

    messages: ClassVar[set[str]] = set()

    def __init__(self, *_: object, **__: object) -> None:
        Listening.messages.clear()

    def part(self, *_: object, **__: object) -> None:
        """Take a part."""

    check_form = grade = part

    def key(self, *_: object, **options: Any) -> None:
        """Keep the messages of a key's mistakes."""
        mistakes = options.get("mistakes", {})
        if isinstance(mistakes, dict):
            self.messages.update(mistakes.values())
        else:
            self.messages.update(m[1] if isinstance(m, tuple) else m.message for m in mistakes)
        self.messages.update(w.message for w in options.get("wrong_functions", ()))


@pytest.mark.parametrize("question", CHECKS)
def test_the_mistakes_of_a_real_key_are_those_that_it_names_when_it_runs(
    question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading a check cell finds every message that running it gives to the question."""
    monkeypatch.setattr("course.scoring.Question", Listening)
    exec(CHECKS[question], {})
    assert {m.message for m in named_mistakes(CHECKS[question])} == Listening.messages


def test_most_keys_name_mistakes() -> None:
    """The test above does not pass because nothing is found."""
    assert sum(len(named_mistakes(check)) > 1 for check in CHECKS.values()) > 0.8 * len(CHECKS)


def test_a_mistake_in_one_piece_of_a_map_is_not_taken_for_one_in_another() -> None:
    """The same message for two pieces is told apart by the piece that the check cell names."""
    check = """q.key("m", {1: "C", 2: "A"}, mistakes={
        (1, "B"): "This still judges.", (2, "C"): "This still judges."})"""
    question = Question("x-01", points=1, answers={"m": {1: "C", 2: "C"}})
    question.part("m", label_map([1, 2], ["A", "B", "C"]))
    question.key(
        "m",
        {1: "C", 2: "A"},
        mistakes={(1, "B"): "This still judges.", (2, "C"): "This still judges."},
    )
    (made,) = mistakes_made(check, printed(question))
    assert (made.at, made.given) == ("2", "'C'")


def printed(question: Question) -> tuple[str, ...]:
    """Return what a check cell prints when it grades."""
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()) as out:
        question.grade()
    return tuple(out.getvalue().splitlines())


def test_values_that_share_a_message_are_one_mistake() -> None:
    """Three values of which a student is told the same count as one kind of mistake."""
    check = 'q.key("r", 48, mistakes=[mistake(49, "Too late."), mistake(50, "Too late.")])'
    (mistake,) = named_mistakes(check)
    assert mistake.given == "49, 50"


def test_functions_orders_and_names_of_lists_are_read_too() -> None:
    """Wrong functions, wrong orders, and mistakes kept under a name are found."""
    check = """
wrong_ones = {"A": "A: it is not this."}
q.key("f", cases=[], wrong_functions=[wrong(lambda a: a + 1, "One too many.", credit=0.5)])
q.key("o", ["a", "b"], mistakes=[(["b", "a"], "The other way.")])
q.key("c", "B", mistakes=wrong_ones)
"""
    found = [(m.part, m.given, m.message) for m in named_mistakes(check)]
    assert found == [
        ("f", "", "One too many."),
        ("o", "['b', 'a']", "The other way."),
        ("c", "'A'", "A: it is not this."),
    ]


@pytest.mark.parametrize("check", ["q.key(", "", "\0", "q.key()", 'q.key("a", mistakes=f())'])
def test_a_cell_that_cannot_be_read_names_no_mistake(check: str) -> None:
    """Code that is no Python, or that computes its messages, is no error."""
    assert named_mistakes(check) == ()


@pytest.mark.parametrize(
    ("kind", "key", "answer", "slip"),
    [
        (number("percent"), (88.7,), 0.887, "A fraction of one where percent is wanted."),
        (number("percent"), (88.7,), 8870, "Multiplied by a hundred once too often."),
        (number("votes"), (3758258,), 3758.258, "Another unit or size."),
        (number("points"), (0.5,), -0.5, "The sign is the other way round."),
        (number("votes", whole=True), (7,), 6.4, "Not a whole number."),
        (number("percent", low=0, high=100), (30.0,), 7171, "A size that cannot be an answer."),
        (number("percent"), (30.0,), "thirty", "Not the form that is asked for."),
        (
            links(["P1", "P2", "P3"]),
            ({("P2", "P1"): 1.0, ("P3", "P1"): 1.0},),
            {"links": [{"from": "P1", "to": "P2", "relation": "supports"}]},
            "An arrow that points the other way.",
        ),
    ],
)
def test_a_slip_that_no_key_names_is_found(
    kind: object, key: tuple[object, ...], answer: object, slip: str
) -> None:
    """What the kinds of answers say by themselves has a name in the report."""
    question = Question("x-01", points=1, answers={"a": answer})
    question.part("a", kind)  # type: ignore[arg-type]
    question.key("a", *key)
    assert [m.message for m in mistakes_made("", printed(question)) if m.general] == [slip]


def test_a_chart_without_names_and_title_is_found() -> None:
    """What is lacking in a chart is named."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots()
    ax.bar(["a", "b"], [1, 2])
    question = Question("x-01", points=1)
    question.part("ax", plot("bar"))
    question.key("ax", values={"a": 1, "b": 2}, need_labels=True, need_title=True)
    messages = {m.message for m in mistakes_made("", printed(question))}
    assert messages == {"An axis without a label.", "No title."}


def test_a_right_line_with_a_note_tells_of_no_slip() -> None:
    """A note behind "right." is not searched for slips."""
    said = "a number is wanted; this is text"
    assert list(slips_in(f"x-01 · a: {said}"))
    assert mistakes_made("", (f"x-01 · a: right. {said}",)) == ()


@pytest.mark.parametrize(
    ("lines", "empty"),
    [
        (("x-01 · a: There is no answer yet.", "x-01: 0 of 1 points."), True),
        (("x-01 · a: There is no answer yet under the name a.",), True),
        (("x-01 · a: There is no answer yet.", "x-01 · b: The answer is not right."), False),
        (('x-01 · a: 0 of 2 are right; there is no answer for "A", "B".',), True),
        (('x-01 · a: partly right. 1 of 2 are right; there is no answer for "B".',), False),
        (("x-01 · a: Nothing is drawn in this chart yet.",), True),
        ((), False),
    ],
)
def test_an_answer_that_is_missing_is_told_from_a_wrong_one(
    lines: tuple[str, ...], empty: bool
) -> None:
    """Only where no part has an answer is the question unanswered."""
    assert is_unanswered(lines) == empty


@pytest.mark.parametrize(
    "text",
    [
        "This is the share who stayed away.",
        'a" This is the share who stayed away. "b',
        "the sign is the other way round",
        "x: right.",
        "there is no answer yet",
    ],
)
def test_an_answer_cannot_speak_for_the_check(text: str) -> None:
    """What a message quotes of an answer makes no mistake and no verdict in the report."""
    question = Question("made-01", 1, answers={"turnout": text})
    question.part("turnout", choice(["A", "B"]))
    question.key("turnout", "A")
    lines = printed(question)
    assert not is_unanswered(lines)
    assert mistakes_made(CHECK, lines) == ()
    assert not _says_nothing(lines[0])
    assert any(line.startswith(READ_AS) for line in lines), lines
