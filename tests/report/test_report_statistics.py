"""The statistics of the report, recomputed by an independent library (pingouin, on pandas)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pingouin
import pytest

from course.desk.report import statistics
from course.desk.report.statistics import Points

NAN = math.nan


def a_class(students: int, questions: int, seed: int = 7) -> Points:
    """Return points of a class in which some are better than others, in steps of half a point."""
    random = np.random.default_rng(seed)
    skill = random.normal(size=(students, 1))
    luck = random.normal(size=(students, questions))
    maxima = random.integers(1, 4, size=questions)
    share = 1 / (1 + np.exp(-(skill + luck + random.normal(size=questions))))
    return np.asarray(np.round(share * maxima * 2) / 2, dtype=np.float64)


CLASSES = [a_class(5, 3), a_class(24, 16), a_class(200, 13, seed=3)]


@pytest.mark.parametrize("points", CLASSES)
def test_alpha_is_the_one_that_pingouin_computes(points: Points) -> None:
    """Cronbach's alpha of small and large classes agrees to nine digits."""
    expected, _ = pingouin.cronbach_alpha(data=pd.DataFrame(points))
    found = statistics.cronbach_alpha(points)
    assert found.value == pytest.approx(expected, abs=1e-9)
    assert found.n == len(points)


@pytest.mark.parametrize("points", CLASSES)
def test_discrimination_is_the_correlation_with_the_rest(points: Points) -> None:
    """Each question's corrected item-rest correlation agrees with pingouin's Pearson r."""
    frame = pd.DataFrame(points)
    for column in frame:
        rest = frame.drop(columns=column).sum(axis=1)
        expected = pingouin.corr(frame[column], rest)["r"].iloc[0]
        found = statistics.item_rest(points, int(str(column)))
        assert found.value == pytest.approx(expected, abs=1e-9)
        assert found.n == len(points)


@pytest.mark.parametrize("points", CLASSES)
def test_difficulty_is_the_mean_share_of_the_points(points: Points) -> None:
    """The mean, divided by what can be had, as pandas describes it."""
    described = pd.DataFrame(points).describe().loc["mean"]
    for column in range(points.shape[1]):
        found = statistics.mean_share(points[:, column], 4.0)
        assert found.value == pytest.approx(described[column] / 4.0, abs=1e-12)


def test_answers_that_wait_are_left_out_as_pingouin_leaves_them_out() -> None:
    """A question with a missing value drops out of alpha and of every rest; its own r has fewer."""
    points = a_class(24, 6)
    points[[3, 8], 5] = NAN
    frame = pd.DataFrame(points)
    expected, _ = pingouin.cronbach_alpha(data=frame.dropna(axis="columns"))
    assert statistics.cronbach_alpha(points).value == pytest.approx(expected, abs=1e-9)
    rest = frame[[1, 2, 3, 4]].sum(axis=1)
    first = pingouin.corr(frame[0], rest)["r"].iloc[0]
    assert statistics.item_rest(points, 0).value == pytest.approx(first, abs=1e-9)
    last = pingouin.corr(frame[5], frame[[0, 1, 2, 3, 4]].sum(axis=1))  # drops missing pairs
    found = statistics.item_rest(points, 5)
    assert found.value == pytest.approx(last["r"].iloc[0], abs=1e-9)
    assert found.n == int(last["n"].iloc[0]) == 22


def test_a_question_that_all_answer_alike_has_no_discrimination_but_counts_in_alpha() -> None:
    """A constant question: no figure, with its reason; pingouin counts it in alpha, too."""
    points = a_class(24, 5)
    points[:, 2] = 0.1 + 0.2  # a value with a rounding error in it
    found = statistics.item_rest(points, 2)
    assert (found.value, found.reason) == (None, "everybody got the same points")
    expected, _ = pingouin.cronbach_alpha(data=pd.DataFrame(points))
    assert statistics.cronbach_alpha(points).value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (np.empty((0, 4)), "at least three students"),
        (a_class(1, 4), "at least three students"),
        (a_class(2, 4), "at least three students"),
        (a_class(9, 1), "at least two questions"),
        (np.full((9, 4), 1.0), "the same sum"),
        (np.array([[1.0, NAN], [0.0, NAN], [1.0, 1.0]]), "at least two questions"),
        (np.array([[0.1, 0.2], [0.2, 0.1], [0.3, 0.0]]), "the same sum"),
    ],
)
def test_where_there_is_no_alpha_the_reason_is_said(points: Points, reason: str) -> None:
    """No student, one, two; one question; all alike; waiting: n/a in words, never a number."""
    found = statistics.cronbach_alpha(points)
    assert found.value is None
    assert reason in found.reason


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (a_class(2, 4), "at least three students"),
        (a_class(9, 1), "no other question"),
        (np.empty((0, 4)), "no other question"),
        (np.array([[1.0, 2.0], [0.0, 2.0], [1.0, 2.0]]), "in the rest"),
        (np.array([[NAN, 2.0], [NAN, 1.0], [NAN, 0.0]]), "at least three students"),
    ],
)
def test_where_there_is_no_discrimination_the_reason_is_said(points: Points, reason: str) -> None:
    """Too few students, no other question, a rest that is all alike, nothing graded yet."""
    found = statistics.item_rest(points, 0)
    assert found.value is None
    assert reason in found.reason


def test_without_points_there_is_no_difficulty() -> None:
    """Nothing graded, or a question that brings no points, has no difficulty."""
    assert statistics.mean_share(np.array([NAN, NAN]), 2.0).value is None
    assert statistics.mean_share(np.array([0.0]), 0.0).value is None


def test_a_turned_key_shows_as_a_negative_discrimination() -> None:
    """A question in which the better students get nothing stands out below zero."""
    points = a_class(60, 8)
    points[:, 0] = np.where(points[:, 1:].sum(axis=1) > np.median(points[:, 1:].sum(axis=1)), 0, 1)
    value = statistics.item_rest(points, 0).value
    assert value is not None
    assert value < -0.5
