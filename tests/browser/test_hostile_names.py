"""Names, comments and addresses that hold live HTML: in no page that a person opens do they act."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from course.desk import steps
from course.desk.commands.report import show_report
from course.desk.commands.show import write_pages
from course.grader.coursedir import Course
from tests.browser.lab import JupyterLab, end, free_port, fresh_page, server_options, start
from tests.smallclass import make_small_class

pytestmark = pytest.mark.long

STUDENT = "nestor-leon"
WRITTEN = "votes-16"
# A sign that a person sees, and two ways to run a script that differ in what stops them.
LIVE = '<b>live</b><img src=x onerror="window.top.acted=1"><script>window.top.acted=1</script>'
IN_SCRIPT = '";window.top.acted=1;"'


@dataclass(frozen=True)
class Desk:
    """An instructor's JupyterLab, and the gradebook's number of the one submission."""

    course: Course
    lab: JupyterLab
    submission: str


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A course whose gradebook was filled by others' means, opened with `course lab`."""
    place = tmp_path_factory.mktemp("hostile")
    course = make_small_class(place / "course", (STUDENT,))
    with course.gradebook() as gradebook:
        names = dict.fromkeys(("first_name", "last_name", "email"), LIVE)
        gradebook.update_or_create_student(STUDENT, **names)
        notebook = gradebook.find_submission_notebook("votes", "votes", STUDENT)
        gradebook.find_comment(WRITTEN, "votes", "votes", STUDENT).manual_comment = LIVE
        gradebook.db.commit()
        submission = str(notebook.id)
    lab = JupyterLab(
        f"http://127.0.0.1:{free_port()}", secrets.token_hex(16), course.root, place / "settings"
    )
    command = [sys.executable, "-m", "course.desk.cli", "lab", "--", *server_options(lab)]
    server, wait = start(lab, place / "home", command, course.root)
    try:
        wait()
        yield Desk(course, lab, submission)
    finally:
        end(server)


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """A page that is logged in."""
    with fresh_page(browser, desk.lab) as fresh:
        fresh.goto(f"{desk.lab.url}/tree?token={desk.lab.token}")
        yield fresh


def expect_that_nothing_acts(page: Page, address: str, *, sign: str = "<b>live</b>") -> None:
    """Open a page, wait until it shows the words as they were typed, and look what they did."""
    page.goto(address)
    expect(page.get_by_text(sign).first).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.acted") is None
    assert page.locator("b", has_text="live").count() == 0


@pytest.mark.parametrize("path", ["manage_students", "gradebook/votes/votes"])
def test_a_list_of_the_formgrader_shows_a_name_as_it_was_typed(
    desk: Desk, page: Page, path: str
) -> None:
    """The students, and the submissions to be graded by hand."""
    expect_that_nothing_acts(page, f"{desk.lab.url}/formgrader/{path}")


def test_the_formgraders_page_of_a_submission_shows_a_name_as_it_was_typed(
    desk: Desk, page: Page
) -> None:
    """Names above the notebook and a comment below an answer are text."""
    expect_that_nothing_acts(page, f"{desk.lab.url}/formgrader/submissions/{desk.submission}/")
    comment = page.locator(f"textarea#{WRITTEN}-comment")
    expect(comment).to_have_value(LIVE)
    assert page.evaluate("window.acted") is None


@pytest.mark.parametrize(
    "path",
    [
        "manage_students/{}",
        "manage_students/{}/votes",
        "manage_submissions/{}",
        "gradebook/{}",
        "gradebook/votes/{}",
    ],
)
@pytest.mark.parametrize("words", [IN_SCRIPT, "</script>" + LIVE], ids=["script", "page"])
def test_an_address_brings_no_script_into_the_formgrader(
    desk: Desk, page: Page, path: str, words: str
) -> None:
    """A student's answer may hold a link; whoever follows it runs nothing of the address."""
    page.goto(f"{desk.lab.url}/formgrader/{path.format(quote(words, safe=''))}")
    expect(page.locator(".breadcrumb")).to_contain_text(words)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.acted") is None


def test_the_formgrader_still_shows_a_students_assignments(desk: Desk, page: Page) -> None:
    """Escaping takes nothing from an ordinary page."""
    page.goto(f"{desk.lab.url}/formgrader/manage_students/{STUDENT}")
    expect(page.get_by_role("link", name="votes", exact=True)).to_be_visible()
    page.goto(f"{desk.lab.url}/formgrader/manage_assignments")
    expect(page.get_by_role("link", name="votes", exact=True)).to_be_visible()


def test_pages_that_the_course_writes_show_words_as_they_were_typed(
    desk: Desk, page: Page, tmp_path: Path
) -> None:
    """Feedback, a grader's page and the class report, opened as files."""
    assert steps.make_feedback(desk.course, "votes", [STUDENT]) == []
    feedback = desk.course.folder("feedback", STUDENT, "votes") / "votes.html"
    (shown,) = write_pages(desk.course, "votes", STUDENT, tmp_path)
    report = show_report(desk.course, "votes", tmp_path / "report")
    for path in (feedback, shown, report):
        assert "Content-Security-Policy" in path.read_text("utf-8")
        expect_that_nothing_acts(page, path.as_uri())
