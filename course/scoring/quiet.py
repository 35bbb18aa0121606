"""Keeps what a student's objects print or warn out of a grade cell, where it would cost points."""

import contextlib
import io
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np

Found = TypeVar("Found")


class Quiet(io.TextIOBase):
    """A stream that swallows what is written and remembers only that something was."""

    def __init__(self) -> None:
        self.written = False

    def write(self, text: str, /) -> int:
        """Take `text` and keep nothing of it."""
        self.written = self.written or bool(str.strip(text))
        return len(text)


def keep_quiet() -> contextlib.AbstractContextManager[Quiet]:
    """Silence prints, warnings and numpy's signals; gives the sink of standard output.

    Within another one only the sink is new: the rest is silent already, and a key is tried by
    hundreds of calls.
    """
    if type(sys.stdout) is Quiet and type(sys.stderr) is Quiet:
        return contextlib.redirect_stdout(Quiet())
    return _silence_all()


@contextlib.contextmanager
def _silence_all() -> Iterator[Quiet]:
    out = Quiet()
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(Quiet()),
    ):
        warnings.simplefilter("ignore")
        yield out


def try_quietly(do: Callable[[], Found], otherwise: Callable[[], Found]) -> Found:
    """Return what `do` gives, or `otherwise` where a student's object stops it, by what error ever.

    Only a person who interrupts is heard.
    """
    try:
        with keep_quiet():
            return do()
    except KeyboardInterrupt:
        raise
    except BaseException:
        return otherwise()
