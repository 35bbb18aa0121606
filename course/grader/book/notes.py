"""What the steps of autograding hand on to one another, and keep until a hook writes it down.

`nbgrader autograde` and the formgrader's button throw the steps' resources away. Between a step and
`course.grader.intake.hooks.after_autograde`, which run in one process, what was remarked of a
submission stays here.
"""

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from course.grader.faults import Fault, write_remarks

_faults: dict[tuple[str, str], list[Fault]] = {}
_remarks: dict[tuple[str, str], list[tuple[str, str]]] = {}


@dataclass
class Notes:
    """What the steps hand on about one submission."""

    # what was handed in beside the notebook; None where it lies in the folder
    files: dict[str, bytes] | None = None
    # by notebook, the texts with which it was handed out, and whose they are; None where they lie
    # in the course folder
    texts: Mapping[str, dict[str, str]] | None = None
    # when the whole submission has to be through, by `time.monotonic`; None for the configured time
    # from now on
    deadline: float | None = None
    # the content of answers.json that counts, where it is another than was handed in
    answers: bytes | None = None
    faults: list[Fault] = field(default_factory=list)  # what went wrong in single cells
    # pairs of a question (or "") and what was mended or left out
    remarks: list[tuple[str, str]] = field(default_factory=list)
    times: dict[str, float] = field(default_factory=dict)  # seconds, by phase
    used: dict[str, float] = field(default_factory=dict)  # "cpu" seconds and bytes of "memory"


def notes_in(resources: MutableMapping[str, Any]) -> Notes:
    """Return the notes that a step's resources carry; they begin where there are none."""
    found: Notes = resources.setdefault("backyard", Notes())
    return found


def keep_notes(
    resources: MutableMapping[str, Any],
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
    if notes_in(resources).files is not None:
        return
    key = (str(where.get("assignment", "")), str(where.get("student", "")))
    _faults.setdefault(key, []).extend(faults)
    _remarks.setdefault(key, []).extend(remarks)


def take_notes(assignment: str, student: str) -> tuple[list[Fault], list[str]]:
    """Return the faults and remarks that were kept of a submission, and keep them no longer."""
    key = (assignment, student)
    return _faults.pop(key, []), write_remarks(_remarks.pop(key, []))
