"""Runs a saved notebook from top to bottom, as Validate and grading do, in a process of its own.

What the kernel remembers helps nobody when the work is graded: what counts is what the saved cells
give. So the table of all questions is made once more, of a fresh run.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from course.cells.saved import read_notebook
from course.overview.check import check_answers
from course.overview.listing import Row

SECONDS = 60


class TooLong(Exception):  # noqa: N818 - what is found, not an error of this program
    """A notebook did not come to its end."""


def rehearse(path: Path) -> list[Row] | None:
    """Return the rows that the table has after a fresh run of a notebook; None where it broke off.

    Nothing in its folder is changed: a copy runs.

    Raises:
        TooLong: it was not at its end after so many seconds.
    """
    with tempfile.TemporaryDirectory(prefix="backyard-rehearsal-") as place:
        folder = Path(place, "work")
        hidden = shutil.ignore_patterns(".*", "feedback", "__pycache__")
        shutil.copytree(path.parent, folder, ignore=hidden)
        left_out = ("NBGRADER_EXECUTION", "JPY_SESSION_NAME")
        environment = {name: text for name, text in os.environ.items() if name not in left_out}
        try:
            done = subprocess.run(
                [sys.executable, "-m", __name__, path.stem],
                cwd=folder,
                env={**environment, "MPLBACKEND": "Agg"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise TooLong(path.name) from None
    try:
        return [Row(**row) for row in json.loads(done.stdout)]
    except (ValueError, TypeError):
        return None


def run_cells(path: Path) -> list[Row]:
    """Run the code cells of a notebook in a shell of this process; return the table's rows."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    from course.cells.cellwatch import watch_cells

    settings = Config()
    settings.HistoryManager.enabled = False  # it writes to a database in the home folder
    shell: Any = InteractiveShell.instance(config=settings)
    shell.enable_gui = lambda _gui=None: None  # asked for by %matplotlib; there is no screen
    run = shell.run_cell
    watch_cells(shell)
    notebook = read_notebook(path)
    for cell in notebook.cells if notebook else ():
        if cell.kind == "code":
            run(cell.source, store_history=True, cell_id=cell.cell_id or None)
    found = check_answers(path.stem)
    return list(found.rows) if found else []


def _main() -> None:
    """Run the notebook that is named in the working folder; put out the rows, and nothing else."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)  # what the cells put out, by whatever way
        rows = run_cells(Path(f"{sys.argv[1]}.ipynb"))
        json.dump([asdict(row) for row in rows], out)


if __name__ == "__main__":
    _main()
