"""What a power cut leaves stops nothing: the next run ends with the grades of before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.apps import ExportApp

from course.desk.cli import main
from course.desk.onekey import find_other_keys
from course.grader.book.journal import is_agreed
from course.grader.book.state import GradingState, Pending
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_class, grade_one
from course.grader.run.task import Graded
from tests.smallclass import edit_source, make_small_class

pytestmark = pytest.mark.long

STUDENTS = ("ana-quispe", "nestor-leon")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class of two; to be copied."""
    return make_small_class(tmp_path_factory.mktemp("cut") / "course", STUDENTS).root


@pytest.fixture
def course(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A copy of that class; the working directory is in it."""
    for name in ("BACKYARD_EXCHANGE", "BACKYARD_DB", "BACKYARD_COURSE_ID"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(made, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    return Course(tmp_path / "course")


def points(course: Course) -> dict[str, float]:
    """Return the points by student."""
    with course.gradebook() as gradebook:
        found = gradebook.find_assignment("votes").submissions
        return {s.student_id: s.score for s in found}


def note(course: Course) -> Path:
    """Return the file that says what became of a submission."""
    return course.root / ".grading/votes/ana-quispe.json"


def notebook(course: Course) -> Path:
    """Return the autograded notebook of a submission."""
    return course.root / "autograded/ana-quispe/votes/votes.ipynb"


def pending(course: Course, text: str) -> None:
    """Leave a pending result that holds a text."""
    folder = course.root / ".grading/votes/pending/ana-quispe"
    folder.mkdir(parents=True)
    (folder / "result.json").write_text(text)


def overwrite(path: Path, content: bytes) -> None:
    """Leave other bytes in a file, which may be read-only."""
    path.chmod(0o644)
    path.write_bytes(content)


def regrade(course: Course, text: str | None, *, release: bool = False) -> None:
    """Leave an agreed regrade whose cells are unreadable."""
    folder = course.root / ".grading/votes/regrade"
    folder.mkdir()
    if release:
        (folder / "release").mkdir()
    if text is not None:
        (folder / "cells.json").write_text(text)


def with_field(course: Course) -> None:
    """Leave a note of a later version, with a field that is not known."""
    content = json.loads(note(course).read_text())
    note(course).write_text(json.dumps({**content, "later": 1}))


def cut_in_half(path: Path) -> None:
    """Leave the first half of a file."""
    overwrite(path, path.read_bytes()[: path.stat().st_size // 2])


def zeroed(path: Path) -> None:
    """Leave zeros in place of a file's content, as file systems do."""
    overwrite(path, bytes(path.stat().st_size))


LEFT: dict[str, Callable[[Course], object]] = {
    "empty note": lambda c: note(c).write_text(""),
    "cut note": lambda c: cut_in_half(note(c)),
    "zeroed note": lambda c: zeroed(note(c)),
    "no note": lambda c: note(c).unlink(),
    "note of another form": lambda c: note(c).write_text("[]"),
    "note with odd faults": lambda c: note(c).write_text('{"format": 1, "faults": [3]}'),
    "note with an unknown field": with_field,
    "empty result": lambda c: pending(c, ""),
    "cut result": lambda c: pending(c, '{"graded": {'),
    "result of another form": lambda c: pending(c, '{"graded": {}}'),
    "result that is a list": lambda c: pending(c, "[]"),
    "folder of a result without it": lambda c: _folder_of_result(c),
    "half a result": lambda c: (c.root / ".grading/votes/pending/.ana.half").mkdir(parents=True),
    "a file among the results": lambda c: _file_among_results(c),
    "empty regrade": lambda c: regrade(c, ""),
    "cut regrade": lambda c: regrade(c, '{"votes": {'),
    "regrade without cells": lambda c: regrade(c, None),
    "regrade without release": lambda c: regrade(c, '{"votes": {}}'),
    "regrade of another form": lambda c: regrade(c, '{"votes": {}}', release=True),
    "regrade that is a list": lambda c: regrade(c, "[1]", release=True),
    "regrade that holds a number": lambda c: regrade(c, '{"votes": 3}', release=True),
    "half a regrade": lambda c: (c.root / ".grading/votes/.regrade.half/results").mkdir(
        parents=True
    ),
    "regrade that is half removed": lambda c: (c.root / ".grading/votes/.regrade.done").mkdir(),
    "result of another student": lambda c: _result_of_another(c),
    "empty notebook": lambda c: overwrite(notebook(c), b""),
    "cut notebook": lambda c: cut_in_half(notebook(c)),
    "zeroed notebook": lambda c: zeroed(notebook(c)),
    "no notebook": lambda c: notebook(c).unlink(),
    "no autograded folder": lambda c: shutil.rmtree(notebook(c).parent),
    "empty autograded folder": lambda c: _empty(notebook(c).parent),
    "autograded folder on its way out": lambda c: _on_its_way_out(c),
    "no state at all": lambda c: shutil.rmtree(c.root / ".grading"),
    "empty journal of the gradebook": lambda c: (c.root / "gradebook.db-journal").touch(),
}


def _folder_of_result(course: Course) -> None:
    (course.root / ".grading/votes/pending/ana-quispe").mkdir(parents=True)


def _result_of_another(course: Course) -> None:
    state = GradingState(course.root, "votes")
    state.keep_pending(Pending(Graded("nestor-leon"), None, "", ""))
    (state.pending / "nestor-leon").rename(state.pending / "ana-quispe")


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def _on_its_way_out(course: Course) -> None:
    folder = course.root / ".grading/votes/pending"
    folder.mkdir(exist_ok=True)
    notebook(course).parent.rename(folder / ".ana-quispe.old")


def _file_among_results(course: Course) -> None:
    folder = course.root / ".grading/votes/pending"
    folder.mkdir(exist_ok=True)
    (folder / "notes.txt").write_text("x")


@pytest.mark.parametrize("left", LEFT)
def test_what_a_power_cut_leaves_stops_nothing(course: Course, left: str) -> None:
    """Report and grading go on, and end with the same grades and files."""
    before, files = points(course), sorted(p.name for p in notebook(course).parent.iterdir())
    LEFT[left](course)
    assert main(["report", "votes"]) == 0
    outcomes = [grade_one(course, "votes", student) for student in (STUDENTS[0], *STUDENTS)]
    assert [o.fault for o in outcomes] == [None] * 3
    assert left == "no state at all" or [o.skipped for o in outcomes[1:]] == [True, True]
    assert points(course) == before
    assert sorted(p.name for p in notebook(course).parent.iterdir()) == files
    assert notebook(course).stat().st_size > 1000
    assert not list(GradingState(course.root, "votes").pending.glob("[!.]*"))
    assert not is_agreed(course, "votes")  # so `course regrade` is not refused


def test_an_emptied_student_version_is_named_with_what_makes_it_again(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the texts handed out, nobody's answers could be told from them."""
    before = points(course)
    overwrite(course.root / "release/votes/votes.ipynb", b"")
    assert main(["grade", "votes"]) == 1
    assert "course generate votes" in capsys.readouterr().err
    assert main(["generate", "votes"]) == 0
    assert main(["grade", "votes"]) == 0
    assert points(course) == before


# --- keys -----------------------------------------------------------------------------------------


def change_key(course: Course) -> None:
    """Give a question another key, and generate it: nobody gets its point any more."""
    edit_source(course, "votes-01", "q.key(", "q.key(  # another\n    ")
    assert main(["generate", "votes"]) == 0


def test_what_an_older_key_graded_is_graded_again_and_not_given_out(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Grade says how many first; export and feedback refuse until then, the others warn."""
    change_key(course)
    assert list(find_other_keys(course, "votes")) == list(STUDENTS)
    for command in (["export"], ["feedback", "votes"]):
        assert main(command) == 1
        assert "course grade votes" in capsys.readouterr().err
    for command in (["report", "votes"], ["release", "votes", "--unchecked"]):
        assert main(command) == 0
        assert "2 grades were made by an older key" in capsys.readouterr().out
    assert main(["grade", "votes", "--student", STUDENTS[0]]) == 0
    assert "1 grade was made by an older key" in " ".join(capsys.readouterr().out.split())
    change_key(course)
    assert main(["grade", "votes"]) == 0
    said = capsys.readouterr().out
    assert said.index("2 grades were made by an older key") < said.index("2 graded, 0 unchanged")
    assert find_other_keys(course, "votes") == {}
    assert main(["export"]) == 0


def test_grades_whose_key_is_lost_are_not_given_out_either(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """A gradebook without its notes is refused by nbgrader's own export, too, without a file."""
    shutil.rmtree(course.root / ".grading")
    for command in (["export"], ["feedback", "votes"]):
        assert main(command) == 1
        said = " ".join(capsys.readouterr().err.split())
        assert "2 that a key that is not known made: ana-quispe, nestor-leon" in said
        assert "course grade votes" in said
    stock = ExportApp()
    stock.initialize([])
    with pytest.raises(SystemExit):
        stock.start()
    stock.reset()
    assert not Path("grades.csv").exists()
    assert main(["report", "votes"]) == 0
    assert "2 grades were made by a key that is not known" in capsys.readouterr().out
    assert main(["grade", "votes"]) == 0
    assert find_other_keys(course, "votes") == {}
    assert main(["export"]) == 0


def test_an_interrupted_force_goes_on_with_the_others(course: Course) -> None:
    """The class never stays graded by two keys without being named, and the next run ends it."""
    change_key(course)
    run = grade_class(course, "votes", force=True, jobs=1)
    next(run)
    run.close()  # type: ignore[attr-defined]
    assert len(find_other_keys(course, "votes")) == 1
    outcomes = list(grade_class(course, "votes"))
    assert sorted(o.skipped for o in outcomes) == [False, True]
    assert find_other_keys(course, "votes") == {}


def test_a_deadline_is_no_key(course: Course) -> None:
    """What does not decide on points changes no grade."""
    assert main(["due", "votes", "2026-12-01 18:00"]) == 0
    assert find_other_keys(course, "votes") == {}


def test_nbgraders_own_grading_notes_the_key(course: Course) -> None:
    """What the formgrader's button grades is known by its key, too."""
    GradingState(course.root, "votes").forget_outcome("ana-quispe")
    assert course.api().autograde("votes", "ana-quispe")["success"]
    assert find_other_keys(course, "votes") == {}
    assert GradingState(course.root, "votes").read_outcome("ana-quispe") is not None
