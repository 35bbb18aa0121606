"""A key that its own model answer does not fit is told before anything is handed out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.desk import cli
from course.desk.modelanswers import require_model_answers
from course.errors import CourseError
from course.grader.coursedir import CONFIG_NAME, Course
from tests.notebooks import ROOT
from tests.ordinary.building import SmallCourse
from tests.smallclass import edit_source, snapshot


def test_slips_in_keys_are_named_and_nothing_is_made(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong value, one that is right and a mistake, a word that is not there: all are told."""
    edit_source(course_copy, "votes-01", "], mistakes", "] + 1, mistakes")
    edit_source(course_copy, "votes-04", "mistakes=[", 'mistakes=[mistake(2379435, "No."),')
    edit_source(course_copy, "votes-05", 'q.key("margin_votes"', 'q.kye("margin_votes"')
    before = snapshot(course_copy)
    assert cli.main(["generate", "votes"]) == 1
    said = " ".join(capsys.readouterr().err.split())
    for part in ("source/votes, votes-01, votes-04, votes-05", "expected:", "found:", "do:"):
        assert part in said
    assert "votes-01: humala_votes: The answer is not right." in said
    assert "votes-04 · votes_missing: the mistake 2379435 would be counted as right" in said
    assert "votes-05: AttributeError: 'Question' object has no attribute 'kye'" in said
    assert snapshot(course_copy) == before


def test_a_notebook_that_is_none_is_told(course_copy: Course) -> None:
    """It is nbgrader's to say so, and nothing else comes in between."""
    (course_copy.root / "source/votes/votes.ipynb").write_text("{}")
    with pytest.raises(CourseError, match="source/votes"):
        require_model_answers(course_copy, "votes")
    assert not (course_copy.root / "release").exists()
    assert not Path(course_copy.root / "gradebook.db").exists()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Make a course of a few cells and say what generating it says, as one line."""
    shutil.copy(ROOT / CONFIG_NAME, tmp_path)
    monkeypatch.chdir(tmp_path)

    def generate(*cells: dict[str, Any]) -> str:
        SmallCourse("prices", "slips", list(cells), {}).write_source(tmp_path)
        with pytest.raises(CourseError) as error:
            require_model_answers(Course(tmp_path), "prices")
        return " ".join(str(error.value).split())

    return generate


SETUP = {"given": "prices-setup", "source": "from course.scoring import ask, number"}
ANSWER = {"solution": "prices-01-answer", "source": "### BEGIN SOLUTION\nx = 3\n### END SOLUTION"}
HEAD = 'q.part("x", number())\nq.check()\n### BEGIN HIDDEN TESTS\nq.key("x", 3)\nq.grade()\n'
CHECK: dict[str, Any] = {
    "tests": "prices-01",
    "points": 2,
    "source": f'q = ask("prices-01")\n{HEAD}### END HIDDEN TESTS',
}


def test_an_import_that_fails_is_the_cause_that_is_named(small: Callable[..., str]) -> None:
    """Not the checks below it, which all miss what it should have brought."""
    said = small({**SETUP, "source": f"{SETUP['source']}\nimport nosuchmodule"}, ANSWER, CHECK)
    assert "found: cell 1 stops with ModuleNotFoundError: No module named 'nosuchmodule'" in said
    assert "do: fix or remove that import" in said


@pytest.mark.parametrize("ordinary", [False, True])
def test_points_changed_in_the_side_panel_only_are_named(
    small: Callable[..., str], ordinary: bool
) -> None:
    """A check that counts by itself gives what it gave before; both numbers are said."""
    own = CHECK["source"].replace('ask("prices-01")', 'Question("prices-01", points=1)')
    source = "1 if x == 3 else 0" if ordinary else f"from course.scoring import Question\n{own}"
    said = small(SETUP, ANSWER, {**CHECK, "source": source})
    assert "prices-01: its check gives 1 points, its settings in the side panel say 2" in said


def test_an_answer_outside_of_the_solution_is_refused(small: Callable[..., str]) -> None:
    """Code after the solution that gives the answer would earn points for who did nothing."""
    text = "for n in [1]:\n    ### BEGIN SOLUTION\n    x = 3\n    ### END SOLUTION\n    x = 3"
    said = small(SETUP, {**ANSWER, "source": text}, CHECK)
    assert "source/prices, prices-01 expected: no points for a notebook that nobody has" in said
    assert "### BEGIN SOLUTION" in said
