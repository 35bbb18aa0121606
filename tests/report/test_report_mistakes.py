"""Which mistakes of a class the report counts, and how."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from course.desk.report.verdicts import Verdict, count_mistakes
from course.scoring import (
    Question,
    case,
    choice,
    function,
    label_map,
    links,
    mistake,
    number,
    order,
    plot,
    wrong,
)
from course.scoring.kind import Kind
from course.scoring.results import CheckResult, PartResult
from tests.report.made import wrong_part


def verdict(kind: Kind[Any], answer: object, *key: Any, **options: Any) -> Verdict:
    """Return what a check of one part says of an answer."""
    question = Question("x-01", 1, answers={"a": answer})
    question.part("a", kind)
    question.key("a", *key, **options)
    return Verdict(question.result())


def found(*parts: PartResult) -> Verdict:
    """Return what a check of several parts says."""
    return Verdict(CheckResult("x-01", 1.0, parts))


def test_a_named_mistake_is_counted_with_what_was_given() -> None:
    """The part, the wrong value, the message and the share of the answers; right ones have none."""
    key: dict[str, Any] = {"mistakes": [mistake(11.5, "This is the share who stayed away.")]}
    kind = number("percent")
    (count,) = count_mistakes(verdict(kind, one, 88.7, **key) for one in (11.5, 88.7, 11.5, 88.7))
    assert (count.part, count.given, count.mistake.text) == (
        *("a", "11.5", "This is the share who stayed away."),
    )
    assert (count.students, count.share, count.mistake.general) == (2, 0.5, False)


def test_the_same_message_in_another_part_is_another_mistake() -> None:
    """Parts are told apart; in one part, values that share a message are one mistake."""
    verdicts = [
        found(wrong_part("report", "Too late.", "49")),
        found(wrong_part("report", "Too late.", "50")),
        found(wrong_part("other", "Too late.", "50")),
    ]
    counts = {(count.part, count.given): count.students for count in count_mistakes(verdicts)}
    assert counts == {("report", "49, 50"): 2, ("other", "50"): 1}


def test_a_mistake_in_one_piece_of_a_map_is_not_taken_for_one_in_another() -> None:
    """The same message for two pieces is told apart by the piece."""
    mistakes = {(1, "B"): "This still judges.", (2, "C"): "This still judges."}
    kind = label_map([1, 2], ["A", "B", "C"])
    told = verdict(kind, {1: "C", 2: "C"}, {1: "C", 2: "A"}, mistakes=mistakes)
    (count,) = count_mistakes([told])
    assert (count.mistake.piece, count.given) == ("2", "'C'")


def test_several_named_mistakes_of_one_answer_are_all_counted() -> None:
    """A map with two wrong pieces tells of both."""
    mistakes = {(1, "B"): "One.", (2, "C"): "Two."}
    kind = label_map([1, 2], ["A", "B", "C"])
    told = verdict(kind, {1: "B", 2: "C"}, {1: "C", 2: "A"}, mistakes=mistakes)
    assert [count.mistake.text for count in count_mistakes([told])] == ["One.", "Two."]


def test_wrong_functions_and_wrong_orders_are_counted_too() -> None:
    """Whatever a kind calls a mistake that its key names."""
    told = [
        verdict(
            function(example=1, returns=number()),
            lambda a: a + 1,
            cases=[case(1, 1), case(2, 2)],
            wrong_functions=[wrong(lambda a: a + 1, "One too many.")],
        ),
        verdict(
            order(["a", "b", "c"]),
            ["b", "a", "c"],
            ["a", "b", "c"],
            mistakes=[(["b", "a", "c"], "Swapped.")],
        ),
    ]
    assert {(c.mistake.text, c.given) for c in count_mistakes(told)} == {
        ("One too many.", ""),
        ("Swapped.", "['b', 'a', 'c']"),
    }


LINKS = ({("P2", "P1"): 1.0, ("P3", "P1"): 1.0},)
TURNED = {"links": [{"from": "P1", "to": "P2", "relation": "supports"}]}


@pytest.mark.parametrize(
    ("kind", "key", "answer", "name"),
    [
        (number("percent"), (88.7,), 0.887, "fraction-for-percent"),
        (number("percent"), (88.7,), 8870, "percent-twice"),
        (number("votes"), (3758258,), 3758.258, "other-size"),
        (number("points"), (0.5,), -0.5, "other-sign"),
        (number("votes", whole=True), (7,), 6.4, "not-whole"),
        (number("percent", low=0, high=100), (30.0,), 7171, "no-answer-size"),
        (number("percent"), (30.0,), "thirty", "wrong-form"),
        (number("percent"), (30.0,), 44.0, "not-right"),
        (choice(["A", "B"]), ("A",), "Q", "wrong-form"),
        (choice(["A", "B"]), ("A",), "B", "not-right"),
        (links(["P1", "P2", "P3"]), LINKS, TURNED, "arrow-turned"),
    ],
)
def test_a_mistake_that_no_key_names_is_counted_by_its_kind(
    kind: Kind[Any], key: tuple[object, ...], answer: object, name: str
) -> None:
    """What the kinds of answers say by themselves is general, and of no part."""
    counts = {c.mistake.id: c for c in count_mistakes([verdict(kind, answer, *key)])}
    assert counts[name].mistake.general
    assert counts[name].part == ""


def test_what_varies_in_a_computed_sentence_does_not_split_the_count() -> None:
    """Functions that fail in other cases, in other numbers of them, are one kind of mistake."""
    cases = [case(1, 1), case(2, 2), case(3, 3)]
    kind = function(example=1, returns=number())
    told = [verdict(kind, f, cases=cases) for f in (lambda a: 1, lambda a: 2, lambda a: -7)]
    assert len({t.result.parts[0].message for t in told if t.result}) == 3
    (count,) = [c for c in count_mistakes(told) if c.mistake.id == "cases-wrong"]
    assert count.students == 3


def test_a_general_mistake_counts_once_for_a_student() -> None:
    """Fractions in two parts of a question are one mistake of one student."""
    part = verdict(number("percent"), 0.887, 88.7).result.parts[0]  # type: ignore[union-attr]
    (count,) = count_mistakes([found(part, replace(part, part="b"))])
    assert count.students == 1


def test_a_chart_tells_of_each_thing_that_is_lacking() -> None:
    """Values that the key names, labels and the title are mistakes beside one another."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots()
    ax.bar(["a", "b"], [1, 7])
    told = verdict(
        plot("bar"), ax, values={"a": 1, "b": 2}, mistakes=[mistake(7, "Counted twice.")]
    )
    plt.close()
    assert [c.mistake.text for c in count_mistakes([told])] == [
        *("Counted twice.", "An axis without a label.", "No title."),
    ]


