"""Grades an assignment's own model answers, so that a slip in a key is seen before students do.

What a class would meet is run: the student version is made in a folder of its own, the notebook of
source/ is handed in there as if a student had written the model answers, and is graded.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from course.desk.regrade.trial import Elsewhere
from course.desk.steps import generate_assignment
from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_class

__all__ = ["ModelAnswers", "require_model_answers", "try_model_answers"]

STUDENT = "model-answers"


@dataclass(frozen=True)
class ModelAnswers:
    """What the model answers of an assignment earn.

    Attributes:
        points: what the checks give them.
        maximum: what the checks can give.
        by_hand: points that a person gives.
        slips: for each question that does not get all its points, what its check said.
    """

    points: float
    maximum: float
    by_hand: float
    slips: tuple[tuple[str, str], ...]


def try_model_answers(course: Course, assignment: str) -> ModelAnswers:
    """Grade the model answers of source/; nothing in the course is changed.

    Raises:
        CourseError: if the assignment is unknown or its notebook cannot be converted or graded.
    """
    from course.desk.report.grades import read_report

    course.require_assignment(assignment)
    with tempfile.TemporaryDirectory(prefix="backyard-model-") as folder:
        # With a gradebook of its own: a trial must not enroll a student or move a grade.
        elsewhere = Elsewhere(course, Path(folder))
        generate_assignment(elsewhere, assignment)
        desk = elsewhere.folder("submitted", STUDENT, assignment)
        desk.parent.mkdir(parents=True)
        # The notebook with its solutions is what a perfect student would submit.
        shutil.copytree(course.root / "source" / assignment, desk)
        (outcome,) = grade_class(elsewhere, assignment, jobs=1)
        if outcome.fault:
            raise CourseError(
                where=f"source/{assignment}",
                expected="a notebook that can be graded",
                found=outcome.fault,
                todo="open it with `make lab`, mend that, save, and try again",
            )
        (graded,) = read_report(elsewhere, assignment).students
    checked = [question for question in graded.questions if not question.by_hand]
    return ModelAnswers(
        points=round(sum(q.points or 0.0 for q in checked), 2),
        maximum=sum(q.maximum for q in checked),
        by_hand=sum(q.maximum for q in graded.questions if q.by_hand),
        slips=tuple(
            (q.question, q.verdict.stopped or "; ".join(q.messages) or "it was not run")
            for q in checked
            if (q.points or 0.0) < q.maximum
        ),
    )


def require_model_answers(course: Course, assignment: str) -> ModelAnswers:
    """Return what the model answers earn.

    Raises:
        CourseError: if a question does not give its own model answer all points.
    """
    found = try_model_answers(course, assignment)
    if not found.slips:
        return found
    raise CourseError(
        where=f"source/{assignment}, {', '.join(name for name, _ in found.slips)}",
        expected="a check that gives the model answer above it all points",
        found=" / ".join(f"{name}: {text}" for name, text in found.slips),
        todo="mend the model answer or the key in that check cell, save, and run this again; "
        "nothing was changed. To go on all the same, say --unchecked",
    )
