"""A class made by hand for the tests of the report: points, messages and times as they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from course.report.gradebook import HandedIn, QuestionGrade, StudentGrade, StudentReport

__all__ = ["CHECK", "report_of"]

# A check cell as it stands in an autograded notebook, with its hidden tests.
CHECK = """
q = Question("made-01", points=2)
q.part("turnout", lambda: turnout, number("percent"))
near, far = 11.5, 99
q.key("turnout", 88.7, mistakes=[
    mistake(near, "This is the share who stayed away."),
    mistake(far, "This is <b>more</b> than there are."),
])
q.grade()
"""


def report_of(
    points: Mapping[str, Sequence[float | None]],
    maxima: Sequence[float],
    *,
    said: Mapping[tuple[str, int], Sequence[str]] | None = None,
    by_hand: Sequence[int] = (),
    times: Mapping[str, HandedIn] | None = None,
    assignment: str = "made",
) -> StudentReport:
    """Return the grades of a class.

    Args:
        points: each student's points, a number a question; None where they wait.
        maxima: the points that can be had, a number a question.
        said: what the check cell of a student's question printed, by student and column.
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
                    messages=tuple((said or {}).get((name, column), ())),
                    check=CHECK,
                )
                for column, value in enumerate(row)
            ),
            handed_in=(times or {}).get(name, HandedIn()),
        )
        for name, row in sorted(points.items())
    ]
    return StudentReport(assignment, float(sum(maxima)), students)
