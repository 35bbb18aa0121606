"""Writes points where students read them: they are set once, in the settings of a check."""

import re
from collections.abc import Mapping
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor


class WritePoints(NbGraderPreprocessor):  # type: ignore[misc]
    """A step of generating an assignment, before checksums are taken and cells are kept."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with the points in its fixed lines and checks."""
        write_points(nb)
        return nb, resources


def write_points(nb: Mapping[str, Any]) -> None:
    """Write each question's points into its fixed line, and into `ask(...)` in its check.

    The line is `Question votes-03 · answer: ...`; points that stand there already are replaced.
    """
    points = {
        tag["grade_id"]: float(tag["points"])
        for cell in nb["cells"]
        if (tag := cell["metadata"].get("nbgrader", {})).get("grade")
    }
    for cell in nb["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if cell["cell_type"] == "markdown":
            cell["source"] = _LINE.sub(lambda found: _say_points(found, points), cell["source"])
        elif name in points:
            asked = re.compile(rf"""\bask\((["']{re.escape(name)}["'])(?:, points=[\d.]+)?\)""")
            cell["source"] = asked.sub(rf"ask(\1, points={points[name]:g})", cell["source"])


_LINE = re.compile(r"\bQuestion ([\w.-]+)(?: · [\d.]+ points?)?(?= · answer: )")


def _say_points(line: re.Match[str], points: Mapping[str, float]) -> str:
    """Return the beginning of a fixed line with its points; as it was for no question of these."""
    if line[1] not in points:
        return line[0]
    number = points[line[1]]
    return f"Question {line[1]} · {number:g} point{'' if number == 1 else 's'}"
