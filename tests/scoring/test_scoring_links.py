"""Argument maps: what is read, what is credited, what is told, and what holds for every map."""

import itertools
import random
import re
import statistics
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.scoring import Question, Score, links

# No deadline: a busy machine is no fault. No database: the folder stays as it is.
quick = settings(deadline=None, max_examples=60, database=None)

Link = tuple[str, str, str]

READINGS = Path(__file__).resolve().parents[2] / "source" / "argument" / "readings"
LETTERS = list("ABCDEFGH")
RELATIONS = ("supports", "challenges")
EVERY = [(s, t, r) for s in LETTERS for t in LETTERS if s != t for r in RELATIONS]
MAP = links(LETTERS)
KEY: dict[str, Any] = {
    "accepted": {("B", "A"): 1.0, ("C", "A"): 0.8, ("C", "B"): 0.4, ("D", "B"): 0.6},
    "challenges": {("D", "A"): 0.6, ("E", "B"): 1.0},
}
FULL = [("B", "A"), ("C", "A"), ("D", "B"), ("E", "B", "challenges")]


def score(given_links: object, key: dict[str, Any] | None = None) -> Score:
    """Return the score of links against a key, by default KEY."""
    return MAP.score(given_links, **(key or KEY))


def as_value(given_links: Any) -> dict[str, object]:
    """Return links as the widget's value."""
    names = ("from", "to", "relation")
    return {"links": [dict(zip(names, link, strict=False)) for link in given_links]}


# --- what is read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        as_value(FULL),
        as_value(FULL)["links"],
        FULL,
        set(FULL),
        [list(link) for link in FULL],
        [("b ", "a"), ("C", "A"), ("D", "B"), ("E", "B", "Challenges")],
        [{"relation": link[2:] and link[2], "to": link[1], "from": link[0]} for link in FULL[3:]]
        + FULL[:3],
        pd.DataFrame([(*link, "supports")[:3] for link in FULL], columns=list("xyz")),
        pd.DataFrame(
            [(*link, "supports")[:3] for link in FULL], columns=["from", "to", "relation"]
        )[["relation", "to", "from"]],
        [*FULL, *FULL],
    ],
    ids=[
        "value",
        "dicts",
        "tuples",
        "set",
        "lists",
        "spelling",
        "mixed",
        "table",
        "names",
        "twice",
    ],
)
def test_a_map_may_come_as_value_list_or_table(value: object) -> None:
    """The container does not matter, nor case, spaces, repeats and the order of named columns."""
    assert MAP.form(value) is None
    assert score(value) == Score(1.0)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "there is no answer yet"),
        ({}, "there is no answer yet"),
        ({"links": []}, "there is no answer yet"),
        (pd.DataFrame(columns=["from", "to"]), "there is no answer yet"),
        ("B supports A", r'a map.s value or a list of links such as \("H", "G", "supports"\) is'),
        (["B", "A"], "is wanted; this is a list of 2 values"),
        ([("B", "A", "supports", 1)], "is wanted"),
        ([{"from": "B", "too": "A"}], "is wanted"),
        ({"lines": [("B", "A")]}, "is wanted; this is a dict"),
        (pd.DataFrame({"from": ["B"], "into": ["A"]}), "is wanted; this is a whole table"),
        ([("B", "X")], '"X" is not one of'),
        ([("B", "A", "proves")], '"proves" is not one of "supports", "challenges"'),
        ([("B", "b")], '"B" is linked to itself'),
        ([("B", None)], "a link needs two ends, such as"),
    ],
)
def test_the_form_names_the_first_thing_to_mend(value: object, says: str) -> None:
    """Wrong container, paragraph or relation: each is named, and none stops the grading."""
    told = MAP.form(value) or ""
    assert pytest.approx(0.0) == score(value).fraction
    assert re.search(says, told), told


def test_a_link_that_names_nothing_on_offer_is_a_wrong_link() -> None:
    """It lowers the score as any wrong link does, and is named in the message."""
    strange = score([*FULL, ("X", "A")])
    assert strange.fraction == score([*FULL, ("H", "C")]).fraction < 1
    assert '"X" is not one of' in strange.message


# --- what is credited --------------------------------------------------------------------------


def test_an_odd_link_costs_less_than_its_share_where_most_are_right() -> None:
    """A link that no rule without reading draws takes nothing from the others but this."""
    assert score([*FULL, ("G", "H")]).fraction == pytest.approx(1 - (2 / 5) ** 2)
    assert score([*FULL, ("G", "H"), ("H", "C")]).fraction == pytest.approx(4 / 6)


