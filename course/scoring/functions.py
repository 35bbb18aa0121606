"""Functions: called on cases, each time with fresh arguments and with its prints swallowed.

The cases come in an order drawn anew for each submission, and a second time in another one: what a
function gives must depend on its arguments alone, not on how often or after what it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any

from course.scoring import asking, slips
from course.scoring.cases import Case, WrongFunction, functions_without_reading, with_result
from course.scoring.choices import TruthKind
from course.scoring.kind import Kind, Score, above_guess, commonest
from course.scoring.numbers import NumberKind
from course.scoring.plain import Function, Outcome, Plain, call_function, refuse
from course.scoring.quiet import keep_quiet
from course.scoring.results import NamedMistake, name_mistake


@dataclass(frozen=True)
class FunctionKey:
    """Cases with the key of each result, and the known wrong solutions with their results.

    `guessed` is the share of the cases that come out right without reading every argument.
    """

    cases: tuple[Case, ...]
    keys: tuple[Any, ...]
    wrong: tuple[tuple[WrongFunction, tuple[Any, ...]], ...]
    guessed: float = 0.0


def function(example: Any, returns: Kind[Any]) -> FunctionKind:
    """Return the kind "a function".

    `example` is a tuple of arguments (or the only argument) that the function has to accept;
    `returns` is the kind of what it gives back.
    """
    return FunctionKind(example if isinstance(example, tuple) else (example,), returns)


@dataclass(frozen=True)
class FunctionKind(Kind[FunctionKey]):
    """A function from plain data to plain data."""

    example: tuple[Any, ...]
    returns: Kind[Any]

    def wants(self) -> str:
        """Say what is wanted."""
        count = len(self.example)
        return f"a function of {count} argument{'s' if count != 1 else ''}"

    def take(self, value: Plain) -> Function:
        """Return the function; see `Kind.take`."""
        if isinstance(value, Function):
            return value
        raise refuse(self.wants(), value, ": give the function itself, without brackets")

    def check(self, found: Function) -> str | None:
        """Return what is wrong with its result for the example, or None."""
        problem = self._result_problem(found.call(self.example), tell=True)
        return None if problem is None else f"called with the example, {problem}"

    def read_key(
        self,
        *,
        cases: Iterable[Case],
        right: Callable[..., Any] | None = None,
        within: float | None = None,
        wrong_functions: Iterable[WrongFunction] = (),
    ) -> FunctionKey:
        """Take the cases, the right function, a number's tolerance, known wrong solutions.

        `right` gives the result of each case that names none. With it, credit begins above what a
        function earns that ignores an argument; without it, above what a constant earns.
        """
        all_cases = tuple(cases if right is None else (with_result(c, right) for c in cases))
        if not all_cases:
            raise ValueError("a function needs at least one case")
        options = {} if within is None else {"within": within}
        keys = tuple(self.returns.read_key(c.expected, **options) for c in all_cases)
        if isinstance(self.returns, TruthKind) and len({c.expected for c in all_cases}) < 2:
            raise ValueError("cases that all expect the same are passed by a constant function")
        # All of these are calls of the author's functions, in one silence; each is made once.
        with keep_quiet():
            tried = [(w, _call_cases(w.func, all_cases)) for w in wrong_functions]
            tried += [] if right is None else self._swapped(right, all_cases, keys)
            known = tuple((w, self._results_of(w, calls, options)) for w, calls in tried)
            for one, calls in tried:
                if all(s.fraction == 1.0 for s in map(self._score_call, calls, keys)):
                    raise ValueError(f"no case tells the wrong function apart: {one.message}")
            lazy = functions_without_reading(all_cases, right)
            guessed = max(
                _share([*map(self._score_call, _call_cases(one, all_cases), keys)]) for one in lazy
            )
        return FunctionKey(all_cases, keys, known, guessed)

    def judge(self, found: Function, key: FunctionKey) -> Score:
        """Share of the cases that come out right, above what ignoring an argument would get."""
        calls, again = _call_twice(found, key.cases)
        changing = [repr(one) != repr(other) for one, other in zip(calls, again, strict=True)]
        scores = [
            Score(0.0) if changes else self._score_call(call, k)
            for changes, call, k in zip(changing, calls, key.keys, strict=True)
        ]
        fraction = above_guess(_share(scores), key.guessed)
        if any(changing):
            return Score(fraction, CHANGING, (slips.RESULT_CHANGES,))
        if all(s.fraction == 1.0 for s in scores):
            return Score(1.0)
        same = _always_same(calls)  # of what gives the same in every case, nothing more is known
        for known, results in key.wrong:
            if self._agrees_with(calls, results) and not (
                same and len(set(map(repr, results))) == 1
            ):
                credit = fraction if known.credit is None else known.credit
                return Score(credit, known.message, (name_mistake(known.message),))
        return self._failed(fraction, calls, scores, key)

    def _score_call(self, call: Outcome, key: Any) -> Score:
        problem = _stopped(call)
        return Score(0.0, problem) if problem else self.returns.score_read(call.value, key)

    def _agrees_with(self, calls: list[Outcome], results: tuple[Any, ...]) -> bool:
        for result, known in zip(calls, results, strict=True):
            if known is None:
                if self._result_problem(result) is None:
                    return False
            elif self._score_call(result, known).fraction < 1.0:
                return False
        return True

    def _results_of(
        self, known: WrongFunction, results: list[Outcome], options: dict[str, Any]
    ) -> tuple[Any, ...]:
        """Return the wrong function's results as keys; None where a result is not well-formed."""
        if all(result.raised for result in results):
            # Else whatever gives no result, an untouched stub too, would agree with it.
            raise ValueError(
                f"the wrong function stops with {results[0].raised} in every case: {known.message}"
            )
        return tuple(
            None
            if self._result_problem(r)
            else self.returns.read_key(r.value, **self._narrow(r.value, options))
            for r in results
        )

    def _narrow(self, value: Plain, options: dict[str, Any]) -> dict[str, Any]:
        """Return the options of a wrong result's key: small ones are told apart, too."""
        if not isinstance(self.returns, NumberKind) or not isinstance(value, int | float):
            return options
        within: float = self.returns.read_key(value, **options).within
        return {**options, "within": min(within, NARROW * abs(value))}

    def _swapped(
        self, right: Callable[..., Any], cases: tuple[Case, ...], keys: tuple[Any, ...]
    ) -> list[tuple[WrongFunction, list[Outcome]]]:
        """Return the right function with its arguments in other orders, as far as that shows.

        It does where two results are numbers or words of their own: else a constant function, or
        one that always stops, would be told that its arguments are swapped.
        """
        found = []
        places = range(len(cases[0].args))
        for order in list(permutations(places))[1:]:

            def turned(*args: Any, order: tuple[int, ...] = order) -> Any:
                return right(*(args[place] for place in order))

            calls = _call_cases(turned, cases)
            told = {repr(r.value) for r in calls if self._result_problem(r) is None}
            same = all(s.fraction == 1.0 for s in map(self._score_call, calls, keys))
            if len(told) > 1 and not same:
                found.append((WrongFunction(turned, SWAPPED), calls))
        return found

    def _result_problem(self, result: Outcome, tell: bool = False) -> str | None:
        """Return what is wrong with a result; `tell`: quote what a built-in exception says."""
        if problem := _stopped(result, tell):
            return problem
        if result.dots:
            return "there is no answer yet: replace the three dots in the function"
        if result.value is None:
            if result.printed:
                return "it prints its result instead of returning it: use return, not print"
            return "it returns nothing: its last line has to be return ..."
        return self.returns.form(result.value)

    def _slips(self, result: Outcome, score: Score) -> tuple[NamedMistake, ...]:
        if result.value is None and not result.dots:
            return (slips.PRINTS if result.printed else slips.RETURNS_NOTHING,)
        return score.mistakes

    def _failed(
        self, fraction: float, calls: list[Outcome], scores: list[Score], key: FunctionKey
    ) -> Score:
        right = sum(s.fraction == 1.0 for s in scores)
        parts = [f"{right} of {len(scores)} cases come out right"]
        if _always_same(calls):
            parts.append(ALWAYS_SAME)
        failed = [i for i, s in enumerate(scores) if s.fraction < 1.0]
        names = {
            i: f'"{key.cases[i].label}"' if key.cases[i].label else f"case {i + 1}" for i in failed
        }
        raised = [i for i in failed if _stopped(calls[i])]
        others = [i for i in failed if i not in raised]
        if raised:
            parts.append(f"in the case {names[raised[0]]} {_stopped(calls[raised[0]])}")
        common = commonest(
            replace(
                scores[i],
                message=self._result_problem(calls[i]) or scores[i].message,
                mistakes=self._slips(calls[i], scores[i]),
            )
            for i in others
        )
        if common.message:
            parts.append(common.message)
        if others:
            more = f" and {len(others) - 3} more" if len(others) > 3 else ""
            parts.append(f"not right: {', '.join(names[i] for i in others[:3])}{more}")
        made = slips.pick({slips.STOPS: raised, slips.CASES_WRONG: others})
        untouched = all(result.dots for result in calls)
        return Score(fraction, "; ".join(parts), (*common.mistakes, *made), answered=not untouched)


