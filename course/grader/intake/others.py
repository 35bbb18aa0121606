"""Tells of notebooks that lie beside the one that is graded: which of them holds more answers."""

import os
from collections.abc import Iterable
from pathlib import Path

from course.errors import CourseError
from course.grader.intake.bounds import IntakeBounds, SubmissionError
from course.grader.intake.copies import is_as_handed_out
from course.grader.intake.notebookfile import read_notebook
from course.grader.intake.submission import NOT_HANDED_IN, Intake, shorten_name

MOST = 10  # notebooks that are looked at


def say_others(intake: Intake, student: str, assignment: str, names: Iterable[str]) -> list[str]:
    """Return a line for each other notebook of the assignment that holds answers.

    Programs that download or keep files in step leave `votes (1).ipynb` beside `votes.ipynb`; which
    of them is meant, only a person can say.

    Args:
        intake: the submission.
        student: whose.
        assignment: its name.
        names: the file names of its notebooks.
    """
    wanted = list(names)
    others = [n for n in sorted(intake.files) if n not in wanted and n.lower().endswith(".ipynb")]
    if not others:  # as it should be, and to read a notebook takes time
        return []
    graded = {name: _read_answers(intake, name) for name in wanted if name in intake.files}
    told = []
    for other in others[:MOST]:
        found = _read_answers(intake, other)
        answers = {cell for cell, text in found.items() if text}
        for name, known in graded.items():
            # By its cells, whatever it is called; where the graded one lost them, it is any.
            same = found.keys() & known.keys() or not known
            if answers and same and found != known:
                told.append(
                    f"{shorten_name(other)} lies beside {name}: {len(answers)} answers in it, "
                    f"{sum(map(bool, known.values()))} in {name}, which is graded. To grade the "
                    f"other: course grade {assignment} --student {student} --use "
                    f"'{shorten_name(other)}'"
                )
    return told


def _read_answers(intake: Intake, name: str) -> dict[str, str]:
    """Return the answers that a notebook holds, by the name of the cell; "" where there is none."""
    try:
        cells = read_notebook(name, intake.files[name], IntakeBounds()).cells
    except SubmissionError:
        return {}
    found: dict[str, str] = {}
    for cell in cells:
        claim = cell.metadata.get("nbgrader") or {}
        cell_name = claim.get("grade_id")
        if isinstance(cell_name, str) and claim.get("solution"):
            text = "" if is_as_handed_out(cell) else cell.source
            found[cell_name] = text or found.get(cell_name, "")  # of copies the last answered one
    return found


def use_notebook(folder: Path, names: list[str], file: str) -> None:
    """Let another file of a submission be the notebook that is graded; the two change names.

    Args:
        folder: submitted/STUDENT/ASSIGNMENT.
        names: the file names of the assignment's notebooks.
        file: the name of the other file.

    Raises:
        CourseError: there is no such file, or it is not certain for which notebook it stands.
    """
    found = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    there = sorted({str(path.relative_to(folder)) for path in found} - NOT_HANDED_IN)
    fits = [n for n in names if n.removesuffix(".ipynb").casefold() in file.casefold()] or names
    if file not in there or len(fits) != 1:
        raise CourseError(
            where=f"course grade --use '{shorten_name(file)}'",
            expected=f"one of the files in {folder}, with {' or '.join(names)} in its name",
            found=", ".join(map(shorten_name, there)) or "no file",
            todo="give the name of one of them, in quotation marks",
        )
    (name,) = fits
    if file == name:
        return
    if (folder / name).exists():
        aside = folder / f".{name}.aside"
        os.replace(folder / name, aside)
        os.replace(folder / file, folder / name)
        os.replace(aside, folder / file)
    else:
        os.replace(folder / file, folder / name)