def test_a_wrong_link_costs_more_where_the_right_ones_may_be_luck() -> None:
    """What is linked to the card that is often right shows less than what is linked elsewhere."""
    right = [(node, "A") for node in "BCDE"] + [("F", "B"), ("G", "C"), ("H", "C")]
    key = MAP.read_key(right)
    apart, hub = (MAP.score_read([*right, odd], key).fraction for odd in (("G", "E"), ("G", "A")))
    assert hub < apart < 1
    luck = 4 / 7  # of the seven that need a link, four have it to A
    lost = luck / (
        4 * (1 - luck) + (1 - 1 / 6) + 2 * (1 - 2 / 6)
    )  # B and C point not to themselves
    assert hub == pytest.approx((1 - lost**2) * (1 - (2 / 8) ** 2))


def test_each_linked_to_the_one_before_or_after_earns_nothing() -> None:
    """The chain needs no reading, whichever way it goes."""
    right = [("B", "A"), ("C", "B"), ("D", "A"), ("E", "D"), ("F", "G"), ("G", "H")]
    chain = list(itertools.pairwise(LETTERS))
    for links_drawn in (chain, [(other, one) for one, other in chain]):
        assert MAP.score(links_drawn, right).fraction == 0.0


@pytest.mark.parametrize("target", LETTERS)
def test_everything_linked_to_one_item_earns_nothing(target: str) -> None:
    """The star needs no reading."""
    star = [(node, target) for node in LETTERS if node != target]
    assert score(star).fraction == 0.0


def test_a_part_of_a_star_earns_a_tenth_though_all_of_it_is_accepted() -> None:
    """Whoever links only what comes early to the first card has read as little as for the star."""
    right = [(node, "A") for node in "BCDE"] + [("F", "B"), ("G", "C"), ("H", "C")]
    key = MAP.read_key(right)
    for last in range(1, 5):
        assert MAP.score_read(right[:last], key).fraction <= 0.1 + 1e-9
    one_read = MAP.score_read([*right[:4], ("F", "B")], key).fraction
    assert one_read == pytest.approx(3 / 7 + 0.1)  # F, and two for it
    assert MAP.score_read(right, key).fraction == 1.0


def test_half_a_map_that_is_right_earns_half() -> None:
    """Half is worth half, alone; what little lacks to a whole counts less than its share."""
    right = [(node, "A") for node in "BCD"] + [("E", "B"), ("F", "C"), ("G", "D"), ("H", "C")]
    key = MAP.read_key(right)
    assert MAP.score_read(right[1:4], key).fraction == pytest.approx(3 / 7)
    assert 6 / 7 < MAP.score_read(right[1:], key).fraction < 1
    half = [*right[1:5], ("B", "H"), ("F", "E"), ("G", "F"), ("H", "F")]
    assert MAP.score_read(half, key).fraction == pytest.approx(0.75 * 4 / 7, abs=0.2)
    assert MAP.score_read([(node, "A") for node in "BCDEFGH"], key).fraction == 0.0


def test_as_many_wrong_links_as_right_ones_earn_part_of_a_map() -> None:
    """Against the key of the readings, 14 right of 26 links are worth a good half, not nothing."""
    paragraphs, key = paragraphs_and_key()
    kind = links(paragraphs)
    known = kind.read_key(key)
    surest = {
        source: max((w, link) for link, w in key.items() if link[0] == source)[1]
        for source in sorted({link[0] for link in key})
    }
    wrong = [
        (s, t, "supports")
        for s in paragraphs
        for t in paragraphs
        if s != t and (s, t, "supports") not in key
    ]
    draw = random.Random(14)
    for few, many, least, most in [(14, 12, 0.4, 0.75), (7, 0, 0.4, 0.6), (7, 7, 0.15, 0.4)]:
        earned = [
            kind.score_read(
                [*draw.sample(sorted(surest.values()), few), *draw.sample(wrong, many)], known
            ).fraction
            for _ in range(40)
        ]
        assert least < statistics.mean(earned) < most, (few, many)


def test_one_of_several_accepted_links_is_enough_and_all_of_them_are_no_fault() -> None:
    """Who chooses one of two accepted targets has a full map; so has who gives both."""
    assert score([("B", "A"), ("C", "B"), ("D", "A", "challenges"), FULL[3]]) == Score(1.0)
    assert score([*FULL, ("C", "B"), ("D", "A", "challenges")]) == Score(1.0)


def test_polarity_counts() -> None:
    """A link with the other relation earns nothing and is told apart."""
    wrong = score([("B", "A", "challenges")])
    assert wrong.fraction == 0.0
    assert "0 of your 1 link is accepted; 1 needs the other relation" in wrong.message


