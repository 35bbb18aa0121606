"""A student asks for a second look at a mark; the instructor has all requests in one list."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

import course as students
from course.desk import cli, steps
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_one
from course.overview.appeal import GAP, MOST, find_appeals, write_line
from tests.smallclass import keep_questions, make_small_class

WHY = """I wrote 3,758,258: "the table" says so,
and it's the first round."""


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (write_line("votes-06").replace(GAP, WHY), {"votes-06": WHY}),
        ("course.appeal('votes-06', 'it is')", {"votes-06": "it is"}),
        ('x = 1\nappeal("a-1", "one")\nappeal("a-1", "two")', {"a-1": "two"}),
        (f'appeal("a-1", """{"x" * MOST}""")', {"a-1": "x" * MOST}),
        (write_line("votes-06"), {}),
        ("appeal('a-1', '  ')", {}),
        ('# course.appeal("a-1", "why")', {}),
        ("appeal('a-1', why)", {}),
        (f'appeal("a-1", """{"x" * (MOST + 1)}""")', {}),
        ("((((" * 9_000, {}),
    ],
)
def test_a_request_is_read_as_text(source: str, found: dict[str, str]) -> None:
    """The call is found however it is quoted; the line as it is copied, and too long ones, not."""
    assert find_appeals([new_code_cell(source)]) == found
    assert find_appeals([new_markdown_cell(source)]) == {}


def test_the_cell_says_how_the_request_travels(capsys: pytest.CaptureFixture[str]) -> None:
    """With the next submission, or as the text that it shows; without a reason it asks for one."""
    students.appeal("votes-06", WHY)
    said = capsys.readouterr().out
    assert "Save this notebook and submit it again." in said
    assert said.endswith(f"send this to your instructor:\n\nvotes-06: {WHY}\n")
    students.appeal("votes-06", GAP)
    assert capsys.readouterr().out.startswith("Write between the quotation marks")
    students.appeal("votes-06", "x" * (MOST + 1))
    assert "at most 2,000 characters" in capsys.readouterr().out


def test_the_tab_key_offers_what_notebooks_use() -> None:
    """`course.` and the Tab key: names count that are found only when somebody looks for them."""
    assert {"appeal", "check_answers", "column"} <= set(dir(students))


def test_the_instructor_sees_answer_message_and_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By question and student, with what to do; the line runs where the notebook is graded."""
    made = make_small_class(tmp_path / "course", (), graded=False)
    keep_questions(made, "votes-01")
    steps.generate_assignment(made, "votes")
    monkeypatch.chdir(made.root)
    assert cli.main(["appeals", "votes"]) == 0
    assert "votes: nobody asks for a second look" in capsys.readouterr().out
    for student, asks in (("ana", "votes-01"), ("bea", "votes-99"), ("eva", "")):
        hand_in(made, student, asks)
        outcome = grade_one(made, "votes", student)
        assert (outcome.fault, outcome.faults) == (None, ())
    assert cli.main(["appeals", "votes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "votes: 1 request for a second look"
    assert lines[2] == "votes-01 · ana · 0 of 1"
    assert lines[3].startswith('  why: I wrote 3,758,258: "the table" says so,')
    assert lines[4].startswith("  humala_votes: 1 → ")
    assert lines[4].endswith("[key: got['Ollanta Humala']]")
    assert "course regrade votes" in lines[-2]
    assert "bea" not in "".join(lines)


def hand_in(course: Course, student: str, asks: str) -> None:
    """Put a wrong answer into submitted/, with a request where one is made."""
    notebook = nbformat.read(course.root / "release/votes/votes.ipynb", 4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "votes-01-answer":
            cell.source = "humala_votes = 1"
    if asks:
        notebook.cells.append(new_code_cell(write_line(asks).replace(GAP, WHY)))
    folder = course.folder("submitted", student, "votes")
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "votes.ipynb")
