"""Watches the cells of a notebook: notes how each ran, and says a slip in plain words.

Both by what IPython has for it: events of a cell's run, and a handler of one kind of error. What
Python itself says of the error stays below.
"""

import os
import time
from pathlib import Path
from typing import Any

from course import register
from course.cells.plainwords import explain_name, explain_source
from course.cells.runs import Run, runs, sets
from course.cells.saved import read_notebook
from course.cells.trouble import find_trouble


def watch_cells(shell: Any) -> None:
    """Watch the cells of a shell from now on; not while grading, where nobody reads it.

    Args:
        shell: IPython's shell, as `get_ipython()` gives it in a notebook.
    """
    if os.environ.get("NBGRADER_EXECUTION") == "autograde" or find_trouble in register.watchers:
        return
    register.watchers.append(find_trouble)
    shell.events.register("pre_run_cell", lambda info: _say_slip(shell, info.raw_cell))
    shell.events.register("post_run_cell", _note_run)
    shell.set_custom_exc((NameError,), _show_name_error)


def _say_slip(shell: Any, source: str) -> None:
    """Say what Python will not read, before it says so itself."""
    try:
        said = explain_source(shell.transform_cell(source))
    except SyntaxError:  # of a magic: IPython's own words
        return
    if said:
        print(said)


def _note_run(result: Any) -> None:
    error = result.error_before_exec or result.error_in_exec
    info = result.info
    name = type(error).__name__ if error is not None else ""
    number = result.execution_count
    runs.append(Run(str(info.raw_cell), str(info.cell_id or ""), time.time(), name, number))


def _show_name_error(
    shell: Any,
    kind: type[BaseException],
    error: NameError,
    trace: Any,
    tb_offset: int | None = None,
) -> Any:
    """Say what to do about a name that means nothing, then show the error as ever."""
    source = str(shell.history_manager.input_hist_raw[-1]) if shell.history_manager else ""
    if error.name:
        made = _is_made_elsewhere(error.name, source)
        print(explain_name(error.name, source, [str(name) for name in shell.user_ns], made))
    return shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


def _is_made_elsewhere(name: str, source: str) -> bool:
    """Tell whether another cell of the open notebook, as it is saved, makes a name."""
    open_here = Path(os.environ.get("JPY_SESSION_NAME", "")).name  # set by Jupyter for its kernels
    notebook = read_notebook(Path(open_here)) if open_here else None
    cells = notebook.cells if notebook else ()
    others = (c.source for c in cells if c.kind == "code" and c.source.strip() != source.strip())
    return any(sets(other, name) for other in others)
