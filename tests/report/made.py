"""A class made by hand for the tests of the report: points, messages and times as they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from course.desk.report.grades import HandedIn, QuestionGrade, StudentGrade, StudentReport
from course.desk.report.verdicts import Verdict
from course.scoring.results import CheckResult, PartResult, name_mistake

__all__ = ["a_small_class", "report_of", "wrong_part"]


def wrong_part(part: str, text: str, given: str) -> PartResult:
    """Return what a check finds in a part that holds a mistake which its key names."""
    return PartResult(part, 1.0, 0.0, text, mistakes=(name_mistake(text, given),))


def report_of(
    points: Mapping[str, Sequence[float | None]],
    maxima: Sequence[float],
    *,
    said: Mapping[tuple[str, int], PartResult] | None = None,
    by_hand: Sequence[int] = (),
    times: Mapping[str, HandedIn] | None = None,
    assignment: str = "made",
) -> StudentReport:
    """Return the grades of a class.

    Args:
        points: each student's points, a number a question; None where they wait.
        maxima: the points that can be had, a number a question.
        said: what the check found in a student's question, by student and column.
        by_hand: columns that the instructor grades.
        times: when the submissions came, by student.
        assignment: its name.
    """
    students = [
        StudentGrade(
            name,
            tuple(
                QuestionGrade(
                    f"{assignment}-{column + 1:02}",
                    value,
                    maxima[column],
                    by_hand=column in by_hand,
                    verdict=_verdict(f"{assignment}-{column + 1:02}", (said or {}), name, column),
                )
                for column, value in enumerate(row)
            ),
            handed_in=(times or {}).get(name, HandedIn()),
        )
        for name, row in sorted(points.items())
    ]
    return StudentReport(assignment, float(sum(maxima)), students)


def _verdict(
    question: str, said: Mapping[tuple[str, int], PartResult], student: str, column: int
) -> Verdict:
    part = said.get((student, column))
    return Verdict(CheckResult(question, 1.0, (part,)) if part else None)


def a_small_class() -> StudentReport:
    """Return a class in which everything happens that the page has words for."""
    due = datetime(2026, 4, 9, 20, 0)
    stayed = wrong_part("turnout", "This is the share who stayed away.", "11.5")
    nothing = PartResult("a", 1.0, 0.0, "There is no answer yet.", answered=False)
    return report_of(
        {
            "ana": [2, 1, 3, 2],
            "bea": [0, 0.5, 1, None],
            "carl": [0, 0, 0, 0],
            "dora": [1, 1, 2.5, None],
            "emil": [0, 1, 1.5, 3],
        },
        [2, 1, 3, 4],
        said={
            ("bea", 0): stayed,
            ("emil", 0): stayed,
            ("dora", 0): wrong_part("turnout", "This is <b>more</b> than there are.", "99"),
            **{("carl", column): nothing for column in range(3)},
        },
        by_hand=[3],
        times={
            "ana": HandedIn(due - timedelta(hours=1), due),
            "bea": HandedIn(due + timedelta(hours=3), due, None, 3 * 3600, 1.5),
            "dora": HandedIn(due + timedelta(days=4), due, None, 4 * 86400, 9.0),
            "emil": HandedIn(due, due + timedelta(days=2), timedelta(days=2)),
        },
    )