def test_a_reversed_link_earns_nothing_and_is_told_apart() -> None:
    """The message says how many point the other way and which way an arrow goes."""
    wrong = score([("A", "B"), ("A", "C"), ("D", "B")])
    assert wrong.fraction == score([("G", "B"), ("G", "C"), ("D", "B")]).fraction
    assert "2 point the other way: an arrow goes from the reason to what it supports" in (
        wrong.message
    )
    assert "objection" not in wrong.message
    assert "from the objection to what it challenges" in score([("B", "E", RELATIONS[1])]).message


def test_spraying_does_not_pay() -> None:
    """All links at once hold every accepted one, and earn next to nothing."""
    assert score(EVERY).fraction < 0.15


def test_the_message_says_what_to_do_and_names_no_right_link() -> None:
    """Counts, paragraphs without a link, that several links are accepted."""
    told = score([("B", "A"), ("G", "H")]).message
    assert told == (
        "1 of your 2 links are accepted; "
        'there is no link yet from "C", "D", "E"; '
        "where several links are accepted, one is enough"
    )


def test_a_question_grades_a_map() -> None:
    """The kind works as a part of a question, with its key in the terms of the assignment."""
    q = Question("argument-06", points=5, answers={"map": as_value(FULL[1:3])})
    q.part("map", MAP)
    q.key("map", **KEY)
    assert q.grade() == pytest.approx(5 * 1.4 / 3.4, abs=0.01)  # two of weights 0.8 and 0.6


def test_what_needs_a_link_can_be_said() -> None:
    """`required` names paragraphs or weighs them; without it every accepted source counts."""
    assert score([("B", "A")], {**KEY, "required": ["B"]}) == Score(1.0)
    assert score([("B", "A")], {**KEY, "required": {"B": 3, "C": 7}}).fraction == 0.3


@pytest.mark.parametrize(
    "key",
    [
        {"accepted": {}},
        {"accepted": {("B", "X"): 1}},
        {"accepted": {("B", "B"): 1}},
        {"accepted": {("B", "A", "proves"): 1}},
        {"accepted": {"BA": 1}},
        {"accepted": {("B", "A"): 0}},
        {"accepted": {("B", "A"): True}},
        {"accepted": {("B", "A"): float("nan")}},
        {"accepted": [("B", "A"), ("b", "a")]},
        {"accepted": {("B", "A", "challenges"): 1}, "challenges": {("B", "A"): 1}},
        {"accepted": {("B", "A"): 1}, "required": ["C"]},
        {"accepted": {("B", "A"): 1}, "required": []},
    ],
)
def test_a_key_without_sense_is_refused(key: dict[str, Any]) -> None:
    """An author's slip is an error when the key is set, not a wrong grade later."""
    with pytest.raises(ValueError, match=r".{10}"):
        MAP.read_key(**key)


# --- what holds for every map ------------------------------------------------------------------

weights = st.floats(0.05, 1)
keys = st.dictionaries(st.sampled_from(EVERY), weights, min_size=1, max_size=14)
maps = st.sets(st.sampled_from(EVERY), max_size=20)


@quick
@given(key=keys, answer=maps)
def test_a_map_is_all_right_only_if_every_link_is_accepted_and_none_is_lacking(
    key: dict[Link, float], answer: set[Link]
) -> None:
    """The score lies between 0 and 1, and is 1 for accepted maps alone."""
    result = score(answer, {"accepted": key})
    full = answer <= set(key) and {s for s, *_ in answer} == {s for s, *_ in key}
    assert 0 <= result.fraction <= 1
    assert (result.fraction == 1) == full
    assert (result.message == "") == full
    assert answer & set(key) or result.fraction == 0


@quick
@given(key=keys, data=st.data())
def test_every_choice_of_accepted_links_is_a_full_map(
    key: dict[Link, float], data: st.DataObject
) -> None:
    """Whichever accepted link a reader chooses from each paragraph, all is right."""
    by_source = {s: [link for link in key if link[0] == s] for s, *_ in key}
    chosen = [data.draw(st.sampled_from(options)) for options in by_source.values()]
    assert score(chosen, {"accepted": key}) == Score(1.0)


@quick
@given(key=keys, answer=maps, data=st.data())
def test_a_wrong_link_more_never_raises_the_score(
    key: dict[Link, float], answer: set[Link], data: st.DataObject
) -> None:
    """Nor does one that names nothing on offer."""
    wrong = data.draw(st.sampled_from([link for link in EVERY if link not in key]))
    strange = data.draw(st.sampled_from([("X", "A"), ("A", "A"), ("A", "B", "proves")]))
    before = score(answer, {"accepted": key}).fraction
    for more in (wrong, strange):
        assert score([*answer, more], {"accepted": key}).fraction <= before


