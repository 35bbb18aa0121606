"""Builds small courses from tables: the source notebook, and what each student hands in.

A course is a file `courses/NAME.toml`:

    about = "what its tests look at"

    [[cells]]                      # one table a cell, in the order of the notebook
    solution = "double"            # its kind (see KINDS, or none) and its name
    source = '''...'''             # code, unless `type = "markdown"`

    [[cells]]
    tests = "double_tests"
    points = 2
    source = '''...'''

    [files]                        # what lies beside the notebook, for the student too
    "marks.csv" = '''...'''

    [submissions.right]            # without more: the model answers
    earns = 2                      # points that the tests give, by stock nbgrader

    [submissions.adds-two]
    earns = 0
    answers.double = '''...'''     # in place of the model answer

A submission may also have `untouched`, `skipped`, `copied` and `removed` cells (lists of names) and
`files` of its own.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

__all__ = ["COURSES", "SmallCourse", "Work", "read_courses"]

COURSES = Path(__file__).parent / "courses"
STAMP = "2025-05-04 12:00:00.000000 UTC"
# What nbgrader calls each kind of cell: grade, solution, locked, task.
KINDS = {
    "solution": (False, True, False, False),
    "tests": (True, False, True, False),
    "manual": (True, True, False, False),
    "given": (False, False, True, False),
    "task": (False, False, True, True),
}
SOLUTION = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION\n?", re.MULTILINE)


@dataclass(frozen=True)
class Work:
    """What one student hands in.

    Attributes:
        earns: the points that stock nbgrader's tests give for it.
        answers: text by cell, in place of the model answer.
        untouched: cells that stay as they were handed out.
        skipped: cells that the student tagged "skip-execution".
        copied: cells that stand twice in the notebook, one right below the other.
        removed: cells that the student took away.
        files: handed in beside the notebook.
    """

    earns: float
    answers: dict[str, str] = field(default_factory=dict)
    untouched: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SmallCourse:
    """A course of one notebook, with the work of some students.

    Attributes:
        name: of the assignment and of its notebook.
        about: what its tests look at.
        cells: of the notebook.
        submissions: by student.
        files: beside the notebook.
    """

    name: str
    about: str
    cells: list[dict[str, Any]]
    submissions: dict[str, Work]
    files: dict[str, str] = field(default_factory=dict)

    def write_source(self, root: Path) -> None:
        """Write the instructor's version into source/."""
        notebook = new_notebook(cells=[_make_cell(cell) for cell in self.cells])
        notebook.metadata.kernelspec = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        folder = root / "source" / self.name
        _write(folder, self.name, notebook, self.files)

    def hand_in(self, root: Path, student: str, folder: Path) -> None:
        """Write into a folder what a student makes of release/."""
        released = nbformat.read(root / "release" / self.name / f"{self.name}.ipynb", 4)
        work = self.submissions[student]
        _write(folder, self.name, self._do_the_work(released, work), {**self.files, **work.files})
        (folder / "timestamp.txt").write_text(STAMP, encoding="utf-8")

    def _do_the_work(self, notebook: Any, work: Work) -> Any:
        """Return a released notebook with the answers of a student in it."""
        model = {
            _kind_and_name(cell)[1]: SOLUTION.sub("", cell["source"])
            for cell in self.cells
            if _kind_and_name(cell)[0] in ("solution", "manual")
        }
        unknown = {*work.answers, *work.untouched} - set(model)
        assert not unknown, f"{self.name} has no cells {unknown}"
        cells = []
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if name in model and name not in work.untouched:
                cell.source = work.answers.get(name, model[name]).strip("\n")
            if name in work.skipped:
                cell.metadata.tags = ["skip-execution"]
            cells += [] if name in work.removed else [cell]
            cells += [{**cell, "id": f"{name}-copy"}] if name in work.copied else []
        notebook.cells = nbformat.from_dict(cells)
        return notebook


def read_courses() -> dict[str, SmallCourse]:
    """Return the small courses by name."""
    return {path.stem: _read_course(path) for path in sorted(COURSES.glob("*.toml"))}


def _read_course(path: Path) -> SmallCourse:
    table = tomllib.loads(path.read_text("utf-8"))
    table["submissions"] = {name: Work(**work) for name, work in table["submissions"].items()}
    return SmallCourse(name=path.stem, **table)


def _make_cell(cell: dict[str, Any]) -> Any:
    """Return a cell of the source notebook."""
    kind, name = _kind_and_name(cell)
    make = new_markdown_cell if cell.get("type") == "markdown" else new_code_cell
    made = make(cell["source"].strip("\n"))
    if kind:
        flags = dict(zip(("grade", "solution", "locked", "task"), KINDS[kind], strict=True))
        made.metadata.nbgrader = {"grade_id": name, "schema_version": 3, **flags}
        if "points" in cell:
            made.metadata.nbgrader["points"] = cell["points"]
    return made


def _kind_and_name(cell: dict[str, Any]) -> tuple[str, str]:
    """Return of which kind a cell is and its name; two empty texts for one without."""
    return next(((kind, cell[kind]) for kind in KINDS if kind in cell), ("", ""))


def _write(folder: Path, name: str, notebook: Any, files: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
