"""Finds an author's slips in a source notebook, and says them in words with the cell.

nbgrader stops at the first one, with an error of its own program; here are all of them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from nbgrader.nbgraderformat import MetadataValidator

from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.run.cellnames import is_made_apart

MARKS = {"SOLUTION": "solution", "HIDDEN TESTS": "grade", "MARK SCHEME": ""}
_ASKS = re.compile(r"""\bask\(["'](.+?)["']""")
_MARK = re.compile(rf"### (BEGIN|END) ({'|'.join(MARKS)})")
NEWEST: int = MetadataValidator.schema_version


def require_sound_source(course: Course, assignment: str) -> None:
    """Refuse a notebook in source/ with slips that would end the making of its student version.

    Raises:
        CourseError: naming each slip with its cell.
    """
    sources = course.read_sources(assignment).items()
    found = [(name, slip) for name, nb in sources for slip in find_slips(nb)]
    if found:
        raise CourseError(
            where=f"source/{assignment}/{found[0][0]}",
            expected="questions that can be made and graded",
            found="\n            ".join(slip for _, slip in found),
            todo="fix it in JupyterLab (Nbgrader → Create Assignment shows the settings of each "
            "cell), save, and run this again",
        )


def find_slips(nb: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the cells of a notebook, a sentence each."""
    slips, places = [], dict[str, int]()
    for number, cell in enumerate(nb["cells"], start=1):
        tag = cell["metadata"].get("nbgrader") or {}
        name = str(tag.get("grade_id") or "")
        where = f"cell {number}" + (f" ({name})" if name else "")
        slips += [f"{where}: {slip}" for slip in _slips_of(cell, tag)]
        if name and any(tag.get(flag) for flag in ("grade", "solution", "locked", "task")):
            if name in places:
                slips.append(f"{where}: cell {places[name]} has the same id; give it another one")
            places.setdefault(name, number)
    return slips


def _slips_of(cell: Mapping[str, Any], tag: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one cell."""
    yield from _slips_of_marks("".join(cell["source"]), tag)
    if not tag:
        return
    grade, solution, task = (bool(tag.get(flag)) for flag in ("grade", "solution", "task"))
    text, points = cell["cell_type"] == "markdown", tag.get("points")
    version = tag.get("schema_version", 0)
    if isinstance(version, int) and version != NEWEST:
        made = f"its settings are of form {version}, this nbgrader reads form {NEWEST}"
        mend = "`nbgrader update source` brings them up to date" if version < NEWEST else ""
        yield f"{made}; {mend or 'install the nbgrader that made them'}"
        return
    if (grade or solution or tag.get("locked")) and not tag.get("grade_id"):
        yield "it has no id; give it one, as in prices-01"
    if (grade or task) and not _is_number(points):
        yield "its points are blank; write a number"
    elif grade and not float(points or 0) > 0 and is_made_apart(cell):
        yield "its check brings 0 points; write how many"
    asks = _ASKS.search("".join(cell["source"])) if grade and not solution else None
    if asks and asks[1] != tag["grade_id"]:
        yield f'its check asks for “{asks[1]}”; write ask("{tag["grade_id"]}")'
    if text and grade != solution and not task:
        yield (
            "a text cell is set to be graded by the computer, which cannot read it; choose "
            "“Manually graded answer”, or make it a code cell"
        )
    if task and not text:
        yield "a task has to be a text cell; choose another type, or make it one"


def _slips_of_marks(source: str, tag: Mapping[str, Any]) -> Iterator[str]:
    """Yield which marks of solutions and hidden tests do not go together, or stand elsewhere."""
    inside = ""
    for edge, kind in _MARK.findall(source):
        if (edge == "BEGIN") == bool(inside) or (edge == "END" and kind != inside):
            yield f"### {edge} {kind} stands where it does not belong; each BEGIN needs its END"
            return
        inside = kind if edge == "BEGIN" else ""
        flag = MARKS[kind]
        if inside and flag and not tag.get(flag):
            wanted = "an answer" if flag == "solution" else "Autograder tests"
            yield f"it has ### BEGIN {kind}, but its type is not that of {wanted}; set its type"
    if inside:
        yield f"### END {inside} is missing below ### BEGIN {inside}"


def _is_number(points: object) -> bool:
    """Tell whether these are points: a number, and none below 0."""
    return isinstance(points, int | float) and not isinstance(points, bool) and points >= 0
