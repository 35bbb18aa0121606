"""An author's slips in a source notebook are named in words, each with its cell."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from course.desk import cli, gate, steps
from course.grader.coursedir import CONFIG_NAME, Course
from tests.notebooks import ROOT
from tests.ordinary.building import SmallCourse

ASK = 'q = ask("prices-01")\nq.part("x", number())\nq.check()'
KEY = (
    f"from course.scoring import ask, number\n{ASK}\n"
    '### BEGIN HIDDEN TESTS\nq.key("x", {})\nq.grade()\n### END HIDDEN TESTS'
)
CELLS: list[dict[str, Any]] = [
    {"solution": "prices-01-answer", "source": "x = 3"},
    {"tests": "prices-01", "points": 1, "source": ASK},
    {"manual": "prices-02", "points": 2, "type": "markdown", "source": "Because."},
]


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The notebook of a small course; the working directory is the course."""
    shutil.copy(ROOT / CONFIG_NAME, tmp_path)
    SmallCourse("prices", "slips", CELLS, {}).write_source(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "source/prices/prices.ipynb"


def change(source: Path, cell: int, text: str = "", **settings: Any) -> None:
    """Change the settings of a cell, or its text."""
    content = json.loads(source.read_text("utf-8"))
    content["cells"][cell]["metadata"]["nbgrader"].update(settings)
    if text:
        content["cells"][cell]["source"] = text
    source.write_text(json.dumps(content), "utf-8")


@pytest.mark.parametrize(
    ("cell", "settings", "said"),
    [
        (1, {"grade_id": "prices-02"}, "cell 3 (prices-02): cell 2 has the same id"),
        (1, {"points": None}, "cell 2 (prices-01): its points are blank"),
        (2, {"points": ""}, "cell 3 (prices-02): its points are blank"),
        (1, {"points": 0}, "cell 2 (prices-01): its check brings 0 points"),
        (2, {"solution": False}, "cell 3 (prices-02): a text cell is set to be graded by the comp"),
        (1, {"schema_version": 1}, "cell 2 (prices-01): its settings are of form 1"),
        (1, {"schema_version": 9}, "install the nbgrader that made them"),
        (1, {"grade_id": "prices-03"}, 'its check asks for “prices-01”; write ask("prices-03")'),
        (1, {"grade_id": ""}, "cell 2: it has no id"),
        (0, {"task": True}, "cell 1 (prices-01-answer): a task has to be a text cell"),
        (0, {"text": "### BEGIN SOLUTION\nx = 3"}, "cell 1 (prices-01-answer): ### END SOLUTION"),
        (0, {"text": "### END SOLUTION"}, "### END SOLUTION stands where it does not belong"),
        (1, {"text": "### BEGIN SOLUTION\n### END SOLUTION"}, "its type is not that of an answer"),
    ],
)
def test_a_slip_is_named_in_words_with_its_cell(
    source: Path,
    cell: int,
    settings: dict[str, Any],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`course generate` makes nothing, and says which cell, what is wrong and what to do."""
    change(source, cell, **settings)
    for more in ([], ["--unchecked"]):
        assert cli.main(["generate", "prices", *more]) == 1
        error = capsys.readouterr().err
        assert said in error
        assert "course generate: source/prices/prices.ipynb\n  expected:" in error
        assert "Traceback" not in error
    assert not Path("release").exists()
    assert not Path("gradebook.db").exists()


def test_all_slips_are_named_at_once(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever mends one need not come back for the next."""
    change(source, 1, points=None)
    change(source, 2, points=None)
    assert cli.main(["generate", "prices"]) == 1
    assert capsys.readouterr().err.count("its points are blank") == 2


def test_a_damaged_notebook_is_named_by_line(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the file cannot be read, the error says in which line."""
    source.write_text('{"cells": [],\n "metadata" {}}')
    assert cli.main(["generate", "prices"]) == 1
    assert "in line 2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"points": None}, "cell 2 (prices-01): its points are blank"),
        ({"text": KEY.format(4)}, "prices-01: x: The answer is not right."),
        ({"text": KEY.format(3)}, ""),
    ],
)
def test_nbgraders_own_button_passes_the_same_gate(
    source: Path, settings: dict[str, Any], said: str
) -> None:
    """The Formgrader, in whose event loop it runs, makes nothing that `course generate` refuses."""
    change(source, 1, **settings)
    change(source, 0, "### BEGIN SOLUTION\nx = 3\n### END SOLUTION")

    async def press() -> Any:
        return Course(source.parents[2]).api().generate_assignment("prices")

    result = asyncio.run(press())
    assert result["success"] == (not said)
    words = " ".join(result["log"].split())
    assert (said or "the model answers earn 1 of 1 points; 2 more") in words
    assert (source.parents[2] / "release").exists() == (not said)


def test_a_gate_that_breaks_lets_nothing_through(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """nbgrader would go on after an error that nobody foresaw."""

    def fail(*_: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(gate, "require_model_answers", fail)
    with pytest.raises(SystemExit):
        gate.before_generate("prices", ".", [str(source)])


def test_what_nbgrader_says_of_other_slips_is_a_sentence() -> None:
    """nbgrader logs tracebacks as errors; the line that says what happened is told instead."""
    log = (
        "[ERROR] Traceback (most recent call last):\n  File x\n[ERROR] Notebook failed to validate"
    )
    assert steps._find_reason({"log": log}) == "Notebook failed to validate"
