"""Takes the questions and keys from source/ as they are now, and writes nothing into the course.

What `nbgrader generate_assignment` would enter in the gradebook and put into release/ is made in a
folder of its own, with a gradebook of its own.
"""

import copy
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from course.desk import steps
from course.errors import CourseError
from course.grader.book.journal import POINTS, SOURCE, Cells
from course.grader.coursedir import Course
from course.grader.run.pack import make_pack
from course.grader.run.task import AssignmentPack


@dataclass(frozen=True)
class Trial:
    """An assignment as source/ has it now."""

    pack: AssignmentPack  # what workers grade by
    cells: Cells  # its cells, as the gradebook would hold them
    release: Path  # a folder with the student version
    changed: tuple[str, ...]  # the cells that differ from what the gradebook holds, sorted


class Elsewhere(Course):
    """The same course with its own release/ and gradebook in another folder."""

    def __init__(self, course: Course, folder: Path) -> None:
        self.root = folder.resolve()
        self.config = copy.deepcopy(course.config)
        self.config.CourseDirectory.root = str(self.root)
        self.config.CourseDirectory.db_url = f"sqlite:///{self.root / 'gradebook.db'}"
        for name in ("source", "autotests.yml"):
            if (course.root / name).exists():
                (self.root / name).symlink_to(course.root / name)


def make_trial(course: Course, assignment: str, folder: Path) -> Trial:
    """Generate an assignment in a folder of its own.

    Args:
        course: the course; nothing in it is changed.
        assignment: its name, e.g. "votes".
        folder: an empty folder.

    Raises:
        CourseError: the notebook cannot be converted, was never generated, or has other cells than
            the class was graded by, which nbgrader does not allow once there are submissions.
    """
    # Of the real course: its folders stand in them.
    settings = make_pack(course, assignment).settings
    elsewhere = Elsewhere(course, folder)
    release = steps.generate_assignment(elsewhere, assignment)
    pack = replace(make_pack(elsewhere, assignment), settings=settings)
    with elsewhere.gradebook() as gradebook:
        cells = read_cells(gradebook, assignment)
    with course.gradebook() as gradebook:
        known = read_cells(gradebook, assignment)
    _require_same_cells(assignment, known, cells)
    return Trial(pack, cells, release, changed_cells(known, cells))


def read_cells(gradebook: Any, assignment: str) -> Cells:
    """Return what a gradebook holds of an assignment's notebooks and cells."""
    found: Cells = {}
    for notebook in gradebook.find_assignment(assignment).notebooks:
        found[notebook.name] = {
            "kernelspec": notebook.kernelspec,
            "grade": {c.name: _read_columns(c, POINTS) for c in notebook.grade_cells},
            "task": {c.name: _read_columns(c, POINTS) for c in notebook.task_cells},
            "solution": {c.name: {} for c in notebook.solution_cells},
            "source": {c.name: _read_columns(c, SOURCE) for c in notebook.source_cells},
        }
    return found


def _read_columns(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def changed_cells(known: Cells, cells: Cells) -> tuple[str, ...]:
    """Return the names of the cells that differ in text, points or kind, sorted."""
    changed: set[str] = set()
    for notebook, kinds in cells.items():
        old = known.get(notebook, {})
        for kind in ("grade", "task", "source"):
            there = old.get(kind, {})
            changed.update(name for name, cell in kinds[kind].items() if there.get(name) != cell)
        if _read_kernel(old.get("kernelspec")) != _read_kernel(kinds["kernelspec"]):
            changed.add(f"the kernel of {notebook}.ipynb")
    return tuple(sorted(changed))


def _read_kernel(text: str | None) -> Any:
    # Compared as data: the order of its entries says nothing.
    return json.loads(text) if text else {}


def _require_same_cells(assignment: str, known: Cells, cells: Cells) -> None:
    """Raise when cells or notebooks were added or removed."""
    old, new = _cell_names(known), _cell_names(cells)
    if old == new:
        return
    lost = ", ".join(sorted(name for name, _ in old - new)) or "none"
    more = ", ".join(sorted(name for name, _ in new - old)) or "none"
    raise CourseError(
        where=f"source/{assignment}",
        expected="the cells that the class was graded by; texts, keys and points may change",
        found=f"taken away: {lost}; added: {more}",
        todo="give the cells their names and kinds back; the gradebook knows the questions by "
        "them. To drop a question, accept every answer in its check",
    )


def _cell_names(cells: Cells) -> set[tuple[str, str]]:
    """Return the name of each notebook and of each cell, with its kind."""
    names = {(f"{notebook}.ipynb", "notebook") for notebook in cells}
    for kinds in cells.values():
        for kind in ("grade", "task", "solution", "source"):
            names.update((name, kind) for name in kinds[kind])
    return names
