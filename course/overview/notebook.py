"""The cells of a student's notebook as the disk has them: questions, answers, what is untouched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Cell", "NotebookOnDisk", "compute_checksum", "question_of_answer", "read_notebook"]

ANSWER = "-answer"


@dataclass(frozen=True)
class Cell:
    """One cell: its text, its kind and what nbgrader's metadata say of it."""

    source: str
    kind: str
    tag: dict[str, Any] = field(default_factory=dict)

    @property
    def grade_id(self) -> str:
        """The cell's id in the assignment, or ''."""
        return str(self.tag.get("grade_id", ""))

    @property
    def untouched(self) -> bool:
        """Whether the cell is as it was handed out; True for a cell that nbgrader does not know."""
        handed_out = self.tag.get("checksum")
        return handed_out is None or handed_out == compute_checksum(self)


@dataclass(frozen=True)
class NotebookOnDisk:
    """A notebook's file. `saved` is the time of the last save, in seconds since the epoch."""

    path: Path
    cells: tuple[Cell, ...]
    saved: float

    def questions(self) -> dict[str, Cell]:
        """Return the cells that bring points, by question, in the order of the notebook."""
        return {c.grade_id: c for c in self.cells if c.tag.get("grade") and c.grade_id}

    def written(self) -> dict[str, Cell]:
        """Return the cells of answers that a person reads, by question."""
        return {name: c for name, c in self.questions().items() if c.tag.get("solution")}

    def answers(self) -> Iterator[tuple[str, Cell]]:
        """Yield (question, cell) for every cell in which an answer is written."""
        for cell in self.cells:
            if cell.tag.get("solution") and cell.grade_id:
                yield question_of_answer(cell.grade_id), cell


def question_of_answer(grade_id: str) -> str:
    """Return the question to which an answer cell belongs: "votes-03-answer" is of "votes-03"."""
    return grade_id.removesuffix(ANSWER)


def read_notebook(path: Path) -> NotebookOnDisk | None:
    """Read a notebook; None where there is none or it cannot be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cells = tuple(_read_cell(cell) for cell in content["cells"])
        return NotebookOnDisk(path, cells, path.stat().st_mtime)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _read_cell(cell: dict[str, Any]) -> Cell:
    source = cell["source"]
    tag = cell.get("metadata", {}).get("nbgrader")
    return Cell(
        source if isinstance(source, str) else "".join(source),
        str(cell["cell_type"]),
        tag if isinstance(tag, dict) else {},
    )


def compute_checksum(cell: Cell) -> str:
    """Return nbgrader's checksum of a cell (`nbgrader.utils.compute_checksum`).

    It is computed here because importing nbgrader takes seconds, which a student's kernel would
    spend at the end of each run.
    """
    parts = [cell.source, cell.kind]
    parts += [str(bool(cell.tag.get(flag, False))) for flag in ("grade", "solution", "locked")]
    parts.append(cell.grade_id)
    if cell.tag.get("grade"):
        parts.append(str(float(cell.tag["points"])))
    return hashlib.md5("".join(parts).encode("utf-8"), usedforsecurity=False).hexdigest()
