"""What the instructor's pages show is what the commands print."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docsblocks import check_blocks, find_section, read_blocks
from tests.notebooks import ROOT
from tests.smallclass import make_small_class
from tests.test_regrade import accept_more

pytestmark = pytest.mark.long

DOCS = ROOT / "docs"
CLASS_LIST, LATE_POLICY = "The class list", "Deadlines and the late policy"
# Where the pages show commands, and what they print.
RUN = {"instructor.md": (CLASS_LIST, LATE_POLICY), "marks.md": ("Regrade",)}
# Run from the first block to the last by tests/lms/test_docs.py and tests/authoring/test_page.py.
WHOLE = {"canvas.md", "moodle.md", "another-column.md"}
SETTINGS = """
c.NbGraderAPI.timezone = "America/Lima"
c.LateSteps.percent_a_day = 10
c.LateSteps.max_percent = 50
"""
LIST = (
    "id,first_name,last_name,email\n"
    "ana-quispe,Ana,Quispe,ana@example.org\n"
    "elena-torres,Elena,Torres,elena@example.org\n"
    "luis-campos,Luis,Campos,luis@example.org\n"
)


def test_the_page_on_grading_again(tmp_path: Path) -> None:
    """docs/marks.md, Regrade: a look, a no, a yes."""
    course = make_small_class(tmp_path / "course")
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("votes-16", "votes", "votes", "ana-quispe")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        gradebook.db.commit()
    accept_more(course)
    assert check_blocks(DOCS / "marks.md", course.root, "Regrade") == 2


def test_the_page_on_deadlines(tmp_path: Path) -> None:
    """docs/instructor.md on deadlines: a deadline, more time, who is late, what that costs."""
    course = make_small_class(tmp_path / "course", graded=False, settings=SETTINGS)
    assert check_blocks(DOCS / "instructor.md", course.root, LATE_POLICY) == 6


def test_the_page_on_the_roster(tmp_path: Path) -> None:
    """docs/instructor.md on the class list: a list and its import."""
    course = make_small_class(tmp_path / "course", (), graded=False)
    (course.root / "class.csv").write_text(LIST, "utf-8")
    assert check_blocks(DOCS / "instructor.md", course.root, CLASS_LIST) == 2


def test_no_page_shows_a_command_that_no_test_runs() -> None:
    """Each console block is in a part of a page whose blocks are run and compared."""
    shown = 0
    for page in sorted(DOCS.glob("*.md")):
        text = page.read_text("utf-8")
        blocks = read_blocks(text)
        if page.name in WHOLE:
            assert blocks, page.name
            continue
        assert not blocks or page.name in RUN, page.name
        parts = [find_section(text, heading) for heading in RUN.get(page.name, ())]
        for block in blocks:
            assert any(a <= block.body[0] < b for a, b in parts), (page.name, block.line)
            shown += 1
    assert shown >= 7
