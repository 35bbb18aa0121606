"""Plots: judged by what they show (kind, values, order, labels, title), not by how it is made.

What frames the marks (title, names of the axes, order) earns in proportion to the marks that are
right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from course.scoring.axes import plain_chart
from course.scoring.drawn import (
    KINDS,
    Description,
    chart_in_words,
    in_days,
    read_description,
    shared_words,
)
from course.scoring.kind import Kind, Score, join_parts
from course.scoring.labels import quote_label
from course.scoring.matching import (
    Matcher,
    PlotKey,
    score_labels,
    score_order,
    score_title,
    score_zero,
)
from course.scoring.numbers import Mistake, NumberKey, NumberKind, number
from course.scoring.plain import Pairs, Plain, WrongForm, plain, refuse
from course.scoring.slips import OTHER_CHART

NOTHING_DRAWN = "nothing is drawn in this chart yet"

OTHER_KIND = 0.25  # the most that another kind of chart earns
WEIGHTS = {
    "kind": 1.0,
    "values": 3.0,
    "starts": 2.0,
    "order": 1.0,
    "labels": 1.0,
    "title": 1.0,
    "zero": 1.0,
}


def plot(
    *kinds: str,
    unit: str = "",
    names: Mapping[str, Iterable[str]] | Iterable[str] = (),
    decimals: int | None = None,
) -> PlotKind:
    """Return the kind "a plot": one of `kinds` ("bar", "barh", "line", "scatter").

    `unit` and `decimals` of the values, as in `number`. `names`: what marks may be called, of more
    things than the right plot shows; with a mapping, other names of each.
    """
    others = names.items() if isinstance(names, Mapping) else ((name, ()) for name in names)
    known = tuple((name, (name, *more)) for name, more in others)
    if not kinds or not set(kinds) <= set(KINDS):
        raise ValueError(f"a plot is one of {list(KINDS)}, not {list(kinds)}")
    return PlotKind(kinds, number(unit, decimals=decimals), known)


@dataclass(frozen=True)
class PlotKind(Kind[PlotKey]):
    """A matplotlib Axes, a Figure with one Axes, or what `describe_axes` gives for them."""

    kinds: tuple[str, ...]
    values: NumberKind
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reads_charts = True

    def read(self, value: object) -> Plain:
        """Return what a chart shows, as a record."""
        return plain_chart(value)

    def wants(self) -> str:
        """Say what is wanted."""
        return "a plot with " + " or ".join(KINDS[kind] for kind in self.kinds)

    def take(self, value: Plain) -> Description:
        """Return what the chart shows; see `Kind.take`."""
        if isinstance(value, Pairs):
            return read_description(value)
        hint = ": keep the chart under a name: ax = plt.gca() in the cell that draws it"
        raise refuse(self.wants(), value, hint)

    def check(self, found: Description) -> str | None:
        """Return why the chart cannot be what is wanted, or None."""
        if not found.series:
            return self._unread(found)
        if problem := self._kind_problem(found):
            return problem
        labels = [x for series in found.series for x, _ in series.marks]
        if self.names and not any(shared_words(x, n) for x in labels for _, n in self.names):
            example = quote_label(self.names[0][0])
            return f"no mark carries a name that is known here, such as {example}"
        return None

    def _unread(self, found: Description) -> str:
        """Say why a chart shows nothing."""
        if found.kind == "other":
            return f"{self.wants()} is wanted; what is drawn cannot be read as one"
        return NOTHING_DRAWN

    def in_words(self, value: object) -> str:
        """Return what the chart shows, in words."""
        try:
            return chart_in_words(self.take(self.read(value)))
        except WrongForm as problem:
            return str(problem)

    def read_key(
        self,
        *,
        values: Mapping[Any, Any] | Sequence[Any],
        within: float | None = None,
        starts: Mapping[Any, Any] | None = None,
        starts_within: float = 0.0,
        order: str | None = None,
        title_words: Sequence[str | Sequence[str]] = (),
        need_labels: bool = True,
        need_title: bool = True,
        need_zero: bool = False,
        mistakes: Iterable[Mistake] = (),
        weights: Mapping[str, float] | None = None,
    ) -> PlotKey:
        """Take what the plot should show.

        `values`: {label: number}, or (x, y) with two lists, or {series name: either of these};
        `within` in the unit of the values; `starts`: {label: where its bar begins}, a number or a
        date as text, with the tolerance `starts_within` in the axis's unit or in days; `order`:
        "ascending" or "descending", as the marks are seen (a lying bar chart may have its largest
        bar at the top or at the bottom); `title_words`: words that the title holds, a tuple where
        one of several will do; `mistakes`: named wrong values, of any mark; `need_labels`: both
        axes have a label; `need_zero`: the axis of the values includes zero; `weights` of the
        criteria: "kind", "values", "starts", "order", "labels", "title", "zero".
        """
        if order not in {None, "ascending", "descending"}:
            raise ValueError(f'order is "ascending", "descending" or None, not {order!r}')
        asked = {"kind": True, "values": True, "order": order is not None, "zero": need_zero}
        asked |= {"starts": starts is not None}
        asked |= {"labels": need_labels, "title": need_title or bool(title_words)}
        heavy = {**WEIGHTS, **(weights or {})}
        if set(heavy) != set(WEIGHTS) or min(heavy.values()) < 0:
            raise ValueError(f"weights are 0 or more, for {list(WEIGHTS)}")
        named = tuple(mistakes)
        words = tuple((w,) if isinstance(w, str) else tuple(w) for w in title_words)
        series = {
            name: tuple((plain(x), self._mark_key(y, within, named)) for x, y in marks)
            for name, marks in _author_series(values).items()
        }
        used = {c: heavy[c] for c, on in asked.items() if on and heavy[c] > 0}
        if not used:
            raise ValueError("no criterion carries any weight")
        return PlotKey(series, order, words, used, starts or {}, starts_within)

    def judge(self, found: Description, key: PlotKey) -> Score:
        """Share of the criteria, by weight; each that fails is named."""
        if not found.series:
            message = self._unread(found)
            return Score(0.0, message, answered=message != NOTHING_DRAWN)
        matcher = Matcher(self.values, dict(self.names))
        criteria = {
            "kind": self._kind_score,
            "values": matcher.score_values,
            "starts": matcher.score_starts,
            "order": score_order,
            "labels": score_labels,
            "title": score_title,
            "zero": score_zero,
        }
        # A line drawn over bars is an aid, as long as there are bars.
        asked = tuple(s for s in found.series if s.kind in self.kinds)
        # What is drawn twice in the same place is seen once.
        found = replace(found, series=tuple(dict.fromkeys(asked or found.series)))
        if any(isinstance(start, str) for start in key.starts.values()):
            found = replace(found, series=tuple(map(in_days, found.series)))
        scores = {name: criteria[name](found, key) for name in key.weights}
        other = scores["kind"] if "kind" in scores and scores["kind"].fraction < 1.0 else None
        if all(s.fraction == 1.0 for s in scores.values()):
            return Score(1.0)
        # A bar that begins in the wrong place is no more than half right, however long it is.
        marks = [scores[name].fraction for name in ("values", "starts") if name in scores]
        right = sum(marks) / len(marks) if marks else 1.0
        earned = sum(
            key.weights[name] * s.fraction * (1.0 if name in ("values", "starts") else right)
            for name, s in scores.items()
        )
        share = earned / sum(key.weights.values())
        if other is not None:  # of which nothing else is said: what counts is not drawn
            return replace(other, fraction=min(share, OTHER_KIND))
        return Score(
            share,
            join_parts(s.message for s in scores.values()),
            tuple(dict.fromkeys(one for s in scores.values() for one in s.mistakes)),
        )

    def _mark_key(self, right: Any, within: float | None, named: Sequence[Mistake]) -> NumberKey:
        # What is wrong for one mark may be right for another.
        plainly = self.values.read_key(right, within=within)
        wrong = [m for m in named if self.values.score_read(m.value, plainly).fraction < 1.0]
        return self.values.read_key(right, within=within, mistakes=wrong)

    def _kind_score(self, found: Description, key: PlotKey) -> Score:
        problem = self._kind_problem(found)
        return Score(0.0, problem, (OTHER_CHART,)) if problem else Score(1.0)

    def _kind_problem(self, found: Description) -> str:
        """Say that another kind of chart is drawn; "" where it is the right one."""
        if any(series.kind in self.kinds for series in found.series):
            return ""
        drawn = KINDS.get(found.series[0].kind, f"a {found.series[0].kind} chart")
        return f"{self.wants()} is wanted; this shows {drawn}"


def _author_series(values: Any) -> dict[str, list[tuple[Any, Any]]]:
    def read_marks(one: Any) -> list[tuple[Any, Any]]:
        if isinstance(one, Mapping):
            return list(one.items())
        if len(one) != 2 or len(one[0]) != len(one[1]):
            raise ValueError("values are {label: number} or (x, y) with two lists of one length")
        return list(zip(one[0], one[1], strict=True))

    nested = isinstance(values, Mapping) and all(
        isinstance(v, Mapping | tuple | list) for v in values.values()
    )
    found = {k: read_marks(v) for k, v in values.items()} if nested else {"": read_marks(values)}
    if not found or not all(found.values()):
        raise ValueError("the key shows no values")
    return found
