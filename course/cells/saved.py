"""The cells of a student's notebook as the disk has them: questions, answers, what is untouched."""

import functools
import hashlib
import itertools
import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.cells.runs import Run

_ANSWER = re.compile(r"-answer(-\w+)?$")  # of a question, or of one of its steps
STUB = "Write your answer here, in place of this line."
BY_HAND = "graded by your instructor"
_HEADING = re.compile(r"#{2,4} (?:\d+ · )?(.+)")
_LINE = re.compile(r"\bQuestion ([\w.-]+)(?: · ([\d.]+) points?)? · answer: ")


@dataclass(frozen=True)
class Cell:
    """One cell: its text, its kind and what nbgrader's metadata say of it."""

    source: str
    kind: str
    tag: dict[str, Any] = field(default_factory=dict)
    cell_id: str = ""
    number: int | None = None  # of its last run, as the front end writes it beside the cell

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
class Listed:
    """A question as a notebook lists it."""

    name: str  # such as "votes-03"
    title: str = ""  # the heading above it, or ""
    points: float | None = None  # what it can bring; None where nothing says
    # the cell that brings the points; None where it is missing or has lost its marks
    cell: Cell | None = None
    # where its answer is a text: whether somebody wrote one; None where it is not
    written: bool | None = None


@dataclass(frozen=True)
class NotebookOnDisk:
    """A notebook's file. `saved` is the time of the last save, in seconds since the epoch."""

    path: Path
    cells: tuple[Cell, ...]
    saved: float

    def shows(self, run: Run) -> bool:
        """Tell whether what became of a run's cell is in the last save.

        Where the save was still under way when the cell ran, the file is younger than the run and
        holds the cell as it was before. Then the number beside the cell is not that of the run.
        """
        numbers = {cell.cell_id: cell.number for cell in self.cells if cell.kind == "code"}
        numbered = any(numbers.values()) and run.cell_id in numbers
        return run.when < self.saved and not (numbered and numbers[run.cell_id] != run.number)

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
                yield _ANSWER.sub("", cell.grade_id), cell

    def list_questions(self, assignment: str) -> list[Listed]:
        """Return every question, by its line "Question votes-03 · ..." or by nbgrader's marks.

        Other programs lose the marks of a notebook; the lines stay.
        """
        marked, title = self.questions(), ""
        found: dict[str, Listed] = {}
        for place, cell in enumerate(self.cells):
            for line in cell.source.splitlines() if cell.kind == "markdown" else ():
                if heading := _HEADING.match(line):
                    title = heading[1]
                elif asked := _LINE.search(line):
                    found[asked[1]] = self._list(asked, title, place)
        # The lines of an example, votes-00, and of another assignment ask for nothing here.
        found = {
            name: listed
            for name, listed in found.items()
            if name.startswith(f"{assignment}-") and (name in marked or not name.endswith("-00"))
        }
        return [
            *found.values(),
            *(
                Listed(name, "", float(cell.tag["points"]), cell, _is_written(cell))
                for name, cell in marked.items()
                if name not in found
            ),
        ]

    def _list(self, asked: re.Match[str], title: str, place: int) -> Listed:
        """Return the question of a line that asks for an answer."""
        cell = self.questions().get(asked[1])
        points = float(cell.tag["points"]) if cell else float(asked[2]) if asked[2] else None
        written = _is_written(cell) if cell else None
        if cell is None and BY_HAND in asked.string:
            texts = [c for c in self.cells[place + 1 : place + 4] if c.kind == "markdown"]
            own = list(itertools.takewhile(lambda c: not c.source.lstrip().startswith("#"), texts))
            written = bool(own) and not any(STUB in c.source for c in own)
        return Listed(asked[1], title, points, cell, written)


def _is_written(cell: Cell) -> bool | None:
    """Tell whether somebody wrote in the cell of a written answer; None for any other cell."""
    return not cell.untouched if cell.tag.get("solution") else None


def find_notebook(assignment: str) -> tuple[NotebookOnDisk | None, str]:
    """Return the notebook in this folder, and a remark on its name where it has another one."""
    wanted = f"{assignment}.ipynb"
    if found := read_notebook(Path(wanted)):
        return found, ""
    open_here = Path(os.environ.get("JPY_SESSION_NAME", "")).name  # set by Jupyter for its kernels
    if open_here.endswith(".ipynb") and (found := read_notebook(Path(open_here))):
        return (
            found,
            f"This notebook is called {open_here}. Rename it to {wanted} before you submit.",
        )
    return None, f"There is no {wanted} in this folder: only what this kernel has run is listed."


def read_notebook(path: Path) -> NotebookOnDisk | None:
    """Read a notebook; None where there is none or it cannot be read."""
    # Jupyter saves over the file: for a moment only half of it is there.
    for seconds in (0.1, 0.3, 0.6, 0.0):
        try:
            return _read_saved(path.resolve(), path.stat().st_mtime_ns)
        except ValueError:
            time.sleep(seconds)
        except (OSError, KeyError, TypeError, AttributeError, RecursionError):
            return None
    return None


@functools.lru_cache(maxsize=4)  # each check of a notebook reads the same file
def _read_saved(path: Path, saved: int) -> NotebookOnDisk:
    content = json.loads(path.read_text(encoding="utf-8"))
    return NotebookOnDisk(path, tuple(map(_read_cell, content["cells"])), saved / 1e9)


def _read_cell(cell: dict[str, Any]) -> Cell:
    source = cell["source"]
    tag = cell.get("metadata", {}).get("nbgrader")
    return Cell(
        source if isinstance(source, str) else "".join(source),
        str(cell["cell_type"]),
        tag if isinstance(tag, dict) else {},
        str(cell.get("id", "")),
        cell.get("execution_count"),
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
