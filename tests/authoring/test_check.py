"""`course check` says what an assignment lacks, and what is wrong, in words with their place."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from course.grader.coursedir import Course
from tests.authoring.conftest import Say
from tests.notebooks import grade_id, read
from tests.smallclass import snapshot

LISTED = Path("tests/questions/prices.toml")


@pytest.fixture
def prices(empty_course: Path, say: Say) -> Path:
    """A new assignment with two questions; its notebook."""
    say("new", "prices", "--kinds", "number", "set")
    return empty_course / "source/prices/prices.ipynb"


def edit(path: Path, cell: str, old: str, new: str) -> None:
    """Replace a text in the cell of a notebook that has this id."""
    notebook = read(path)
    (found,) = (one for one in notebook.cells if grade_id(one) == cell)
    assert old in found.source
    found.source = found.source.replace(old, new)
    nbformat.write(notebook, path)


def test_what_is_wrong_is_said_with_its_place(prices: Path, say: Say) -> None:
    """A key, a listed answer, code that gives an answer away, a leak: each has a line."""
    edit(prices, "prices-01", "before, after = 200, 240", "before, after = 200, 250")
    edit(prices, "prices-02-answer", "### END SOLUTION", '### END SOLUTION\nfaults = ["A", "B"]')
    LISTED.write_text(
        "[[prices-02.right]]\ncode = \"faults = ['A', 'C']\"\n"
        "[[prices-02.wrong]]\ncode = \"faults = ['C', 'D']\"\npoints = 0\nsays = 'no such word'\n"
        "[[prices-07.right]]\ncode = 'x = 1'\n"
    )
    (prices.parent / "notes.txt").write_text('I think: faults = ["A", "B"], or not?')
    before = snapshot(Course(Path()))
    said = say("check", "prices", code=1)
    for line in (
        "prices-01: the model answer loses points: rise:",
        "prices-02: a notebook that nobody touched gets points",
        "prices-02, right answer 1 (faults = ['A', 'C']): it gets",
        "prices-02, wrong answer 1 (faults = ['C', 'D']): what is said of it lacks “no such word”",
        "prices-07 is listed, but there is no such question",
        '“faults = ["A", "B"]” can be read in notes.txt',
        '“faults = ["A", "B"]” can be read in another cell of the notebook',
        "prices-01: no right answer is listed in tests/questions/prices.toml",
        "fix it, save, and run this again: course check prices",
    ):
        assert line in said
    assert "The key holds" not in said
    assert snapshot(Course(Path())) == before


def test_what_is_missing_is_said_and_stops_nothing(prices: Path, say: Say) -> None:
    """Without a list, with a text that lost its line: the key holds, and both are said."""
    LISTED.unlink()
    prices.write_text(prices.read_text("utf-8").replace("Question prices-01 ", "prices-01 "))
    said = say("check", "prices")
    assert "prices-01, prices-02: no wrong answer is listed in tests/questions/prices.toml" in said
    assert "prices-01: no text has its line" in said
    assert "Next: course release prices" in said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[prices-01.right]\n", "line 1"),
        ("[[prices-01.wrong]]\ncode = 'rise = 4'\n", "an answer without 'points'"),
        ("[[prices-01.wrong]]\ncode = 'a'\npoints = 'x'\nsays = ''\n", "could not convert"),
        ("prices-01 = 3\n", "compare it with the example"),
    ],
)
def test_a_list_that_cannot_be_read_is_named(prices: Path, say: Say, text: str, found: str) -> None:
    """The error names the file, and the line or what an answer lacks."""
    LISTED.write_text(text)
    said = say("check", "prices", code=1)
    assert "tests/questions/prices.toml" in said
    assert found in said
