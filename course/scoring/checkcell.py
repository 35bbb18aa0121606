"""What a check cell begins with: `q = ask("votes-03")`."""

import ast
from contextlib import suppress

from course.scoring.arrows import links
from course.scoring.cases import case, wrong
from course.scoring.choices import choice, label_set, truth
from course.scoring.days import day
from course.scoring.functions import function
from course.scoring.maps import label_map
from course.scoring.numbers import mistake, number
from course.scoring.orders import order
from course.scoring.plots import plot
from course.scoring.question import Question

__all__ = ["ask"]

_TOOLS = (case, choice, day, function, label_map, label_set, links, mistake, number, order, plot)
TOOLS = {tool.__name__: tool for tool in (*_TOOLS, truth, wrong)}


def ask(name: str, points: float | None = None) -> Question:
    """Return the question of a check cell: give its parts with `part`, then call `check`.

    `name`: that of the cell. `points`: left out in source/, where they stand in the cell's settings
    only; generating the assignment writes them here.
    """
    _put_back_tools()
    return Question(name, points)


def _put_back_tools() -> None:
    """Give the running cell its tools again where an answer has taken their names.

    They are imported once, at the top of the notebook, and a student may call a variable `number`.
    """
    from IPython.core.getipython import get_ipython  # takes long; a kernel has it already

    shell = get_ipython()
    if shell is None or shell.history_manager is None:
        return
    with suppress(SyntaxError, ValueError, IndexError):
        code = shell.history_manager.input_hist_parsed[-1]
        taken = {n for n, tool in TOOLS.items() if n in code and shell.user_ns.get(n) is not tool}
        # To read the code takes long, and most names are free.
        tree = ast.parse(code if taken else "")
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        shell.user_ns.update({name: TOOLS[name] for name in used & taken})
