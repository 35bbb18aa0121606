"""What an instructor does in nbgrader's formgrader, by its buttons."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Locator, expect

from tests.browser.people import Person


class Formgrader:
    """The formgrader in an instructor's JupyterLab."""

    def __init__(self, instructor: Person) -> None:
        self._instructor = instructor
        self.page = instructor.page

    @property
    def frame(self) -> FrameLocator:
        """The formgrader's own page inside JupyterLab."""
        return self.page.frame_locator("#formgrader iframe")

    def open(self) -> None:
        """Open the formgrader from the menu; it shows the assignments."""
        self._instructor.choose("Nbgrader", "Formgrader")
        expect(self.frame.get_by_role("heading", name="Manage Assignments")).to_be_visible()

    def go_to(self, page: str) -> None:
        """Choose a page at the left: "Manage Assignments", "Manual Grading", ..."""
        self.frame.get_by_role("link", name=page, exact=True).first.click()
        expect(self.frame.get_by_role("heading", name=page)).to_be_visible()

    def row(self, name: str) -> Locator:
        """Return the row of an assignment or of a student in the table that is shown."""
        return self.frame.locator("tbody tr").filter(
            has=self.frame.locator("td").get_by_text(name, exact=True)
        )

    def press(self, name: str, column: str) -> str:
        """Press the button of a row in a column, wait until it is done, and return what it says.

        Args:
            name: whose row, e.g. "votes".
            column: nbgrader's name of the column, e.g. "release-feedback".

        Raises:
            AssertionError: if nbgrader says anything but that it went well.
        """
        self.row(name).locator(f".{column} a").click()
        said = self.frame.locator(".modal-content")
        expect(said).to_be_visible()
        words = said.locator(".modal-body").inner_text()
        assert said.locator(".modal-title").inner_text() == "Success", words
        said.get_by_role("button", name="OK").click()
        expect(said).to_have_count(0)
        return words

    def open_submissions(self, assignment: str, count: int) -> None:
        """Open the list of submissions, by the number of them in the assignment's row."""
        number = self.row(assignment).locator(".num-submissions a")
        expect(number).to_have_text(str(count))
        number.click()
        expect(self.frame.get_by_role("heading", name="Manage Submissions")).to_be_visible()

    def open_for_marking(self, assignment: str, student: str) -> None:
        """Open a student's notebook in the manual grading."""
        self.go_to("Manual Grading")
        for link in (assignment, assignment):  # the assignment, then its notebook
            self.frame.locator("tbody").get_by_role("link", name=link, exact=True).click()
        # Names are hidden at first; the button shows those that are in the table already.
        expect(self.frame.get_by_role("link", name="Submission #1", exact=True)).to_be_visible()
        self.frame.get_by_role("button", name="Show All Names").click()
        self.frame.get_by_role("link", name=student, exact=True).click()
        expect(self.frame.locator("#notebook-container").first).to_be_visible()

    def mark(self, question: str, points: float, comment: str) -> None:
        """Type points and a comment for an answer that waits, in the notebook that is open."""
        score = self.frame.locator(f"input#{question}")
        remark = self.frame.locator(f"textarea#{question}-comment")
        # The page fills both from the gradebook after it has come up; then they can be used.
        expect(score).to_have_class(re.compile("needs_manual_grade"))
        expect(remark).to_have_attribute("placeholder", re.compile("comment"))
        self._type(score, f"{points:g}", "grade")
        self._type(remark, comment, "comment")

    def _type(self, place: Locator, text: str, kind: str) -> None:
        with self.page.expect_response(
            lambda answer: f"/api/{kind}/" in answer.url and answer.request.method == "PUT"
        ) as saved:
            place.fill(text)
            place.press("Tab")
        assert saved.value.ok, saved.value.text()
