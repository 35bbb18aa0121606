"""The cells of a notebook are watched: slips are said above Python's own error, runs are noted."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from course import register
from course.cells import cellwatch
from course.cells.runs import Run
from course.cells.trouble import find_trouble

PROGRAM = """
import json
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config
settings = Config()
settings.HistoryManager.enabled = False
shell = InteractiveShell.instance(config=settings)
found = []
for number, cell in enumerate({cells!r}):
    with capture_output() as put_out:
        result = shell.run_cell(cell, store_history=True, cell_id=f"cell-{{number}}")
    found.append([bool(result.success), put_out.stdout])
from course.cells.runs import runs
print(json.dumps([found, [[run.cell_id, run.error] for run in runs]]))
"""
CELLS = [
    "from course.scoring import ask",
    "share = 25.7%",
    "safe = true",
    "votes = 3,758",
    "%time share = 25.7",
    "print('a share of 25,7 %')",
    "nowhere.count()",
]


def test_what_to_correct_stands_above_the_error_which_stays() -> None:
    """From the cell that imports the course on; a run of all cells stops where it did before."""
    code = PROGRAM.format(cells=CELLS)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found, runs = json.loads(done.stdout.splitlines()[-1])
    succeeded, said = [one[0] for one in found], [one[1] for one in found]
    assert succeeded == [True, False, False, True, True, True, False]
    assert said[1].startswith("Line 1: leave the percent sign out.")
    assert said[1].index("percent sign") < said[1].index("SyntaxError")
    assert said[2].startswith("Write True with a capital letter, not true.\n")
    assert "NameError" in said[2]
    assert said[3] == ("Line 1: nothing may stand between the thousands. Write 3758, not 3,758.\n")
    assert said[4].startswith("CPU times")
    assert said[5] == "a share of 25,7 %\n"
    assert said[6].startswith("Nothing is called nowhere so far.")
    errors = ["", "SyntaxError", "NameError", "", "", "", "NameError"]
    assert runs == [[f"cell-{number}", error] for number, error in enumerate(errors)]


def test_an_answer_whose_cell_was_turned_into_text_is_not_called_filled_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel knows its value still; no run of the saved notebook will."""
    tag = {"solution": True, "grade_id": "votes-01-answer"}
    cell = nbformat.v4.new_markdown_cell("x = 5", id="own", metadata={"nbgrader": tag})
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "votes.ipynb")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("course.cells.trouble.runs", [Run("x = 5", "own", 0.0)])
    monkeypatch.setattr("course.cells.runs.runs", [Run("x = 5", "own", 0.0)])
    assert "is no code cell any more" in find_trouble("votes-01", ["x"])


@pytest.mark.parametrize(
    ("number", "trouble"), [(None, False), (2, False), (7, True)], ids=["new", "again", "changed"]
)
def test_a_save_under_way_while_the_cell_ran_is_no_change_of_the_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int | None, trouble: bool
) -> None:
    """The file is younger than the run, and holds what stood in the cell before it."""
    tag = {"solution": True, "grade_id": "votes-01-answer"}
    above = nbformat.v4.new_code_cell("y = 4", id="above", execution_count=number or 1)
    own = nbformat.v4.new_code_cell("x = ", id="own", metadata={"nbgrader": tag})
    own.execution_count = number
    nbformat.write(nbformat.v4.new_notebook(cells=[above, own]), tmp_path / "votes.ipynb")
    monkeypatch.chdir(tmp_path)
    ran = [Run("y = 4 + 1", "above", 0.0, number=7), Run("x = y", "own", 0.0, number=7)]
    monkeypatch.setattr("course.cells.trouble.runs", ran)
    monkeypatch.setattr("course.cells.runs.runs", ran)
    said = find_trouble("votes-01", ["x"])
    assert said.startswith("Its cell was changed after it ran.") if trouble else not said, said


def test_nothing_is_watched_while_grading(monkeypatch: pytest.MonkeyPatch) -> None:
    """There nobody reads it, and the runs must cost nothing."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    before = list(register.watchers)
    cellwatch.watch_cells(object())  # a shell would be asked for its events
    assert register.watchers == before
