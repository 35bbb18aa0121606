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


def delete_cell(notebook: Any, grade_id: str, _released: Any) -> None:
    """The student deletes a cell."""
    notebook.cells.remove(_find_cell(notebook, grade_id))


def edit_cell(notebook: Any, grade_id: str, _released: Any) -> None:
    """The student writes something else into a cell that is not theirs, and raises its points."""
    cell = _find_cell(notebook, grade_id)
    # The last value of a check is its points: without repair this would be full marks.
    cell.source = "30"
    cell.metadata.nbgrader.points = 30


def duplicate_cell(notebook: Any, grade_id: str, _released: Any) -> None:
    """The student copies a cell and pastes it below."""
    cell = _find_cell(notebook, grade_id)
    pasted = copy.deepcopy(cell)
    pasted["id"] = "pasted-" + cell["id"]
    notebook.cells.insert(notebook.cells.index(cell) + 1, pasted)


def paste_untouched(notebook: Any, grade_id: str, released: Any) -> None:
    """The student pastes a cell as it was handed out at the end of the notebook."""
    pasted = copy.deepcopy(_find_cell(released, grade_id))
    pasted["id"] = "pasted-untouched-" + pasted["id"]
    notebook.cells.append(pasted)


def answer_in_check(notebook: Any, grade_id: str, released: Any) -> None:
    """The student answers above the check, in its cell, and leaves the answer cell as it was."""
    answer, check = _find_cell(notebook, f"{grade_id}-answer"), _find_cell(notebook, grade_id)
    check.source = f"{answer.source}\n{check.source}"
    answer.source = _find_cell(released, f"{grade_id}-answer").source


def write_elsewhere(notebook: Any, grade_id: str, released: Any) -> None:
    """The student writes an answer in words in a cell of their own, below the one for it."""
    answer = _find_cell(notebook, grade_id)
    own = nbformat.v4.new_markdown_cell(answer.source)
    answer.source = _find_cell(released, grade_id).source
    notebook.cells.insert(notebook.cells.index(answer) + 1, own)


def old_format(path: Path, version: str) -> None:
    """An old program saves the notebook in an old format."""
    notebook = nbformat.convert(nbformat.read(path, as_version=4), int(version))
    with path.open("w", encoding="utf-8") as file:
        # By default it would be brought up to the newest format again.
        nbformat.write(notebook, file, version=nbformat.NO_CONVERT)


IN_NOTEBOOK: dict[str, Callable[[Any, str, Any], None]] = {
    "delete": delete_cell,
    "edit": edit_cell,
    "duplicate": duplicate_cell,
    "paste-untouched": paste_untouched,
    "answer-in-check": answer_in_check,
    "write-elsewhere": write_elsewhere,
}
OF_FILE: dict[str, Callable[[Path, str], object]] = {
    "rename": lambda path, name: path.rename(path.with_name(name)),
    "old-format": old_format,
    "overwrite": lambda path, text: path.write_text(text + "\n", encoding="utf-8"),
}


def apply_mishap(mishap: str, path: Path, released: Any = None) -> None:
    """Let one thing happen to a notebook, e.g. "delete votes-05".

    Args:
        mishap: what happens, one of the names in the tables above, a space, and what it is about.
        path: the notebook.
        released: the notebook as it was handed out.

    Raises:
        CourseError: if there is no such mishap.
    """
    name, _, about = mishap.partition(" ")
    if name in OF_FILE:
        OF_FILE[name](path, about)
        return
    if name not in IN_NOTEBOOK:
        raise CourseError(
            where=f"mishap '{mishap}'",
            expected="one of: " + ", ".join([*IN_NOTEBOOK, *OF_FILE]),
            found=f"'{name}'",
            todo="correct it in case.toml",
        )
    notebook = nbformat.read(path, as_version=4)
    IN_NOTEBOOK[name](notebook, about, released)
    nbformat.write(notebook, path)
