"""What the grader, which knows no course, learns from the one that is installed."""

import sys
from pathlib import Path

import pytest

from course import forgrader
from course.errors import CourseError
from course.grader import installed


def test_an_environment_without_a_course_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where no course is installed, grading stops with the step that mends it."""
    monkeypatch.setattr(installed, "entry_points", lambda group: ())
    with pytest.raises(CourseError, match="make setup"):
        installed.find_courses.__wrapped__()


def test_students_may_read_what_the_installed_course_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another course's folders become readable, and hidden, without a change of the grader."""
    monkeypatch.setattr(forgrader, "readable_paths", lambda: [tmp_path / "maps"])
    monkeypatch.setattr(forgrader, "hidden_paths", lambda: [tmp_path / "maps" / "secret"])
    readable, hidden = installed.course_paths()
    assert str(tmp_path / "maps") in readable
    assert hidden == (str(tmp_path / "maps" / "secret"),)


def test_students_may_read_packages_that_lie_beside_this_python(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An environment can lead to the packages of another one; no other folder becomes readable."""
    packages = str(tmp_path / "lib" / "site-packages")
    monkeypatch.setattr(sys, "path", [*sys.path, packages, str(tmp_path)])
    readable, _ = installed.course_paths()
    assert packages in readable
    assert str(tmp_path) not in readable
