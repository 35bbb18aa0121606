"""The whole way of an assignment, by the buttons of JupyterLab and nbgrader alone.

The instructor releases; two students fetch, work and submit; the instructor collects, grades,
marks the written answer and gives feedback back; the students read it. Each has a JupyterLab of
their own; they share nothing but the exchange. Pictures of the stations: `screenshots/whole-way/`.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from course.desk.report.grades import read_report
from course.grader.coursedir import Course
from tests.browser.album import Album
from tests.browser.assignment_list import AssignmentList
from tests.browser.formgrader import Formgrader
from tests.browser.lab import wait_for_kernel
from tests.browser.people import Person, people
from tests.browser.work import SAVED, ByKeyboard, ByMouse, Worker, validate
from tests.notebooks import ROOT, grade_id, source

pytestmark = pytest.mark.long

LISTED = tomllib.loads((ROOT / "tests/questions/votes.toml").read_text("utf-8"))
MOST = {
    grade_id(cell): float(cell.metadata.nbgrader.points)
    for cell in source("votes").cells
    if cell.metadata.get("nbgrader", {}).get("grade")
}
WRITTEN = "votes-16"
TEXT = "On 9 April 2006 Ollanta Humala came first, with 30.6 percent of the valid votes."
MARKED, COMMENT = 2.5, "The share is right and says of what it is one. When was the earlier figure?"


@dataclass(frozen=True)
class Answer:
    """An answer in code, the points that it gets, and words of what is said of it."""

    code: str
    points: float
    says: str = "right."

    @property
    def value(self) -> Any:
        """What a panel has to hold for the same answer."""
        return ast.literal_eval(self.code.partition("=")[2].strip())


def right(question: str, place: int = 0) -> Answer:
    """Return a right answer from the list of the question."""
    return Answer(LISTED[question]["right"][place]["code"].strip(), MOST[question])


def wrong(question: str, says: str, *, beside: str = "") -> Answer:
    """Return a wrong answer from the list by words of its message; `beside`: code before it."""
    found = [entry for entry in LISTED[question]["wrong"] if entry["says"] == says]
    assert len(found) == 1, f"{len(found)} answers to {question} are listed with {says!r}"
    return Answer(f"{beside}{found[0]['code'].strip()}", float(found[0]["points"]), says)


# What is not here stays unanswered. Ana uses the mouse, Beto the keyboard alone.
ANA = {
    "votes-01": right("votes-01"),
    "votes-02": wrong("votes-02", "share_valid", beside=right("votes-02").code + "\n"),
    "votes-10": right("votes-10", 1),
    "votes-11": right("votes-11"),
    "votes-12": right("votes-12"),
}
BETO = {
    "votes-01": right("votes-01", 3),
    "votes-04": wrong("votes-04", "just under half"),
    "votes-11": wrong("votes-11", "for the first time"),
    "votes-12": wrong("votes-12", "fewest"),
}


@pytest.fixture(scope="module")
def classroom(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Person, Person, Person]]:
    """The instructor, Ana and Beto, each in front of a JupyterLab."""
    with people(browser, tmp_path_factory.mktemp("class"), ["ana", "beto"]) as (one, two, three):
        yield one, two, three


def test_the_whole_way_by_buttons(classroom: tuple[Person, Person, Person]) -> None:
    """From the release to the feedback: what was answered is what is graded and given back."""
    instructor, ana, beto = classroom
    album = Album("whole-way")
    release(instructor, album)

    by_mouse, by_keyboard = AssignmentList(ana), AssignmentList(beto, mouse=False)
    worker: Worker = begin(ana, by_mouse, album)
    work(worker, ANA, album)
    worker.write(TEXT)
    look_over(worker, [*ANA, WRITTEN], album)
    hand_in(ana, by_mouse, album)
    worker = begin(beto, by_keyboard, album)
    work(worker, BETO, album)
    look_over(worker, [*BETO], album)
    hand_in(beto, by_keyboard, album)

    grade(instructor, album)
    check_points(instructor.folder)

    read_feedback(by_mouse, ANA, sum(a.points for a in ANA.values()) + MARKED, album)
    read_feedback(by_keyboard, BETO, sum(a.points for a in BETO.values()), album)


def release(instructor: Person, album: Album) -> None:
    """Generate and release the assignment in the formgrader."""
    instructor.arrive()
    formgrader = Formgrader(instructor)
    formgrader.open()
    formgrader.press("votes", "assign")
    formgrader.press("votes", "release")
    expect(formgrader.row("votes")).to_contain_text("released")
    album.take(instructor.page, "released", formgrader.row("votes"))
    assert "HIDDEN" not in (instructor.folder / "release/votes/votes.ipynb").read_text("utf-8")


def begin(student: Person, assignments: AssignmentList, album: Album) -> Any:
    """Fetch the assignment and open its notebook."""
    student.arrive()
    start = student.page.locator(".jp-MarkdownViewer")
    expect(start).to_contain_text(f"Start here for {student.name}")
    if student.name == "beto":  # he comes long after the release, at a server that ran before it
        expect(start).to_contain_text(re.compile("votes.*Not fetched yet", re.DOTALL))
    album.take(student.page, f"{student.name}-start")
    assignments.open()
    assignments.fetch("votes")
    album.take(student.page, f"{student.name}-fetched")
    assignments.open_notebook("votes")
    wait_for_kernel(student.page)
    return ByMouse(student) if assignments.mouse else ByKeyboard(student)


def work(worker: Worker, answers: dict[str, Answer], album: Album) -> None:
    """Answer in code and in the panels, in the order of the notebook."""
    for question, answer in answers.items():
        if question == "votes-11":
            mark_report(worker, answer.value["report"], album)
        elif question == "votes-12":
            keep_bounds(worker, answer.value, album)
        else:
            worker.answer(question, answer.code)


def mark_report(worker: Worker, report: int, album: Album) -> None:
    """Choose a report of the count in the panel and mark it."""
    panel = worker.open_panel("Panel of votes-11")
    worker.slide(panel.get_by_role("slider", name="Report"), report)
    expect(panel.locator("caption", has_text=f"Report {report},")).to_be_visible()
    worker.press(panel.get_by_role("button", name=f"Mark report {report} as my answer"))
    expect(panel.locator(".kept")).to_have_text(SAVED)
    album.take(worker.page, f"{worker.student.name}-report-marked")
    worker.close_panel()


def keep_bounds(worker: Worker, bounds: dict[str, int], album: Album) -> None:
    """Type numbers of votes in the laboratory and keep them."""
    panel = worker.open_panel("Panel of votes-12")
    for name, votes in bounds.items():
        worker.type(panel.get_by_role("textbox", name="Votes to García"), str(votes))
        worker.page.keyboard.press("Enter")
        worker.press(panel.get_by_role("button", name=f"Keep this split as the {name}"))
        kept = panel.locator(".slot", has_text=f"{name.capitalize()} to García")
        expect(kept).to_contain_text(f"{votes:,}")
    expect(panel.locator(".kept")).to_have_text(SAVED)
    album.take(worker.page, f"{worker.student.name}-bounds-kept")
    worker.close_panel()


def look_over(worker: Worker, answered: list[str], album: Album) -> None:
    """Read the table of all questions: what is filled in, and nothing about right or wrong."""
    table = worker.overview()
    expect(table).to_contain_text(f"{len(answered)} of {len(MOST)} questions are filled in")
    for question in MOST:
        word = "● filled in" if question in answered else "○ empty"
        expect(table.locator("tr", has_text=question)).to_contain_text(word)
    album.take(worker.page, f"{worker.student.name}-overview", table)


def hand_in(student: Person, assignments: AssignmentList, album: Album) -> None:
    """Validate, submit, be told what lacks an answer, submit."""
    said = validate(student.page)
    expect(said).to_contain_text("votes-03")
    expect(said).to_contain_text("There is no answer yet")
    expect(said).not_to_contain_text("votes-01: ")
    album.take(student.page, f"{student.name}-validated")
    dismiss(student, said)
    assignments.open()
    asked = assignments.submit("votes")
    expect(asked).to_contain_text("NOT SENT YET")
    expect(asked).to_contain_text("votes-03")
    expect(asked).not_to_contain_text("votes-01")
    album.take(student.page, f"{student.name}-not-sent-yet")
    dismiss(student, asked)
    assignments.submit("votes")
    assignments.expect_submitted("votes")
    album.take(student.page, f"{student.name}-submitted")


def dismiss(student: Person, dialog: Locator) -> None:
    """Close a dialog by Enter, as soon as the keys go to its button."""
    expect(student.page.locator(".jp-Dialog-footer button").last).to_be_focused()
    student.page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)


def grade(instructor: Person, album: Album) -> None:
    """Collect, autograde, mark the written answer, generate and release feedback."""
    formgrader = Formgrader(instructor)
    formgrader.press("votes", "collect")
    formgrader.open_submissions("votes", 2)
    for student in ("ana", "beto"):
        formgrader.press(student, "autograde")
    expect(formgrader.row("ana")).to_contain_text("needs manual grading")
    expect(formgrader.row("beto")).to_contain_text("graded")
    album.take(instructor.page, "autograded", formgrader.row("beto"))

    formgrader.open_for_marking("votes", "ana")
    expect(formgrader.notebook).to_contain_text(TEXT)
    scheme = formgrader.notebook.locator("blockquote", has_text="Mark scheme")
    expect(scheme.locator("li")).to_have_count(3)
    formgrader.mark(WRITTEN, MARKED, COMMENT)
    album.take(instructor.page, "marked-by-hand", scheme.locator("li").last)

    formgrader.go_to("Manual Grading")
    formgrader.go_to("Manage Assignments")
    formgrader.press("votes", "generate-feedback")
    formgrader.press("votes", "release-feedback")
    album.take(instructor.page, "feedback-released", formgrader.row("votes"))


def check_points(course: Path) -> None:
    """The gradebook holds the points of the answers, 0 where there is none, and the hand grade."""
    report = read_report(Course(course), "votes")
    given = {s.student: {q.question: q.points for q in s.questions} for s in report.students}
    nothing = dict.fromkeys(MOST, 0.0)
    assert given == {
        "ana": nothing | {q: a.points for q, a in ANA.items()} | {WRITTEN: MARKED},
        "beto": nothing | {q: a.points for q, a in BETO.items()},
    }


def read_feedback(
    assignments: AssignmentList, answers: dict[str, Answer], points: float, album: Album
) -> None:
    """Fetch the feedback and open it: the sum, what was said of each answer, the comment."""
    assignments.open()
    assignments.fetch_feedback("votes")
    page = assignments.view_feedback("votes")
    expect(page).to_contain_text(f"{points:g} of {sum(MOST.values()):g} points")
    for answer in answers.values():
        expect(page).to_contain_text(answer.says)
    if assignments.mouse:
        expect(page).to_contain_text(COMMENT)
    album.take(assignments.page, f"{assignments.student.name}-feedback")
    assignments.press(page.get_by_role("link", name="votes-11", exact=True))
    verdict = page.get_by_role("heading", name="votes-11")
    expect(verdict).to_be_in_viewport()
    album.take(assignments.page, f"{assignments.student.name}-feedback-votes-11")
