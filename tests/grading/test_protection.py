"""Where a machine lacks a wall: grading says so, gives the same points, or refuses."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.classroom import make_class, points
from course import doctor
from course.cli import main
from course.errors import CourseError
from course.grading.autograde import grade_class, grade_one
from course.grading.coursedir import Course
from course.grading.protection import not_protected
from course.grading.sandbox import probe, unprotected
from course.grading.warm import close_warm

RUNGS = ("landlock", "limits", "none")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two students who have handed in."""
    return make_class(tmp_path_factory.mktemp("rungs") / "course", 2).root


@pytest.fixture
def course(handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Course]:
    """A copy of their course; the warm process of before is not used."""
    shutil.copytree(handed_in, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    close_warm()
    yield Course(tmp_path / "course")
    close_warm()


def _require(course: Course) -> Course:
    """Return the course with a complete sandbox required."""
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write("\nc.Sandbox.required = True\n")
    return Course(course.root)


@pytest.mark.parametrize("rung", RUNGS)
def test_each_rung_gives_the_same_points_and_says_what_is_open(
    course: Course, rung: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fewer walls change no mark; one line says what is not protected, the doctor how to mend."""
    list(grade_class(course, "votes", jobs=1))
    full = points(course)
    monkeypatch.setenv("BACKYARD_SANDBOX", rung)
    assert main(["grade", "votes", "--force", "--jobs", "1"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert points(course) == full
    for sentence in unprotected(probe()):
        assert sentence in said
    assert "course doctor" in said
    found = [f for f in doctor.findings() if f.name == "sandbox"]
    assert found[0].mend


@pytest.mark.parametrize("rung", RUNGS)
def test_a_required_sandbox_refuses_to_grade(
    course: Course, rung: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No submission is run, by no way of grading; the error names what is open and the remedy."""
    monkeypatch.setenv("BACKYARD_SANDBOX", rung)
    strict = _require(course)
    with pytest.raises(CourseError, match="required") as error:
        not_protected(strict)
    assert unprotected(probe())[0] in str(error.value)
    assert main(["grade", "votes"]) == 1
    outcome = grade_one(strict, "votes", "s0000")
    assert "required" in str(outcome.fault)
    assert not strict.api().autograde("votes", "s0000")["success"]
    assert not list(strict.root.glob("autograded/*/votes/*.ipynb"))


def test_a_complete_sandbox_satisfies_the_requirement(course: Course) -> None:
    """Where nothing is missing, grading goes on."""
    if unprotected(probe()):
        pytest.skip("this machine has no complete sandbox; see course doctor")
    assert grade_one(_require(course), "votes", "s0000").fault is None
