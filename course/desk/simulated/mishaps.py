"""What can happen to a student's notebook file between the fetching and the submitting."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from course.errors import CourseError

__all__ = ["MISHAPS", "apply_mishap"]


def _find_cell(notebook: Any, grade_id: str) -> Any:
    """Return the cell with this grade_id."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            return cell
    raise KeyError(f"the notebook has no cell '{grade_id}'")


def delete_cell(path: Path, grade_id: str) -> None:
    """The student deletes a cell."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.remove(_find_cell(notebook, grade_id))
    nbformat.write(notebook, path)


def edit_cell(path: Path, grade_id: str) -> None:
    """The student writes something else into a cell that is not theirs, and raises its points."""
    notebook = nbformat.read(path, as_version=4)
    cell = _find_cell(notebook, grade_id)
    # The last value of a check is its points: without repair this would be full marks.
    cell.source = "30"
    cell.metadata.nbgrader.points = 30
    nbformat.write(notebook, path)


def duplicate_cell(path: Path, grade_id: str) -> None:
    """The student copies a cell and pastes it below."""
    notebook = nbformat.read(path, as_version=4)
    cell = _find_cell(notebook, grade_id)
    pasted = copy.deepcopy(cell)
    pasted["id"] = "pasted-" + cell["id"]
    notebook.cells.insert(notebook.cells.index(cell) + 1, pasted)
    nbformat.write(notebook, path)


def rename_file(path: Path, name: str) -> None:
    """The student gives the file another name."""
    path.rename(path.with_name(name))


def old_format(path: Path, version: str) -> None:
    """An old program saves the notebook in an old format."""
    notebook = nbformat.convert(nbformat.read(path, as_version=4), int(version))
    with path.open("w", encoding="utf-8") as file:
        # By default it would be brought up to the newest format again.
        nbformat.write(notebook, file, version=nbformat.NO_CONVERT)


def overwrite_file(path: Path, text: str) -> None:
    """The student saves something else under the notebook's name."""
    path.write_text(text + "\n", encoding="utf-8")


MISHAPS: dict[str, Callable[[Path, str], None]] = {
    "delete": delete_cell,
    "edit": edit_cell,
    "duplicate": duplicate_cell,
    "rename": rename_file,
    "old-format": old_format,
    "overwrite": overwrite_file,
}


def apply_mishap(mishap: str, path: Path) -> None:
    """Let one thing happen to a notebook, e.g. "delete votes-05".

    Args:
        mishap: one of the names in MISHAPS, a space, and what it is about.
        path: the notebook.

    Raises:
        CourseError: if there is no such mishap.
    """
    name, _, about = mishap.partition(" ")
    if name not in MISHAPS:
        raise CourseError(
            where=f"mishap '{mishap}'",
            expected="one of: " + ", ".join(MISHAPS),
            found=f"'{name}'",
            todo="correct it in case.toml",
        )
    MISHAPS[name](path, about)
