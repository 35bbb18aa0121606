"""Keeps what the steps of nbgrader's own autograding remark, until its hook writes it down.

`nbgrader autograde` and the formgrader's button throw the steps' resources away. Between a step and
`course.grader.intake.hooks.after_autograde`, which run in one process, what was remarked of a
submission stays here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from course.grader.faults import Fault, write_remarks

__all__ = ["forget_notes", "keep_notes", "take_notes"]

_faults: dict[tuple[str, str], list[Fault]] = {}
_remarks: dict[tuple[str, str], list[tuple[str, str]]] = {}


def keep_notes(
    resources: Mapping[str, Any],
    *,
    faults: Iterable[Fault] = (),
    remarks: Iterable[tuple[str, str]] = (),
) -> None:
    """Keep what a step found in a submission.

    Args:
        resources: of the step; they say whose submission it is. `course grade` marks its own
            resources with the files beside the notebook and writes everything down itself, so that
            then nothing is kept.
        faults: what went wrong in single cells.
        remarks: pairs of a question (or "") and what was mended or left out.
    """
    where = resources.get("nbgrader", {})
    if "files" in resources.get("backyard", {}):
        return
    key = (str(where.get("assignment", "")), str(where.get("student", "")))
    _faults.setdefault(key, []).extend(faults)
    _remarks.setdefault(key, []).extend(remarks)


def take_notes(assignment: str, student: str) -> tuple[list[Fault], list[str]]:
    """Return the faults and remarks that were kept of a submission, and keep them no longer."""
    key = (assignment, student)
    return _faults.pop(key, []), write_remarks(_remarks.pop(key, []))


def forget_notes(assignment: str, student: str) -> None:
    """Forget what an earlier grading of a submission remarked."""
    take_notes(assignment, student)
