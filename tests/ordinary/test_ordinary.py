"""Tests written in nbgrader's ordinary way give the points that stock nbgrader gives.

Each course is graded twice: by nbgrader as it is installed, with no settings but where the course
is, and by this project. What is compared is what the gradebook holds, cell by cell.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbgrader
import pytest

from course.grading.autograde import grade_one
from course.grading.coursedir import CONFIG_NAME, Course
from tests.notebooks import ROOT
from tests.ordinary.building import read_courses

# nbgrader's documentation comes with it: an example course and what two students handed in.
GUIDE = Path(nbgrader.__file__).parent / "docs/source/user_guide"
EXAMPLES = {"ps1": "ps1", "ps1_autotest": "ps1"}  # assignment -> of which submissions
STUDENTS = ("bitdiddle", "hacker")
COURSES = read_courses()
SUBMISSIONS = [
    *((name, student) for name in EXAMPLES for student in STUDENTS),
    *((name, student) for name, course in COURSES.items() for student in course.submissions),
]
STOCK = """
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.db_url = "sqlite:///{root}/gradebook.db"
c.Execute.shutdown_kernel = "immediate"  # changes no points, and saves the time of goodbyes
"""
# Of a cell: its points by the tests, whether a person must look at it, the most it can bring.
Row = tuple[float | None, bool, float]
Rows = dict[tuple[str, str], Row]


@dataclass(frozen=True)
class Mended:
    """A fault of nbgrader's that costs or gives points, and is mended here.

    Attributes:
        why: what goes wrong in nbgrader.
        stock: the rows that nbgrader has all the same, as far as they differ.
        ours: the rows in their place.
    """

    why: str
    stock: dict[str, Row]
    ours: dict[str, Row]


MENDED: dict[tuple[str, str], Mended] = {}


class TwoWays:
    """The courses in two folders, each assignment graded when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.stock, self.ours = (_make_folder(folder / name) for name in ("stock", "ours"))
        self.graded: set[str] = set()

    def rows(self, assignment: str, student: str) -> tuple[Rows, Rows]:
        """Return what stock nbgrader's gradebook holds of a submission, and what ours does."""
        if assignment not in self.graded:
            self.graded.add(assignment)
            for course in (self.stock, self.ours):
                self._hand_out_and_in(course, assignment)
            for name in _students(assignment):
                self.stock.api().autograde(assignment, name)
                grade_one(self.ours, assignment, name)
        return _rows(self.stock, assignment, student), _rows(self.ours, assignment, student)

    def _hand_out_and_in(self, course: Course, assignment: str) -> None:
        if assignment in COURSES:
            COURSES[assignment].write_source(course.root)
        else:
            shutil.copytree(GUIDE / "source" / assignment, course.root / "source" / assignment)
            shutil.copy(GUIDE / "autotests.yml", course.root / "source" / assignment)
        result = course.api().generate_assignment(assignment)
        assert result["success"], result["log"]
        if assignment in COURSES:
            COURSES[assignment].hand_in(course.root)
            return
        for student in STUDENTS:
            place = course.folder("submitted", student, assignment)
            shutil.copytree(GUIDE / "submitted" / student / EXAMPLES[assignment], place)


def _make_folder(root: Path) -> Course:
    """Make a course folder with nbgrader's own settings, or with this project's."""
    root.mkdir()
    if root.name == "stock":
        settings = STOCK.format(root=str(root))
    else:
        settings = (ROOT / CONFIG_NAME).read_text("utf-8")
    (root / CONFIG_NAME).write_text(settings, "utf-8")
    return Course(root)


def _students(assignment: str) -> list[str]:
    return [student for name, student in SUBMISSIONS if name == assignment]


def _rows(course: Course, assignment: str, student: str) -> Rows:
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(assignment, student)
        return {
            (notebook.name, grade.name): (
                grade.auto_score, grade.needs_manual_grade, grade.max_score
            )
            for notebook in submission.notebooks
            for grade in notebook.grades
        } | {("", "total"): (submission.score, submission.needs_manual_grade, submission.max_score)}


@pytest.fixture(scope="module")
def two_ways(tmp_path_factory: pytest.TempPathFactory) -> TwoWays:
    """All courses, graded by stock nbgrader and by this project."""
    return TwoWays(tmp_path_factory.mktemp("ordinary"))


@pytest.mark.parametrize(("assignment", "student"), SUBMISSIONS)
def test_every_row_is_stocks(two_ways: TwoWays, assignment: str, student: str) -> None:
    """Points, what waits for a person and totals are those of stock nbgrader, cell by cell."""
    stock, ours = two_ways.rows(assignment, student)
    assert ours == stock
    if assignment in COURSES:
        assert stock["", "total"][0] == COURSES[assignment].submissions[student].earns
