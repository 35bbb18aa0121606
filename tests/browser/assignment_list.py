"""What a student does in nbgrader's Assignment List, by mouse or by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.lab import tab_to
from tests.browser.people import Person


class AssignmentList:
    """The Assignment List in a student's JupyterLab.

    Args:
        student: whose.
        mouse: False presses everything by Tab and Enter.
    """

    def __init__(self, student: Person, *, mouse: bool = True) -> None:
        self.student = student
        self.page = student.page
        self.mouse = mouse

    def open(self) -> None:
        """Open the list, from the menu or from the command palette."""
        if self.mouse:
            self.student.choose("Nbgrader", "Assignment List")
        else:
            self.page.keyboard.press("Control+Shift+C")
            self.page.keyboard.type("Assignment List")
            chosen = self.page.locator(".lm-CommandPalette-item.lm-mod-active")
            expect(chosen).to_contain_text("Assignment List")
            self.page.keyboard.press("Enter")
        self.refresh()

    def refresh(self) -> None:
        """Ask for the list again and wait until it is there."""
        self.press(self.page.locator("#refresh_assignments_list"))
        for part in ("released", "fetched", "submitted"):
            loading = self.page.locator(f"#{part}_assignments_list_loading")
            expect(loading).to_be_hidden()

    def press(self, button: Locator) -> None:
        """Press a button or a link."""
        expect(button).to_be_visible()
        if self.mouse:
            button.click()
        else:
            tab_to(self.page, button)
            self.page.keyboard.press("Enter")

    def row(self, part: str, assignment: str) -> Locator:
        """Return the row of an assignment in a part: "released", "fetched" or "submitted"."""
        rows = self.page.locator(f"#{part}_assignments_list > .list_item")
        return rows.filter(has_text=assignment)

    def fetch(self, assignment: str) -> None:
        """Fetch a released assignment."""
        self.press(self.row("released", assignment).get_by_role("button", name="Fetch"))
        expect(self.row("fetched", assignment)).to_be_visible()

    def open_notebook(self, assignment: str) -> None:
        """Open the notebook of a fetched assignment."""
        row = self.row("fetched", assignment)
        self.press(row.locator("a.assignment-notebooks-link"))
        self.press(row.locator(".nested_list_item a"))
        expect(self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")).to_be_visible()

    def submit(self, assignment: str) -> Locator:
        """Press Submit; return the dialog that may open instead of the submission."""
        self.press(self.row("fetched", assignment).get_by_role("button", name="Submit"))
        return self.page.locator(".nbgrader-ErrorDialog")

    def expect_submitted(self, assignment: str) -> None:
        """Wait until the list shows one submission of the assignment."""
        time = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
        row = self.row("submitted", assignment).locator(".nested_list_item")
        expect(row).to_have_text(time)

    def fetch_feedback(self, assignment: str) -> None:
        """Fetch the feedback of the submission."""
        row = self.row("submitted", assignment)
        expect(row).to_contain_text("feedback available to fetch")
        self.press(row.get_by_role("button", name="Fetch Feedback"))
        expect(row).to_contain_text("view feedback")

    def view_feedback(self, assignment: str) -> Locator:
        """Open the page of feedback as JupyterLab shows it, and return its body."""
        if self.mouse:
            self.row("submitted", assignment).get_by_text("view feedback").click()
            file = self.page.locator(".jp-DirListing-item", has_text=f"{assignment}.html")
            expect(file).to_be_visible()
            file.dblclick()
        else:  # nbgrader's link cannot be reached by Tab; the start page has one that can
            self.student.arrive()
            start = self.page.locator(".jp-MarkdownViewer")
            self.press(start.get_by_role("link", name=f"read the feedback on {assignment}"))
        shown = self.page.frame_locator(".jp-HTMLViewer iframe").locator("body")
        expect(shown).to_contain_text(assignment)
        return shown
