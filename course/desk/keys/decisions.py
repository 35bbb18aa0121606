"""Decisions: answers that are accepted beyond what the readings give, each with its reason.

They stand in ``decisions.csv`` beside the readings. A decision counts as one reader more who gave
the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course.desk.csvtable import read_csv_rows
from course.desk.keys.codebook import NEEDED, Codebook
from course.errors import CourseError
from course.text.codebook import RELATIONS

DECISIONS = "decisions.csv"


@dataclass(frozen=True)
class Decision:
    """An answer that is accepted for a paragraph."""

    field: str  # "role", "claim_type", "supports" or "challenges"
    paragraph: str  # the paragraph that it is about
    answer: str  # a label of the codebook, or the paragraph that it supports or challenges
    reason: str  # why a careful reader can defend it


def load_decisions(folder: Path, book: Codebook) -> tuple[Decision, ...]:
    """Return the decisions of a folder of readings, none where there is no file of them.

    Raises:
        CourseError: naming the line, what was expected there and what was found.
    """
    path = folder / DECISIONS
    if not path.is_file():
        return ()
    todo = "save it again from your spreadsheet as CSV"
    rows = read_csv_rows(path, "a table of decisions that can be read", todo)
    header = rows[0][1] if rows else []
    return tuple(
        _decision(path, line, dict(zip(header, cells, strict=False)), book)
        for line, cells in rows[1:]
    )


def _decision(path: Path, line: int, row: Mapping[str, str | None], book: Codebook) -> Decision:
    """Return the decision of a row; each cell has to be one that the codebook knows."""
    cells = {name: (row.get(name) or "").strip() for name in ("field", "paragraph", "answer")}
    answers = {name: book.labels[name] for name in NEEDED}
    answers |= dict.fromkeys(RELATIONS, book.paragraphs)
    known = {"field": tuple(answers), "paragraph": book.paragraphs}
    known["answer"] = answers.get(cells["field"], ())
    for name, cell in cells.items():
        if cell not in known[name]:
            raise CourseError(
                where=f"{path}, line {line}",
                expected=f"{name}: one of {', '.join(known[name])}",
                found=f"'{cell}'" if cell else "nothing",
                todo="correct this cell",
            )
    reason = (row.get("reason") or "").strip()
    if not reason:
        raise CourseError(
            where=f"{path}, line {line}",
            expected="reason: why a careful reader can defend this answer",
            found="nothing",
            todo="write it down, or take the line out",
        )
    return Decision(cells["field"], cells["paragraph"], cells["answer"], reason)
