"""Where a machine lacks a wall: grading says so, gives the same points, or refuses."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench.classroom import make_class, points
from course.desk.cli import main
from course.desk.commands import doctor
from course.desk.commands.grade import not_protected
from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_class, grade_one
from course.grader.run.warm import close_warm
from course.grader.sandbox import Means, list_unprotected, probe_means
from course.grader.sandbox.means import closed_python
from tests.notebooks import ROOT

pytestmark = pytest.mark.long

RUNGS = ("landlock", "limits", "bare", "none")


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


# As root, Python has to lie where students' code can read it without root's rights.
GRADE = """
import sys
from tests.sandbox.warm import lay_open
lay_open([sys.prefix, sys.base_prefix])
from course.desk.cli import main
sys.exit(main(["grade", "votes", "--force", "--jobs", "1"]))
"""


@pytest.mark.parametrize("rung", RUNGS)
def test_each_rung_gives_the_same_points_and_says_what_is_open(
    course: Course, rung: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fewer walls change no mark; one line says what is not protected, the doctor how to mend."""
    list(grade_class(course, "votes", jobs=1))
    full = points(course)
    monkeypatch.setenv("BACKYARD_SANDBOX", rung)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done = subprocess.run([sys.executable, "-c", GRADE], capture_output=True, text=True, check=True)
    said = " ".join(done.stdout.split())
    assert points(course) == full
    for sentence in list_unprotected(probe_means()):
        assert sentence in said
    assert "course doctor" in said
    found = [f for f in doctor.list_findings() if f.name == "sandbox"]
    assert found[0].mend


def test_without_walls_root_does_not_grade_from_a_folder_of_its_own(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Students' code would need the right to read all files; the error says what to do."""
    means = Means(linux=True, root=True, limits=True, memory=True, identity=True)
    monkeypatch.setattr(
        "course.grader.sandbox.probe_means",
        lambda: replace(means, reasons=(("python", "/root/x"),)),
    )
    assert main(["grade", "votes"]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "/root/x is for root alone" in said
    assert not (course.root / "autograded").exists()
    found = [f for f in doctor.list_findings() if f.name == "sandbox"]
    assert "/root/x" in str(found[0].mend)


@pytest.mark.parametrize("rung", RUNGS)
def test_a_required_sandbox_refuses_to_grade(
    course: Course, rung: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No submission is run, by no way of grading; the error names what is open and the remedy."""
    monkeypatch.setenv("BACKYARD_SANDBOX", rung)
    strict = _require(course)
    # Where root would grade from a folder of its own without walls, that is what comes first.
    closed = closed_python(probe_means())
    reason, named = (
        ("root alone", closed) if closed else ("required", list_unprotected(probe_means())[0])
    )
    with pytest.raises(CourseError, match=reason) as error:
        not_protected(strict)
    assert named in str(error.value)
    assert main(["grade", "votes"]) == 1
    outcome = grade_one(strict, "votes", "s0000")
    assert reason in str(outcome.fault)
    assert not strict.api().autograde("votes", "s0000")["success"]
    assert not list(strict.root.glob("autograded/*/votes/*.ipynb"))


def test_a_complete_sandbox_satisfies_the_requirement(course: Course) -> None:
    """Where nothing is missing, grading goes on."""
    if list_unprotected(probe_means()):
        pytest.skip("this machine has no complete sandbox; see course doctor")
    assert grade_one(_require(course), "votes", "s0000").fault is None
