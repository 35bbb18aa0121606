"""The page about another assignment, followed as it stands."""

from __future__ import annotations

from pathlib import Path

from course.desk import steps
from course.desk.report.grades import read_report
from course.desk.simulated.students import Case, do_the_work
from course.grader.coursedir import Course
from tests.docsblocks import check_blocks
from tests.notebooks import ROOT, read

PAGE = ROOT / "docs/another-column.md"
CLASS = (
    Case("all", "ana", "answers everything"),
    Case("slip", "ben", "makes a mistake", answers={"prices-01": "rise = 40"}),
    Case("none", "carla", "hands in what she fetched", start="release"),
)


def test_the_page_leads_from_nothing_to_a_graded_class(empty_course: Path) -> None:
    """The commands on the page, as they stand, make an assignment and grade a class of three."""
    for part, commands in (("1. Begin", 1), ("5. Prove the key", 1), ("6. Hand it out", 1)):
        assert check_blocks(PAGE, empty_course, under=part) == commands
    course = Course(empty_course)
    for case in CLASS:
        desk = empty_course / "students" / case.student
        folder = steps.fetch_assignment(course, "prices", desk)
        do_the_work(case, read(empty_course / "source/prices/prices.ipynb"), folder)
        steps.submit_assignment(course, "prices", case.student, desk)
    assert check_blocks(PAGE, empty_course, under="7. Grade") == 3
    report = read_report(course, "prices")
    assert {s.student: s.points for s in report.students} == {"ana": 8, "ben": 6, "carla": 0}
    assert {s.student: s.waiting for s in report.students} == {"ana": 1, "ben": 1, "carla": 0}
