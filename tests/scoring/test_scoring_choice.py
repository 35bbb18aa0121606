"""True or False, one option, a set of options."""

import datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course.scoring import choice, label_set, truth
from course.scoring.labels import fold_text

LETTERS = label_set(["A", "B", "C", "D"])
UNITS = choice(["Lima", "Áncash", "San Martín", "valid votes"])


@pytest.mark.parametrize("value", [True, np.bool_(True), pd.Series([True]), np.array([True])])
def test_true_is_true_whatever_holds_it(value: object) -> None:
    """Python's, numpy's and pandas' truth count alike."""
    assert truth().form(value) is None
    assert truth().score(value, True).fraction == 1.0
    assert truth().score(value, False, message="Look again.").message == "Look again."


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("True", "take the quotes away"),
        ("yes", "this is text"),
        (1, "this is a number"),
        (lambda: True, "call it"),
        ([True, False], "list of 2 values"),
    ],
)
def test_what_is_not_true_or_false_is_named(value: object, says: str) -> None:
    """Nothing else is taken for a truth value."""
    assert says in (truth().form(value) or "")
    assert truth().score(value, True).fraction == 0.0


@pytest.mark.parametrize(
    "value", ["Áncash", "ancash", " ANCASH ", "A\u0301ncash", np.str_("Áncash")]
)
def test_case_accents_and_outer_spaces_are_forgiven(value: str) -> None:
    """An option is known however it is written."""
    assert UNITS.form(value) is None
    assert UNITS.score(value, "Áncash").fraction == 1.0


@pytest.mark.parametrize(
    "value", ["valid_votes", "Valid  votes", "valid-votes", "valid\u2013votes"]
)
def test_joined_words_are_the_same_words(value: str) -> None:
    """Space, underscore and hyphen between words do not tell options apart."""
    assert UNITS.score(value, "valid votes").fraction == 1.0


def test_folding_keeps_what_matters() -> None:
    """Signs, digits and decimals are not folded away."""
    assert fold_text("P01") == fold_text("p1")
    assert fold_text("P10") != fold_text("P1")
    assert fold_text("0.05") != fold_text("0.5")
    assert fold_text("-1") != fold_text("1")
    assert fold_text("0") == "0"


def test_an_unknown_option_is_shown_with_the_offer() -> None:
    """The message quotes the student's word and lists what can be chosen."""
    message = UNITS.form("Cuzco")
    assert message is not None
    assert '"Cuzco" is not one of' in message
    assert "San Martín" in message


def test_what_is_echoed_is_short_and_printable() -> None:
    """A long or strange text is not repeated in full."""
    message = UNITS.form("x\x1b[31m" + "y" * 500)
    assert message is not None
    assert "\x1b" not in message
    assert "y" * 50 not in message


def test_a_list_of_one_option_is_to_be_unpacked() -> None:
    """The message says how to mend it."""
    assert "take it out of the list" in (UNITS.form(["Lima"]) or "")


def test_a_wrong_option_gets_its_own_message() -> None:
    """A named option has its message; several options may be accepted."""
    named = {"Lima": "Lima is the capital."}
    assert UNITS.score("lima", "Áncash", mistakes=named).message == "Lima is the capital."
    assert UNITS.score("San Martín", {"Lima", "San Martín"}).fraction == 1.0


def test_numbers_and_dates_can_be_options() -> None:
    """A report's number or a day is a label too."""
    assert choice([47, 48]).score(np.int64(48), 48).fraction == 1.0
    assert choice([47, 48]).score("48", 48).fraction == 1.0
    days = choice(["2006-04-09", "2006-06-04"])
    assert days.score(pd.Timestamp("2006-04-09"), "2006-04-09").fraction == 1.0
    assert days.score(datetime.date(2006, 6, 4), "2006-06-04").fraction == 1.0


