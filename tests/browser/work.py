"""How a student answers in an open notebook: with the mouse, or with the keyboard alone."""

from __future__ import annotations

import re
from typing import Protocol

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import choose_by_keys, run_all_cells, tab_to, wait_for_kernel, write_code
from tests.browser.people import Person

CELLS_AT_MOST = 120
SAVED = re.compile(r"^Saved at \d\d:\d\d$")
# The place of a cell among all cells of its notebook.
WHERE = "(cell) => [...cell.parentElement.querySelectorAll(':scope > .jp-Cell')].indexOf(cell)"
OVERVIEW = "course.check_answers("
WRITE_HERE = "Write your answer here, in place of this line."


class Worker(Protocol):
    """What one does with a notebook, whatever the hand rests on."""

    student: Person
    page: Page

    def answer(self, question: str, code: str) -> None:
        """Replace the answer of a question, run it and its check, and read what the check says."""

    def write(self, text: str) -> None:
        """Write the answer that a person grades."""

    def open_panel(self, code: str) -> Locator:
        """Let the panel of a cell that contains `code` be seen, and return it."""

    def close_panel(self) -> None:
        """Go back from the panel to the notebook."""

    def press(self, button: Locator) -> None:
        """Press a button of the open panel."""

    def slide(self, slider: Locator, to: int) -> None:
        """Move a slider of the open panel, which begins at 1, to a number."""

    def type(self, field: Locator, text: str) -> None:
        """Type into a field of the open panel."""

    def select(self, drop_down: Locator, value: str) -> None:
        """Choose from a list of the open panel."""

    def choose(self, group: Locator, value: str) -> None:
        """Choose one of a group of radio buttons of the open panel."""

    def turn_to(self, panel: Locator, item: str) -> None:
        """Turn to one of the texts of the open panel."""

    def put_in_order(self, panel: Locator, order: list[str]) -> None:
        """Move the rows of the open event sorter."""

    def go_to(self, cell: Locator, place: int) -> None:
        """Go to a cell, and run it if it shows nothing yet."""

    def run(self, cell: Locator, place: int, code: str) -> None:
        """Put code into a cell, run it and the cell below."""

    def overview(self) -> Locator:
        """Save, run the last cell and return the table that it shows."""


class ByMouse:
    """A student who runs all cells and then clicks into one after the other."""

    def __init__(self, student: Person) -> None:
        self.student, self.page = student, student.page
        wait_for_kernel(self.page)
        run_all_cells(self.page)

    def answer(self, question: str, code: str) -> None:
        """Click into the cell above the check, put the code there, run both."""
        check = check_of(self.page, question)
        place = check.locator("xpath=preceding-sibling::*[contains(@class, 'jp-CodeCell')][1]")
        write_code(self.page, place, code)
        self.page.keyboard.press("Shift+Enter")
        self.page.keyboard.press("Shift+Enter")
        expect_form(check, question)

    def write(self, text: str) -> None:
        """Write a text where a written answer is asked for."""
        cell = self.page.locator(".jp-MarkdownCell", has_text=WRITE_HERE)
        cell.locator(".jp-MarkdownOutput").dblclick()
        write_code(self.page, cell, text)
        self.page.keyboard.press("Shift+Enter")
        expect(self.page.locator(".jp-MarkdownOutput", has_text=text[:40])).to_be_visible()

    def open_panel(self, code: str) -> Locator:
        """Scroll to the panel."""
        panel = self.page.locator(".jp-CodeCell", has_text=code).locator(".backyard")
        panel.scroll_into_view_if_needed()
        return panel

    def close_panel(self) -> None:
        """Do nothing: one clicks elsewhere."""

    def press(self, button: Locator) -> None:
        """Click."""
        button.click()

    def slide(self, slider: Locator, to: int) -> None:
        """Drag the slider."""
        slider.fill(str(to))

    def type(self, field: Locator, text: str) -> None:
        """Click into the field and type."""
        field.fill(text)

    def select(self, drop_down: Locator, value: str) -> None:
        """Choose from the list."""
        drop_down.select_option(value)

    def choose(self, group: Locator, value: str) -> None:
        """Click on the button."""
        group.get_by_role("radio").and_(group.locator(f"[value='{value}']")).check()

    def turn_to(self, panel: Locator, item: str) -> None:
        """Click on its button at the side."""
        panel.get_by_role("button", name=re.compile(f"^{item}:")).click()

    def put_in_order(self, panel: Locator, order: list[str]) -> None:
        """Click on the arrows of the rows."""
        for place, name in enumerate(order):
            while panel.locator("li[data-id]").nth(place).get_attribute("data-id") != name:
                panel.get_by_role("button", name=f"Move up: {name}").click()

    def go_to(self, cell: Locator, place: int) -> None:
        """Scroll there: all cells have run."""
        cell.scroll_into_view_if_needed()

    def run(self, cell: Locator, place: int, code: str) -> None:
        """Click into the cell, put the code there, run both."""
        write_code(self.page, cell, code)
        self.page.keyboard.press("Shift+Enter")
        self.page.keyboard.press("Shift+Enter")

    def overview(self) -> Locator:
        """Click into the last cell and run it."""
        save(self.page)
        cell = self.page.locator(".jp-CodeCell", has_text=OVERVIEW)
        cell.locator(".cm-content").click()
        expect(cell.locator(".cm-content")).to_be_focused()
        self.page.keyboard.press("Control+Enter")
        return cell.locator(".backyard-overview")


