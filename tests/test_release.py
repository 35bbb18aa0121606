"""What students receive: release/ is in step with source/, and nothing in it gives a key away."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from numbers import Real
from pathlib import Path

import pytest

from course.desk import steps
from course.desk.simulated.students import clean_solution
from course.grader.coursedir import Course
from course.scoring.arrows import LinksKind
from course.scoring.choices import ChoiceKind, LabelSetKind
from course.scoring.maps import LabelMapKind
from course.scoring.orders import OrderKind
from tests.conftest import Keys
from tests.notebooks import ROOT, grade_id, read, source

ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_release_is_what_the_source_gives(assignment: str, course_copy: Course) -> None:
    """release/ holds exactly what `make release` makes of source/."""
    made = steps.generate_assignment(course_copy, assignment)
    for path in sorted(made.iterdir()):
        kept = ROOT / "release" / assignment / path.name
        assert kept.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), (
            f"{kept} is not in step with source/: run `make release`"
        )
    assert sorted(p.name for p in made.iterdir()) == sorted(
        p.name for p in (ROOT / "release" / assignment).iterdir()
    )


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_source_carries_no_outputs(assignment: str) -> None:
    """No solution's output can travel with a release, and no run leaves a trace in git."""
    for cell in source(assignment).cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_code_of_checks_and_panels_is_folded_and_other_code_fits_the_screen(
    assignment: str,
) -> None:
    """What is folded says in its first line what it is; 96 characters fit 1280 pixels."""
    for cell in read(ROOT / "release" / assignment / f"{assignment}.ipynb").cells:
        if cell.cell_type != "code":
            continue
        tag = cell.metadata.get("nbgrader", {})
        folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        if (tag.get("grade") and not tag.get("solution")) or grade_id(cell).endswith("-panel"):
            assert folded, grade_id(cell)
        if folded:
            assert cell.source.startswith("# "), cell.source
        else:
            long = [line for line in cell.source.splitlines() if len(line) > 96]
            assert not long, f"{grade_id(cell)}: {long}"


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_untouched_release_passes_its_own_checksums(
    assignment: str, course_copy: Course
) -> None:
    """Every cell that students must not change is locked in the release."""
    for cell in read(ROOT / "release" / assignment / f"{assignment}.ipynb").cells:
        tag = cell.metadata.get("nbgrader", {})
        if tag.get("grade") and not tag.get("solution"):
            assert tag["locked"]
            assert tag["checksum"]


# --- leaks ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def handed_out(wheel: Path) -> dict[str, str]:
    """Every text that a student receives, by name: release, wheel and data."""
    texts = {}
    with zipfile.ZipFile(wheel) as packed:
        # But for the examples that an author replaces: they are answers to nothing that is asked.
        for name in set(packed.namelist()) - {"course/desk/authoring/template.md"}:
            texts[f"wheel/{name}"] = packed.read(name).decode("utf-8")
    for part in ("release", "data"):
        for path in (ROOT / part).rglob("*"):
            if path.is_file() and path.name != "column.txt":
                texts[str(path.relative_to(ROOT))] = path.read_text(encoding="utf-8")
    return texts


def test_the_wheel_carries_the_tables_and_not_the_column(handed_out: dict[str, str]) -> None:
    """A student needs only the wheel; the column's text never travels in it."""
    assert "wheel/course/_tables/first_round.csv" in handed_out
    assert "wheel/course/_tables/datapackage.json" in handed_out
    assert not [name for name in handed_out if "column.txt" in name]
    assert not [name for name in handed_out if "source/" in name or "tests/" in name]


def test_no_mark_of_a_solution_is_handed_out(handed_out: dict[str, str]) -> None:
    """Solutions, hidden tests and mark schemes do not stand in what students receive."""
    marks = ("### BEGIN", "### END", "Mark scheme", "HIDDEN TESTS", "q.key(", "q.grade(")
    ours = {name: text for name, text in handed_out.items() if not name.endswith(".py")}
    for name, text in ours.items():
        for mark in marks:
            assert mark not in text, f"{name} holds '{mark}'"


