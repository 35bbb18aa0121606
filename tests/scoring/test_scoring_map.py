"""One label or number for each of several keys."""

from typing import Any

import pandas as pd
import pytest

from course.scoring import label_map, label_set, number
from course.scoring.kind import Kind

ROLES = label_map(["P01", "P02", "P03", "P04"], ["fact", "cause", "value"])
RIGHT = {"P01": "fact", "P02": "cause", "P03": {"value", "cause"}, "P04": "fact"}
COUNTS = label_map(["Lima", "Áncash"], number("units", low=0, whole=True))


@pytest.mark.parametrize(
    "value",
    [
        {"P01": "fact", "P02": "cause", "P03": "value", "P04": "fact"},
        {"p1 ": "Fact", "P2": "CAUSE", "P3": " cause", "P4": "fact"},
        pd.Series({"P01": "fact", "P02": "cause", "P03": "value", "P04": "fact"}),
        [("P01", "fact"), ("P02", "cause"), ("P03", "value"), ("P04", "fact")],
        pd.DataFrame({"p": ["P01", "P02", "P03", "P04"], "r": ["fact", "cause", "value", "fact"]}),
        pd.DataFrame({"r": ["fact", "cause", "value", "fact"]}, index=["P01", "P02", "P03", "P04"]),
    ],
    ids=lambda v: type(v).__name__,
)
def test_a_map_may_come_as_dict_series_pairs_or_table(value: object) -> None:
    """The container does not matter, nor case, accents, spaces and leading zeros."""
    assert ROLES.form(value) is None
    assert ROLES.score(value, RIGHT).fraction == 1.0


def test_each_accepted_value_earns_the_point() -> None:
    """A set of accepted values accepts each of them; one slip costs no more than itself."""
    base = {"P01": "fact", "P02": "cause", "P04": "fact"}
    assert ROLES.score({**base, "P03": "cause"}, RIGHT).fraction == 1.0
    assert ROLES.score({**base, "P03": "fact"}, RIGHT).fraction == 0.75


@pytest.mark.parametrize("label", ["fact", "cause", "value"])
def test_one_label_everywhere_earns_nothing(label: str) -> None:
    """Credit begins above what needs no reading; what is left out costs no more than itself."""
    everywhere = dict.fromkeys(["P01", "P02", "P03", "P04"], label)
    assert ROLES.score(everywhere, RIGHT).fraction == 0.0
    assert ROLES.score({"P01": "fact"}, RIGHT).fraction == 0.25


def test_half_done_earns_its_share_and_says_what_is_missing() -> None:
    """What is right counts; what is missing is named."""
    score = ROLES.score({"P01": "fact", "P02": "cause"}, RIGHT)
    assert score.fraction == 0.5
    assert 'there is no answer for "P03", "P04"' in score.message


def test_weights_move_the_points() -> None:
    """An uncertain key can weigh less."""
    weights = {"P01": 3, "P02": 1, "P03": 0, "P04": 0}
    assert ROLES.score({"P01": "fact"}, RIGHT, weights=weights).fraction == 0.75


def test_a_named_mistake_is_explained_where_it_stands() -> None:
    """A message belongs to one key and one value."""
    named = {("P02", "fact"): "Look for a because."}
    score = ROLES.score({"P01": "fact", "P02": "fact"}, RIGHT, mistakes=named)
    assert 'at "P02": Look for a because.' in score.message
    assert "because" not in ROLES.score({"P01": "cause"}, RIGHT, mistakes=named).message


def test_wrong_ones_are_named_unless_that_gives_the_answer_away() -> None:
    """With two options, to name what is wrong would be to name what is right."""
    assert 'look again at "P01"' in ROLES.score({"P01": "value"}, RIGHT).message
    two = label_map(["a", "b"], ["yes", "no"])
    assert '"a"' not in two.score({"a": "no", "b": "no"}, {"a": "yes", "b": "no"}).message


def test_counts_from_value_counts_are_numbers() -> None:
    """numpy's whole numbers in a Series are as good as a dict of ints."""
    counted = pd.Series(["Lima", "Lima", "Áncash"]).value_counts()
    assert COUNTS.form(counted) is None
    assert COUNTS.score(counted, {"Lima": 2, "Áncash": 1}).fraction == 1.0


def test_numbers_in_a_map_have_their_ladder() -> None:
    """A unit that is wrong throughout is named once."""
    shares = label_map(["Lima", "Áncash"], number("percent"))
    score = shares.score({"Lima": 0.5, "Áncash": 0.25}, {"Lima": 50, "Áncash": 25}, within=0.1)
    assert score.fraction == 0.0
    assert score.message.count("multiply by a hundred") == 1