def test_mistakes_that_the_key_names_come_first_then_the_more_frequent() -> None:
    """An instructor looks first for what was foreseen."""
    general = verdict(number("percent"), 44.0, 88.7)
    rare, often = (found(wrong_part("a", text, "1")) for text in ("Rare.", "Often."))
    counts = count_mistakes([general, general, general, rare, often, often])
    assert [c.mistake.text for c in counts[:2]] == ["Often.", "Rare."]
    assert [count.words for count in counts[:2]] == ["a: Often.", "a: Rare."]
    assert counts[2].words == counts[2].mistake.text


@pytest.mark.parametrize(
    "text", ["This is the share who stayed away.", 'a" the sign is the other way round "b']
)
def test_an_answer_cannot_speak_for_the_check(text: str) -> None:
    """What a message quotes of an answer makes no mistake of that name."""
    told = verdict(choice(["A", "B"]), text, "A", mistakes={"B": "This is the share who stayed."})
    assert [c.mistake.id for c in count_mistakes([told])] == ["wrong-form"]
    assert not told.unanswered


@pytest.mark.parametrize(
    ("kind", "key", "answer", "unanswered"),
    [
        (number(), (1,), None, True),
        (number(), (1,), 2, False),
        (label_map(["A", "B"], ["x", "y"]), ({"A": "x", "B": "y"},), {"A": ..., "B": ...}, True),
        (label_map(["A", "B"], ["x", "y"]), ({"A": "x", "B": "y"},), {"A": "y", "B": ...}, False),
        (links(["P1", "P2", "P3"]), LINKS, {"links": []}, True),
        (choice(["A", "B"]), ("A",), "there is no answer yet", False),
    ],
)
def test_an_answer_that_is_missing_is_told_from_a_wrong_one(
    kind: Kind[Any], key: tuple[object, ...], answer: object, unanswered: bool
) -> None:
    """Only where no part has an answer is the question unanswered; a missing one is no mistake."""
    told = verdict(kind, answer, *key)
    assert told.unanswered is unanswered
    if unanswered:
        assert not [c for c in count_mistakes([told]) if c.mistake.id != "incomplete"]


def test_a_function_that_was_left_alone_is_no_answer() -> None:
    """A stub gives back three dots in every case."""
    kind = function(example=1, returns=number())
    assert verdict(kind, lambda a: ..., cases=[case(1, 1), case(2, 2)]).unanswered
    assert not verdict(kind, lambda a: None, cases=[case(1, 1), case(2, 2)]).unanswered
