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
        same = ("cell_type", "locked", *_FLAGS)
        optional = {"points": self.points, "checksum": self.checksum or None}
        return {
            "schema_version": MetadataValidator.schema_version,
            "grade_id": self.name,
            **{name: getattr(self, name) for name in same},
            **{name: value for name, value in optional.items() if value is not None},
        }

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


def source_cells(
    db_url: str, assignment: str, notebook: str
) -> tuple[dict[str, SourceCell], dict[str, Any] | None]:
    """Return the cells of a notebook that the gradebook knows, and its kernelspec.

    The cells are in their order, by grade_id. An assignment or notebook that the gradebook does not
    know has none, and no kernelspec.
    """
    cells, base = api.SourceCell.__table__, api.BaseCell.__table__
    book, work = api.Notebook.__table__, api.Assignment.__table__
    wanted = (
        select(book.c.id, book.c.kernelspec)
        .join(work, book.c.assignment_id == work.c.id)
        .where(work.c.name == assignment, book.c.name == notebook)
    )
    engine = _make_engine(db_url)
    with engine.connect() as connection:
        found, kernel = connection.execute(wanted).one_or_none() or (None, None)
        order: list[Any] = [literal_column("rowid")] if engine.dialect.name == "sqlite" else []
        rows = connection.execute(
            select(cells).where(cells.c.notebook_id == found).order_by(*order)
        ).all()
        kinds: dict[str, dict[str, float | None]] = {}
        for kind, model in zip(
            _FLAGS, (api.GradeCell, api.SolutionCell, api.TaskCell), strict=True
        ):
            table = model.__table__
            points = [table.c.max_score] if "max_score" in table.c else []
            query = select(base.c.name, *points).join(table, table.c.id == base.c.id)
            query = query.where(base.c.notebook_id == found)
            kinds[kind] = {row[0]: row[1] if points else None for row in connection.execute(query)}
    known = {
        row.name: SourceCell(
            name=row.name,
            cell_type=row.cell_type,
            locked=bool(row.locked),
            source=row.source or "",
            checksum=row.checksum,
            points=kinds["grade"].get(row.name, kinds["task"].get(row.name)),
            **{kind: row.name in kinds[kind] for kind in _FLAGS},
        )
        for row in rows
    }
    return known, json.loads(kernel) if kernel else None


@lru_cache(maxsize=4)
def _make_engine(db_url: str) -> Any:
    """Return a way to the gradebook that keeps no connection open."""
    return create_engine(db_url, poolclass=NullPool)
