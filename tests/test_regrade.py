"""`course regrade`: shows what a changed key changes before it is so, then does it, or does not."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.desk import cli, steps
from course.desk.regrade.plan import plan_regrade
from course.errors import CourseError
from course.grader.book import journal
from course.grader.book.record import Recorder
from course.grader.book.state import GradingState
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_class, grade_one
from course.grader.run.pool import local_executor
from tests.smallclass import STUDENTS, edit_source, make_small_class, snapshot

pytestmark = pytest.mark.long

MISTAKE = (
    '    mistake(100 * valid / roll, "This counts the valid votes only; '
    'turnout counts every vote cast."),\n'
)
RIGHT = 'q.key("turnout", 100 * cast / roll, '
COUNTING = "This counts the valid votes only; turnout counts every vote cast."


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class of four, one of whom has hand grades and a comment."""
    course = make_small_class(tmp_path_factory.mktemp("graded") / "course")
    with course.gradebook() as gradebook:
        for question, points in (("votes-16", 2.5), ("votes-02", 2.0)):
            grade = gradebook.find_grade(question, "votes", "votes", "ana-quispe")
            grade.manual_score, grade.needs_manual_grade = points, False
        comment = gradebook.find_comment("votes-16", "votes", "votes", "ana-quispe")
        comment.manual_comment = "well put"
        gradebook.db.commit()
    return course.root


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executor]:
    """Two workers for all tests; starting them is what takes time."""
    with local_executor(2, tmp_path_factory.mktemp("log") / "log") as pool:
        yield pool


