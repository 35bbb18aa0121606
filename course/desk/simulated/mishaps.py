"""What can happen to a student's notebook file between the fetching and the submitting."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from course.errors import CourseError


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


def old_format(path: Path, version: str) -> None:
    """An old program saves the notebook in an old format."""
    notebook = nbformat.convert(nbformat.read(path, as_version=4), int(version))
    with path.open("w", encoding="utf-8") as file:
        # By default it would be brought up to the newest format again.
        nbformat.write(notebook, file, version=nbformat.NO_CONVERT)


def paste_untouched(path: Path, grade_id: str, released: Any) -> None:
    """The student pastes a cell as it was handed out at the end of the notebook."""
    notebook = nbformat.read(path, as_version=4)
    pasted = copy.deepcopy(_find_cell(released, grade_id))
    pasted["id"] = "pasted-untouched-" + pasted["id"]
    notebook.cells.append(pasted)
    nbformat.write(notebook, path)


def answer_in_check(path: Path, grade_id: str, released: Any) -> None:
    """The student answers above the check, in its cell, and leaves the answer cell as it was."""
    notebook = nbformat.read(path, as_version=4)
    answer, check = _find_cell(notebook, f"{grade_id}-answer"), _find_cell(notebook, grade_id)
    check.source = f"{answer.source}\n{check.source}"
    answer.source = _find_cell(released, f"{grade_id}-answer").source
    nbformat.write(notebook, path)


def write_elsewhere(path: Path, grade_id: str, released: Any) -> None:
    """The student writes an answer in words in a cell of their own, below the one for it."""
    notebook = nbformat.read(path, as_version=4)
    answer = _find_cell(notebook, grade_id)
    own = nbformat.v4.new_markdown_cell(answer.source)
    answer.source = _find_cell(released, grade_id).source
    notebook.cells.insert(notebook.cells.index(answer) + 1, own)
    nbformat.write(notebook, path)


MISHAPS: dict[str, Callable[[Path, str], object]] = {
    "delete": delete_cell,
    "edit": edit_cell,
    "duplicate": duplicate_cell,
    "rename": lambda path, name: path.rename(path.with_name(name)),
    "old-format": old_format,
    "overwrite": lambda path, text: path.write_text(text + "\n", encoding="utf-8"),
}
# These need the notebook as it was handed out.
OF_RELEASED: dict[str, Callable[[Path, str, Any], None]] = {
    "paste-untouched": paste_untouched,
    "answer-in-check": answer_in_check,
    "write-elsewhere": write_elsewhere,
}


def apply_mishap(mishap: str, path: Path, released: Any = None) -> None:
    """Let one thing happen to a notebook, e.g. "delete votes-05".

    Args:
        mishap: one of the names in MISHAPS, a space, and what it is about.
        path: the notebook.
        released: the notebook as it was handed out.

    Raises:
        CourseError: if there is no such mishap.
    """
    name, _, about = mishap.partition(" ")
    if name in OF_RELEASED:
        OF_RELEASED[name](path, about, released)
        return
    if name not in MISHAPS:
        raise CourseError(
            where=f"mishap '{mishap}'",
            expected="one of: " + ", ".join([*MISHAPS, *OF_RELEASED]),
            found=f"'{name}'",
            todo="correct it in case.toml",
        )
    MISHAPS[name](path, about)
