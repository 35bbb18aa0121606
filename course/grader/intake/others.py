"""Tells of notebooks that lie beside the one that is graded: which of them holds more answers."""

from collections.abc import Iterable

from course.grader.intake.bounds import IntakeBounds, SubmissionError
from course.grader.intake.copies import is_as_handed_out
from course.grader.intake.notebookfile import read_notebook
from course.grader.intake.submission import Intake, shorten_name

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
