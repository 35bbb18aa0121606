"""The page about another assignment, followed as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

from course.answers.carried import make_bundle
from course.desk import steps
from course.desk.authoring.begin import begin_assignment
from course.desk.keys.blocks import find_blocks, values_of
from course.desk.keys.ledger import require_fresh_key
from course.desk.report.grades import read_report
from course.desk.simulated.students import Case, do_the_work
from course.grader.coursedir import Course
from tests.docsblocks import check_blocks, find_section
from tests.notebooks import ROOT, read

PAGE = ROOT / "docs/another-column.md"
CLASS = (
    Case("all", "ana", "answers everything"),
    Case("slip", "ben", "makes a mistake", answers={"prices-01": "rise = 40"}),
    Case("none", "carla", "hands in what she fetched", start="release"),
)


def test_the_page_leads_from_nothing_to_a_graded_class(empty_course: Path) -> None:
    """The commands on the page, as they stand, make an assignment and grade a class of three."""
    for part, commands in (("1. Begin", 1), ("5. Prove the key", 1), ("6. Release it", 1)):
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


def test_colleagues_notebooks_make_a_key_as_the_page_says(empty_course: Path) -> None:
    """Codebook and cells as they stand; the first notebook is kept, the second makes the key."""
    part = PAGE.read_text("utf-8")
    part = part[slice(*find_section(part, "A key from readings"))]
    (codebook,), (panel, check) = (
        re.findall(rf"```{kind}\n(.*?)```", part, re.S) for kind in ("toml", "python")
    )
    path, *_ = begin_assignment(empty_course, "prices", ["number", "choice", "labels"])
    (path.parent / "readings").mkdir()
    (path.parent / "readings/codebook.toml").write_text(codebook, "utf-8")
    notebook = read(path)
    for cell in notebook.cells:
        texts = {"prices-03-panel": panel, "prices-03": check}
        cell.source = texts.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    nbformat.write(notebook, path)
    read_by = {
        "lopez": {"P01": "main_claim", "P02": "report", "P04": "cause", "P05": "attack"},
        "kim": {"P01": "main_claim", "P02": "report", "P04": "report", "P05": "attack"},
    }
    for reader, roles in read_by.items():
        bundle = make_bundle("prices-03", {"value": roles, "saved": "2026-01-01T10:00:00Z"})
        shown = nbformat.v4.new_output("display_data", bundle)
        cells = [nbformat.v4.new_code_cell(panel, outputs=[shown])]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), empty_course / f"{reader}.ipynb")
    assert check_blocks(PAGE, empty_course, under="A key from readings") == 3
    (block,) = find_blocks(path.read_text("utf-8"), path)
    accepted = values_of(block)["accepted_roles"]
    assert accepted["P01"] == ["main_claim"]
    assert values_of(block)["role_weights"]["P04"] == 0  # they differ
    require_fresh_key(empty_course, "prices")
