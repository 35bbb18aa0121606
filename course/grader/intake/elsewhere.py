"""Finds answers that stand where nobody looks: in a check cell, or in text beside an answer cell.

Programs other than JupyterLab let students write in cells that are locked, and lose what marks a
cell as an answer. What was written there is read where that is safe, and named in any case.
"""

import re
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from course.errors import CourseError
from course.grader.intake.copies import is_written, plain_text
from course.grader.intake.sourcecells import SourceCell

_ASSIGNS = re.compile(r"(?:def\s+)?([A-Za-z_]\w{0,60})[\w.]{0,60}\s{0,20}(?:=(?!=)|\(|\[)")
MOST_TYPED = 20_000  # characters of a check cell that somebody may have typed in
TYPED = "an answer typed in its check cell was read; the check itself was restored"
NOT_READ = "an answer typed in its check cell was not read, because its answer cell holds one"
BY_HAND = (
    "its answer cell is as handed out, but the notebook holds text of the student's elsewhere: "
    "to grade by hand"
)


def read_handed_out(root: Path, assignment: str, notebook: str) -> dict[str, str]:
    """Return the texts with which a notebook is handed out, as `plain_text` leaves them.

    With each stands the name of its cell; "" for one without a name, and for several.

    Args:
        root: the course folder.
        assignment: its name.
        notebook: the notebook's name, without ending.

    Raises:
        CourseError: a file is no notebook, as a power cut leaves it.
    """
    found: dict[str, str] = {}
    for place in ("release", "source"):
        path = root / place / assignment / f"{notebook}.ipynb"
        if not path.is_file():
            continue
        try:
            cells = nbformat.read(path, as_version=4).cells
        except ValueError as error:
            raise CourseError(
                where=str(path),
                expected="a whole notebook",
                found=f"a file that is empty or cut ({str(error)[:80]})",
                todo=f"make it again: course generate {assignment}"
                if place == "release"
                else "put back a copy of it",
            ) from error
        for cell in cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if name and place == "source":  # with the solution, or the hidden tests
                continue
            text = plain_text(cell.source)
            found[text] = name if found.get(text, name) == name else ""
    return found


def answer_cells(known: Mapping[str, SourceCell], check: str) -> list[str]:
    """Return the answer cells of a check: those between it and the question before it."""
    found: list[str] = []
    for name, source in known.items():
        if name == check:
            return found
        if source.grade:
            found = []
        elif source.solution:
            found.append(name)
    return []


def find_typed(cell: Any, source: SourceCell) -> str:
    """Return the lines that a student added to a check, if one of them gives an answer; else ""."""
    if len(cell.source) > MOST_TYPED:
        return ""
    ours = {line.strip() for line in source.source.splitlines()}
    lines = [line for line in cell.source.splitlines() if line.strip() not in ours]
    names = (_ASSIGNS.match(line) for line in lines)
    asked = any(
        name and any(f"{q}{name[1]}{end}" in source.source for q in "\"'" for end in (q, "."))
        for name in names
    )
    return "\n".join(lines) if asked else ""


def take_typed(nb: Any, typed: Mapping[str, str]) -> None:
    """Put what was typed in check cells in cells of their own, each before its check.

    Args:
        nb: the notebook.
        typed: the lines, by the check's name.
    """
    cells: list[Any] = []
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if name in typed:
            about: dict[str, Any] = {"id": f"typed-{len(cells)}", "metadata": {}}
            about |= {"outputs": [], "execution_count": None}
            cells.append(NotebookNode({**about, "cell_type": "code", "source": typed[name]}))
        cells.append(cell)
    nb.cells = cells


def find_cleared(
    nb: Any,
    known: Mapping[str, SourceCell],
    handed_out: set[str],
    ran: Container[str],
    carried: Container[str],
) -> list[str]:
    """Return the questions whose panel shows no sign of having been used, in a notebook with work.

    A panel's answer lies in the outputs and in `answers.json`. Where neither came, nobody can tell
    an answer that was lost from one that was never given.

    Args:
        nb: the notebook.
        known: the cells of the assignment.
        handed_out: ids of the cells that are as they were handed out.
        ran: ids of the cells that have run since their outputs were cleared.
        carried: the questions whose answers the outputs carry.
    """
    claimed = {c.metadata.nbgrader.grade_id: c for c in nb.cells if "nbgrader" in c.metadata}
    written = {n for n, c in claimed.items() if is_written(c, known[n], handed_out)}
    if not any(known[name].solution for name in written):
        return []
    shown = "".join(
        source.source
        for name, source in known.items()
        if source.sets_up and (name not in claimed or claimed[name].id not in ran)
    )
    return [
        name
        for name, source in known.items()
        if source.grade
        and name not in carried
        and any(f"question={mark}{name}{mark}" in shown for mark in "\"'")
        and not written.intersection(answer_cells(known, name))
    ]


def holds_own_text(nb: Any, texts: Container[str]) -> bool:
    """Tell whether a notebook holds text that was not handed out, outside the answer cells."""
    return any(
        cell.cell_type != "code"
        and "nbgrader" not in cell.metadata
        and cell.source.strip()
        and plain_text(cell.source) not in texts
        for cell in nb.cells
    )


def wait_for_reader(nb: Any, known: Mapping[str, SourceCell], handed_out: set[str]) -> list[str]:
    """Let the answers in words that are missing wait for a person; return their names.

    An answer cell that is as handed out earns nothing. For a notebook that holds text of the
    student's elsewhere, somebody has to look first: the cell loses its checksum, by which nbgrader
    tells that nobody wrote in it.
    """
    found = []
    for cell in nb.cells:
        source = known.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if source is None or not source.grade or not source.solution:
            continue
        if source.cell_type == "markdown" and not is_written(cell, source, handed_out):
            cell.metadata.nbgrader.pop("checksum", None)
            found.append(source.name)
    return found
