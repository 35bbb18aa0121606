"""A step of making feedback pages: what students may see of a grade cell, and lines that fit."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor

__all__ = ["WIDTH", "StudentsView"]

WIDTH = 92  # characters that a line of output may have on nbgrader's feedback page

_HIDDEN = re.compile(
    r"^[ \t]*### BEGIN HIDDEN TESTS.*?(### END HIDDEN TESTS[ \t]*$|\Z)", re.M | re.S
)


class StudentsView(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes keys out of a feedback page and wraps its messages.

    The page is made of the autograded notebook, whose grade cells hold the keys. Students get the
    cells as they were handed out, and what the cells said. A failed grade cell shows its error
    without the traceback, which would quote the key. Stands before the exporter in
    `c.GenerateFeedback.preprocessors`; the autograded notebook itself stays as it is.
    """

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Return a cell as its student may see it."""
        if cell.cell_type != "code" or not utils.is_grade(cell):
            return cell, resources
        cell.source = _HIDDEN.sub("", cell.source).rstrip()
        for output in cell.outputs:
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
            elif output.output_type == "stream":
                output.text = _wrapped(output.text)
        return cell, resources


def _wrapped(text: str) -> str:
    """Wrap each line of a text; the lines that go on are indented."""
    lines = [
        textwrap.fill(line, WIDTH, subsequent_indent="    ", break_long_words=False)
        for line in text.splitlines()
    ]
    return "\n".join(lines) + "\n"
