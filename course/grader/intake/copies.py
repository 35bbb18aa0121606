"""Decides which cells of a submission are answers, and which of several copies counts.

JupyterLab copies a cell with its metadata, other programs without; programs that merge notebooks
leave both versions of a cell. So several cells may be the same one of the assignment. What still
has the text that was handed out is nobody's answer: it counts, and runs, only where nothing else
is there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import StringIO
from tokenize import COMMENT, ENDMARKER, NL, TokenError, generate_tokens
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils

from course.grader.intake.sourcecells import SourceCell

MERGED = "its cell held two merged versions; the last one that is an answer counts"
UNSAID = {COMMENT, NL, ENDMARKER}
CHECKSUM = re.compile(r"[0-9a-f]{32}")


def is_as_handed_out(cell: Any) -> bool:
    """Tell whether a cell is what its own metadata say was handed out.

    The metadata are those that came with the submission. They hold the points and the text of the
    day on which the assignment was fetched, whatever the instructor changed since.
    """
    claim = cell.metadata.get("nbgrader") or {}
    said = claim.get("checksum")
    if not isinstance(said, str) or not CHECKSUM.fullmatch(said):
        return False
    try:
        return bool(said == utils.compute_checksum(cell))
    except (KeyError, TypeError, ValueError, OverflowError):  # metadata of another form
        return False


def name_of(cell: Any) -> str:
    """Return the cell of the assignment that a cell claims to be; "" where it claims none."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or "")


@dataclass
class Repair:
    """A submitted notebook while it is repaired, and what is known of it."""

    nb: Any
    known: Mapping[str, SourceCell]  # the cells of the assignment, in their order
    # the names of cells, by the text with which they were handed out (`read_handed_out`)
    texts: Mapping[str, str] = field(default_factory=dict)
    handed_out: set[str] = field(default_factory=set)  # ids of cells as they were handed out
    remarks: list[tuple[str, str]] = field(default_factory=list)  # question (or ""), what was found

    def claimed(self) -> dict[str, Any]:
        """Return the cells that claim one of the assignment, by its name."""
        return {name_of(cell): cell for cell in self.nb.cells if "nbgrader" in cell.metadata}

    def is_written(self, cell: Any) -> bool:
        """Tell whether somebody wrote something in a cell of the assignment."""
        source = self.known[name_of(cell)]
        if not cell.source.strip() or cell.id in self.handed_out:
            return False
        return source.locked or plain_text(cell.source) != plain_text(source.source)

    def find_written(self) -> set[str]:
        """Return the names of the cells in which somebody wrote something."""
        return {name for name, cell in self.claimed().items() if self.is_written(cell)}


def settle_copies(work: Repair) -> None:
    """Leave one cell of each question, and nothing that would set an answer back."""
    if unmarked := _claim_unmarked(work):
        cells = "a cell" if unmarked == 1 else f"{unmarked} cells"
        work.remarks.append(("", f"{cells} had lost their settings and are known by their text"))
    _choose_side(work)
    for question in leave_one_cell_a_question(work):
        work.remarks.append((question, "its cell was copied; the last answered copy counts"))
    drop_untouched_copies(work)


def _choose_side(work: Repair) -> None:
    """Leave of two versions that a program merged in one cell the last that is an answer."""
    for cell in work.nb.cells:
        if "<<<<<<<" not in cell.source or ">>>>>>>" not in cell.source:
            continue
        name = name_of(cell)
        first, second = (_read_side(cell.source, side) for side in (0, 1))
        if first is not None and second is not None:
            gap = work.known[name].source if name in work.known else ""
            nothing = any(_is_same_text(second, one, cell.cell_type) for one in ("", gap))
            cell.source = first if nothing else second
            work.remarks.append((name, MERGED))


def _read_side(text: str, wanted: int) -> str | None:
    """Return one of the two versions of a text; None where their marks do not go together."""
    side, lines = -1, []
    for line in text.splitlines():
        mark = line[:7]
        if mark == "<" * 7 and side == -1:
            side = 0
        elif mark == "|" * 7 and side == 0:  # what both came from
            side = 2
        elif mark == "=" * 7 and side in (0, 2):
            side = 1
        elif mark == ">" * 7 and side == 1:
            side = -1
        elif side in (-1, wanted):
            lines.append(line)
    return "\n".join(lines) if side == -1 else None