@pytest.mark.parametrize(
    "value",
    [
        {"A", "C"},
        frozenset("AC"),
        ["C", "A"],
        ("a", " c "),
        ["A", "C", "A"],
        pd.Series(["A", "C"]),
        pd.Index(["A", "C"]),
        np.array(["A", "C"]),
        {"A": 1, "C": 2}.keys(),
        "AC",
        "A, C",
        "a;c",
    ],
)
def test_a_set_may_come_as_any_collection(value: object) -> None:
    """Order, repeats, case and the kind of collection do not matter."""
    assert LETTERS.form(value) is None
    assert LETTERS.score(value, "AC").fraction == 1.0


@pytest.mark.parametrize(
    ("value", "fraction"),
    [("A", 0.5), ("AB", 0.0), ("ACB", 0.5), ("ABCD", 0.0), ("B", 0.0), ("BD", 0.0)],
)
def test_a_wrong_choice_costs_what_a_right_one_earns(value: str, fraction: float) -> None:
    """Choosing everything, or at random, earns nothing on average."""
    assert LETTERS.score(set(value), {"A", "C"}).fraction == fraction


def test_optional_labels_neither_earn_nor_cost() -> None:
    """Where readers differ, a label may be left open."""
    assert LETTERS.score({"A", "C", "D"}, {"A", "C"}, optional={"D"}).fraction == 1.0
    assert LETTERS.score({"D"}, {"A", "C"}, optional={"D"}).fraction == 0.0


def test_a_chosen_decoy_gets_its_message() -> None:
    """Named wrong labels are explained, what is missing is said without naming it."""
    message = LETTERS.score({"A", "B"}, {"A", "C"}, mistakes={"B": "B is sampling error."}).message
    assert "B is sampling error." in message
    assert "something is missing" in message
    assert "C" not in message.replace("B is sampling error.", "")


def test_an_unknown_label_counts_as_a_wrong_choice() -> None:
    """A label that is not on offer is named, and does not help."""
    assert '"X" is not among the options' in (LETTERS.form(["A", "X"]) or "")
    assert LETTERS.score(["A", "C", "X"], {"A", "C"}).fraction == 0.5


def test_choosing_none_can_be_the_answer() -> None:
    """Where the question allows it, an empty set is an answer and may be right."""
    assert LETTERS.form(set()) == "there is no answer yet"
    open_set = label_set(["A", "B"], none_allowed=True)
    assert open_set.form(set()) is None
    assert open_set.score([], ()).fraction == 1.0
    assert open_set.score(["A"], ()).fraction == 0.0
    assert open_set.score(..., ()).fraction == 0.0


@pytest.mark.parametrize(
    "wrong_author",
    [
        lambda: choice([]),
        lambda: choice(["a", "A "]),
        lambda: choice("ABC"),
        lambda: choice([["a"]]),
        lambda: UNITS.read_key("Cuzco"),
        lambda: UNITS.read_key([]),
        lambda: UNITS.read_key("Lima", mistakes={"Lima": "No."}),
        lambda: LETTERS.read_key(["E"]),
        lambda: LETTERS.read_key([]),
        lambda: LETTERS.read_key("A", mistakes={"A": "No."}),
        lambda: truth().read_key(1),
    ],
)
def test_a_key_without_sense_is_refused(wrong_author: Any) -> None:
    """An author's slip is an error when the key is set, not a wrong grade later."""
    with pytest.raises(ValueError, match=r".{10}"):
        wrong_author()


def test_options_that_the_question_rules_out_make_no_tick_cheaper() -> None:
    """All that are left, ticked without reading, earn nothing."""
    many = label_set([f"E{number}" for number in range(40)])
    left = ["E1", "E2", "E3", "E4"]
    assert many.score(left, {"E1", "E2"}, among=left).fraction == 0.0
    assert many.score(["E1", "E2", "E3"], {"E1", "E2"}, among=left).fraction == 0.5
    assert many.score(["E1", "E2", "E30"], {"E1", "E2"}, among=left).fraction == 0.5
