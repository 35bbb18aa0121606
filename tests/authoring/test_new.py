"""`course new` begins an assignment that works as it is, and never writes over another one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.desk.authoring.begin import examples_of
from tests.authoring.conftest import Say
from tests.notebooks import grade_cells, grade_id, read

KINDS = ("number", "choice", "labels", "set", "order", "function", "plot", "text")


def test_every_kind_of_question_works_as_it_is_written(empty_course: Path, say: Say) -> None:
    """Key, model answers, listed answers and what is handed out all hold before any change."""
    say("new", "prices", "--kinds", *KINDS)
    said = say("check", "prices")
    assert "the model answers earn 12 of 12 points; 2 more are given by hand" in said
    assert "14 listed answers get what is listed" in said
    assert "To fix" not in said


def test_the_kinds_are_chosen_and_numbered_in_their_order(empty_course: Path, say: Say) -> None:
    """A kind may stand twice; each question has ids and a line of its own."""
    say("new", "a_letter", "--kinds", "set", "number", "number")
    notebook = read(empty_course / "source/a_letter/a_letter.ipynb")
    names = [grade_id(cell) for cell in grade_cells(notebook)]
    assert names == ["a_letter-01", "a_letter-02", "a_letter-03"]
    text = "\n".join(cell.source for cell in notebook.cells)
    assert all(f"> **Question {name} · answer: `" in text for name in names)
    assert not re.search(r"\b(NAME|QUESTION|NUMBER)\b", text)
    listed = (empty_course / "tests/questions/a_letter.toml").read_text("utf-8")
    assert re.findall(r"\[\[(.*?)\.wrong", listed) == names
    assert [re.findall(r'q.part\("(\w+)"', c.source) for c in grade_cells(notebook)] == [
        *(["faults"], ["rise"], ["rise_2"])
    ]
    assert 'code = "rise_2 = 40"' in listed
    assert len(examples_of("a_letter", names) & {cell.source for cell in notebook.cells}) == 6


def test_nothing_is_written_over(empty_course: Path, say: Say) -> None:
    """An assignment that is there stays as it is; so does a list of answers of this name."""
    say("new", "prices", "--kinds", "number")
    path = empty_course / "source/prices/prices.ipynb"
    path.write_text("mine")
    assert "expected: nothing of this name yet" in say("new", "prices", code=1)
    assert path.read_text() == "mine"
    (empty_course / "tests/questions/other.toml").write_text("mine")
    assert "other.toml" in say("new", "other", code=1)
    assert not (empty_course / "source/other").exists()


@pytest.mark.parametrize("name", ["Prices", "../prices", "1st", "a b", ""])
def test_a_name_that_cannot_be_one_is_told(empty_course: Path, say: Say, name: str) -> None:
    """The name becomes that of files and questions: small letters, digits and underscores."""
    assert "a name in small letters and digits" in say("new", name, code=1)
    assert not (empty_course / "source").exists()
