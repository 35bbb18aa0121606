"""Makes a class of any size from the simulated students, each with a notebook handed in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from course.desk import steps
from course.desk.simulated.students import do_the_work, load_cases
from course.grader.coursedir import CONFIG_NAME, Course

__all__ = ["ROOT", "make_class"]

ROOT = Path(__file__).resolve().parent.parent


def make_class(
    folder: Path, size: int, settings: str | None = None, *, outputs: bool = True
) -> Course:
    """Make a course with `size` submissions of `votes` in submitted/.

    Left out are students to whose file something happened, which not every program can grade, and
    the one with an endless loop: what that costs is waiting, which is a setting and not a speed.

    Args:
        folder: where to; must not exist.
        size: how many submissions; the students are repeated in turn.
        settings: the text of nbgrader_config.py in place of the project's own.
        outputs: whether the notebooks are handed in as they were run.
    """
    folder.mkdir(parents=True)
    if settings is None:
        shutil.copy(ROOT / CONFIG_NAME, folder)
    else:
        (folder / CONFIG_NAME).write_text(settings, encoding="utf-8")
    shutil.copytree(ROOT / "source", folder / "source")
    course = Course(folder)
    steps.generate_assignment(course, "votes")
    everyone = load_cases(ROOT, "votes")
    cases = [c for c in everyone if not (c.fault or c.mishaps or "too long" in str(c.remark))]
    source = nbformat.read(folder / "source/votes/votes.ipynb", as_version=4)
    for number in range(size):
        case = cases[number % len(cases)]
        desk = folder / "submitted" / f"s{number:04d}" / "votes"
        if number >= len(cases):  # the same paper under another name
            shutil.copytree(folder / f"submitted/s{number - len(cases):04d}/votes", desk)
        else:
            desk.mkdir(parents=True)
            shutil.copy(folder / "release/votes/votes.ipynb", desk)
            do_the_work(case, source, desk)
            if outputs:
                _run_as_students_do(case.name, desk / "votes.ipynb")
        stamp = f"2026-05-{1 + number % 28:02d} 12:00:00.000000 UTC"
        (desk / "timestamp.txt").write_text(stamp, encoding="utf-8")
    return course


_ran: dict[str, str] = {}


def _run_as_students_do(name: str, path: Path) -> None:
    """Run a notebook in a kernel, once for all with the same answers; keep its outputs in it."""
    if name not in _ran:
        notebook = nbformat.read(path, as_version=4)
        where = {"metadata": {"path": str(path.parent)}}
        NotebookClient(notebook, timeout=60, allow_errors=True, resources=where).execute()
        _ran[name] = nbformat.writes(notebook)
    path.write_text(_ran[name], encoding="utf-8")


def points(course: Course) -> dict[str, float]:
    """Return the computer's points of each student."""
    with course.gradebook() as gradebook:
        return {
            submission.student.id: sum(
                grade.auto_score or 0.0 for nb in submission.notebooks for grade in nb.grades
            )
            for submission in gradebook.assignment_submissions("votes")
        }


def phases(course: Course) -> dict[str, float]:
    """Return the mean seconds of each phase of grading, from what grading noted."""
    found = [
        json.loads(path.read_text(encoding="utf-8"))["times"]
        for path in (course.root / ".grading/votes").glob("*.json")
    ]
    names = {name for times in found for name in times}
    return {name: sum(times.get(name, 0.0) for times in found) / len(found) for name in names}
