"""Items put into a sequence."""

from itertools import permutations

import pandas as pd
import pytest

from course.scoring import order

EVENTS = order(["message", "corollary", "memorandum", "neighbour"])
RIGHT = ["message", "corollary", "memorandum", "neighbour"]


@pytest.mark.parametrize(
    "value",
    [RIGHT, tuple(RIGHT), pd.Series(RIGHT), pd.Index(RIGHT), [w.upper() + " " for w in RIGHT]],
)
def test_an_order_may_come_as_any_sequence(value: object) -> None:
    """List, tuple, Series or Index, in any spelling."""
    assert EVENTS.form(value) is None
    assert EVENTS.score(value, RIGHT).fraction == 1.0


@pytest.mark.parametrize(
    ("letters", "fraction"),
    [("abcd", 1), ("bacd", 2 / 3), ("dabc", 0), ("badc", 1 / 3), ("cdab", 0), ("dcba", 0)],
)
def test_pairs_in_order_count_less_those_that_are_not(letters: str, fraction: float) -> None:
    """Kendall's tau: one exchange of neighbors costs one pair, and an order at random is 0."""
    kind = order(list("abcd"))
    assert kind.score(list(letters), list("abcd")).fraction == pytest.approx(fraction)
    assert kind.score(letters, list("abcd")).fraction == pytest.approx(fraction)


def test_the_message_counts_without_telling() -> None:
    """It says how many stand in order, not which."""
    message = EVENTS.score([RIGHT[1], RIGHT[0], *RIGHT[2:]], RIGHT).message
    assert message == "3 of 4 are in order"


def test_the_reverse_is_named() -> None:
    """Everything the other way around is one mistake, not many."""
    assert "the other way around" in EVENTS.score(RIGHT[::-1], RIGHT).message


def test_equal_ranks_may_stand_either_way() -> None:
    """Items of the same day have no order among themselves."""
    key = ["message", {"corollary", "memorandum"}, "neighbour"]
    assert EVENTS.score(RIGHT, key).fraction == 1.0
    assert EVENTS.score([RIGHT[i] for i in (0, 2, 1, 3)], key).fraction == 1.0
    assert EVENTS.score([RIGHT[i] for i in (1, 0, 2, 3)], key).fraction == pytest.approx(3 / 5)


def test_orders_at_random_earn_nothing_on_average() -> None:
    """What is above nothing for one half is below it for the other."""
    kind = order(list("abcdef"))
    drawn = [kind.score(list(one), list("abcdef")).fraction for one in permutations("abcdef")]
    turned = [
        kind.score(list(one)[::-1], list("abcdef")).fraction for one in permutations("abcdef")
    ]
    assert sum(drawn) == pytest.approx(sum(turned))
    assert sum(drawn) / len(drawn) < 0.16


def test_a_named_wrong_order_has_its_message() -> None:
    """An order that follows from a known misconception is explained."""
    wrong = [RIGHT[i] for i in (1, 0, 2, 3)]
    assert EVENTS.score(wrong, RIGHT, mistakes=[(wrong, "By fame.")]).message == "By fame."


def test_missing_doubled_and_unknown_items_are_named_and_the_rest_counts() -> None:
    """A slip costs no more than its own place."""
    value = ["message", "message", "war", "corollary", "memorandum"]
    score = EVENTS.score(value, RIGHT)
    assert score.fraction == pytest.approx(3 / 6)
    for says in ('"war" is not one', '"message" is in the list more than once', '"neighbour"'):
        assert says in score.message
        assert says in (EVENTS.form(value) or "")


def test_a_set_keeps_no_order() -> None:
    """A set is refused with the reason."""
    assert "a set keeps no order" in (EVENTS.form(set(RIGHT)) or "")
    assert EVENTS.score(set(RIGHT), RIGHT).fraction == 0.0


def test_a_single_item_stands_in_order() -> None:
    """The formula holds for one item."""
    assert order(["only"]).score(["only"], ["only"]).fraction == 1.0


@pytest.mark.parametrize(
    "key", [RIGHT[:3], [*RIGHT, "message"], ["war", *RIGHT[1:]], [*RIGHT[:3], "war"]]
)
def test_a_key_that_places_not_every_item_once_is_refused(key: list[str]) -> None:
    """An author's slip is an error when the key is set."""
    with pytest.raises(ValueError, match="key"):
        EVENTS.read_key(key)
