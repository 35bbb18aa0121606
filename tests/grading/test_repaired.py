"""Behind `SafeNotebook`, nbgrader's own steps of sanitising find nothing left to do."""

from __future__ import annotations

import copy
import logging
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader import preprocessors

from course.desk.simulated.students import load_cases
from course.grader.intake.bounds import IntakeBounds, SubmissionError
from course.grader.intake.repair import SafeNotebook
from course.grader.intake.submission import read_files, take_notebook
from tests.conftest import ClassRun
from tests.notebooks import ROOT

STUDENTS = [case.student for case in load_cases(ROOT, "votes")]
STEPS = (
    preprocessors.DeduplicateIds,
    preprocessors.OverwriteKernelspec,
    preprocessors.OverwriteCells,
    preprocessors.CheckCellMetadata,
)


def is_hand_graded(cell: Any) -> bool:
    """Tell whether a cell is an answer that a person grades."""
    tag = cell.metadata.get("nbgrader", {})
    return bool(tag.get("grade") and tag.get("solution"))


@pytest.mark.parametrize("student", STUDENTS)
def test_nbgraders_own_steps_find_nothing_to_do(
    class_run: ClassRun, student: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Each changes no byte of a repaired notebook and has nothing to warn of."""
    folder = class_run.folder / "submitted" / student / "votes"
    url = f"sqlite:///{class_run.folder / 'gradebook.db'}"
    where = {"student": student, "assignment": "votes", "notebook": "votes", "db_url": url}
    resources: Any = {"nbgrader": where}
    try:
        submitted = take_notebook(
            read_files(Path(folder), IntakeBounds(), []), "votes.ipynb", IntakeBounds()
        )
    except SubmissionError:
        return  # it is refused before
    nb, resources = SafeNotebook()(submitted, resources)
    before = copy.deepcopy(nb)
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        for step in STEPS:
            options = {"add_missing_cells": True} if step is preprocessors.OverwriteCells else {}
            nb, resources = step(**options)(nb, resources)
    for ours, theirs in zip(before.cells, nb.cells, strict=True):
        # Left out so that words elsewhere in the notebook wait for a person: with it, 0 points.
        if "checksum" not in ours.metadata.get("nbgrader", {}) and is_hand_graded(theirs):
            del theirs.metadata.nbgrader["checksum"]
    assert nb == before
    # It warns of the hidden tests in every check, which no submission holds.
    assert [r for r in caplog.records if "checksum" not in r.getMessage()] == []
    nbformat.validate(nb)