ALWAYS_SAME = "it returns the same in every case: its result has to depend on its arguments"
NARROW = 0.1  # of a wrong result, in which another one is taken for it
SWAPPED = "the arguments are taken in a different order from the question's"
CHANGING = (
    "called again with the same arguments, it gives another result: what a function returns has to "
    "depend on its arguments alone"
)


def _share(scores: list[Score]) -> float:
    return sum(s.fraction for s in scores) / len(scores)


def _call_cases(function: Callable[..., Any], cases: tuple[Case, ...]) -> list[Outcome]:
    """Call a function of the author's on all cases."""
    return [call_function(function, case.args) for case in cases]


def _call_twice(function: Function, cases: tuple[Case, ...]) -> tuple[list[Outcome], list[Outcome]]:
    """Call a function twice on each case, in a drawn order; return the outcomes of either time."""
    times: list[list[Outcome]] = [[] for _ in cases]
    for place in asking.drawn_twice(len(cases)):
        times[place].append(function.call(cases[place].args))
    return [first for first, _ in times], [second for _, second in times]


def _always_same(calls: list[Outcome]) -> bool:
    """Tell whether all calls gave back one and the same value."""
    values = {repr(one.value) for one in calls if not one.raised and not one.failed}
    return len(calls) > 1 and len(values) == 1 and all(one.value is not None for one in calls)


def _stopped(outcome: Outcome, tell: bool = False) -> str:
    """Say why a call gave nothing back, or return ""."""
    if outcome.failed or not outcome.raised:
        return outcome.failed
    if not tell or not outcome.text:
        return f"it stops with {outcome.raised}"
    return f"it stops with {outcome.raised}: {outcome.text}"