def _secret_lines() -> Iterator[tuple[str, str]]:
    """Yield (cell, line) for every line that stands only in solutions, keys or mark schemes."""
    for assignment in ASSIGNMENTS:
        released = read(ROOT / "release" / assignment / f"{assignment}.ipynb")
        shown = {line.strip() for cell in released.cells for line in cell.source.splitlines()}
        for cell in source(assignment).cells:
            tag = cell.metadata.get("nbgrader", {})
            if not (tag.get("solution") or tag.get("grade")):
                continue
            for line in clean_solution(cell.source).splitlines():
                text = line.strip()
                if len(text) > 12 and text not in shown and "import" not in text:
                    yield grade_id(cell), text


def test_no_line_of_a_solution_or_key_is_handed_out(handed_out: dict[str, str]) -> None:
    """Searching everything handed out for each line of each solution and key finds nothing."""
    secrets = [(cell, line) for cell, line in _secret_lines() if not line.startswith("### ")]
    assert len(secrets) > 100
    for name, text in handed_out.items():
        lines = {
            line.strip() for line in text.replace('\\"', '"').replace("\\n", "\n").splitlines()
        }
        for cell, line in secrets:
            assert line not in lines, f"{name} holds a line of {cell}: {line}"
            assert f'"{line}' not in lines


def _key_numbers(keys: Keys) -> Iterator[tuple[str, int]]:
    """Yield (question, number) for the large numbers in the keys: no text holds one by chance."""
    for (question, _), (_, key, _) in keys.items():
        found = key[0] if key else None
        for value in found.values() if isinstance(found, dict) else [found]:
            if isinstance(value, Real) and float(value) > 999:
                yield question, int(float(value))


def test_no_computed_key_stands_in_what_is_handed_out(
    handed_out: dict[str, str], keys: Keys
) -> None:
    """The answers that have to be computed stand in no table, text or program.

    The first questions ask to read a number off a table; no other key may be found. Of the days in
    office, only one is long enough to be told from a year.
    """
    checked = 0
    for question, number in _key_numbers(keys):
        if question in ("start-01", "votes-01") or (question == "timeline-08" and number < 5000):
            continue
        checked += 1
        pattern = re.compile(rf"(?<![\d.])(?:{number}|{number:,})(?!\d)")
        for name, text in handed_out.items():
            assert not pattern.search(text), f"{name} holds the key of {question}"
    assert checked >= 6


def _closed_keys(keys: Keys, assignment: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (question, texts): how the right choices of a closed question stand in a program."""
    for (question, part), (kind, key, _) in keys.items():
        if not question.startswith(assignment) or not key:
            continue
        found = key[0]
        if isinstance(kind, ChoiceKind):
            choices = sorted(found) if isinstance(found, set) else [found]
            yield question, [f'{part} = "{choice}"' for choice in choices]
        elif isinstance(kind, LabelSetKind):
            letters = ", ".join(f'"{one}"' for one in sorted(found))
            yield question, [f"[{letters}]", f"{{{letters}}}"]
        elif isinstance(kind, OrderKind):
            yield question, [", ".join(f'"{one}"' for one in found[:3])]
        elif isinstance(kind, LinksKind):
            yield question, [f'("{start}", "{end}")' for start, end in found]
        elif isinstance(kind, LabelMapKind):
            first = [label if isinstance(label, list) else [label] for label in found.values()]
            pairs = zip(list(found)[:3], first, strict=False)
            yield question, [", ".join(f"{json.dumps(p)}: {json.dumps(c[0])}" for p, c in pairs)]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_choices_are_not_marked_in_what_is_handed_out(
    assignment: str, handed_out: dict[str, str], keys: Keys
) -> None:
    """The right choices of closed questions stand nowhere as a program would hold them."""
    closed = list(_closed_keys(keys, assignment))
    assert len(closed) >= (2 if assignment == "start" else 4)
    text = handed_out[f"release/{assignment}/{assignment}.ipynb"].replace('\\"', '"')
    for question, phrases in closed:
        for phrase in phrases:
            assert phrase not in text, f"{phrase}: the key of {question}"