class ByKeyboard:
    """A student without a mouse, who runs one cell after the other by Shift + Enter."""

    def __init__(self, student: Person) -> None:
        self.student, self.page = student, student.page
        self.cell = self.page.locator(".jp-Notebook:visible .jp-Cell.jp-mod-active")
        expect(self.cell).to_be_focused()

    def answer(self, question: str, code: str) -> None:
        """Run all cells down to the answer, type it, run it and its check."""
        following = self.cell.locator("xpath=following-sibling::*[1]")
        self._run_until(following, f"Check {question}:")
        self.page.keyboard.press("Enter")
        expect(self.cell.locator(".cm-content")).to_be_focused()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(code)
        self.page.keyboard.press("Shift+Enter")
        self.page.keyboard.press("Shift+Enter")
        expect_form(check_of(self.page, question), question)

    def open_panel(self, code: str) -> Locator:
        """Run all cells down to the panel's own, and stay there."""
        self._run_until(self.cell, code)
        # Without going on: the arrow keys pass over cells whose code is folded.
        self.page.keyboard.press("Control+Enter")
        panel = self.page.locator(".jp-CodeCell", has_text=code).locator(".backyard")
        expect(panel).to_be_visible()
        expect(self.cell).to_contain_text(code)
        return panel

    def close_panel(self) -> None:
        """Tab back to the cell, run it and go on to the next."""
        tab_to(self.page, self.cell, "Shift+Tab")
        self.page.keyboard.press("Shift+Enter")

    def press(self, button: Locator) -> None:
        """Tab to the button and press Enter."""
        self._reach(button)
        self.page.keyboard.press("Enter")

    def slide(self, slider: Locator, to: int) -> None:
        """Tab to the slider, and press an arrow for each step."""
        self._reach(slider)
        for _ in range(to - 1):
            self.page.keyboard.press("ArrowRight")

    def type(self, field: Locator, text: str) -> None:
        """Tab to the field and type."""
        self._reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def select(self, drop_down: Locator, value: str) -> None:
        """Tab to the list and type how the value begins."""
        self._reach(drop_down)
        self.page.keyboard.type(value)
        expect(drop_down).to_have_value(value)

    def choose(self, group: Locator, value: str) -> None:
        """Tab to the group and press arrows."""
        chosen = group.locator(":checked")
        self._reach(chosen if chosen.count() else group.get_by_role("radio").first)
        choose_by_keys(self.page, group, value)

    def turn_to(self, panel: Locator, item: str) -> None:
        """Tab to the list at the side and press arrows."""
        pages = panel.locator(".page")
        self._reach(panel.locator(".page[tabindex='0']"))
        self.page.keyboard.press("Home")
        for _ in range(pages.count()):
            if str(pages.locator(":scope:focus").get_attribute("aria-label")).startswith(
                f"{item}:"
            ):
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"no text {item}")

    def put_in_order(self, panel: Locator, order: list[str]) -> None:
        """Pick up each row, move it from the top to its place and put it down."""
        for place, name in enumerate(order):
            self._reach(panel.locator(f"li[data-id={name}] .grip"))
            for key in ("Space", "Home", *["ArrowDown"] * place, "Space"):
                self.page.keyboard.press(key)

    def go_to(self, cell: Locator, place: int) -> None:
        """Press Shift + Enter or the arrow up until the cell is chosen; run it."""
        self._choose_cell(place)
        self.page.keyboard.press("Control+Enter")

    def run(self, cell: Locator, place: int, code: str) -> None:
        """Go to the cell, type the code, run both."""
        self._choose_cell(place)
        self.page.keyboard.press("Enter")
        expect(cell.locator(".cm-content")).to_be_focused()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Shift+Enter")
        self.page.keyboard.press("Shift+Enter")

    def _choose_cell(self, place: int) -> None:
        """Run all cells down to one, or go up to it."""
        key = "Shift+Enter" if self.cell.evaluate(WHERE) < place else "ArrowUp"
        for _ in range(CELLS_AT_MOST):
            if self.cell.evaluate(WHERE) == place:
                return
            self.page.keyboard.press(key)
        pytest.fail(f"cell {place} is not reached")

    def overview(self) -> Locator:
        """Run all cells down to the last one and run that."""
        self._run_until(self.cell, OVERVIEW)
        wait_for_kernel(self.page)
        save(self.page)
        self.page.keyboard.press("Control+Enter")
        return self.cell.locator(".backyard-overview")

    def _reach(self, control: Locator) -> None:
        """Tab to a control of the panel, from the cell above it."""
        if control.evaluate("node => node.closest('.backyard').matches(':focus-within')"):
            tab_to(self.page, self.cell, "Shift+Tab")
        expect(self.cell).to_be_focused()
        tab_to(self.page, control)

    def _run_until(self, place: Locator, text: str) -> None:
        """Run cells until a place, seen from the cell that is chosen, shows a text."""
        for _ in range(CELLS_AT_MOST):
            if text in place.inner_text():
                return
            self.page.keyboard.press("Shift+Enter")
        pytest.fail(f"no cell shows {text!r}")


def check_of(page: Page, question: str) -> Locator:
    """Return the check cell of a question."""
    return page.locator(".jp-CodeCell", has_text=f"Check {question}:")


def expect_form(check: Locator, question: str) -> None:
    """Wait until a check cell says that the answer is filled in."""
    said = check.locator(".jp-OutputArea")
    expect(said).to_contain_text(f"● {question}: filled in.")


def save(page: Page) -> None:
    """Save the open notebook by key, and wait until it is saved."""
    page.keyboard.press("Control+S")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)


def validate(page: Page) -> Locator:
    """Press Validate above the notebook and return what it says."""
    said = page.locator(".jp-Dialog #validation-message")
    at_work = page.get_by_text(re.compile(r"^(Saving|Validating)\.\.\.$"))
    page.get_by_role("button", name="Validate").first.click()
    try:
        expect(at_work.or_(said).first).to_be_visible(timeout=30_000)
    except AssertionError:  # the toolbar was laid out anew under the pointer, and it heard no click
        page.get_by_role("button", name="Validate").first.click()
    expect(said).to_be_visible()
    return said