@pytest.fixture(autouse=True)
def few_starts(workers: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every regrade here use the same workers."""
    monkeypatch.setattr(
        "course.desk.regrade.plan.local_executor", lambda *_, **__: nullcontext(workers)
    )
    monkeypatch.setattr("course.desk.cli._start_early", lambda _: None)


@pytest.fixture
def course(graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A copy of the class; the working directory is in it."""
    folder = tmp_path / "course"
    shutil.copytree(graded, folder)
    monkeypatch.chdir(folder)
    return Course(folder)


def accept_more(course: Course) -> None:
    """Let votes-03 take another turnout, too: one student gains a point."""
    edit_source(course, "votes-03", MISTAKE, "")
    edit_source(course, "votes-03", RIGHT, f"{RIGHT}also=[100 * valid / roll], ")


def _accept_less(course: Course) -> None:
    """Let votes-04 take another number: who had it right loses a point."""
    edit_source(course, "votes-04", "majority - humala, mistakes", "5, mistakes")
    edit_source(course, "votes-04", "lambda votes: majority - votes", "lambda votes: 5")


def _change_points(course: Course, cell: str, points: int) -> None:
    """Change the points of a question in its metadata, as the side panel does."""
    path = course.root / "source/votes/votes.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for one in notebook.cells:
        if one.metadata.get("nbgrader", {}).get("grade_id") == cell:
            one.metadata.nbgrader.points = points
    nbformat.write(notebook, path)


def _rows(course: Course) -> dict[str, Any]:
    """Return the gradebook's grades and comments by student and question."""
    with course.gradebook() as gradebook:
        return {
            f"{s.student.id} {row.name} {kind}": (
                (row.auto_score, row.manual_score, row.needs_manual_grade)
                if kind == "grades"
                else (row.auto_comment, row.manual_comment)
            )
            for s in gradebook.assignment_submissions("votes")
            for notebook in s.notebooks
            for kind in ("grades", "comments")
            for row in getattr(notebook, kind)
        }


def _points(course: Course, student: str) -> float:
    with course.gradebook() as gradebook:
        return float(gradebook.find_submission("votes", student).score)


def _said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert cli.main(["regrade", "votes", *words]) == code
    return capsys.readouterr().out


# --- what is shown --------------------------------------------------------------------------------


def test_it_shows_who_gains_and_loses_what_and_why(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """By question, by reason with the old and the new words, by student, and in all."""
    accept_more(course)
    _accept_less(course)
    before = snapshot(course)
    text = " ".join(_said(capsys, "--dry-run").split())
    assert snapshot(course) == before
    assert "Changed since the class was graded: votes-03, votes-04" in text
    assert "votes-03 0 → 1 1 student: elena-torres" in text
    assert f"before: turnout: {COUNTING} now: turnout: right." in text
    assert (
        "votes-04 1 → 0 2 students: ana-quispe, luis-campos before: votes_missing: right." in text
    )
    assert "│ votes-03 │ 1 │ 0 │ +1 │ 2 │" in text
    assert "│ votes-04 │ 0 │ 2 │ −2 │ 1 │" in text
    assert "│ elena-torres │ 21.33 │ 22.33 │ +1 │ votes-03 +1 │" in text
    assert "1 gain, 2 lose, 1 keep their points; −1 points in all." in text
    assert "2 grades given by hand stay" in text


def test_nothing_is_written_before_the_yes(
    course: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A no, no answer, a dry run and a look at one student leave every file as it was."""
    accept_more(course)
    before = snapshot(course)
    assert "gradebook.db" in before
    assert any(name.startswith(".grading/") for name in before)
    for typed in ("n\n", ""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert "Nothing was written." in _said(capsys)
    _said(capsys, "--student", "elena-torres")
    assert snapshot(course) == before


def test_one_student_is_shown_with_all_words(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --student also what is said otherwise without a change of points."""
    edit_source(course, "votes-03", COUNTING, "These are the valid votes.")
    text = _said(capsys, "--student", "elena-torres")
    assert "votes-03  0 as before" in text
    assert "now:    turnout: These are the valid votes." in text
    assert (
        "votes-03" not in _said(capsys, "--student", "ana-quispe").split("was graded: votes-03")[1]
    )


def test_points_of_a_question_that_change_are_named(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """The new maximum is shown; hand grades on it stay and are to be looked at again."""
    _change_points(course, "votes-02", 6)
    text = " ".join(_said(capsys, "--apply").split())
    assert "3 → 6" in text
    assert "votes-02 3 → 6 1 student: luis-campos" in text
    assert "LOOK AT votes-02: its points change, those given by hand stay" in text
    assert "release/votes is not in step with source/" in text
    assert _rows(course)["ana-quispe votes-02 grades"] == (6.0, 2.0, True)
    with course.gradebook() as gradebook:
        assert gradebook.find_assignment("votes").max_score == 33


def test_what_changed_in_the_gradebook_already_is_compared_with_the_old_grades(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """After `course generate` the gradebook has the new key, and still the old grades."""
    _change_points(course, "votes-03", 4)
    assert cli.main(["generate", "votes"]) == 0
    capsys.readouterr()
    text = " ".join(_said(capsys, "--dry-run").split())
    assert "The gradebook holds these questions and keys already." in text
    assert "2 → 4" in text
    assert "ana-quispe │ 28.5 │ 30.5 │ +2" in text
    assert "release/votes is not" not in text


def test_a_text_for_students_that_changed_is_said(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """release/, and the exchange if it was released, are not in step any more."""
    shutil.copytree(course.root / "release/votes", course.root / "exchange/backyard/outbound/votes")
    edit_source(course, "votes-03", "Press Shift + Enter", "Press Shift and Enter")
    text = _said(capsys, "--dry-run")
    assert "release/votes is not in step" in text
    assert "course release votes --force" in text


# --- what is written ------------------------------------------------------------------------------


def test_after_the_yes_the_class_has_the_new_grades(
    course: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scores, notebooks, keys and release are the new ones; all else stays as it was."""
    accept_more(course)
    edit_source(course, "votes-03", "Press Shift + Enter", "Press Shift and Enter")
    before = _rows(course)
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    text = _said(capsys)
    assert "4 grades written." in text
    assert "course feedback votes" in text
    after = _rows(course)
    assert {key for key in before if before[key] != after[key]} == {"elena-torres votes-03 grades"}
    assert after["elena-torres votes-03 grades"] == (1.0, None, False)
    assert after["ana-quispe votes-16 grades"] == (None, 2.5, False)
    assert after["ana-quispe votes-16 comments"] == (None, "well put")
    for folder in ("autograded/elena-torres/votes", "release/votes"):
        assert "Press Shift and Enter" in (course.root / folder / "votes.ipynb").read_text("utf-8")
    with course.gradebook() as gradebook:
        source = gradebook.find_source_cell("votes-03", "votes", "votes").source
    assert "also=[100 * valid / roll]" in source
    assert all(outcome.skipped for outcome in grade_class(course, "votes", jobs=1))
    assert "0 gain, 0 lose, 4 keep" in _said(capsys, "--dry-run")


def test_the_new_grades_are_those_that_grading_all_again_gives(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Generating and grading by force gives the same rows and release, but asks for a new look."""
    accept_more(course)
    _accept_less(course)
    other = Course(shutil.copytree(course.root, tmp_path / "other"))
    _said(capsys, "--apply")
    steps.generate_assignment(other, "votes")
    list(grade_class(other, "votes", force=True, jobs=2))
    looked = {"ana-quispe votes-02 grades", "ana-quispe votes-16 grades"}
    one, two = _rows(course), _rows(other)
    assert {key for key in one if one[key] != two[key]} == looked
    assert snapshot(course, "release") == snapshot(other, "release")


def test_who_hands_in_meanwhile_is_graded_next(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was shown is what is written; a newer submission is seen by the next grading."""
    accept_more(course)
    with plan_regrade(course, "votes", jobs=2) as plan:
        folder = course.folder("submitted", "elena-torres", "votes")
        shutil.copy(course.folder("submitted", "ana-quispe", "votes") / "votes.ipynb", folder)
        assert len(list(plan.apply(course))) == len(STUDENTS)
    assert _rows(course)["elena-torres votes-03 grades"][0] == 1.0
    skipped = {o.student: o.skipped for o in grade_class(course, "votes", jobs=1)}
    assert skipped == {name: name != "elena-torres" for name in STUDENTS}
    assert _rows(course)["elena-torres votes-03 grades"][0] == 2.0


def test_a_newer_submission_is_named_as_such(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Points that move because of another submission are told apart from those of the key."""
    folder = course.folder("submitted", "nestor-leon", "votes")
    shutil.copy(course.folder("submitted", "luis-campos", "votes") / "votes.ipynb", folder)
    assert "(submitted again since)" in " ".join(_said(capsys, "--dry-run").split())


# --- what stops half way --------------------------------------------------------------------------

STOPS: list[tuple[Any, str, int]] = [
    (journal, "_enter_cells", 1),
    (journal, "same_files", 1),
    (GradingState, "adopt_result", 2),
    (Recorder, "save_result", 3),
    (GradingState, "publish_files", 2),
    (GradingState, "remove_pending", 4),
]


@pytest.fixture(scope="module")
def agreed(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A class whose regrade is agreed to and not begun, and what it leads to undisturbed."""
    course = Course(shutil.copytree(graded, tmp_path_factory.mktemp("agreed") / "course"))
    accept_more(course)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("course.desk.regrade.plan.finish_regrade", lambda *_: iter(()))
        with plan_regrade(course, "votes", jobs=2) as plan:
            list(plan.apply(course))
    other = Course(shutil.copytree(course.root, tmp_path_factory.mktemp("end") / "course"))
    assert len(list(journal.finish_regrade(other, "votes"))) == len(STUDENTS)
    return course.root, _rows(other) | snapshot(other, "autograded", "release", ".grading")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("place", "step", "call"), STOPS, ids=[step for _, step, _ in STOPS])
def test_a_stop_at_any_step_is_made_up_for(
    agreed: tuple[Path, dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: Any,
    step: str,
    call: int,
    when: str,
) -> None:
    """Once agreed to, a regrade that was stopped is brought to its end by the next grading."""
    course = Course(shutil.copytree(agreed[0], tmp_path / "course"))
    real: Callable[..., Any] = getattr(place, step)
    calls: list[int] = []

    def stops(*args: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) == call and when == "before":
            raise KeyboardInterrupt
        found = real(*args, **options)
        if len(calls) == call:
            raise KeyboardInterrupt
        return found

    with monkeypatch.context() as patch:
        patch.setattr(place, step, stops)
        with pytest.raises(KeyboardInterrupt):
            list(journal.finish_regrade(course, "votes"))
    assert journal.is_agreed(course, "votes")
    outcomes = list(grade_class(course, "votes", jobs=1))
    assert all(outcome.skipped for outcome in outcomes), "nobody is graded a second time"
    assert not journal.is_agreed(course, "votes")
    found = _rows(course) | snapshot(course, "autograded", "release", ".grading")
    assert found == agreed[1]


def test_a_stop_while_it_is_written_down_leaves_everything_as_it_was(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until all of it is written down, nothing of it holds."""
    accept_more(course)
    before = _rows(course) | snapshot(course, "autograded", "release")

    def stops(*args: Any, **options: Any) -> Any:
        raise KeyboardInterrupt

    with plan_regrade(course, "votes", jobs=2) as plan, monkeypatch.context() as patch:
        patch.setattr(Path, "rename", stops)
        with pytest.raises(KeyboardInterrupt):
            list(plan.apply(course))
    assert all(outcome.skipped for outcome in grade_class(course, "votes", jobs=1))
    assert before == _rows(course) | snapshot(course, "autograded", "release")


def test_regrade_itself_and_nbgrader_bring_a_stopped_one_to_its_end(
    agreed: tuple[Path, dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`course regrade` does, also where it only looks; the formgrader's button does, too."""
    for number, way in enumerate(("regrade", "button")):
        course = Course(shutil.copytree(agreed[0], tmp_path / str(number)))
        monkeypatch.chdir(course.root)
        if way == "regrade":
            text = _said(capsys, "--dry-run")
            assert "came to its end" in text
            assert "0 gain, 0 lose" in text
        else:
            result = course.api().autograde("votes", "ana-quispe", force=True)
            assert result["success"], result
        assert _rows(course)["elena-torres votes-03 grades"][0] == 1.0
        assert not journal.is_agreed(course, "votes")


def test_a_grade_that_was_stopped_between_two_steps_blocks_no_regrade(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was complete is entered first; nobody has to grade again before."""

    def stops(*args: Any, **options: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(GradingState, "publish_files", stops)
        with pytest.raises(KeyboardInterrupt):
            grade_one(course, "votes", "nestor-leon", force=True)
    accept_more(course)
    assert "came to its end" in _said(capsys, "--dry-run")
    state = GradingState(course.root, "votes")
    assert not list(state.pending.glob("[!.]*"))


# --- what it refuses ------------------------------------------------------------------------------


def test_a_check_that_fails_for_everybody_is_not_applied(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in the key is shown with its error, and nothing is written."""
    edit_source(course, "votes-03", RIGHT, RIGHT.replace("cast", "valid"))
    before = snapshot(course)
    assert cli.main(["regrade", "votes", "--apply"]) == 1
    said = capsys.readouterr()
    assert "LOOK AT votes-03: the check itself fails for 4 students of 4 (ValueError:" in said.out
    assert "fix the check" in said.err
    assert snapshot(course) == before


def test_cells_that_were_added_or_taken_away_are_named(course: Course) -> None:
    """The gradebook allows no other cells once there are submissions."""
    path = course.root / "source/votes/votes.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "votes-05":
            cell.metadata.nbgrader.grade_id = "votes-5"
            cell.source = cell.source.replace('ask("votes-05")', 'ask("votes-5")')
    nbformat.write(notebook, path)
    with (
        pytest.raises(CourseError, match=r"taken away: votes-05.*added: votes-5"),
        plan_regrade(course, "votes"),
    ):
        pass


def test_it_says_what_is_missing(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown assignments and students, options that do not go together."""
    for words, reason in (
        (["regrade", "votse"], "one of: votes"),
        (["regrade", "votes", "--student", "nobody"], "graded"),
        (["regrade", "votes", "--student", "ana-quispe", "--apply"], "holds for everybody"),
        (["regrade", "votes", "--dry-run", "--apply"], "leave one out"),
    ):
        assert cli.main(words) == 1
        assert reason in capsys.readouterr().err
