"""A killed run goes on where it stopped; what is done is done once, what is new is seen."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from bench.classroom import make_class
from course.grader.book.record import Recorder
from course.grader.book.state import GradingState, Outcome
from course.grader.coursedir import Course
from course.grader.run import autograde
from course.grader.run.autograde import grade_class, grade_one

pytestmark = pytest.mark.long

SIZE = 4
COURSE = str(Path(sys.executable).parent / "course")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small class that has handed in and is not graded."""
    folder = tmp_path_factory.mktemp("collected") / "course"
    make_class(folder, SIZE)
    return folder


@pytest.fixture(scope="module")
def reference(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a run gives that nobody disturbs."""
    course = _copy(collected, tmp_path_factory.mktemp("reference") / "course")
    list(grade_class(course, "votes", jobs=2))
    return _all_of(course)


@pytest.fixture
def course(collected: Path, tmp_path: Path) -> Course:
    """A copy of the class, not graded."""
    return _copy(collected, tmp_path / "course")


def _copy(collected: Path, folder: Path) -> Course:
    shutil.copytree(collected, folder)
    settings = folder / "nbgrader_config.py"
    settings.write_text(settings.read_text("utf-8"), "utf-8")
    return Course(folder)


def _all_of(course: Course) -> dict[str, Any]:
    """Return the gradebook's rows and all files of autograded/, without addresses in memory."""
    found: dict[str, Any] = {}
    with course.gradebook() as gradebook:
        for submission in gradebook.assignment_submissions("votes"):
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    key = f"{submission.student.id} {grade.name}"
                    found[key] = (grade.auto_score, grade.needs_manual_grade)
                for comment in notebook.comments:
                    found[f"{submission.student.id} {comment.name} says"] = comment.auto_comment
            found[submission.student.id] = submission.timestamp
    for path in sorted((course.root / "autograded").rglob("*")):
        if path.is_file():
            text = path.read_text("utf-8")
            found[str(path.relative_to(course.root))] = re.sub(r"0x[0-9a-f]{6,}", "0x", text)
    return found


def _start(course: Course, *words: str) -> subprocess.Popen[str]:
    command = [COURSE, "grade", "votes", "--json", "--jobs", "2", *words]
    return subprocess.Popen(command, cwd=course.root, stdout=subprocess.PIPE, text=True)


def _go_on(course: Course) -> dict[str, Outcome]:
    """Grade what is left, and return the outcomes by student."""
    return {outcome.student: outcome for outcome in grade_class(course, "votes", jobs=2)}


def _events(course: Course, *words: str) -> list[dict[str, Any]]:
    """Run `course grade --json` to its end and return what it said of each submission."""
    process = _start(course, *words)
    out, _ = process.communicate(timeout=200)
    assert process.returncode == 0
    events = [json.loads(line) for line in out.splitlines()]
    return [event for event in events if event["event"] == "submission"]


def _family(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def _wait_gone(processes: list[psutil.Process]) -> list[psutil.Process]:
    _, alive = psutil.wait_procs(processes, timeout=10)
    return [p for p in alive if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize("after", [0, 2, 4])
def test_a_killed_run_ends_like_one_that_nobody_disturbed(
    course: Course, reference: dict[str, Any], after: int
) -> None:
    """Killed after so many results, started again: same rows, same files, nobody graded twice."""
    process = _start(course)
    assert process.stdout is not None
    told = [json.loads(process.stdout.readline()) for _ in range(after)]
    if not after:
        time.sleep(1.5)
    family = _family(process.pid)
    process.kill()
    process.communicate()
    assert not _wait_gone(family), "a process of the killed run lives on"
    done = {event["student"] for event in told}
    noted = {path.stem for path in (course.root / ".grading/votes").glob("*.json")}
    assert done <= noted
    outcomes = _go_on(course)
    assert len(outcomes) == SIZE
    assert all(outcomes[student].skipped for student in noted)
    assert _all_of(course) == reference
    assert not list((course.root / ".grading/votes/pending").glob("*"))


def test_ctrl_c_stops_cleanly_and_keeps_what_is_done(
    course: Course, reference: dict[str, Any]
) -> None:
    """Interrupted, the command ends soon, leaves no process, and goes on when called again."""
    process = subprocess.Popen(
        [COURSE, "grade", "votes", "--json", "--jobs", "2"],
        cwd=course.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    os.kill(process.pid, signal.SIGSTOP)  # else it may be through before it is interrupted
    family = _family(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    os.kill(process.pid, signal.SIGCONT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "what was done so far is kept" in err
    assert not _wait_gone(family)
    _go_on(course)
    assert _all_of(course) == reference


STEPS: list[tuple[type, str]] = [
    (GradingState, "keep_pending"),
    (Recorder, "save_result"),
    (GradingState, "publish_files"),
    (GradingState, "note_outcome"),
    (GradingState, "remove_pending"),
]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("kind", "step"), STEPS, ids=[step for _, step in STEPS])
def test_a_stop_at_any_step_of_writing_loses_nothing(
    course: Course,
    reference: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    kind: type,
    step: str,
    when: str,
) -> None:
    """A result that was complete is entered by the next run, which does not run its cells again."""
    real = getattr(kind, step)

    def stops(self: Any, *args: Any, **options: Any) -> Any:
        if when == "after":
            real(self, *args, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(kind, step, stops)
        with pytest.raises(KeyboardInterrupt):
            grade_one(course, "votes", "s0001")
    runs = _count_runs(monkeypatch)
    assert grade_one(course, "votes", "s0001").fault is None
    assert len(runs) == (1 if (step, when) == ("keep_pending", "before") else 0)
    mine = {k: v for k, v in reference.items() if "s0001" in k}
    assert {k: v for k, v in _all_of(course).items() if "s0001" in k} == mine
    assert grade_one(course, "votes", "s0001").skipped


def _count_runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count whose cells are run from now on."""
    runs: list[str] = []
    real: Any = vars(autograde)["grade_submission"]

    def counted(pack: Any, submission: Any) -> Any:
        runs.append(submission.student)
        return real(pack, submission)

    monkeypatch.setattr(autograde, "grade_submission", counted)
    return runs


def test_a_half_graded_notebook_of_another_program_is_not_taken_for_graded(
    course: Course, reference: dict[str, Any]
) -> None:
    """What lies in autograded/ counts only where the gradebook and the state know of it."""
    folder = course.folder("autograded", "s0002", "votes")
    folder.mkdir(parents=True)
    shutil.copy(course.folder("submitted", "s0002", "votes") / "votes.ipynb", folder)
    outcome = grade_one(course, "votes", "s0002")
    assert (outcome.fault, outcome.skipped) == (None, False)
    assert (
        _all_of(course)["autograded/s0002/votes/votes.ipynb"]
        == (reference["autograded/s0002/votes/votes.ipynb"])
    )


# --- what is new ---------------------------------------------------------------------------------


def _change(course: Course, student: str, cell: str, text: str) -> None:
    """Let a student hand in again with another answer, under a later time."""
    folder = course.folder("submitted", student, "votes")
    notebook = nbformat.read(folder / "votes.ipynb", 4)
    for one in notebook.cells:
        if one.metadata.get("nbgrader", {}).get("grade_id") == cell:
            one.source = text
    nbformat.write(notebook, folder / "votes.ipynb")
    (folder / "timestamp.txt").write_text("2026-06-30 12:00:00.000000 UTC")


def test_a_resubmission_is_graded_anew_and_an_unchanged_one_is_not(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The content decides, with or without a new time."""
    grade_one(course, "votes", "s0000")
    grade_one(course, "votes", "s0001")
    _change(course, "s0001", "votes-01-answer", "humala_votes = 1")
    runs = _count_runs(monkeypatch)
    assert grade_one(course, "votes", "s0000").skipped
    assert not grade_one(course, "votes", "s0001").skipped
    assert runs == ["s0001"]
    found = _all_of(course)
    assert found["s0001 votes-01"][0] == 0
    assert str(found["s0001"]).startswith("2026-06-30")


def test_force_and_student_choose_what_is_graded(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--student` grades one, `--force` also what is already graded."""
    assert [e["student"] for e in _events(course, "--student", "s0003")] == ["s0003"]
    assert [e["skipped"] for e in _events(course, "--student", "s0003")] == [True]
    assert [e["skipped"] for e in _events(course, "--student", "s0003", "--force")] == [False]


def test_a_newer_submission_that_cannot_be_graded_shows_no_older_grade(course: Course) -> None:
    """Old scores and the old notebook go; the reason stays where the report finds it."""
    grade_one(course, "votes", "s0001")
    path = course.folder("submitted", "s0001", "votes") / "votes.ipynb"
    path.write_text("no notebook", "utf-8")
    outcome = grade_one(course, "votes", "s0001")
    assert outcome.fault is not None
    found = _all_of(course)
    assert found["s0001 votes-01"][0] is None
    assert not course.folder("autograded", "s0001", "votes").exists()
    known = GradingState(course.root, "votes").read_outcome("s0001")
    assert known is not None
    assert known.fault == outcome.fault


def test_manual_grades_and_comments_stay(course: Course) -> None:
    """Grading again keeps what a person gave, and asks to look at it once more."""
    grade_one(course, "votes", "s0000")
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("votes-16", "votes", "votes", "s0000")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        comment = gradebook.find_comment("votes-16", "votes", "votes", "s0000")
        comment.manual_comment = "well put"
        gradebook.db.commit()
    grade_one(course, "votes", "s0000", force=True)
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("votes-16", "votes", "votes", "s0000")
        assert (grade.manual_score, grade.needs_manual_grade) == (2.5, True)
        comment = gradebook.find_comment("votes-16", "votes", "votes", "s0000")
        assert comment.manual_comment == "well put"


@pytest.mark.parametrize("kill", ["worker", "zygote"])
def test_a_lost_process_costs_nobody_else_a_grade(
    course: Course, reference: dict[str, Any], kill: str
) -> None:
    """When a worker or the warm process dies, the run goes on or says for whom to run it again."""
    process = _start(course)
    assert process.stdout is not None
    process.stdout.readline()
    # A worker is a fork of the command, and starts none itself.
    word = "course.grader.run.zygote" if kill == "zygote" else str(COURSE)
    killed = False
    for one in _family(process.pid):
        with contextlib.suppress(psutil.Error):
            if word in " ".join(one.cmdline()) and (kill == "zygote" or not one.children()):
                one.kill()
                killed = True
                break
    assert killed
    process.communicate(timeout=100)
    assert process.returncode == 0
    assert all(outcome.fault is None for outcome in _go_on(course).values())
    assert _all_of(course) == reference
