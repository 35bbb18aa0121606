"""Compares a chart with a key: its marks, their values, where they begin, and what frames them.

Marks are found by what a person reads beside them: a whole name, a surname, another name of the
same thing, with or without a number behind it. Where nothing can be read, values alone are
compared, and the message says that names are missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from course.scoring import slips
from course.scoring.drawn import Description, Series, credit_start, same_place, shared_words
from course.scoring.kind import Score, commonest, join_parts
from course.scoring.labels import fold_text, quote_label
from course.scoring.numbers import NumberKey, NumberKind
from course.scoring.plain import Plain

WHOLE_NAME = 99  # more than words can be shared
UNNAMED = 0.75  # the credit of a right value without a name

Marks: TypeAlias = Sequence[tuple[Plain, Plain]]
Wanted: TypeAlias = Sequence[tuple[Plain, NumberKey]]


@dataclass(frozen=True)
class PlotKey:
    """The marks of each series with their keys, where bars begin, and the weighted criteria."""

    series: Mapping[str, Wanted]
    order: str | None
    title_words: tuple[tuple[str, ...], ...]
    weights: Mapping[str, float]
    starts: Mapping[Any, Any]
    starts_within: float


@dataclass(frozen=True)
class Matcher:
    """Finds the marks of a key in a chart. `names`: what each of them may be called."""

    values: NumberKind
    names: Mapping[str, tuple[str, ...]]

    def score_values(self, found: Description, key: PlotKey) -> Score:
        """Score the values of all marks."""
        scores = [
            self._series_score(series, key.series[name])
            for name, series in _match_series(found.series, key).items()
        ]
        common = commonest(scores)
        return Score(sum(s.fraction for s in scores) / len(scores), common.message, common.mistakes)

    def _series_score(self, marks: Marks, right: Wanted) -> Score:
        named = self._marks_by_name(marks, right)
        if not named and all(isinstance(wanted, str) for wanted, _ in right):
            return self._score_without_names(marks, right)
        scores = self.values.score_together([(marks[place][1], right[i][1]) for i, place in named])
        taken = {place for _, place in named}
        free = [mark for place, mark in enumerate(marks) if place not in taken]
        missing = len(right) - len(named)
        hits = sum(s.fraction for s in scores)
        if hits == len(right) and not free:
            return Score(1.0)
        parts = [f"{sum(s.fraction == 1.0 for s in scores)} of {len(right)} values are right"]
        parts += [f"{missing} missing"] if missing else []
        if free:
            known = any(self._name_fit(free[0][0], wanted) for wanted, _ in right)
            what = "is given twice" if known else "is not asked for"
            parts.append(f"{quote_label(free[0][0])} {what}")
        common = commonest(scores)
        made = common.mistakes or (slips.VALUES_WRONG,)
        message = join_parts([", ".join(parts), common.message])
        return Score(hits / (len(right) + len(free)), message, made)

    def _marks_by_name(self, marks: Marks, right: Wanted) -> list[tuple[int, int]]:
        """Return pairs of a wanted mark and the drawn one that carries its name."""
        pairs = [
            (-self._name_fit(x, wanted), -self.values.score_read(y, key).fraction, i, place)
            for i, (wanted, key) in enumerate(right)
            for place, (x, y) in enumerate(marks)
        ]
        found: dict[int, int] = {}
        for fit, _, i, place in sorted(pairs):
            if fit < 0 and i not in found and place not in found.values():
                found[i] = place
        return list(found.items())

    def _name_fit(self, label: Plain, wanted: Plain) -> int:
        """Return how well a mark's label names a wanted mark; 0 where it does not."""
        if same_place(label, wanted):
            return WHOLE_NAME
        if not isinstance(wanted, str):
            return 0
        return shared_words(label, self.names.get(wanted, (wanted,)))

    def score_starts(self, found: Description, key: PlotKey) -> Score:
        """Score where bars begin."""
        begun = [
            (x, start)
            for series in found.series
            for (x, _), start in zip(series.marks, series.starts, strict=False)
        ]
        named = any(self._name_fit(x, label) for x, _ in begun for label in key.starts)
        credits = [
            max(
                (
                    credit_start(at, start, key.starts_within)
                    for x, at in begun
                    if self._name_fit(x, label) or not named
                ),
                default=0.0,
            )
            for label, start in key.starts.items()
        ]
        share = sum(credits) / len(credits)
        if share == 1.0:
            return Score(1.0) if named else Score(UNNAMED, mistakes=(slips.NO_NAMES,))
        message = f"{credits.count(1.0)} of {len(credits)} bars begin where they should"
        return Score(share if named else UNNAMED * share, message, (slips.STARTS_WRONG,))

    def _score_without_names(self, marks: Marks, right: Wanted) -> Score:
        """Compare the values alone, where no mark carries a name that is asked for."""
        free = [y for _, y in marks]
        hits, told = 0, []
        for _, key in right:
            scores = [self.values.score_read(y, key) for y in free]
            place = next((i for i, s in enumerate(scores) if s.fraction == 1.0), None)
            told += [s for s in scores if s.fraction < 1.0 and s.mistakes]
            if place is not None:
                hits += 1
                del free[place]
        message = f"{hits} of {len(right)} values are right, but no mark carries a name asked for"
        if not hits and (common := commonest(told)).message:
            message = join_parts(["no mark carries a name asked for", common.message])
        return Score(UNNAMED * hits / (len(right) + len(free)), message, (slips.NO_NAMES,))


