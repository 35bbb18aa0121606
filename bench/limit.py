"""The limit: the same cells, run by IPython in a warm fork, with nothing round it.

No sandbox, no judge, no gradebook, no notebook is written: what is left is what the cells cost. The
cells are those that grading runs, checks included.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import nbformat

from course.grader.run.zygote import clean_environment

__all__ = ["main"]


def main(folder: str) -> float:
    """Run all submissions of a class, one after the other; return the seconds that it took.

    Args:
        folder: a course with submitted/ and the cells of votes in source/.
    """
    from course.grader.run.shell import CellShell
    from course.grader.run.zygote_server import warm_up

    warm_up()
    root = Path(folder)
    source = nbformat.read(root / "source/votes/votes.ipynb", as_version=4)
    checks = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    begin = time.perf_counter()
    for paper in sorted(root.glob("submitted/*/votes/votes.ipynb")):
        if os.fork() == 0:
            notebook = nbformat.read(paper, as_version=4)
            shell = CellShell.instance()
            os.chdir(paper.parent)
            for cell in notebook.cells:
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
                if cell.cell_type == "code":
                    shell.run_source(checks.get(grade_id, cell.source))
            os._exit(0)
        os.wait()
    return time.perf_counter() - begin


if __name__ == "__main__":
    if os.environ.get("BENCH_LIMIT") != "yes":  # again, in the environment of graded cells
        environment = {**clean_environment(), "BENCH_LIMIT": "yes"}
        os.execve(sys.executable, [sys.executable, "-m", "bench.limit", *sys.argv[1:]], environment)
    print(f"{main(sys.argv[1]):.3f}")
