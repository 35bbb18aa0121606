"""A student's function, called on cases that the student has not seen."""

import sys
import warnings
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course.scoring import Question, case, function, number, truth, wrong
from course.scoring.asking import Answers, GradedAnswer, NamedAnswers, ask_from
from course.scoring.cases import functions_without_reading
from course.scoring.plain import Function, Outcome, Plain, plain

SAFE = function(example=(1000, 900, 50), returns=truth())
CASES = [
    case((10, 5, 4), True, label="when the lead is larger than the ballots out"),
    case((9, 1, 2), True, label="when few are out"),
    case((10, 5, 5), False, label="when the lead equals the ballots out"),
    case((10, 9, 5), False, label="when many are out"),
]
TIE = wrong(lambda a, b, out: a - b >= out, "Equal is not safe.")
SHARE = function(example=(1, 4), returns=number("percent", low=0, high=100))
SHARES = [case((1, 4), 25), case((1, 2), 50), case((3, 3), 100), case((0, 7), 0)]


@pytest.mark.parametrize(
    "func",
    [
        lambda a, b, out: a - b > out,
        lambda *votes: np.bool_(votes[0] - votes[1] > votes[2]),
        lambda a, b, out: pd.Series([a - b > out]),
    ],
)
def test_a_right_function_gets_everything(func: Any) -> None:
    """However it is written, and whichever library's truth it returns."""
    assert SAFE.form(func) is None
    assert SAFE.score(func, cases=CASES).fraction == 1.0


@pytest.mark.parametrize("give", [Decimal, np.float64, lambda v: np.array([v]), float])
def test_numbers_of_every_type_may_be_returned(give: Any) -> None:
    """A function's result is read like any other number."""
    assert SHARE.score(lambda p, w: give(100 * p / w), cases=SHARES, within=0.01).fraction == 1.0


@pytest.mark.parametrize("constant", [True, False])
def test_a_constant_answer_earns_nothing(constant: bool) -> None:
    """Guessing one side is chance, whatever the share of cases that it hits."""
    assert SAFE.score(lambda *a: constant, cases=[*CASES, CASES[0]]).fraction == 0.0


def test_truth_is_credited_above_chance() -> None:
    """Both cases that hold and one of two that do not: half."""
    score = SAFE.score(TIE.func, cases=CASES)
    assert score.fraction == 0.5
    assert '"when the lead equals the ballots out"' in score.message


def test_numbers_earn_the_share_of_cases_above_a_constant() -> None:
    """A function of numbers earns what it gets right beyond what one number would."""
    assert SHARE.score(lambda p, w: 25, cases=SHARES).fraction == 0.0
    half = SHARE.score(lambda p, w: 100 * p / w if w < 4 and p != 3 else 0, cases=SHARES)
    assert half.fraction == pytest.approx((2 / 4 - 1 / 4) / (1 - 1 / 4))


@pytest.mark.parametrize(
    "lazy",
    [
        lambda a, b, out: a > b,
        lambda a, b, out: a - b > 4,
        lambda a, b, out: 9 - b > out,
        lambda a, b, out: a - 5 > out,
        lambda a, b, out: True,
    ],
)
def test_a_function_that_ignores_an_argument_earns_nothing(lazy: Any) -> None:
    """Where the key knows the right function, credit begins above what each such one would get."""
    arguments = [(10, 5, 4), (9, 1, 2), (10, 5, 5), (10, 9, 5), (8, 5, 4), (10, 7, 4), (11, 5, 5)]
    right = lambda a, b, out: a - b > out  # noqa: E731
    key = SAFE.read_key(cases=[case(args) for args in arguments], right=right)
    assert SAFE.score_read(lazy, key).fraction <= 0.1
    assert SAFE.score_read(right, key).fraction == 1.0


def test_a_known_wrong_function_gets_its_message_and_credit() -> None:
    """A function that agrees on all cases with a known wrong one is explained."""
    student = lambda a, b, out: not (a - b < out)  # noqa: E731
    named = SAFE.score(student, cases=CASES, wrong_functions=[TIE])
    assert (named.fraction, named.message) == (0.0, "Equal is not safe.")
    kept = [wrong(TIE.func, "Equal is not safe.", credit=None)]
    assert SAFE.score(student, cases=CASES, wrong_functions=kept).fraction == 0.5


def test_a_wrong_function_outside_the_bounds_is_recognised() -> None:
    """A known wrong function may return what no answer could be."""
    known = [wrong(lambda p, w: 1000 * p / w, "A thousand is not a hundred.")]
    score = SHARE.score(lambda p, w: p / w * 1000, cases=SHARES, wrong_functions=known)
    assert score.message == "A thousand is not a hundred."