def _match_series(drawn: Sequence[Series], key: PlotKey) -> dict[str, Marks]:
    """Return the marks that stand for each series of the key: by name, else in the order drawn."""
    if len(key.series) == 1:
        return {name: tuple(m for s in drawn for m in s.marks) for name in key.series}
    by_name = {fold_text(s.name): s for s in drawn}
    matched = {name: by_name[fold_text(name)] for name in key.series if fold_text(name) in by_name}
    rest = iter([s for s in drawn if all(s is not m for m in matched.values())])
    marks: dict[str, Marks] = {}
    for name in key.series:
        series = matched.get(name) or next(rest, None)
        marks[name] = series.marks if series else ()
    return marks


def score_order(found: Description, key: PlotKey) -> Score:
    """Score the order of the marks; horizontal bars may begin at either end."""
    marks = [mark for series in found.series for mark in series.marks]
    ys = [y for _, y in marks if isinstance(y, int | float)]
    rising = all(a <= b for a, b in pairwise(ys))
    falling = all(a >= b for a, b in pairwise(ys))
    either = any(series.kind == "barh" for series in found.series)
    right = (rising or falling) if either else (falling if key.order == "descending" else rising)
    if right:
        return Score(1.0)
    return Score(0.0, f"the marks are not sorted in {key.order} order", (slips.NOT_SORTED,))


def score_labels(found: Description, key: PlotKey) -> Score:
    """Score the names of the axes."""
    bare = [name for name, text in (("x", found.xlabel), ("y", found.ylabel)) if not text]
    if not bare:
        return Score(1.0)
    message = f"the {' and the '.join(bare)} axis {'has' if len(bare) == 1 else 'have'} no label"
    return Score(1.0 - len(bare) / 2, message, (slips.NO_AXIS_LABEL,))


def score_title(found: Description, key: PlotKey) -> Score:
    """Score the title."""
    if not found.title:
        return Score(0.0, "there is no title", (slips.NO_TITLE,))
    title = fold_text(found.title)
    if all(any(fold_text(word) in title for word in words) for words in key.title_words):
        return Score(1.0)
    message = "the title does not say everything that the question asks for"
    return Score(0.5, message, (slips.TITLE_LACKS,))


def score_zero(found: Description, key: PlotKey) -> Score:
    """Score whether the axis of the values includes zero."""
    side = "xlim" if any(series.kind == "barh" for series in found.series) else "ylim"
    limits = found.limits.get(side, ())
    if limits and min(limits) <= 0 <= max(limits):
        return Score(1.0)
    message = "the axis of the values does not include zero, so lengths mislead"
    return Score(0.0, message, (slips.NO_ZERO,))
