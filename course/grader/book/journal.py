"""Writes a regrade down as a whole before any of it happens, so that none is left half done.

`.grading/ASSIGNMENT/regrade/` holds the new cells, the new student version and a complete result
for each submission. It gets this name when all is in it: from then on the regrade is agreed, and
whoever grades next brings it to its end first. Every step may be done twice.
"""

import filecmp
import json
import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import update

from course.grader.book.record import Recorder, enter_result
from course.grader.book.state import GradingState, Outcome
from course.grader.coursedir import Course
from course.grader.run.pack import read_digest
from course.grader.wholefolder import replace_folder

CELLS = "cells.json"
POINTS = ("max_score", "cell_type")
SOURCE = ("cell_type", "locked", "source", "checksum")
# notebook -> "kernelspec", and for each kind of cell its name -> the columns that count
Cells = dict[str, dict[str, Any]]


def _regrade_folder(course: Course, assignment: str) -> Path:
    return course.root / ".grading" / assignment / "regrade"


def is_agreed(course: Course, assignment: str) -> bool:
    """Tell whether a regrade was agreed to and did not come to its end."""
    return _regrade_folder(course, assignment).is_dir()


def write_agreed(
    course: Course, assignment: str, cells: Cells, release: Path, results: Path
) -> None:
    """Write an agreed regrade down.

    Args:
        course: the course.
        assignment: its name.
        cells: what the gradebook is to hold of the questions.
        release: a folder with the student version.
        results: a folder with a complete result for each student, as `GradingState.keep_pending`
            wrote it.
    """

    def write_down(half: Path) -> None:
        shutil.copytree(release, half / "release")
        if results.is_dir():
            shutil.copytree(results, half / "results")
        (half / CELLS).write_text(json.dumps(cells), encoding="utf-8")

    # Its renaming is what agrees: before it nothing has happened, after it all of it will.
    replace_folder(_regrade_folder(course, assignment), write_down)


def finish_regrade(course: Course, assignment: str) -> Iterator[Outcome]:
    """Bring an agreed regrade to its end, yielding each outcome; nothing when there is none."""
    place = _regrade_folder(course, assignment)
    if not place.is_dir():
        return
    cells = _read_cells(place)
    if cells is None:  # nothing of it has begun: the grades are those of before
        aside = place.with_name(f"regrade.unreadable-{time.time_ns()}")
        place.rename(aside)
        logging.getLogger("course.grader").warning(
            "an agreed regrade cannot be read (was the power cut?): kept as %s; run course "
            "regrade %s again",
            aside,
            assignment,
        )
        return
    with course.gradebook() as gradebook:
        _enter_cells(gradebook, assignment, cells)
    new, old = place / "release", course.root / "release" / assignment
    if not same_files(new, old):
        # Students never fetch half a folder.
        replace_folder(old, lambda beside: shutil.copytree(new, beside))
    # Of the cells that were just entered; what was written down knew only the trial's.
    digest = read_digest(course, assignment)
    state = GradingState(course.root, assignment)
    with closing(Recorder(course, assignment)) as recorder:
        # "" first: what a run that was killed had adopted already.
        for student in ("", *sorted(path.name for path in (place / "results").glob("*"))):
            if student:
                state.adopt_result(place / "results" / student)
            for pending in state.yield_pending():
                found = replace(pending, questions=digest)
                yield enter_result(recorder, state, found, reviewed=True)
    gone = place.with_name(".regrade.done")
    shutil.rmtree(gone, ignore_errors=True)
    # Renamed first: a folder that is half removed must not be taken for an agreed regrade.
    place.rename(gone)
    shutil.rmtree(gone)


def _read_cells(place: Path) -> Cells | None:
    """Return the cells of an agreed regrade; None where they cannot be read."""
    try:
        found = json.loads((place / CELLS).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    kinds = {"kernelspec", "source", "grade", "task"}
    known = isinstance(found, dict) and all(
        isinstance(cells, dict) and kinds <= set(cells) for cells in found.values()
    )
    return found if known and found and (place / "release").is_dir() else None


def _enter_cells(gradebook: Any, assignment: str, cells: Cells) -> None:
    """Enter texts, keys and points of the questions in the gradebook, all or none."""
    try:
        for notebook in gradebook.find_assignment(assignment).notebooks:
            kinds = cells[notebook.name]
            notebook.kernelspec = kinds["kernelspec"]
            for cell in notebook.source_cells:
                _set_columns(cell, kinds["source"][cell.name], SOURCE)
            for cell in (*notebook.grade_cells, *notebook.task_cells):
                new = (kinds["grade"] | kinds["task"])[cell.name]
                # Two of three points by hand mean something else once there are four.
                if cell.max_score != new["max_score"]:
                    _look_again(gradebook, cell)
                _set_columns(cell, new, POINTS)
        gradebook.db.commit()
    except BaseException:
        gradebook.db.rollback()
        raise


def _set_columns(row: Any, values: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if getattr(row, name) != values[name]:
            setattr(row, name, values[name])


def _look_again(gradebook: Any, cell: Any) -> None:
    """Ask for a new look at the hand grades of a question whose points changed."""
    from nbgrader.api import Grade

    given = (Grade.cell_id == cell.id) & Grade.manual_score.is_not(None)
    gradebook.db.execute(update(Grade).where(given).values(needs_manual_grade=True))


def same_files(one: Path, other: Path) -> bool:
    """Tell whether two folders hold the same files with the same content."""
    names = [
        sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        for folder in (one, other)
    ]
    return names[0] == names[1] and not any(filecmp.cmpfiles(one, other, names[0], False)[1:])
