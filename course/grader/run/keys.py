"""Builds the keys of a notebook's checks, once for a class: all of a check but its last line.

What a check does before its grade is the same for every submission, and takes most of its time: it
reads tables, computes keys and tries each key by wrong answers. A process that has done it forks
the judges, and each of them begins at the grade. A check that needs an answer before, or whose
beginning can be noticed in any way, is left as it is: its judge runs all of it.
"""

import ast
import contextlib
import io
import signal
import warnings
from collections.abc import Iterator
from types import CodeType
from typing import Any, NamedTuple, NoReturn

from course.grader.run.shell import CellShell
from course.grader.run.streams import Event
from course.scoring import asking

SECONDS = 10.0  # that the beginning of one check may take here


class Built(NamedTuple):
    """A check, its keys built as far as that can be done once."""

    names: dict[str, Any]  # what it has set
    rest: str  # the line that is left to run


class TooEarly(BaseException):  # so that no check's own `except Exception` stops it
    """A check needs what is there only when a submission is graded, or takes too long."""


class _NoAnswersYet(dict[str, Any]):
    """Stands for the answers, and for what earlier checks graded; remembers that it was asked."""

    asked = False

    def ask(self, *_: Any) -> NoReturn:
        """Say that nobody has answered yet."""
        self.asked = True
        raise TooEarly

    get = update = ask  # type: ignore[assignment] # nothing has been graded yet


def build_keys(shell: CellShell, python: str) -> Built:
    """Run the beginning of a check, each in a namespace of its own.

    Args:
        shell: of this process.
        python: the check as plain Python.

    Returns:
        All of it as the rest where it has to run for each submission.
    """
    whole = Built({}, python)
    parts = _split_check(python)
    if parts is None:
        return whole
    beginning, rest = parts
    before = dict(shell.user_ns)
    names = dict(before)
    with _watch_run(shell) as seen:
        exec(beginning, names)
    if seen:
        return whole
    new = {name: value for name, value in names.items() if before.get(name, names) is not value}
    new.pop("__builtins__", None)
    return Built(new, rest)


def _split_check(python: str) -> tuple[CodeType, str] | None:
    """Return the beginning of a check and its last line, `q.grade()`; None where that is no such
    line.
    """
    with contextlib.suppress(SyntaxError, ValueError):
        *beginning, last = ast.parse(python).body or [ast.Pass()]
        match last:
            case ast.Expr(ast.Call(ast.Attribute(ast.Name(), "grade"), [], []), col_offset=0):
                rest = "\n".join(python.splitlines()[last.lineno - 1 :])
                return compile(ast.Module(beginning, []), "<check>", "exec"), rest
    return None


@contextlib.contextmanager
def _watch_run(shell: CellShell) -> Iterator[list[object]]:
    """Give a list that holds, after what was run within, all that could be noticed of it."""
    import matplotlib.pyplot as plt

    seen: list[object] = []
    shown: list[Event] = []
    printed, early = io.StringIO(), _NoAnswersYet()
    shell.receiver = shown.append
    kept = asking.source.answers, asking.source.seed, asking.source.graded
    asking.ask_from(early, 0, early)

    def end_run(*_: object) -> NoReturn:
        seen.append(SECONDS)
        raise TooEarly

    handler = signal.signal(signal.SIGALRM, end_run)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        with (
            warnings.catch_warnings(record=True) as warned,
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            yield seen
    except BaseException as error:  # whatever it is, each judge meets it again
        seen.append(error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        asking.ask_from(*kept)
        del shell.receiver
    seen += [*shown, *warned, *plt.get_fignums()]
    if printed.getvalue() or early.asked:
        seen.append(printed)
    plt.close("all")
