"""Every practice of every notebook in JupyterLab, answered wrong, then right, as a beginner does.

By mouse, and by keyboard alone (`make test-walk`). Pictures of the verdicts are kept in
`screenshots/practice-…/`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from course.practice.exercise import PANEL, find_exercise
from tests.browser.album import Album
from tests.browser.lab import JupyterLab, open_notebook
from tests.browser.people import Person
from tests.browser.work import ByKeyboard, ByMouse, Worker
from tests.notebooks import ROOT, read
from tests.test_practice import ASSIGNMENTS, wrong_and_right

pytestmark = pytest.mark.walk

HANDS: dict[str, Any] = {"mouse": ByMouse, "keyboard": ByKeyboard}
SAID_MS = 60_000
# Practice in code of one's own: what is replaced, by something wrong and by something right.
KEEPERS = (
    'practice_ax.barh(keepers["keeper"], keepers["last"] - keepers["first"], left=keepers["{}"])\n'
    'practice_ax.set(title="The keepers", xlabel="year", ylabel="keeper")'
)
RUNOFF = (
    'practice_ax.bar(runoff["candidate"], {} * runoff["votes"] / runoff["votes"].sum())\n'
    'practice_ax.set(title="The runoff", xlabel="candidate", ylabel="percent")'
)
CODE = {
    "argument-12": (
        "number = ...",
        "number = len(chosen)",
        'number = len(chosen[chosen["supports"] == claim])',
    ),
    "timeline-01": ("first = ...", 'first = text + "-28"', 'first = text + "-01"'),
    "timeline-14": ("# practice: draw here", KEEPERS.format("last"), KEEPERS.format("first")),
    "votes-10": (
        "answer = ...",
        "answer = candidate >= valid / 2",
        "answer = candidate > valid / 2",
    ),
    "votes-13": ("margin = ...", "margin = 98 / n", "margin = 98 / n ** 0.5"),
    "votes-15": ("# practice: draw here", RUNOFF.format(1), RUNOFF.format(100)),
}


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_each_practice_says_a_hint_and_then_right(
    assignment: str, hand: str, jupyterlab: JupyterLab, page: Page, tmp_path: Path
) -> None:
    """Wrong: not yet, and a hint; right: right; at the end the overview says how often."""
    page.set_viewport_size({"width": 1280, "height": 720})
    album = Album(f"practice-{assignment}-{hand}")
    open_notebook(page, jupyterlab, jupyterlab.hand_out(assignment, tmp_path.name))
    worker: Worker = HANDS[hand](Person("ana", jupyterlab, page))
    cells = page.locator(".jp-NotebookPanel:visible .jp-Notebook .jp-Cell")
    handed_out = read(ROOT / "release" / assignment / f"{assignment}.ipynb").cells
    practiced = []
    for place, cell in enumerate(handed_out):
        found = re.search(r'\bpractice\("([\w-]+)"\)', cell.source)
        if cell.cell_type != "code" or not found:
            continue
        question = found[1]
        practiced.append(question)
        in_panel = bool(find_exercise(question).panel)
        answers: list[Any] = (
            panel_values(question)
            if in_panel
            else code_texts(question, handed_out[place - 1].source)
        )
        panel = cells.nth(place)
        if in_panel:
            worker.go_to(panel, place)
            panel = panel.locator(".backyard")
        said = panel.locator(".kept" if in_panel else ".backyard-practice")
        for number, sign in enumerate(("◐ Not yet", "✓ Right")):
            if in_panel:
                fill(worker, panel, answers[number], answers[0] if number else None)
            else:
                worker.run(cells.nth(place - 1), place - 1, answers[number])
            expect(said).to_have_text(re.compile(f"^{sign}"), timeout=SAID_MS)
            assert ("hint" in said.inner_text().lower()) == (number == 0)
            album.take(page, f"{question}-{('wrong', 'right')[number]}", said)
        if in_panel:
            worker.close_panel()
    assert len(practiced) >= 4
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    table = worker.overview()
    for question in {re.sub(r"(?<=\d)[a-z]$", "", one) for one in practiced}:
        expect(table.locator("tr", has_text=question)).to_contain_text("right after")
    album.take(page, "overview", table)


def code_texts(question: str, cell: str) -> list[str]:
    """Return the text of a practice cell with a wrong answer, and with a right one."""
    if question in CODE:
        old, *new = CODE[question]
        assert old in cell
        return [cell.replace(old, f"{one}  #") for one in new]
    texts = []
    for answers in wrong_and_right(find_exercise(question)):
        text = cell
        for name, value in make_plain(answers).items():
            text, count = re.subn(rf"\b{name} = (\{{.*?\}}|\.\.\.)", f"{name} = {value!r}", text)
            assert count == 1, name
        texts.append(text)
    return texts


def panel_values(question: str) -> list[Any]:
    """Return what a practice panel holds when it is wrong, and when it is right."""
    wrong, right = (make_plain(one)[PANEL] for one in wrong_and_right(find_exercise(question)))
    if "links" in right:  # one link turned around, not all of them
        first, *rest = right["links"]
        wrong = {"links": [{**first, "from": first["to"], "to": first["from"]}, *rest]}
    return [wrong, right]


def make_plain(answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers without numpy's kinds of numbers."""
    plain: dict[str, Any] = json.loads(json.dumps(answers, default=lambda one: one.item()))
    return plain


def fill(worker: Worker, panel: Locator, answer: Any, before: Any) -> None:
    """Give an answer in a panel, where it differs from the one before."""
    if isinstance(answer, list):
        worker.put_in_order(panel, answer)
    elif "links" in answer:
        link_cards(worker, panel, answer["links"], before["links"] if before else [])
    elif "verdicts" in answer:
        for claim, verdict in answer["verdicts"].items():
            if before and before["verdicts"][claim] == verdict:
                continue
            worker.turn_to(panel, claim)
            worker.choose(panel.get_by_role("radiogroup"), verdict)
            if not before:
                worker.type(panel.get_by_label("Words"), answer["evidence"][claim])
                worker.page.keyboard.press("Enter")
                expect(panel.locator(".entered")).to_contain_text(answer["evidence"][claim])
    else:
        for item, option in answer.items():
            if before and before[item] == option:
                continue
            group = panel.get_by_role("radiogroup")
            if panel.locator(".page").count():
                worker.turn_to(panel, item)
            else:
                group = panel.get_by_role("radiogroup", name=re.compile(f"^{item} "))
            if panel.get_by_role("combobox").count():  # the document that holds the sentence
                worker.select(panel.get_by_role("combobox"), option.split(".")[0])
            worker.choose(group, option)


def link_cards(worker: Worker, panel: Locator, links: list[Any], before: list[Any]) -> None:
    """Draw links in the list of an argument map, and take out those that are no more."""
    if not before:
        worker.press(panel.get_by_role("button", name="List", exact=True))
    for link in before:
        if link not in links:
            said = f"Remove: {link['from']} {link['relation']} {link['to']}"
            worker.press(panel.get_by_role("button", name=said))
    for link in links:
        if link not in before:
            worker.select(panel.get_by_label("From", exact=True), link["from"])
            worker.select(panel.get_by_label("Relation", exact=True), link["relation"])
            worker.select(panel.get_by_label("To", exact=True), link["to"])
            worker.press(panel.get_by_role("button", name="Add link"))
