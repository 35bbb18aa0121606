"""A student answers in JupyterLab and hands in the notebook alone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from course.answers.carried import carried_by_file
from course.desk import steps
from course.desk.report.grades import read_report
from course.desk.simulated.students import load_cases
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_class
from tests.browser.lab import (
    PAGE_MS,
    JupyterLab,
    on_disk,
    open_notebook,
    run_all_cells,
    tab_to,
    violations,
)
from tests.notebooks import ROOT

RUN_MS = 90_000
CASE = next(case for case in load_cases(ROOT, "votes") if case.name == "widgets-only")
REPORT = CASE.widgets["votes-11"]["report"]


@pytest.fixture
def graded_course(tmp_path: Path) -> Course:
    """A course with the votes assignment and nothing handed in."""
    root = tmp_path / "course"
    root.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "source" / "votes", root / "source" / "votes")
    course = Course(root)
    steps.generate_assignment(course, "votes")
    return course


def wait_until_carried(page: Page, notebook: Path, answers: dict[str, Any]) -> None:
    """Return once the saved notebook carries these answers; fail if it does not in a minute."""
    carried: dict[str, Any] = {}
    for _ in range(120):
        carried = {q: entry["value"] for q, entry in carried_by_file(notebook).items()}
        if carried == answers:
            return
        page.wait_for_timeout(PAGE_MS / 120)
    pytest.fail(f"the saved notebook carries {carried}")


def wait_until_saved(page: Page, notebook: Path) -> None:
    """Return once the saved notebook holds a panel; fail if it does not in a minute."""
    for _ in range(120):
        if "widget-view" in notebook.read_text("utf-8"):
            return
        page.wait_for_timeout(PAGE_MS / 120)
    pytest.fail("the notebook was not saved")


def test_a_notebook_handed_in_alone_has_the_answers_of_its_panels(
    jupyterlab: JupyterLab, page: Page, graded_course: Course
) -> None:
    """Answer by keyboard, save, lose answers.json: the points are the same as with it."""
    folder = jupyterlab.root / "alone"
    shutil.copytree(graded_course.root / "release" / "votes", folder)

    open_notebook(page, jupyterlab, "alone/votes.ipynb")
    run_all_cells(page)
    replay = page.locator(".count-replay")
    expect(replay).to_be_visible(timeout=RUN_MS)
    expect(page.get_by_text("No answer to votes-11 kept yet.")).to_be_visible(timeout=RUN_MS)

    replay.get_by_role("button", name="First").focus()
    tab_to(page, replay.get_by_role("slider", name="Report"))
    for _ in range(REPORT - 1):
        page.keyboard.press("ArrowRight")
    tab_to(page, replay.get_by_role("button", name=f"Mark report {REPORT} as my answer"))
    page.keyboard.press("Enter")
    expect(replay.locator(".kept")).to_have_text(re.compile(r"^Saved at "))

    # One line more, and no second voice: it is no live region.
    line = page.get_by_text(re.compile(r"^Answer to votes-11 kept at \d\d:\d\d:\d\d\.$"))
    expect(line).to_have_count(1)
    assert line.evaluate("node => node.closest('[aria-live], [role=status], [role=log]')") is None
    expect(page.get_by_text("No answer to votes-11 kept yet.")).to_have_count(0)
    assert violations(page) == []

    page.keyboard.press("Control+S")
    wait_until_carried(page, folder / "votes.ipynb", {"votes-11": CASE.widgets["votes-11"]})
    assert on_disk(folder) == {"votes-11": CASE.widgets["votes-11"]}

    for student, names in (("both", ["votes.ipynb", "answers.json"]), ("alone", ["votes.ipynb"])):
        place = graded_course.folder("submitted", student, "votes")
        place.mkdir(parents=True)
        for name in names:
            shutil.copy(folder / name, place)
    list(grade_class(graded_course, "votes", jobs=1))
    both, alone = sorted(
        read_report(graded_course, "votes").students, key=lambda s: -len(s.student)
    )
    points = {q.question: q.points for q in alone.questions}
    assert points == {q.question: q.points for q in both.questions}
    assert points["votes-11"] == CASE.points["votes-11"]


def test_a_panel_tells_where_the_notebook_is_behind_and_takes_its_answer_from_there(
    jupyterlab: JupyterLab, page: Page
) -> None:
    """After a reload the cell has to run again, and the panel says so; without the file it helps.

    Jupyter changes no output of a cell that has not run since the page was loaded.
    """
    notebook = jupyterlab.write_notebook(
        "behind/votes.ipynb", "from course.widgets.votes import CountReplay\nCountReplay()"
    )
    folder = (jupyterlab.root / notebook).parent
    page.set_viewport_size({"width": 1280, "height": 2000})
    open_notebook(page, jupyterlab, notebook)
    run_all_cells(page)
    replay = page.locator(".count-replay")
    expect(replay).to_be_visible(timeout=RUN_MS)
    page.keyboard.press("Control+S")
    wait_until_saved(page, folder / "votes.ipynb")
    page.reload()
    expect(replay).to_be_visible(timeout=RUN_MS)
    mark = replay.get_by_role("button", name=re.compile(r"^(Mark|Change it to) report"))
    mark.click()
    kept = replay.locator(".kept")
    expect(kept).to_have_text(
        re.compile(r"^Saved at .*Now run this cell again, so that the notebook carries"),
        timeout=RUN_MS,
    )
    run_all_cells(page)
    line = page.get_by_text(re.compile("^Answer to votes-11 kept"))
    expect(line).to_have_count(1, timeout=RUN_MS)
    replay.get_by_role("button", name="Next").click()
    mark.click()
    expect(kept).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))
    answers = on_disk(folder)
    page.keyboard.press("Control+S")
    wait_until_carried(page, folder / "votes.ipynb", answers)

    # The notebook goes to another computer, alone.
    (folder / "answers.json").unlink()
    jupyterlab.stop_kernel(notebook)
    open_notebook(page, jupyterlab, notebook)
    run_all_cells(page)
    expect(kept).to_have_text("Your answer was found in the notebook", timeout=RUN_MS)
    assert on_disk(folder) == answers