@quick
@given(key=keys, answer=maps, data=st.data())
def test_more_right_is_never_less(
    key: dict[Link, float], answer: set[Link], data: st.DataObject
) -> None:
    """An accepted link more, a wrong one less, or a wrong one mended never lowers the score."""
    before = score(answer, {"accepted": key}).fraction
    right = data.draw(st.sampled_from(sorted(key)))
    assert score(answer | {right}, {"accepted": key}).fraction >= before
    for wrong in sorted(answer - set(key)):
        assert score(answer - {wrong}, {"accepted": key}).fraction >= before
        assert score(answer - {wrong} | {right}, {"accepted": key}).fraction >= before


@quick
@given(key=keys, answer=maps, seed=st.integers(0, 99))
def test_order_and_direction_of_entry_do_not_matter(
    key: dict[Link, float], answer: set[Link], seed: int
) -> None:
    """Links in any order, each entered from its reason or from what it supports: one score."""
    entered = list(answer)
    random.Random(seed).shuffle(entered)
    forwards = [{"from": s, "to": t, "relation": r} for s, t, r in sorted(answer)]
    backwards = [{"relation": r, "to": t, "from": s} for s, t, r in entered]
    shuffled_key = dict(random.Random(seed).sample(sorted(key.items()), len(key)))
    assert score(forwards, {"accepted": key}) == score(backwards, {"accepted": shuffled_key})


@quick
@given(key=keys, answer=maps)
def test_the_relations_are_symmetric(key: dict[Link, float], answer: set[Link]) -> None:
    """Neither relation is worth more: with both swapped everywhere the score stays."""
    swap = dict(zip(RELATIONS, RELATIONS[::-1], strict=True))
    swapped = {(s, t, swap[r]) for s, t, r in answer}
    other = {(s, t, swap[r]): weight for (s, t, r), weight in key.items()}
    assert score(swapped, {"accepted": other}).fraction == score(answer, {"accepted": key}).fraction


@pytest.mark.parametrize("drawn", [1, 5, 12])
def test_maps_at_random_earn_next_to_nothing(drawn: int) -> None:
    """Credit begins above what links at random get."""
    key = dict(zip(LETTERS[1:], LETTERS, strict=False))
    options = {"accepted": [(s, t, "supports") for s, t in key.items()]}
    draw = random.Random(6)
    earned = [score(draw.sample(EVERY, drawn), options).fraction for _ in range(2000)]
    assert statistics.mean(earned) < 0.05


# --- the readings that the key comes from ------------------------------------------------------


def readings() -> dict[str, set[Link]]:
    """Return each reader's links."""
    files = [file for file in sorted(READINGS.glob("*.csv")) if file.name != "decisions.csv"]
    table = pd.concat([pd.read_csv(file) for file in files])
    found: dict[str, set[Link]] = {reader: set() for reader in sorted(set(table["reader"]))}
    for row, relation in itertools.product(table.to_dict("records"), RELATIONS):
        targets = str(row[relation]).replace("-", "").split()
        found[row["reader"]] |= {(row["paragraph"], target, relation) for target in targets}
    return found


def paragraphs_and_key() -> tuple[list[str], dict[Link, float]]:
    """Return the 17 paragraphs, and the links that two readers or more gave with their share."""
    everyone = readings()
    votes = Counter(link for given_links in everyone.values() for link in given_links)
    key = {link: n / len(everyone) for link, n in sorted(votes.items()) if n >= 2}
    return [f"P{n:02}" for n in range(1, 18)], key


def test_every_reading_earns_at_least_85_percent_against_the_key_of_all() -> None:
    """A reader who was careful is not failed by the others' key."""
    paragraphs, key = paragraphs_and_key()
    kind = links(paragraphs)
    earned = {
        reader: kind.score(given_links, key).fraction for reader, given_links in readings().items()
    }
    assert len(earned) >= 5
    assert min(earned.values()) >= 0.85, earned


def test_maps_at_random_earn_little_against_the_key_of_the_readings() -> None:
    """As many links as a reader gives, drawn at random: far from a pass."""
    paragraphs, key = paragraphs_and_key()
    kind = links(paragraphs)
    every = [(s, t, r) for s in paragraphs for t in paragraphs if s != t for r in RELATIONS]
    draw = random.Random(17)
    earned = [kind.score(draw.sample(every, 22), key).fraction for _ in range(500)]
    assert statistics.mean(earned) < 0.1
