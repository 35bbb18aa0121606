"""What the student answered in an earlier notebook that stands beside this one.

It is shown and never graded: in nbgrader's runs nothing is read. What is missing or damaged says
nothing.
"""

import ast
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from course.answers.carried import carried_by_file, merge_answers, read_entries
from course.answers.store import FILE_NAME, AnswerStore, JsonValue
from course.cells.runs import parse
from course.cells.saved import read_notebook
from course.text.claims import VERDICTS, list_claims
from course.widgets.argument_map import CARDS, ArgumentMap

MAP = "argument-06"
LONGEST = 200  # characters of what was written


def draw_own_map(verdicts: Mapping[str, str]) -> ArgumentMap | None:
    """Return the student's own map of *argument*, with verdicts (by claim) on its cards.

    Prints which arrows carry by these verdicts, which lost their start, and which have an open one;
    where there is no such map, prints that and returns None.
    """
    notebook = _find_notebook(MAP)
    if notebook is None:
        return None
    claims = {card: [n for n, (at, _) in list_claims().items() if at == card] for card in CARDS}
    said = {name: VERDICTS.get(one, "").split(":")[0].lower() for name, one in verdicts.items()}
    judged = {
        card: ", ".join(f"{name} {said.get(name) or 'not yet'}" for name in names)
        or "not in the ledger"
        for card, names in claims.items()
    }
    cards = {card: f"{judged[card]}. {short}" for card, short in CARDS.items()}
    own = ArgumentMap(None, cards, title="Your own map, with your verdicts on its cards")
    with suppress(ValueError):  # what else stands there is no map
        own.value = _read_panel(MAP, notebook) or {}
    if not own.value:
        print(
            "No map of yours was found in a folder argument beside this one. "
            "Go on with the reading below."
        )
        return None
    print("Your own map of argument-06, by your verdicts:")
    fates: dict[str, list[str]] = {"carry": [], "lost their start": [], "have an open start": []}
    for link in own.value["links"]:
        given = {verdicts.get(name) for name in claims[link["from"]]}
        lost = "lost their start" if "does_not_hold" in given else "have an open start"
        fate = "carry" if given & {"holds", "in_part"} else lost
        fates[fate].append(f"{link['from']} to {link['to']}")
    for fate, arrows in fates.items():
        print(f"{len(arrows)} {fate}{': ' * bool(arrows)}{', '.join(arrows)}")
    return own


def say_earlier(question: str, *names: str) -> None:
    """Print what the student wrote under these names in a question such as "timeline-13".

    That is what stands in the cell of the answer: a number, or the expression that gives it.
    """
    path = _find_notebook(question)
    notebook = read_notebook(path) if path and path.is_file() else None
    for asked, cell in notebook.answers() if notebook else ():
        for name, text in _list_settings(cell.source) if asked == question else ():
            if name in names:
                print(f"In {question} you wrote: {name} = {text}")


def _find_notebook(question: str) -> Path | None:
    """Return where a question's notebook would stand: in its own folder beside this one, or here.

    None where nothing may be read.
    """
    assignment = question.rpartition("-")[0]
    here = AnswerStore()
    if here.keeps_nothing or os.environ.get("NBGRADER_EXECUTION"):
        return None
    beside = here.folder.parent / assignment
    return (beside if beside.is_dir() else here.folder) / f"{assignment}.ipynb"


def _read_panel(question: str, notebook: Path) -> JsonValue:
    """Return what was answered in a panel, by its file or its notebook: the newer of the two."""
    file = None
    with suppress(OSError):
        file = (notebook.parent / FILE_NAME).read_bytes()
    file, _ = merge_answers(file, carried_by_file(notebook))
    entries = (read_entries(file) if file else None) or {}
    return entries.get(question, {}).get("value")


def _list_settings(source: str) -> list[tuple[str, str]]:
    """Return the names that a cell sets, each with its text; where dots are left, none yet."""
    tree = parse(source)
    return [
        (target.id, ast.unparse(one.value)[:LONGEST])
        for one in (tree.body if tree else ())
        if isinstance(one, ast.Assign) and "..." not in ast.unparse(one.value)
        for target in one.targets
        if isinstance(target, ast.Name)
    ]
