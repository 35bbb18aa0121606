"""Names what went wrong while a submission was graded, so that a person can act on it."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

REASONS = {
    "timeout": "took too long",
    "memory": "needed more memory than a submission may use",
    "died": "ended the program",
    "unreadable": "could not be read",
    "missing-cell": "was missing",
    "edited": "was edited",
    "not-run": "did not run",
    "judge": "could not be checked",
    "time-used-up": "the time for the whole submission was used up",
    "output": "put out too much",
    "tampering": "was tampered with",
    "engine": "the grading itself failed",
}

# What stands as the name of the error below a cell that did not end by itself.
ERROR_NAMES = {
    "timeout": "CellTimeoutError",
    "memory": "MemoryLimit",
    "died": "ProgramEnded",
    "output": "TooMuchOutput",
    "time-used-up": "TimeUsedUp",
    "judge": "NotChecked",
    "not-run": "NotRun",
}


@dataclass(frozen=True)
class Fault:
    """One thing that went wrong."""

    reason: str  # one of REASONS
    text: str  # what happened and what to do, in one line
    question: str = ""  # e.g. "votes-04"; "" where it concerns the whole submission
    cell: int | None = None  # the cell's number in the notebook, from 1, or None

    def __post_init__(self) -> None:
        if self.reason not in REASONS:
            raise ValueError(f"a fault's reason is one of {', '.join(REASONS)}, not {self.reason}")

    def as_line(self) -> str:
        """Return the fault as one line for a table."""
        where = self.question or (f"cell {self.cell}" if self.cell is not None else "")
        return f"{where}: {self.text}" if where else self.text

    def as_json(self) -> dict[str, Any]:
        """Return the fault as plain data."""
        return asdict(self)


def question_of(grade_id: str) -> str:
    """Return the question that a cell belongs to, e.g. "votes-04" for "votes-04-answer"."""
    return re.sub(r"-(answer(-\w+)?|panel)$", "", grade_id)


def write_remarks(remarks: Iterable[tuple[str, str]]) -> list[str]:
    """Return remarks as lines, those that say the same of several questions as one.

    Args:
        remarks: pairs of a question ("" for the whole submission) and what was found.
    """
    questions: dict[str, list[str]] = {}
    for question, text in remarks:
        names = questions.setdefault(text, [])
        if question and question not in names:
            names.append(question)
    lines = []
    for text, names in questions.items():
        more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
        lines.append(f"{', '.join(names[:FEW])}{more}: {text}" if names else text)
    return lines


FEW = 4  # names that are listed
