"""The whole way of an assignment on a JupyterHub whose users have accounts of their own.

Set up by the very commands of the hub page. Pictures of the stations: `screenshots/hub/`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from course.desk.report.grades import read_report
from course.grader.coursedir import Course
from tests.browser.album import Album
from tests.browser.assignment_list import AssignmentList
from tests.browser.formgrader import Formgrader
from tests.browser.lab import wait_for_kernel
from tests.browser.test_whole_way import MOST, hand_in, mark_report, release, right
from tests.browser.work import ByMouse
from tests.hub.machine import say_what_is_missing
from tests.hub.world import Hub, OnHub, running_hub

pytestmark = pytest.mark.long

ANSWERS = {"votes-01": right("votes-01"), "votes-11": right("votes-11")}
POINTS = sum(answer.points for answer in ANSWERS.values())
# Prints what whoever runs it may list or read.
OPENED = """
import os, sys
for path in sys.argv[1:]:
    try:
        os.listdir(path) if os.path.isdir(path) else open(path, "rb").close()
    except PermissionError:
        continue
    print(path)
"""


@pytest.fixture(scope="module")
def hub(browser: Browser) -> Iterator[Hub]:
    """A hub with an instructor, Ana and Beto; where none can run, one line says why."""
    if missing := say_what_is_missing():
        if os.environ.get("CI") and not os.geteuid():
            pytest.fail(missing)
        pytest.skip(missing)
    with running_hub(browser, ["ana", "beto"]) as running:
        yield running


def test_the_whole_way_on_a_hub(hub: Hub) -> None:
    """Release, fetch, answer, submit, collect, grade, feedback; nobody reads what is another's."""
    instructor, (ana, beto) = hub.instructor, hub.students
    album = Album("hub")
    release(instructor, album)

    assignments = AssignmentList(ana)
    work(ana, assignments, album)
    submit_by_command(hub, beto)

    grade(instructor, [ana, beto], album)
    report = read_report(Course(instructor.folder), "votes")
    given = {s.student: sum(q.points or 0 for q in s.questions) for s in report.students}
    assert given == {ana.name: POINTS, beto.name: 0}

    assignments.open()
    assignments.fetch_feedback("votes")
    page = assignments.view_feedback("votes")
    expect(page).to_contain_text(f"{POINTS:g} of {sum(MOST.values()):g} points")
    album.take(ana.page, "feedback")

    closed = closed_to_students(hub, beto)
    assert all(Path(path).exists() for path in closed)
    handed_out = str(hub.exchange / "outbound/votes/votes.ipynb")
    command = [hub.names["PYTHON"], "-c", OPENED, handed_out, *closed]
    assert ana.account.run(command, ana.folder).split() == [handed_out]
    ana.page.goto(instructor.lab.url)
    expect(ana.page.locator("body")).to_contain_text("403")


def work(student: OnHub, assignments: AssignmentList, album: Album) -> None:
    """Fetch, answer one question in code and one in a panel, and submit."""
    student.arrive()
    start = student.page.locator(".jp-MarkdownViewer")
    expect(start.get_by_role("heading", name="Start here")).to_be_visible()
    assignments.open()
    assignments.fetch("votes")
    assignments.open_notebook("votes")
    wait_for_kernel(student.page)
    worker = ByMouse(student)
    worker.answer("votes-01", ANSWERS["votes-01"].code)
    mark_report(worker, ANSWERS["votes-11"].value["report"], album)
    hand_in(student, assignments, album)


def submit_by_command(hub: Hub, student: OnHub) -> None:
    """Fetch and submit an untouched notebook in a terminal of the hub."""
    settings = {
        "BACKYARD_EXCHANGE": hub.names["EXCHANGE"],
        "JUPYTER_CONFIG_PATH": f"{hub.names['SETTINGS']}/student",
    }
    said = ""
    for step in ("fetch_assignment", "submit", "submit"):  # the first Submit only asks
        command = [hub.names["PYTHON"], "-m", "nbgrader", step, "votes"]
        said = student.account.run(command, student.folder, **settings)
    assert "Submitted as" in said


def grade(instructor: OnHub, students: list[OnHub], album: Album) -> None:
    """Collect, autograde, and give feedback back in the formgrader."""
    formgrader = Formgrader(instructor)
    formgrader.press("votes", "collect")
    formgrader.open_submissions("votes", len(students))
    for student in students:
        formgrader.press(student.name, "autograde")
    album.take(instructor.page, "autograded")
    formgrader.go_to("Manage Assignments")
    formgrader.press("votes", "generate-feedback")
    formgrader.press("votes", "release-feedback")


def closed_to_students(hub: Hub, other: OnHub) -> list[str]:
    """Return the course, the source, another student's work and another student's feedback."""
    course = hub.instructor.folder
    source = Path(hub.names["SOURCE"])
    paths = [
        *(course, course / "source/votes/votes.ipynb", course / "gradebook.db"),
        *(course / f"submitted/{other.name}", course / f"feedback/{other.name}"),
        *(source, source / "source/votes/votes.ipynb"),
        *(other.folder, other.folder / "votes/votes.ipynb"),
        *(hub.exchange / "inbound", hub.exchange / "feedback"),
    ]
    return [str(path) for path in paths]
