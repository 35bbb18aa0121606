"""Writes the parts of a submission's row in the gradebook: scores, more time, what lateness costs.

Whoever writes one of them, in a whole class or by hand, writes it here; the caller commits.
"""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from sqlalchemy import select
from sqlalchemy.orm import joinedload


class GrantSteps(NbGraderPreprocessor):  # type: ignore[misc]
    """A step of autograding that gives students more time; a subclass says who has it.

    Named in `c.Autograde.autograde_preprocessors`, it serves nbgrader's own autograding. `course
    grade`, which writes a class's rows itself, asks the same step (`read_granted`).
    """

    @classmethod
    def granted(cls, root: Path, assignment: str) -> dict[str, timedelta]:
        """Return how much later than the others students may hand in, by student.

        Args:
            root: the course folder.
            assignment: its name.
        """
        raise NotImplementedError

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Enter the extension of a submission's student; the notebook stays as it is."""
        from nbgrader.api import Gradebook

        about = resources["nbgrader"]
        root = Path(str(self.config.CourseDirectory.get("root") or "."))
        more = self.granted(root, about["assignment"]).get(about["student"])
        if more is not None:
            with Gradebook(about["db_url"]) as gradebook:
                submission = gradebook.find_submission(about["assignment"], about["student"])
                enter_extension(submission, more)
                gradebook.db.commit()
        return nb, resources


def read_granted(settings: Any, root: Path, assignment: str) -> dict[str, timedelta]:
    """Return who has how much more time, by the steps that the settings name.

    Args:
        settings: nbgrader's settings (a traitlets Config).
        root: the course folder.
        assignment: its name.
    """
    from nbgrader.converters import Autograde

    found: dict[str, timedelta] = {}
    for step in Autograde(config=settings).autograde_preprocessors:
        if issubclass(step, GrantSteps):
            found |= step.granted(root, assignment)
    return found


def enter_extension(submission: Any, more: timedelta | None) -> None:
    """Enter an extension in nbgrader's row of a submission.

    Without a deadline there is nothing that an extension could be counted from, and nbgrader asks
    for none there: the row is left without one until there is a deadline.
    """
    wanted = more if submission.assignment.duedate is not None else None
    if submission.extension != wanted:
        submission.extension = wanted


def read_cell_rows(gradebook: Any, kind: Any, notebooks: Iterable[str], *more: Any) -> list[Any]:
    """Return the grades or comments of notebooks, with their cells, in one query.

    Args:
        gradebook: nbgrader's, open.
        kind: `nbgrader.api.Grade` or `nbgrader.api.Comment`.
        notebooks: the ids of submitted notebooks.
        more: what else is wanted, as SQLAlchemy's options; it is asked for one by one otherwise.
    """
    wanted = select(kind).where(kind.notebook_id.in_(list(notebooks)))
    return list(gradebook.db.scalars(wanted.options(joinedload(kind.cell), *more)))


def enter_score(grade: Any, score: float | None, reviewed: bool) -> None:
    """Enter the computer's score; what a person gave before stays and is to be looked at again.

    Args:
        grade: nbgrader's row of one question.
        score: the points; None: a person has to give them.
        reviewed: ask for no new look at a hand grade where the score is what it was.
    """
    # Nothing about the answer is new, so nobody need look at it again.
    if reviewed and grade.manual_score is not None and grade.auto_score == score:
        return
    grade.auto_score = score
    grade.needs_manual_grade = grade.manual_score is not None or score is None


def forget_scores(submission: Any, *, by_hand: bool = False) -> None:
    """Take the computer's scores of a submission away; `by_hand`: a person has to give them."""
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            grade.auto_score = None
            grade.needs_manual_grade = grade.needs_manual_grade or by_hand


def late_penalty(settings: Any, student: str, score: float, seconds: float) -> float | None:
    """Return what a late notebook loses, by the configured plugin and nbgrader's rule.

    Args:
        settings: nbgrader's settings (a traitlets Config).
        student: whose notebook.
        score: the points reached in the notebook.
        seconds: how late it is; 0 for one that is not late.

    Returns:
        Points, no fewer than 0 and no more than were reached; None when the plugin gives none.
    """
    from nbgrader.preprocessors import AssignLatePenalties

    if seconds <= 0:
        return None
    step = AssignLatePenalties(config=settings)
    step.init_plugin()
    found = step.plugin_inst.late_submission_penalty(student, score, seconds)
    # A plugin may return anything.
    return None if found is None else min(max(0.0, float(found)), float(score))
