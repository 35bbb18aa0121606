"""Statistics of a class's points: difficulty, item-rest discrimination, Cronbach's alpha.

Points stand in a matrix with a row a student and a column a question; `nan` stands where nobody has
given points yet. Each function says in words why it gives no figure, instead of giving a wrong one.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Points: TypeAlias = npt.NDArray[np.float64]

FEW_STUDENTS = 30  # with fewer, one student can move a correlation by much
FEW_QUESTIONS = 10  # with fewer, alpha is low even where every question measures well
LEAST_STUDENTS = 3  # a correlation of two students is 1 or -1, whatever they did

# Differences of this share of the points come from arithmetic, not from students.
ROUNDING = 1e-9


@dataclass(frozen=True)
class Figure:
    """A figure, or why there is none."""

    value: float | None  # the figure, or None
    n: int  # how many students it rests on
    reason: str = ""  # why there is none, in words; "" where there is one


def mean_share(points: Points, maximum: float) -> Figure:
    """Return the mean share of the points of one question, 0 (nobody) to 1 (everybody).

    Args:
        points: the points of each student; `nan` where they wait.
        maximum: points that can be had.
    """
    given = points[np.isfinite(points)]
    if not given.size:
        return Figure(None, 0, "no answer is graded yet")
    if not maximum:
        return Figure(None, int(given.size), "it brings no points")
    return Figure(float(given.mean() / maximum), int(given.size))


def complete_columns(matrix: Points) -> npt.NDArray[np.intp]:
    """Return the columns in which every student has points."""
    return np.flatnonzero(np.isfinite(matrix).all(axis=0)) if len(matrix) else np.array([], np.intp)


def item_rest(matrix: Points, column: int) -> Figure:
    """Return the corrected discrimination of a question, -1 to 1.

    That is Pearson's correlation of its points with the sum of all other points, in which the
    question itself is left out, for else it would correlate with itself. The rest is made of the
    questions in which every student has points.
    """
    others = [c for c in complete_columns(matrix) if c != column]
    if not others:
        return Figure(None, 0, "there is no other question to compare with")
    graded = np.isfinite(matrix[:, column])
    item, rest = matrix[graded, column], matrix[graded][:, others].sum(axis=1)
    n = int(item.size)
    if n < LEAST_STUDENTS:
        return Figure(None, n, "it needs at least three students")
    if _is_constant(item):
        return Figure(None, n, "everybody got the same points")
    if _is_constant(rest):
        return Figure(None, n, "everybody got the same points in the rest")
    return Figure(float(np.corrcoef(item, rest)[0, 1]), n)


def cronbach_alpha(matrix: Points) -> Figure:
    """Return Cronbach's alpha of the questions in which every student has points; at most 1.

    k / (k - 1) * (1 - sum of the questions' variances / variance of the sums), with variances that
    divide by n - 1 (Cronbach 1951). It is of the points as they count, so a question of 3 points
    weighs more than one of 1.
    """
    whole = matrix[:, complete_columns(matrix)]
    n, k = whole.shape
    if n < LEAST_STUDENTS:
        return Figure(None, n, "it needs at least three students")
    if k < 2:
        return Figure(None, n, "it needs at least two questions that are graded for everybody")
    if _is_constant(whole.sum(axis=1)):
        return Figure(None, n, "everybody has the same sum of points")
    parts, sums = whole.var(axis=0, ddof=1).sum(), whole.sum(axis=1).var(ddof=1)
    return Figure(float(k / (k - 1) * (1 - parts / sums)), n)


def _is_constant(values: Points) -> bool:
    """Tell whether all values are the same, but for the rounding of floats."""
    return bool(np.ptp(values) <= ROUNDING * max(1.0, float(np.abs(values).max())))