def test_a_fraction_for_percent_is_named_in_functions_too() -> None:
    """The ladder of numbers holds for results."""
    assert "multiply by a hundred" in SHARE.score(lambda p, w: p / w, cases=SHARES).message


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (True, "give the function itself, without brackets"),
        (25.0, "give the function itself, without brackets"),
        ("safe", "give the function itself"),
        (lambda a, b: True, "stops with TypeError"),
        (lambda a, b, c: None, "returns nothing"),
        (lambda a, b, c: print(a), "use return, not print"),
        (lambda a, b, c: "True", "take the quotes away"),
        (lambda a, b, c: a / 0, "ZeroDivisionError: division by zero"),
    ],
)
def test_the_form_says_what_is_wrong_with_a_function(value: object, says: str) -> None:
    """No function, wrong arguments, nothing returned, wrong kind returned: each is named."""
    assert says in (SAFE.form(value) or "")
    assert SAFE.score(value, cases=CASES).fraction == 0.0


def _recurse(*args: object) -> object:
    return _recurse(*args)


def _leave(*args: object) -> object:
    sys.exit(3)


def _stop(*args: object) -> object:
    raise GeneratorExit


@pytest.mark.parametrize(
    ("func", "name"),
    [(_recurse, "RecursionError"), (_leave, "SystemExit"), (_stop, "GeneratorExit")],
)
def test_whatever_a_function_raises_is_contained(func: Any, name: str) -> None:
    """The message names the exception and the case, and the grading goes on."""
    score = SAFE.score(func, cases=CASES)
    assert score.fraction == 0.0
    assert f'"when the lead is larger than the ballots out" it stops with {name}' in score.message


def test_text_of_an_exception_is_kept_back_for_unseen_cases() -> None:
    """An exception's text may hold the arguments of a hidden case."""
    score = SAFE.score(lambda a, b, c: {}[f"secret {a}"], cases=CASES)
    assert "KeyError" in score.message
    assert "secret" not in score.message


def test_the_user_can_still_interrupt() -> None:
    """Only the interrupt key gets through."""

    def interrupted(*args: object) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SAFE.score(interrupted, cases=CASES)


def test_a_function_that_fails_on_one_case_keeps_the_others() -> None:
    """One exception costs one case."""
    score = SHARE.score(lambda p, w: 100 / (w / p), cases=SHARES)
    assert score.fraction == pytest.approx((3 / 4 - 1 / 4) / (1 - 1 / 4))
    assert "case 4 it stops with ZeroDivisionError" in score.message


def test_arguments_are_fresh_for_every_call() -> None:
    """A function that empties its argument spoils neither the next case nor the key."""
    votes = [3, 1]
    kind = function(example=([1],), returns=number())

    def emptied(values: list[int]) -> int:
        total = sum(values)
        values.clear()
        return total

    cases = [case((votes,), 4), case((votes,), 4)]
    assert kind.score(emptied, cases=cases).fraction == 1.0
    assert votes == [3, 1]


def test_prints_and_warnings_of_a_function_go_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    """What it writes while being called reaches neither stream."""

    def noisy(a: int, b: int, out: int) -> bool:
        print("working")
        print("working", file=sys.stderr)
        warnings.warn("deprecated", stacklevel=1)
        np.float64(1) / np.float64(0)
        return a - b > out

    assert SAFE.score(noisy, cases=CASES).fraction == 1.0
    assert capsys.readouterr() == ("", "")


def test_a_stub_may_say_why_a_call_failed() -> None:
    """A stand-in for a function in another process gives its reason in plain words."""
    stub = Function(lambda args: Outcome(failed="it took longer than 2 seconds"))
    assert "it took longer than 2 seconds" in SAFE.score(stub, cases=CASES).message


def counting(results: list[int]) -> Callable[[int], int]:
    """Return a function that gives the results in the order of its calls."""
    calls = iter(results * 2)
    return lambda n: next(calls)


def test_a_function_that_counts_its_calls_earns_nothing() -> None:
    """Each case is called twice, and never where a count of the cases expects it again."""
    kind = function(example=(1,), returns=number())
    for count in (2, 3, 4, 8):
        results = [10 * n for n in range(1, count + 1)]
        cases = [case((n,), result) for n, result in enumerate(results, 1)]
        for seed in range(200):
            ask_from(NamedAnswers({}), seed)
            score = kind.score(counting(results * 2), cases=cases)
            assert score.fraction == 0.0, (count, seed)
            assert "depend on its arguments alone" in score.message
    ask_from(NamedAnswers())


