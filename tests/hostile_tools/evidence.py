"""Looks at what is left of a run: points, leaks, harm, script, sizes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from course.desk.report.grades import StudentGrade, read_report
from course.grader.coursedir import Course
from tests.hostile_tools.cases import HostileCase
from tests.hostile_tools.live import MARK, live_script, rendered
from tests.hostile_tools.supervise import Supervised
from tests.hostile_tools.world import ASSIGNMENT, World

__all__ = ["Evidence", "StudentResult", "gather", "points", "seconds_taken"]


@dataclass(frozen=True)
class StudentResult:
    """What became of one submission.

    Attributes:
        points: the computer's points by question; empty when it was not graded.
        by_hand: what stands as points that an instructor gave.
        remarks: what the report says of its cells, and what the run told of it.
        fault: why it could not be graded, or None.
        reasons: of the faults in single cells, or in all of it.
        waiting: the computer's questions that wait for a person in its place.
        known: True when the run told an outcome for it.
        seconds: how long it kept its place, or None when that is not known.
    """

    points: Mapping[str, float] = field(default_factory=dict)
    by_hand: float = 0.0
    remarks: tuple[str, ...] = ()
    fault: str | None = None
    reasons: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    known: bool = False
    seconds: float | None = None


@dataclass(frozen=True)
class Evidence:
    """What one case did.

    Attributes:
        leaked: secrets that reached a place where the student or another program sees them.
        shown: secrets on the feedback page.
        harmed: what was changed, ended, left behind or contacted.
        script: what a browser would run of it.
        outputs: all that its cells put out, as one text.
        megabytes: the size of its folders in autograded/ and feedback/.
    """

    leaked: tuple[str, ...]
    shown: tuple[str, ...]
    harmed: tuple[str, ...]
    script: tuple[str, ...]
    outputs: str
    megabytes: float


def points(
    course: Path, outcomes: Sequence[Mapping[str, Any]], jobs: int
) -> dict[str, StudentResult]:
    """Return what became of each student, from the gradebook and from what the run told."""
    report = {grade.student: grade for grade in read_report(Course(course), ASSIGNMENT).students}
    told = {line["student"]: line for line in outcomes if "student" in line}
    seconds = seconds_taken(outcomes, jobs)
    waiting = _waiting(course)
    return {
        student: _result(
            report.get(student), told.get(student), seconds.get(student), waiting.get(student)
        )
        for student in report.keys() | told.keys()
    }


def _waiting(course: Path) -> dict[str, frozenset[str]]:
    """Return, by student, the code cells without the computer's points that a person has to see."""
    with Course(course).gradebook() as gradebook:
        rows = gradebook.db.execute(text(_WAITING)).all()
    return {
        student: frozenset(cell for other, cell in rows if other == student)
        for student in {student for student, _ in rows}
    }


_WAITING = """
    select submitted_assignment.student_id, base_cell.name from grade
    join base_cell on base_cell.id = grade.cell_id
    join grade_cells on grade_cells.id = grade.cell_id and grade_cells.cell_type = 'code'
    join submitted_notebook on submitted_notebook.id = grade.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
    where grade.needs_manual_grade and grade.auto_score is null
"""


def _result(
    grade: StudentGrade | None,
    told: Mapping[str, Any] | None,
    seconds: float | None,
    waiting: frozenset[str] | None,
) -> StudentResult:
    """Put together what the gradebook holds and what the run told."""
    questions = grade.questions if grade else ()
    return StudentResult(
        points={q.question: q.points or 0.0 for q in questions if not q.by_hand},
        by_hand=sum(q.points or 0.0 for q in questions if q.by_hand),
        remarks=(grade.remarks if grade else ()) + ((str(told["told"]),) if told else ()),
        fault=told["fault"] if told else None,
        reasons=frozenset(fault["reason"] for fault in told.get("faults", ()))
        if told
        else frozenset(),
        waiting=waiting or frozenset(),
        known=told is not None,
        seconds=seconds,
    )


