"""A key that its own model answer does not fit is told before anything is handed out."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.desk import cli
from course.desk.modelanswers import require_model_answers
from course.errors import CourseError
from course.grader.coursedir import Course
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
