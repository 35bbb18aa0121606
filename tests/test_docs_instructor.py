"""What the instructor's pages show is what the commands print."""

from __future__ import annotations

from pathlib import Path

from tests.docsblocks import check_blocks
from tests.notebooks import ROOT
from tests.smallclass import make_small_class
from tests.test_regrade import accept_more

DOCS = ROOT / "docs"
SETTINGS = """
c.NbGraderAPI.timezone = "America/Lima"
c.LateSteps.percent_a_day = 10
c.LateSteps.max_percent = 50
"""
LISTS = {
    "class.csv": (
        "id,first_name,last_name,email\n"
        "ana-quispe,Ana,Quispe,ana@example.org\n"
        "elena-torres,Elena,Torres,elena@example.org\n"
        "luis-campos,Luis,Campos,luis@example.org\n"
    ),
    "later.csv": (
        "Username;First name;Last name;Email address;Group\n"
        "ana-quispe;Ana María;Quispe;ana@example.org;A\n"
        "elena-torres;Elena;Torres;elena@example.org;A\n"
        "nestor-leon;Néstor;León;nestor@example.org;B\n"
    ),
    "slips.csv": (
        "id,first_name,last_name,email\n"
        "ana-quispe,Ana,Quispe,ana@example\n"
        ",Elena,Torres,elena@example.org\n"
        "luis campos,Luis,Campos,luis@example.org\n"
        "ana-quispe,Ana,Quispe,\n"
    ),
}


def test_the_page_on_grading_again(tmp_path: Path) -> None:
    """docs/regrade.md: a look, a no, one student, a yes."""
    course = make_small_class(tmp_path / "course")
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("votes-16", "votes", "votes", "ana-quispe")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        gradebook.db.commit()
    accept_more(course)
    assert check_blocks(DOCS / "regrade.md", course.root) == 3


def test_the_page_on_deadlines(tmp_path: Path) -> None:
    """docs/deadlines.md: a deadline, more time, who is late, what that costs."""
    course = make_small_class(tmp_path / "course", graded=False, settings=SETTINGS)
    assert check_blocks(DOCS / "deadlines.md", course.root) == 8


def test_the_page_on_the_roster(tmp_path: Path) -> None:
    """docs/roster.md: a list, a later one, one with slips."""
    course = make_small_class(tmp_path / "course", (), graded=False)
    for name, text in LISTS.items():
        (course.root / name).write_text(text, "utf-8")
    assert check_blocks(DOCS / "roster.md", course.root) == 6
