"""Grades one submission wherever it is told to: what it needs comes along, what it finds goes back.

A worker process (or a worker on another machine, which shares no folder) gets an `AssignmentPack`
and a `Submission` and returns a `Graded`. It runs the same preprocessors that `nbgrader autograde`
is configured with, but for those that write to the gradebook: that is done by one process only.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import logging
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.answers.store import FILE_NAME as ANSWERS
from course.grader.book.notes import Notes
from course.grader.faults import write_remarks
from course.grader.sandbox import Sandbox

if TYPE_CHECKING:
    from course.grader.intake.submission import Intake

# What these do is done by the one process that writes to the gradebook.
WRITERS = ("SaveAutoGrades", "GrantExtensions", "AssignLatePenalties")


@dataclass(frozen=True)
class AssignmentPack:
    """What is the same for all submissions of an assignment."""

    assignment: str  # its name
    notebooks: tuple[str, ...]  # the names of its notebooks, without ending
    database: bytes  # an SQLite database with the assignment's cells and no student
    # what stands beside the notebooks in source/, put over the student's own
    files: Mapping[str, bytes]
    settings: Any  # nbgrader's settings (a traitlets Config)
    # by notebook, the texts with which it was handed out, and whose they are
    texts: Mapping[str, dict[str, str]]
    digest: str  # a text that changes when the checks, points or files do


@dataclass(frozen=True)
class Submission:
    """What one student handed in, as `course.grader.intake.submission.read_files` read it."""

    student: str
    intake: Intake
    fingerprint: str  # of its files


@dataclass(frozen=True)
class Grade:
    """The computer's score of one cell; None where a person has to give it."""

    notebook: str
    cell: str
    score: float | None


@dataclass(frozen=True)
class Comment:
    """What the computer says of one answer, e.g. that there is none."""

    notebook: str
    cell: str
    text: str | None


@dataclass
class Graded:
    """What became of one submission."""

    student: str  # whose
    # what goes to autograded/: relative path and content, the notebooks among them
    files: dict[str, bytes] = field(default_factory=dict)
    # grades, comments: by cell
    grades: list[Grade] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    # what went wrong in single cells, as JSON (`Fault.as_json`)
    faults: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # what was left out or mended before it ran
    failure: str | None = None  # why there is no grade at all, or None
    times: dict[str, float] = field(default_factory=dict)  # seconds by phase
    # "cpu" in seconds and "memory" in bytes of the student's processes
    used: dict[str, float] = field(default_factory=dict)


def seconds_allowed(settings: Any) -> float:
    """Return how many seconds the grading of one submission may take in all.

    Args:
        settings: nbgrader's (a traitlets Config).
    """
    return float(Sandbox(config=settings).total_seconds)


def grade_submission(pack: AssignmentPack, submission: Submission) -> Graded:
    """Grade one submission; what goes wrong is told in the result, never raised."""
    # Imported here: a worker on another machine reads this module first, to learn what a pack is.
    from course.grader.intake.bounds import SubmissionError
    from course.grader.intake.others import say_others
    from course.grader.intake.submission import check_names

    graded = Graded(submission.student)
    begin = time.perf_counter()
    deadline = time.monotonic() + seconds_allowed(pack.settings)
    try:
        # Both become parts of paths, and pages print them.
        check_names(submission.student, pack.assignment)
        notebooks = [f"{name}.ipynb" for name in pack.notebooks]
        submission.intake.make_room([*notebooks, ANSWERS, *_source_files(pack)])
        for name in pack.notebooks:
            _grade_notebook(pack, submission, name, graded, deadline)
        graded.files = {**_other_files(pack, submission), **graded.files}
        others = say_others(submission.intake, submission.student, pack.assignment, notebooks)
        # First, because it happened first: what was left out explains what comes after.
        graded.remarks[:0] = [*others, *submission.intake.remarks]
    except SubmissionError as error:
        _note_failure(graded, str(error))
    except Exception as error:  # of ours or of nbgrader's: named, and the class goes on
        # With its traceback, in the log alone; the instructor reads one sentence.
        logging.getLogger("course.grader").exception("%s", submission.student)
        _note_failure(graded, f"it could not be graded: {type(error).__name__}: {str(error)[:300]}")
    graded.times["all"] = time.perf_counter() - begin
    return graded


def _note_failure(graded: Graded, reason: str) -> None:
    graded.failure = reason
    graded.files.clear()
    # Half of a grade is none: what was found before the failure must not be entered.
    graded.grades.clear()
    graded.comments.clear()


