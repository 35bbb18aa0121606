"""Grades an assignment's own model answers, so that a slip in a key is seen before students do.

What a class would meet is run: the student version is made in a folder of its own; the notebook of
source/ is handed in there as if a student had written the model answers, the student version as if
nobody had touched it; and both are graded.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course.desk.keys.ledger import require_fresh_key
from course.desk.regrade.trial import Elsewhere
from course.desk.report.grades import QuestionGrade, StudentGrade, read_report
from course.desk.steps import generate_assignment
from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.intake.elsewhere import take_typed
from course.grader.run.autograde import grade_class

MODEL, UNTOUCHED = "model-answers", "untouched"
# The two that have to be right before anything is handed out, as `grade_desks` takes them.
BOTH: Mapping[str, Mapping[str, str] | None] = {MODEL: {}, UNTOUCHED: None}


@dataclass(frozen=True)
class ModelAnswers:
    """What the model answers of an assignment earn."""

    points: float  # what the checks give them
    maximum: float  # what the checks can give
    by_hand: float  # points that a person gives
    slips: tuple[tuple[str, str], ...]  # for each question that does not get all its points, why
    given_away: tuple[str, ...] = ()  # the questions that give points to what nobody has touched
    # the cells beside the checks that ended with an error, and the error
    stopped: tuple[str, ...] = ()

    @property
    def earned(self) -> str:
        """What they earn, in words."""
        hand = f"; {self.by_hand:g} more are given by hand" if self.by_hand else ""
        return f"the model answers earn {self.points:g} of {self.maximum:g} points{hand}"


def read_model(graded: Mapping[str, StudentGrade], folder: Path) -> ModelAnswers:
    """Return what the hand-ins `BOTH` earned; `folder`: the graded model answers."""
    checked = [question for question in graded[MODEL].questions if not question.by_hand]
    untouched = [question for question in graded[UNTOUCHED].questions if not question.by_hand]
    return ModelAnswers(
        points=round(sum(q.points or 0.0 for q in checked), 2),
        maximum=sum(q.maximum for q in checked),
        by_hand=sum(q.maximum for q in graded[MODEL].questions if q.by_hand),
        slips=tuple((q.question, _say_slip(q)) for q in checked if (q.points or 0.0) < q.maximum),
        given_away=tuple(q.question for q in untouched if q.points),
        stopped=tuple(line for path in folder.glob("*.ipynb") for line in _find_errors(path)),
    )


def grade_desks(
    course: Course, assignment: str, desks: Mapping[str, Mapping[str, str] | None], folder: Path
) -> dict[str, StudentGrade]:
    """Grade several hand-ins of an assignment as source/ has it now, in a folder of their own.

    Args:
        course: the course; nothing in it is changed.
        assignment: its name.
        desks: by a name for each, the code that runs before the checks of questions, after the
            model answers; None for what nobody has touched.
        folder: an empty folder.

    Returns:
        The grades of each.
    """
    course.require_assignment(assignment)
    # With a gradebook of its own: a trial must not enroll a student or move a grade.
    elsewhere = Elsewhere(course, folder)
    release = generate_assignment(elsewhere, assignment)
    for name, codes in desks.items():
        desk = elsewhere.folder("submitted", name, assignment)
        # The notebook with its solutions is what a perfect student would submit.
        shutil.copytree(release if codes is None else course.root / "source" / assignment, desk)
        for path in desk.glob("*.ipynb") if codes else ():
            nb = nbformat.read(path, as_version=4)
            take_typed(nb, codes or {})  # each code in a cell of its own, before the check
            nbformat.write(nb, path)
    for outcome in grade_class(elsewhere, assignment, jobs=1 if len(desks) <= FEW else None):
        if outcome.fault:
            raise CourseError(
                where=f"source/{assignment}",
                expected="a notebook that can be graded",
                found=outcome.fault,
                todo="open it with `make lab`, fix that, save, and try again",
            )
    return {one.student: one for one in read_report(elsewhere, assignment).students}


FEW = 8  # hand-ins that are graded sooner than further workers start


def _find_errors(path: Path) -> Iterator[str]:
    """Yield which cells beside the checks ended with an error, and with which."""
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"], start=1):
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error" and not cell["metadata"].get("nbgrader", {}).get(
                "grade"
            ):
                yield f"cell {number} stops with {output['ename']}: {output['evalue']}"


def _say_slip(question: QuestionGrade) -> str:
    """Return why a model answer does not get all its points."""
    result, points = question.verdict.result, question.points or 0.0
    whole = result is not None and all(part.fraction == 1 for part in result.parts)
    if whole or (points and question.verdict.ordinary):
        return (
            f"its check gives {points:g} points, its settings in the side panel say "
            f"{question.maximum:g}; let both say the same"
        )
    return question.verdict.stopped or "; ".join(question.verdict.lines) or "it was not run"


def require_model_answers(course: Course, assignment: str) -> ModelAnswers:
    """Return what the model answers earn; nothing in the course is changed.

    Raises:
        CourseError: if the notebook cannot be converted or graded, the key is not the one that its
            readings give, a question does not give its own model answer all points, or gives some
            to an answer that nobody touched.
    """
    require_fresh_key(course.root, assignment)
    with tempfile.TemporaryDirectory(prefix="backyard-model-") as folder:
        graded = grade_desks(course, assignment, BOTH, Path(folder))
        found = read_model(graded, Path(folder) / "autograded" / MODEL / assignment)
    go_on = (
        "save, and run this again; nothing was changed. To go on all the same, add --unchecked to "
        "course generate or course release"
    )
    # What cannot be imported is missed by all that stands below: no key is at fault.
    if lost := [line for line in found.stopped if re.search("ModuleNotFound|ImportErr", line)]:
        raise CourseError(
            where=f"source/{assignment}",
            expected="imports that work where the class is graded",
            found=" / ".join(lost),
            todo=f"fix or remove that import, {go_on}",
        )
    if found.slips:
        slips = [f"{name}: {text}" for name, text in found.slips]
        raise CourseError(
            where=f"source/{assignment}, {', '.join(name for name, _ in found.slips)}",
            expected="a check that gives the model answer above it all points",
            found=" / ".join([*found.stopped, *slips]),
            todo=f"fix the model answer or the key in that check cell, {go_on}",
        )
    if found.given_away:
        raise CourseError(
            where=f"source/{assignment}, {', '.join(found.given_away)}",
            expected="no points for a notebook that nobody has touched",
            found="points: code outside ### BEGIN SOLUTION … ### END SOLUTION gives the answer",
            todo=f"move all that gives the answer between the two marks, {go_on}",
        )
    return found
