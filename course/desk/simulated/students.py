"""A simulated class: reads its students from folders and lets them go through the whole loop.

Each student is a folder `tests/submissions/ASSIGNMENT/CASE/` with a `case.toml` that says what the
student writes, what goes wrong, and which points or which fault must come out. The demo and the
tests read the same folders.
"""

import copy
import json
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from course.errors import CourseError

STARTS = ("solution", "release")


@dataclass(frozen=True)
class Case:
    """One simulated student."""

    name: str  # the folder's name, e.g. "typical-denominators"
    student: str  # the student's id in the course
    story: str  # one sentence on what this student does
    # "solution" (everything right unless said otherwise) or "release" (untouched)
    start: str = "solution"
    # the text of answer cells by question, e.g. {"votes-02": "share_valid = 30.6"}
    answers: Mapping[str, str] = field(default_factory=dict)
    # what is kept in answers.json, by question
    widgets: Mapping[str, Any] = field(default_factory=dict)
    # what happens to the file, e.g. ["delete votes-05"]; see `IN_NOTEBOOK`
    mishaps: tuple[str, ...] = ()
    resubmits: bool = False  # True when an untouched notebook was submitted before
    # points by question where they differ from the start's
    points: Mapping[str, float] = field(default_factory=dict)
    # a text that the feedback on a question must contain
    messages: Mapping[str, str] = field(default_factory=dict)
    remark: str | None = None  # a text that the grading table must show for this student, or None
    # a text that the reason must contain when it cannot be graded, or None
    fault: str | None = None

    def expected_points(self, maxima: Mapping[str, float]) -> dict[str, float]:
        """Return the points that the computer should give, by question.

        Args:
            maxima: the points that can be had for each question that the computer grades.
        """
        full = self.start == "solution"
        return {
            name: float(self.points.get(name, maximum if full else 0.0))
            for name, maximum in maxima.items()
        }


def load_cases(course: Path, assignment: str) -> list[Case]:
    """Read the simulated students of an assignment, sorted by folder.

    Raises:
        CourseError: if there is none, or a case.toml cannot be read.
    """
    folder = course / "tests" / "submissions" / assignment
    files = sorted(folder.glob("*/case.toml"))
    if not files:
        raise CourseError(
            where=str(folder),
            expected="one folder a simulated student, each with a case.toml",
            found="none",
            todo="run it in a complete copy of the project",
        )
    return [_load_case(path) for path in files]


def _load_case(path: Path) -> Case:
    """Read one case.toml."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        content["mishaps"] = tuple(content.get("mishaps", ()))
        case = Case(name=path.parent.name, **content)
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise CourseError(
            where=str(path),
            expected="student, story and what Case describes",
            found=str(error),
            todo="compare it with the other cases",
        ) from error
    if case.start not in STARTS:
        raise CourseError(
            where=str(path),
            expected="start = " + " or ".join(f'"{s}"' for s in STARTS),
            found=f'start = "{case.start}"',
            todo="correct this line",
        )
    return case


def question_points(source: Any) -> dict[str, float]:
    """Return the points of the questions that the computer grades, from a source notebook."""
    return {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code"
    }


def clean_solution(text: str) -> str:
    """Return the text of a solution cell without the lines that mark the solution.

    The mark scheme of a written answer is left out as well.
    """
    marks = ("### BEGIN SOLUTION", "### END SOLUTION")
    lines = [line for line in text.splitlines() if line.strip() not in marks]
    return "\n".join(lines).split("**Mark scheme**")[0].replace("**A model answer.** ", "").strip()


def do_the_work(case: Case, source: Any, folder: Path) -> None:
    """Turn a fetched assignment into what this student submits.

    Args:
        case: the student.
        source: the instructor's notebook, for the answers of students who start from it.
        folder: the fetched assignment; its notebook and answers.json are written here.
    """
    path = next(folder.glob("*.ipynb"))
    notebook = nbformat.read(path, as_version=4)
    released = copy.deepcopy(notebook)
    solutions = _read_solutions(source) if case.start == "solution" else {}
    for cell in notebook.cells:
        tag = cell.metadata.get("nbgrader", {})
        question = str(tag.get("grade_id", "")).removesuffix("-answer")
        if not tag.get("solution"):
            continue
        if question in case.answers:
            cell.source = case.answers[question].strip("\n")
        elif question in solutions:
            cell.source = solutions[question]
    nbformat.write(notebook, path)
    if case.widgets:
        _write_widget_answers(folder / "answers.json", case.widgets)
    for mishap in case.mishaps:
        apply_mishap(mishap, path, released)


def _read_solutions(source: Any) -> dict[str, str]:
    """Return the model answers by question."""
    return {
        cell.metadata.nbgrader.grade_id.removesuffix("-answer"): clean_solution(cell.source)
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def _write_widget_answers(path: Path, widgets: Mapping[str, Any]) -> None:
    """Write what the widgets would have kept, through the store that they use."""
    from course.answers.store import AnswerStore

    # Through the store, so that the file is what a panel would have written.
    store = AnswerStore(path.parent)
    for question, value in widgets.items():
        result = store.save(question, value)
        if not result.saved:
            raise CourseError(
                where=str(path),
                expected="that the answer can be kept",
                found=result.message,
                todo="check the folder's permissions",
            )


def fresh_folder(folder: Path) -> None:
    """Make an empty demo folder, replacing only one that an earlier demo made.

    Raises:
        CourseError: if the folder holds something else.
    """
    mark = folder / "demo.json"
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise CourseError(
            where=str(folder),
            expected="no folder, an empty one, or one that an earlier demo made",
            found="a folder with other files in it",
            todo="choose another one: course demo --folder NAME",
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mark.write_text(json.dumps({"made_by": "course demo"}) + "\n", encoding="utf-8")


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
