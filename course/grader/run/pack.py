"""Makes what workers need of an assignment: its cells, its files, the settings."""

import copy
import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry
from sqlalchemy import create_engine, insert, literal_column, select
from sqlalchemy.orm import Session

from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.intake.elsewhere import read_handed_out
from course.grader.run.task import AssignmentPack


def make_pack(course: Course, assignment: str) -> AssignmentPack:
    """Return the pack of an assignment.

    Raises:
        CourseError: the gradebook does not know the assignment.
    """
    with course.gradebook() as gradebook:
        try:
            notebooks = tuple(
                sorted(n.name for n in gradebook.find_assignment(assignment).notebooks)
            )
        except MissingEntry:
            notebooks = ()
        # Also what was generated for another course folder, and is in nobody's gradebook here.
        if not notebooks:
            raise CourseError(
                where=f"assignment '{assignment}' in the gradebook",
                expected="its questions and points",
                found="none",
                todo=f"generate it first: course generate {assignment}",
            )
        # Never the gradebook itself: a worker needs no student's name and no grade.
        database = _cells_only(gradebook, assignment)
        cells = _read_checks(gradebook, assignment)
    files = _source_files(course, assignment)
    return AssignmentPack(
        assignment,
        notebooks,
        database,
        files,
        _portable_settings(course),
        {name: read_handed_out(course.root, assignment, name) for name in notebooks},
        _make_digest(cells, files),
    )


def read_digest(course: Course, assignment: str) -> str:
    """Return the fingerprint of that which an assignment is graded by now; "" where nothing is."""
    with course.gradebook() as gradebook:
        try:
            cells = _read_checks(gradebook, assignment)
        except MissingEntry:
            return ""
    return _make_digest(cells, _source_files(course, assignment))


def _read_checks(gradebook: Any, assignment: str) -> list[tuple[str, ...]]:
    """Return what the gradebook holds of an assignment's cells, as far as it decides on points."""
    notebooks = gradebook.find_assignment(assignment).notebooks
    found: list[tuple[str, ...]] = [
        (book.name, cell.name, cell.cell_type, f"{cell.locked:d}", cell.source or "")
        for book in notebooks
        for cell in book.source_cells
        if cell.locked
    ]
    found += [
        (book.name, cell.name, f"{float(cell.max_score):g}")
        for book in notebooks
        for cell in (*book.grade_cells, *book.task_cells)
    ]
    return sorted(found)


def _make_digest(cells: list[tuple[str, ...]], files: Mapping[str, bytes]) -> str:
    """Return a text that changes when checks, points or files do."""
    whole = hashlib.sha256(json.dumps(cells).encode())
    for name in sorted(files):
        whole.update(f"\n{name}\n".encode() + hashlib.sha256(files[name]).digest())
    return whole.hexdigest()


def _cells_only(gradebook: Any, assignment: str) -> bytes:
    """Return an SQLite database that holds one assignment, its notebooks and cells."""
    from nbgrader import api

    row = gradebook.find_assignment(assignment)
    notebooks = [notebook.id for notebook in row.notebooks]
    base = api.BaseCell.__table__
    cells = list(gradebook.db.scalars(select(base.c.id).where(base.c.notebook_id.in_(notebooks))))
    rows = (
        (api.Course, "id", [row.course_id]),
        (api.Assignment, "id", [row.id]),
        (api.Notebook, "id", notebooks),
        (api.BaseCell, "notebook_id", notebooks),
        *((kind, "id", cells) for kind in (api.GradeCell, api.SolutionCell, api.TaskCell)),
        (api.SourceCell, "notebook_id", notebooks),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "assignment.db"
        engine = create_engine(f"sqlite:///{path}")
        api.Base.metadata.create_all(engine)
        with Session(engine) as session:
            for kind, column, wanted in rows:
                table = kind.__table__
                found_rows = select(table).where(table.c[column].in_(wanted))
                if gradebook.engine.dialect.name == "sqlite":  # the order in which they were made
                    found_rows = found_rows.order_by(literal_column("rowid"))
                for found in gradebook.db.execute(found_rows):
                    # Row by row and by the tables, so that ids stay: steps find a cell by that
                    # of its notebook.
                    session.execute(insert(table).values(**found._mapping))
            # nbgrader's steps open a gradebook by this name; so it need not be made each time.
            session.execute(insert(api.Course.__table__).values(id="default_course"))
            session.commit()
        engine.dispose()
        return path.read_bytes()


def _source_files(course: Course, assignment: str) -> dict[str, bytes]:
    """Return the files beside the notebooks in source/, which nbgrader puts over the student's."""
    from nbgrader import utils

    folder = course.root / "source" / assignment
    ignored = [*course.coursedir().ignore, "*.ipynb"]
    found = (Path(name) for name in utils.find_all_files(str(folder), ignored))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _portable_settings(course: Course) -> Any:
    """Return the settings as they can travel: without hooks, which concern this machine only."""
    settings = copy.deepcopy(course.config)
    # They look at folders, which a worker does not have.
    for name in ("pre_convert_hook", "post_convert_hook"):
        if "Autograde" in settings and name in settings.Autograde:
            del settings.Autograde[name]
    return settings
