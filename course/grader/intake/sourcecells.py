"""What the gradebook knows of an assignment's cells: the instructor's word on every question."""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader import api
from nbgrader.nbgraderformat import MetadataValidator
from sqlalchemy import create_engine, literal_column, select
from sqlalchemy.pool import NullPool

_FLAGS = ("grade", "solution", "task")


@dataclass(frozen=True)
class SourceCell:
    """A cell of the instructor's notebook, as the gradebook holds it."""

    name: str  # its grade_id
    cell_type: str  # "code" or "markdown"
    locked: bool  # students may not change it
    source: str  # its text, in a grade cell with the hidden tests
    checksum: str | None  # nbgrader's checksum of it
    points: float | None  # the most it can bring, or None
    grade: bool  # it is graded
    solution: bool  # students answer in it
    task: bool  # it is a task with answers in cells of their own

    @property
    def sets_up(self) -> bool:
        """Whether it is code that questions rest on, such as a panel: no question, but locked."""
        return self.locked and self.cell_type == "code" and not (self.grade or self.task)

    def make_metadata(self) -> dict[str, Any]:
        """Return the nbgrader metadata that its cell in a submission must have."""
        known: dict[str, Any] = {
            "schema_version": MetadataValidator.schema_version,
            "grade_id": self.name,
            "cell_type": self.cell_type,
            "locked": self.locked,
            "grade": self.grade,
            "solution": self.solution,
            "task": self.task,
        }
        if self.points is not None:
            known["points"] = self.points
        if self.checksum:
            known["checksum"] = self.checksum
        return known

    def contradicts_claim(self, claim: dict[str, Any], cell_type: str) -> bool:
        """Tell whether a submitted cell says anything else of itself than the gradebook."""
        points = claim.get("points")
        other_points = (
            isinstance(points, int | float)
            and self.points is not None
            and not math.isclose(points, self.points)
        )
        return (
            cell_type != self.cell_type
            or other_points
            or any(bool(claim.get(flag, False)) != getattr(self, flag) for flag in _FLAGS)
        )

    def make_cells(self, note: str, taken: set[str]) -> list[NotebookNode]:
        """Return the cell as it is put back into a notebook that lacks it, behind a note.

        A cell for an answer in code comes back as comments: an answer that stands elsewhere in the
        notebook must not be overwritten by the gap that was handed out. An answer in words comes
        back untouched, which is nobody's work to grade.

        Args:
            note: what the note says.
            taken: the ids of the notebook's cells; those of the new cells are added.
        """
        text = self.source
        if self.solution and self.cell_type == "code":
            text = "\n".join(f"# {line}" for line in self.source.splitlines())
        made: dict[str, Any] = {
            "id": _free_id(taken),
            "cell_type": self.cell_type,
            "metadata": NotebookNode({"nbgrader": NotebookNode(self.make_metadata())}),
            "source": text,
        }
        if self.cell_type == "code":
            made |= {"outputs": [], "execution_count": None}
        told = {"id": _free_id(taken), "cell_type": "markdown", "metadata": {}, "source": note}
        return [from_dict(told), NotebookNode(made)]


def _free_id(taken: set[str]) -> str:
    """Return an id that no cell has, and take it."""
    number = len(taken)
    while (name := f"put-back-{number}") in taken:
        number += 1
    taken.add(name)
    return name


def source_cells(db_url: str, assignment: str, notebook: str) -> dict[str, SourceCell]:
    """Return the cells of a notebook that the gradebook knows, by grade_id, in their order.

    An assignment or notebook that the gradebook does not know has none.
    """
    cells = api.SourceCell.__table__
    base, book = api.BaseCell.__table__, api.Notebook.__table__
    of = select(book.c.id).join(
        api.Assignment.__table__, book.c.assignment_id == api.Assignment.__table__.c.id
    )
    of = of.where(api.Assignment.__table__.c.name == assignment, book.c.name == notebook)
    engine = _make_engine(db_url)
    with engine.connect() as connection:
        found = connection.execute(of).scalar_one_or_none()
        order: list[Any] = [literal_column("rowid")] if engine.dialect.name == "sqlite" else []
        rows = connection.execute(
            select(cells).where(cells.c.notebook_id == found).order_by(*order)
        ).all()
        kinds: dict[str, dict[str, float | None]] = {}
        for kind, model in (
            ("grade", api.GradeCell),
            ("solution", api.SolutionCell),
            ("task", api.TaskCell),
        ):
            table = model.__table__
            points = [table.c.max_score] if "max_score" in table.c else []
            query = select(base.c.name, *points).join(table, table.c.id == base.c.id)
            query = query.where(base.c.notebook_id == found)
            kinds[kind] = {row[0]: row[1] if points else None for row in connection.execute(query)}
    return {row.name: _source_cell(row, kinds) for row in rows}


def source_kernel(db_url: str, assignment: str, notebook: str) -> dict[str, Any] | None:
    """Return the kernelspec of the instructor's notebook, or None where the gradebook has none."""
    book, work = api.Notebook.__table__, api.Assignment.__table__
    wanted = (
        select(book.c.kernelspec)
        .join(work, book.c.assignment_id == work.c.id)
        .where(work.c.name == assignment, book.c.name == notebook)
    )
    with _make_engine(db_url).connect() as connection:
        found = connection.execute(wanted).scalar_one_or_none()
    return json.loads(found) if found else None


def _source_cell(row: Any, kinds: dict[str, dict[str, float | None]]) -> SourceCell:
    """Return a cell made of rows of the gradebook."""
    points = kinds["grade"].get(row.name, kinds["task"].get(row.name))
    return SourceCell(
        name=row.name,
        cell_type=row.cell_type,
        locked=bool(row.locked),
        source=row.source or "",
        checksum=row.checksum,
        points=points,
        grade=row.name in kinds["grade"],
        solution=row.name in kinds["solution"],
        task=row.name in kinds["task"],
    )


@lru_cache(maxsize=4)
def _make_engine(db_url: str) -> Any:
    """Return a way to the gradebook that keeps no connection open."""
    return create_engine(db_url, poolclass=NullPool)