def _grade_notebook(
    pack: AssignmentPack, submission: Submission, name: str, graded: Graded, deadline: float
) -> None:
    """Take one notebook through the configured preprocessors."""
    from course.grader.intake.bounds import IntakeBounds
    from course.grader.intake.submission import take_notebook

    file = f"{name}.ipynb"
    with _measure_phase(graded, "read"):
        nb = take_notebook(submission.intake, file, IntakeBounds())
    resources = _make_resources(pack, submission, name)
    files = _files_beside(pack, submission)
    if ANSWERS in graded.files:  # an earlier notebook carried some
        files[ANSWERS] = graded.files[ANSWERS]
    note = resources["backyard"] = Notes(files=files, texts=pack.texts, deadline=deadline)
    sanitizers, graders = _configured_steps(pack.settings)
    with _measure_phase(graded, "sanitize"):
        for step in sanitizers:
            nb, resources = step(nb, resources)
    with _measure_phase(graded, "execute"):
        for step in graders:
            nb, resources = step(nb, resources)
    with _measure_phase(graded, "write"):
        tampered = any(fault.reason == "tampering" for fault in note.faults)
        _collect_grades(nb, name, graded, tampered)
        graded.files[file] = _write_notebook(nb)
    if note.answers is not None:  # beside the notebook stands what counted
        graded.files[ANSWERS] = note.answers
    graded.faults += [fault.as_json() for fault in note.faults]
    graded.remarks += write_remarks(note.remarks)
    for phase, seconds in note.times.items():
        graded.times[phase] = graded.times.get(phase, 0.0) + seconds
    graded.used = note.used


def _write_notebook(nb: Any) -> bytes:
    """Return a notebook as a file holds it: what nbformat writes, but for the indents.

    Intake made it valid, and indents are what takes longest: with them nothing of it is written in
    C.
    """
    from nbformat.v4.rwbase import split_lines, strip_transient

    text = json.dumps(strip_transient(split_lines(nb)), ensure_ascii=False, sort_keys=True)
    return text.encode("utf-8", "replace") + b"\n"


def _make_resources(pack: AssignmentPack, submission: Submission, name: str) -> dict[str, Any]:
    """Return what nbgrader's preprocessors expect to be told."""
    url = f"sqlite:///{_database_path(pack)}"
    return {
        "unique_key": name,
        "output_files_dir": f"{name}_files",
        "metadata": {"name": name, "path": ""},
        "nbgrader": {
            "student": submission.student,
            "assignment": pack.assignment,
            "notebook": name,
            "db_url": url,
        },
    }


def _files_beside(pack: AssignmentPack, submission: Submission) -> dict[str, bytes]:
    """Return the files beside the notebook, the instructor's in place of a student's."""
    beside = {**submission.intake.files, **_source_files(pack)}
    return {n: c for n, c in beside.items() if not n.endswith(".ipynb") and n not in NOT_BESIDE}


NOT_BESIDE = {"timestamp.txt", "submission_secret.txt"}


def _source_files(pack: AssignmentPack) -> dict[str, bytes]:
    """Return the instructor's files, but those that a student may replace."""
    free = (
        pack.settings.Autograde.get("exclude_overwriting", {})
        if "Autograde" in pack.settings
        else {}
    )
    mine = set(free.get(pack.assignment, [])) if isinstance(free, Mapping) else set()
    return {name: data for name, data in pack.files.items() if name not in mine}


def _other_files(pack: AssignmentPack, submission: Submission) -> dict[str, bytes]:
    """Return the files besides the notebooks that go to autograded/."""
    own = {n: c for n, c in submission.intake.files.items() if not n.endswith(".ipynb")}
    return {**own, **_source_files(pack)}


def _configured_steps(settings: Any) -> tuple[list[Any], list[Any]]:
    """Return the configured steps that sanitise, and those that grade without a gradebook."""
    from nbgrader.converters import Autograde

    converter = Autograde(config=settings)
    return (
        [step(config=settings) for step in converter.sanitize_preprocessors],
        [
            step(config=settings)
            for step in converter.autograde_preprocessors
            if step.__name__ not in WRITERS
        ],
    )


def _collect_grades(nb: Any, name: str, graded: Graded, tampered: bool) -> None:
    """Read from the cells' outputs what they earn, by nbgrader's own rule.

    Where a submission was tampered with, every point waits for a person.
    """
    from nbgrader import utils

    log = logging.getLogger("course.grader")
    for cell in nb.cells:
        if utils.is_grade(cell):
            score, _ = utils.determine_grade(cell, log)
            grade_id = cell.metadata.nbgrader.grade_id
            # None asks for a person; 0 would be a judgment.
            given = None if score is None or tampered else float(score)
            graded.grades.append(Grade(name, grade_id, given))
        if utils.is_solution(cell) or utils.is_task(cell):
            untouched = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            text = "No response." if untouched and not utils.is_task(cell) else None
            graded.comments.append(Comment(name, cell.metadata.nbgrader.grade_id, text))


_databases: dict[str, str] = {}


def _database_path(pack: AssignmentPack) -> str:
    """Return the path of a file that holds the pack's database, one for each process."""
    digest = hashlib.sha256(pack.database).hexdigest()
    # Once for each process: nbgrader's steps open a gradebook by its address, for every notebook.
    if digest not in _databases:
        folder = tempfile.mkdtemp(prefix="backyard-cells-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        path = Path(folder) / "assignment.db"
        path.write_bytes(pack.database)
        _databases[digest] = str(path)
    return _databases[digest]


@contextmanager
def _measure_phase(graded: Graded, phase: str) -> Iterator[None]:
    begin = time.perf_counter()
    try:
        yield
    finally:
        graded.times[phase] = graded.times.get(phase, 0.0) + time.perf_counter() - begin
