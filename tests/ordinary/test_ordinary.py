"""Tests written in nbgrader's ordinary way give the points that stock nbgrader gives.

Each submission is graded twice: by nbgrader as it is installed, with no settings but where the
course is, and by this project. What is compared is what the gradebook holds, cell by cell.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbgrader
import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from course.grader.coursedir import CONFIG_NAME, Course
from course.grader.run.autograde import grade_one
from tests.notebooks import ROOT
from tests.ordinary.building import read_courses

# nbgrader leaves the sockets of autotests' kernels to the garbage collector.
pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore:Unclosed socket:ResourceWarning"),
]
# nbgrader's documentation comes with it: an example course and what two students handed in.
GUIDE = Path(nbgrader.__file__).parent / "docs/source/user_guide"
EXAMPLES = {"ps1": ("bitdiddle", "hacker"), "ps1_autotest": ("hacker",)}
COURSES = read_courses()
SUBMISSIONS = [
    *((name, student) for name, students in EXAMPLES.items() for student in students),
    *((name, student) for name, course in COURSES.items() for student in course.submissions),
]
# Of a cell: its points by the tests, whether a person must look at it, the most it can bring.
Row = tuple[float | None, bool, float]
Rows = dict[tuple[str, str], Row]


@dataclass(frozen=True)
class Mended:
    """A fault of nbgrader's that this project does not share.

    Attributes:
        why: what nbgrader does, and what is done here.
        stock: the rows that differ, by cell, as nbgrader has them.
        ours: as they are here.
    """

    why: str
    stock: dict[str, Row]
    ours: dict[str, Row]


# Wherever a row differs from nbgrader's, this table says so, and why.
MENDED = {
    ("mended", "warns"): Mended(
        "In nbgrader a warning costs a test all its points, whoever gave it: Python, a library or "
        "the student. Here it costs nothing. What a test writes to standard error itself, such as "
        "a traceback, counts as in nbgrader.",
        stock={"double-value": (0, False, 2), "total": (1, False, 3)},
        ours={"double-value": (2, False, 2), "total": (3, False, 3)},
    ),
    ("mended", "skips-a-test"): Mended(
        "nbgrader does not run a test that the student tagged skip-execution, and gives it all its "
        "points. Here the tags of a submission count for nothing.",
        stock={"double-value": (2, False, 2), "total": (3, False, 3)},
        ours={"double-value": (0, False, 2), "total": (1, False, 3)},
    ),
    ("mended", "copied-a-test"): Mended(
        "A cell that was copied stops nbgrader's whole run, and nobody after it is graded. Here "
        "one of the copies counts.",
        stock={
            "double-value": (None, True, 2),
            "greeting-words": (None, True, 1),
            "total": (0, True, 3),
        },
        ours={
            "double-value": (2, False, 2),
            "greeting-words": (1, False, 1),
            "total": (3, False, 3),
        },
    ),
    ("mended", "lost-a-test"): Mended(
        "A test that the student took away waits for a person in nbgrader, for ever. Here it is "
        "put back.",
        stock={"double-value": (None, True, 2), "total": (1, True, 3)},
        ours={"double-value": (2, False, 2), "total": (3, False, 3)},
    ),
    ("mended", "ends-the-kernel"): Mended(
        "Where an answer ends the kernel, nbgrader grades nothing of the work. Here the cells "
        "run again without that answer.",
        stock={
            "double-value": (None, True, 2),
            "greeting-words": (None, True, 1),
            "total": (0, True, 3),
        },
        ours={
            "double-value": (0, False, 2),
            "greeting-words": (1, False, 1),
            "total": (1, False, 3),
        },
    ),
    ("kept-away", "anybody"): Mended(
        "In nbgrader code sees the whole machine of whoever grades: the course with its keys, and "
        "its own notebook with the hidden tests in it. Here it sees what was handed in beside the "
        "notebook.",
        stock={
            "course-folder": (1, False, 1),
            "own-notebook": (1, False, 1),
            "total": (2, False, 2),
        },
        ours={
            "course-folder": (0, False, 1),
            "own-notebook": (0, False, 1),
            "total": (0, False, 2),
        },
    ),
    ("ps1_autotest", "hacker"): Mended(
        "The sample submissions are from before this cell was added: as for a lost test.",
        stock={"cell-6e9ff83aa5dfaf17": (None, True, 0)},
        ours={"cell-6e9ff83aa5dfaf17": (0, False, 0)},
    ),
}


class TwoWays:
    """A course whose assignments are generated, and graded both ways, when first asked for.

    Each submission is handed in under two names: of one student nbgrader grades it, of the other
    this project does. All else is the same: questions, gradebook, files.
    """

    def __init__(self, root: Path) -> None:
        shutil.copy(ROOT / CONFIG_NAME, root)
        self.course = Course(root)
        # What is handed out is as nbgrader makes it: its example was, too.
        self.stock = Config()
        self.stock.CourseDirectory.root = str(root)
        self.stock.CourseDirectory.db_url = self.course.config.CourseDirectory.db_url
        # No goodbye to kernels: it changes no points and takes a fifth of the time.
        self.stock.Execute.shutdown_kernel = "immediate"
        self.generated: set[str] = set()

    def rows(self, assignment: str, student: str) -> tuple[Rows, Rows]:
        """Grade a submission both ways; return what the gradebook then holds, stock's first."""
        if assignment not in self.generated:
            self._generate(assignment)
            self.generated.add(assignment)
        for way in ("stock", "ours"):
            self._hand_in(assignment, student, f"{student}-{way}")
        self._api().autograde(assignment, f"{student}-stock")
        grade_one(self.course, assignment, f"{student}-ours")
        return self._rows(assignment, f"{student}-stock"), self._rows(assignment, f"{student}-ours")

    def _api(self) -> Any:
        """Return nbgrader's own API, with nbgrader's own settings."""
        return NbGraderAPI(CourseDirectory(config=self.stock), config=self.stock)

    def _generate(self, assignment: str) -> None:
        source = self.course.root / "source" / assignment
        if assignment in COURSES:
            COURSES[assignment].write_source(self.course.root)
        else:
            shutil.copytree(GUIDE / "source" / assignment, source)
            shutil.copy(GUIDE / "autotests.yml", source)
        result = self._api().generate_assignment(assignment)
        assert result["success"], result["log"]

    def _hand_in(self, assignment: str, student: str, name: str) -> None:
        folder = self.course.folder("submitted", name, assignment)
        if assignment in COURSES:
            COURSES[assignment].hand_in(self.course.root, student, folder)
        else:
            shutil.copytree(GUIDE / "submitted" / student / "ps1", folder)

    def _rows(self, assignment: str, name: str) -> Rows:
        with self.course.gradebook() as gradebook:
            handed_in = gradebook.find_submission(assignment, name)
            rows = {
                (notebook.name, grade.name): (
                    grade.auto_score,
                    grade.needs_manual_grade,
                    grade.max_score,
                )
                for notebook in handed_in.notebooks
                for grade in notebook.grades
            }
            total = handed_in.score, handed_in.needs_manual_grade, handed_in.max_score
            return {**rows, ("", "total"): total}


@pytest.fixture(scope="module")
def two_ways(tmp_path_factory: pytest.TempPathFactory) -> TwoWays:
    """All courses, to be graded by stock nbgrader and by this project."""
    return TwoWays(tmp_path_factory.mktemp("ordinary"))


@pytest.mark.parametrize(("assignment", "student"), SUBMISSIONS)
def test_every_row_is_stocks(two_ways: TwoWays, assignment: str, student: str) -> None:
    """Points, what waits for a person and totals are those of stock nbgrader, cell by cell."""
    stock, ours = two_ways.rows(assignment, student)
    mended = MENDED.get((assignment, student))
    if mended:
        assert _changed_rows(stock, ours) == (mended.stock, mended.ours)
    else:
        assert ours == stock
    if assignment in COURSES:
        assert stock["", "total"][0] == COURSES[assignment].submissions[student].earns


def _changed_rows(stock: Rows, ours: Rows) -> tuple[dict[str, Row], dict[str, Row]]:
    """Return what differs, by cell."""
    assert stock.keys() == ours.keys()
    changed = [key for key in stock if stock[key] != ours[key]]
    return {key[1]: stock[key] for key in changed}, {key[1]: ours[key] for key in changed}