def leave_one_cell_a_question(work: Repair) -> list[str]:
    """Take the claim of all copies of a cell but one away; return whose cells were copied.

    Of an answer, the last copy in which something was written keeps the claim. Of a cell that
    students do not write in, such as a check, the first copy below the answer keeps it; where there
    is none, the check moves there. Copies of what was handed out leave the notebook; the others run
    as ordinary cells.
    """
    nb, known = work.nb, work.known
    copies: dict[str, list[tuple[int, Any]]] = {}
    for place, cell in enumerate(nb.cells):
        if name := name_of(cell):
            copies.setdefault(name, []).append((place, cell))
    copied = [name for name, cells in copies.items() if len(cells) > 1]
    if not copied:
        return []
    before, answer, gone = -1, None, set()
    for name in (name for name in known if name in copies):
        place, keep = _choose_copy(work, copies[name], before)
        for _, cell in copies[name]:
            if cell is not keep:
                if not _is_answer(work, cell):
                    gone.add(cell.id)
                del cell.metadata["nbgrader"]
        if known[name].grade and answer is not None and place < before:
            nb.cells.remove(keep)
            nb.cells.insert(nb.cells.index(answer) + 1, keep)
            place = before
        answer = keep if known[name].solution and name in copied else None
        before = place
    nb.cells = [cell for cell in nb.cells if cell.id not in gone]
    return copied


def _claim_unmarked(work: Repair) -> int:
    """Give cells that are as handed out, and lost their metadata, their claim again; count them."""
    claimed = {name_of(cell) for cell in work.nb.cells}
    before = len(claimed)
    for cell in work.nb.cells:
        name = "" if "nbgrader" in cell.metadata else work.texts.get(plain_text(cell.source), "")
        source = work.known.get(name)
        if source and name not in claimed and cell.cell_type == source.cell_type:
            cell.metadata.nbgrader = NotebookNode(source.make_metadata())
            claimed.add(name)
            work.handed_out.add(cell.id)
    return len(claimed) - before


def drop_untouched_copies(work: Repair) -> None:
    """Take away code that stands as handed out beside an answer: copies that lost their metadata.

    Run behind the answer, such a copy would set it back to the gap. With the student's own comments
    it is still one; without the comments that came with it, it was typed.
    """
    answered = {
        _crude_code(source.source): source.source
        for cell in work.nb.cells
        if (source := work.known.get(name_of(cell))) is not None
        and not source.locked
        and source.cell_type == "code"
        and work.is_written(cell)
    }

    def is_copy(text: str) -> bool:
        crude = _crude_code(text)
        if crude == "" or crude not in answered or not _is_same_text(text, answered[crude], "code"):
            return False
        return "#" in text or plain_text(text) == plain_text(answered[crude])

    work.nb.cells = [
        cell
        for cell in work.nb.cells
        if "nbgrader" in cell.metadata or cell.cell_type != "code" or not is_copy(cell.source)
    ]


def _choose_copy(work: Repair, copies: list[tuple[int, Any]], before: int) -> tuple[int, Any]:
    """Return the copy that counts and its place; `before`: the place of the cell before it."""
    if work.known[name_of(copies[0][1])].locked:
        below = [copy for copy in copies if copy[0] > before]
        return below[0] if below else copies[-1]
    written = [copy for copy in copies if _is_answer(work, copy[1])]
    return (written or copies)[-1]


def _is_answer(work: Repair, cell: Any) -> bool:
    """Tell whether a copy of a cell holds more than what was handed out, and comments."""
    source = work.known[name_of(cell)]
    return work.is_written(cell) and (
        source.locked or not _is_same_text(cell.source, source.source, source.cell_type)
    )


def _is_same_text(text: str, ours: str, kind: str) -> bool:
    """Tell whether a cell's text is one of ours but for spaces and, in code, for comments."""
    if kind != "code":
        return plain_text(text) == plain_text(ours)
    # Taken apart, which may take long, is only what can be the same.
    return _crude_code(text) == _crude_code(ours) and _bare_code(text) == _bare_code(ours)


def _crude_code(text: str) -> str:
    """Return code without spaces and whatever stands after a "#", also within a text."""
    return "".join(re.sub("#.*", "", text).split())


def _bare_code(text: str) -> str:
    """Return code without comments and spaces, in which nobody answers; else its plain text."""
    try:
        tokens = [t for t in generate_tokens(StringIO(text).readline) if t.type not in UNSAID]
    except (TokenError, SyntaxError):
        return plain_text(text)
    return " ".join(token.string for token in tokens).strip()


def plain_text(text: str) -> str:
    """Return a text without what programs change by themselves: spaces and lines at its ends."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