def test_a_map_of_sets_takes_each_set_whole() -> None:
    """Where each value is a set of labels, the key's set is one answer."""
    supports = label_map(["P01", "P02"], label_set(["A", "B", "C"]))
    score = supports.score({"P01": ["A", "B"], "P02": {"C"}}, {"P01": {"A", "B"}, "P02": {"A"}})
    assert supports.form({"P01": ["A", "B"], "P02": {"C"}}) is None
    assert score.fraction == 0.5


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (ROLES, "fact", "a dict with the keys"),
        (ROLES, {"P01": "fact"}, 'no answer yet for "P02", "P03", "P04"'),
        (ROLES, {"P01": ..., "P02": "", "P03": None}, 'no answer yet for "P01"'),
        (ROLES, {"P09": "fact"}, 'the key "P09" is not one of'),
        (ROLES, {"P01": "opinion"}, 'at "P01": "opinion" is not one of'),
        (ROLES, {"P01": "fact", "p1": "cause"}, "is given twice"),
        (COUNTS, {"Lima": "2", "Áncash": 1}, "take the quotes away"),
    ],
)
def test_the_form_names_the_first_thing_to_mend(kind: Kind[Any], value: object, says: str) -> None:
    """Wrong container, key or value: each is named."""
    assert says in (kind.form(value) or "")


def test_a_key_given_twice_with_different_values_does_not_count() -> None:
    """Two answers at once are none."""
    assert ROLES.score({"P01": "fact", "p1": "cause"}, RIGHT).fraction == 0.0


@pytest.mark.parametrize(
    "wrong_author",
    [
        lambda: ROLES.read_key({"P01": "fact"}),
        lambda: ROLES.read_key({**RIGHT, "P05": "fact"}),
        lambda: ROLES.read_key({**RIGHT, "P01": "opinion"}),
        lambda: ROLES.read_key({**RIGHT, "P01": set()}),
        lambda: ROLES.read_key(RIGHT, weights={"P01": -1}),
        lambda: ROLES.read_key(RIGHT, mistakes={("P09", "fact"): "No."}),
    ],
)
def test_a_key_without_sense_is_refused(wrong_author: Any) -> None:
    """An author's slip is an error when the key is set, not a wrong grade later."""
    with pytest.raises(ValueError, match=r".{10}"):
        wrong_author()


def test_sentences_in_a_message_are_set_apart_as_sentences() -> None:
    """After a named mistake that ends with a full stop no semicolon follows."""
    named = {("P01", "value"): "No.", ("P02", "fact"): "Why?"}
    wrong = {"P01": "value", "P02": "fact", "P03": "value", "P04": "fact"}
    message = ROLES.score(wrong, RIGHT, mistakes=named).message
    assert message.endswith('look again at "P01", "P02"; at "P01": No. At "P02": Why?')


def test_the_name_of_an_option_keeps_its_case_after_a_full_stop() -> None:
    """A message that begins with a small letter as the option's name is left as it is."""
    letters = label_set(["a", "b", "c"])
    mistakes = {"b": "b: too early.", "c": "c: too late."}
    message = letters.score(["a", "b", "c"], {"a"}, mistakes=mistakes).message
    assert message.endswith("b: too early. c: too late.")


RATES = label_map(["first", "second", "third"], number("", low=0, decimals=1))


@pytest.mark.parametrize(
    ("values", "earns"),
    [((5, 1, 19), 0.5), ((4.5, 1, 19), 2 / 3), ((5, 1, 7), 1 / 6), ((1, 1, 1), 0.0)],
)
def test_numbers_that_are_all_coarse_at_most_earn_half(
    values: tuple[float, ...], earns: float
) -> None:
    """Even small ones, as long as none beside them is anything else."""
    given = dict(zip(("first", "second", "third"), values, strict=True))
    score = RATES.score(given, {"first": 4.535, "second": 1.4, "third": 18.94})
    assert score.fraction == pytest.approx(earns)
    assert ("coarsely" in score.message) == (earns > 0)


def test_a_number_of_several_accepted_ones_is_right() -> None:
    """Whichever of them it is."""
    key = {"Lima": {3, 5}, "Áncash": 7}
    assert COUNTS.score({"Lima": 5, "Áncash": 7}, key).fraction == 1.0
    assert COUNTS.score({"Lima": 3, "Áncash": 7}, key).fraction == 1.0