def test_the_order_of_cases_is_the_same_for_the_same_submission() -> None:
    """Graded again, a submission gets the same; another one meets another order."""

    def order(seed: int) -> list[int]:
        seen: list[int] = []
        ask_from(NamedAnswers({}), seed)
        function(example=(1,), returns=number()).score(
            lambda n: seen.append(n), cases=[case((n,), n) for n in range(12)]
        )
        ask_from(NamedAnswers())
        return seen

    assert order(1) == order(1) != order(2)
    assert all(one != other for one, other in zip(order(1)[:12], order(1)[12:], strict=True))


def test_a_function_that_remembers_is_named() -> None:
    """What gives another result the second time counts as wrong in every case that changed."""
    seen: set[int] = set()

    def once(n: int) -> int:
        first = n not in seen
        seen.add(n)
        return n if first else -1

    kind = function(example=(1,), returns=number())
    score = kind.score(once, cases=[case((n,), n) for n in range(1, 5)])
    assert score.fraction == 0.0
    assert "called again with the same arguments" in score.message


def test_a_single_argument_needs_no_tuple() -> None:
    """An example or a case may be the only argument itself."""
    kind = function(example=4, returns=number())
    assert kind.form(lambda x: x) is None
    assert kind.score(lambda x: x + 1, cases=[case(1, 2)]).fraction == 1.0


@pytest.mark.parametrize(
    "wrong_author",
    [
        lambda: SAFE.read_key(cases=[]),
        lambda: SAFE.read_key(cases=CASES[:2]),
        lambda: SAFE.read_key(cases=[*CASES, case((1, 1, 1), 0)]),
        lambda: SAFE.read_key(cases=CASES, wrong_functions=[wrong(lambda a, b, c: a - b > c, "?")]),
        lambda: SHARE.read_key(cases=[case((1, 2), 500)]),
        lambda: wrong(len, "?", credit=-1),
        lambda: SAFE.read_key(cases=CASES, wrong_functions=[wrong(lambda a, b, c: nowhere, "?")]),  # type: ignore[name-defined]  # noqa: F821
    ],
)
def test_a_key_without_sense_is_refused(wrong_author: Any) -> None:
    """An author's slip is an error when the key is set, not a wrong grade later."""
    with pytest.raises(ValueError, match=r".{10}"):
        wrong_author()


def test_the_right_function_is_called_once_for_the_same_arguments() -> None:
    """Trying what ignores an argument calls it on few new ones; each call costs every student."""
    calls: list[int] = []

    def square(x: int) -> int:
        calls.append(x)
        return x * x

    cases = tuple(case(x, x * x) for x in (1, 2, 3, 4))
    for lazy in functions_without_reading(cases, square):
        assert len({lazy(*one.args) for one in cases}) == 1
    assert sorted(calls) == [1, 2, 3, 4]


class Changing:
    """Answers that others give: the first time one thing, from then on another."""

    def __init__(self, **answers: list[object]) -> None:
        self.answers = {name: iter([first, *[then] * 9]) for name, (first, then) in answers.items()}

    def ask(self, name: str, chart: bool) -> Plain:
        """Say what is next."""
        return plain(next(self.answers[name]))


def test_what_an_answer_follows_from_is_what_its_own_check_graded() -> None:
    """An earlier answer that says something else to a later check earns that one nothing."""

    def grade(name: str, answers: Answers, kept: dict[str, GradedAnswer]) -> float:
        ask_from(answers, graded=kept)
        q = Question(name, 1)
        q.part(name[0], number(decimals=0))
        q.key(name[0], 25)
        if name == "b-02":
            q.follow("b", "a", lambda a: 2 * a)
        try:
            return q.result().earned
        finally:
            ask_from(NamedAnswers())

    graded: dict[str, GradedAnswer] = {}
    said = Changing(a=[25, 40], b=[80, 50])
    assert grade("a-01", said, graded) == 1
    assert grade("b-02", said, graded) == 0  # 80 follows from 40, which no check has graded
    assert grade("b-02", said, graded) == 1  # 50 from 25
    assert grade("b-02", Changing(a=[40, 40], b=[80, 80]), {}) == 0


def test_nothing_follows_from_a_function_that_is_right() -> None:
    """It gives the key; where it gives another value, it knows the rows of the question."""

    def double(n: int) -> int:
        return 100 if n == 7 else 2 * n

    def grade(given: Callable[[int], int]) -> float:
        ask_from(NamedAnswers({"double": given, "result": 100}), graded={})
        q = Question("votes-10", 2)
        q.part("double", function(example=(1,), returns=number()))
        q.part("result", number(decimals=0))
        q.key("double", cases=[case((n,), 2 * n) for n in range(1, 5)])
        q.key("result", 14)
        q.follow("result", "double", lambda f: f(7))
        try:
            return q.result().earned
        finally:
            ask_from(NamedAnswers())

    assert grade(double) == 1
    assert grade(lambda n: 14 * n + 2) == 1  # wrong, and the result follows from it