def seconds_taken(outcomes: Sequence[Mapping[str, Any]], jobs: int) -> dict[str, float]:
    """Return about how long each submission kept its place.

    Where the run does not tell it: places are given in the order of the names, the next one as soon
    as one is free.
    """
    lines = [line for line in outcomes if "student" in line]
    ends = [0.0] * jobs + [float(line["at"]) for line in lines]
    begins = dict(zip(sorted(line["student"] for line in lines), ends, strict=False))
    return {
        line["student"]: float(
            line["seconds"]
            if line.get("seconds") is not None
            else max(0.0, line["at"] - begins[line["student"]])
        )
        for line in lines
    }


def gather(world: World, case: HostileCase, run: Supervised) -> Evidence:
    """Look at everything that a case can have touched."""
    graded = world.course / "autograded" / case.student
    feedback = world.course / "feedback" / case.student
    outputs = "\n".join(_texts(graded, sources=False))
    pages = [path.read_text("utf-8", "replace") for path in feedback.rglob("*.html")]
    leaked = _secrets(world, _texts(graded), "in what its cells put out")
    leaked += _secrets(world, _texts(world.loot(case)), "in a folder outside the course")
    leaked += _secrets(world, world.contacts(case), "sent over the network")
    harmed = world.harmed(case) + [f"reached {line}" for line in world.contacts(case)]
    harmed += [f"left running: {line}" for line in run.left if case.token in line]
    harmed += [f"a link in its graded folder: {path.name}" for path in _links(graded, feedback)]
    harmed += ["files in a folder outside the course"] * any(
        path.is_file() for path in world.loot(case).rglob("*")
    )
    return Evidence(
        leaked=tuple(leaked),
        shown=tuple(_secrets(world, pages, "on the feedback page")),
        harmed=tuple(harmed),
        script=tuple(_script(graded, pages)),
        outputs=outputs,
        megabytes=max(map(_megabytes, (graded, feedback))),
    )


def _secrets(world: World, texts: Iterable[str], where: str) -> list[str]:
    """Return the secrets that some texts hold."""
    texts = list(texts)
    return [
        f"{kind} {where}"
        for kind, secret in world.secrets.items()
        if any(secret in text for text in texts)
    ]


def _texts(folder: Path, *, sources: bool = True) -> list[str]:
    """Return the text of every file, of a notebook without the source of grade cells or of any."""
    texts = []
    for path in _files(folder):
        text = path.read_bytes().decode("utf-8", "replace")
        texts.append(_without(text, sources) if path.suffix == ".ipynb" else text)
    return texts


def _without(text: str, sources: bool) -> str:
    """Return a notebook's text without the source of its grade cells, which hold the keys."""
    try:
        notebook = json.loads(text)
        for cell in notebook["cells"]:
            is_grade = cell["metadata"].get("nbgrader", {}).get("grade")
            if (is_grade or not sources) and cell["cell_type"] == "code":
                cell["source"] = ""
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return text
    return json.dumps(notebook, ensure_ascii=False)


def _files(folder: Path) -> list[Path]:
    """Return the plain files in a folder; links are not followed."""
    found = [Path(top) / name for top, _, names in os.walk(folder) for name in names]
    return [path for path in found if path.is_file() and not path.is_symlink()]


def _links(*folders: Path) -> list[Path]:
    """Return the links in some folders."""
    return [
        Path(top) / name
        for folder in folders
        for top, inner, names in os.walk(folder)
        for name in inner + names
        if (Path(top) / name).is_symlink()
    ]


def _megabytes(folder: Path) -> float:
    """Return how much the files in a folder hold."""
    return sum(path.stat().st_size for path in _files(folder)) / 1e6


def _script(graded: Path, pages: Iterable[str]) -> list[str]:
    """Return the script that would run on the feedback page or in the formgrader."""
    found = [f"feedback: {line}" for page in pages for line in live_script(page)]
    for path in _files(graded):
        if path.suffix == ".ipynb" and MARK in path.read_text("utf-8", "replace"):
            found += [f"formgrader: {line}" for line in live_script(rendered(path))]
    return found
