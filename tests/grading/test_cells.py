"""Where a check is made is read from its code."""

from __future__ import annotations

import builtins
import symtable

import pytest

from course.grader.run.cellnames import as_python, is_made_apart
from tests.notebooks import grade_cells, source


@pytest.mark.parametrize(
    "cell",
    [
        "from course.scoring import Question, number\nq = Question('x', 1)\nq.grade()",
        "from course.scoring import Question as Asked\nAsked('x', points=1).grade()",
        "import course.scoring\ncourse.scoring.Question('x', 1).grade()",
        "from course import scoring\nscoring.Question('x', 1).grade()",
        "%time 1\nfrom course.scoring import Question\nif True:\n    Question('x', 1)",
    ],
)
def test_a_check_written_with_question_is_made_apart(cell: str) -> None:
    """However it is imported."""
    assert is_made_apart(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "assert answer == 3",
        "from course.scoring import number\nassert answer == 3",
        "from elsewhere import Question\nQuestion('x', 1).grade()",
        "Question('x', 1).grade()",
        "# from course.scoring import Question; Question('x', 1)\nassert answer",
        "text = 'from course.scoring import Question'\nassert answer",
        "not python at all",
        "",
    ],
)
def test_any_other_check_runs_among_the_students_cells(cell: str) -> None:
    """Its author looks at the students' own objects."""
    assert not is_made_apart(cell)


@pytest.mark.parametrize("assignment", ["argument", "votes", "timeline"])
def test_every_check_of_this_course_is_made_apart(assignment: str) -> None:
    """No key of ours is ever where a student's code runs."""
    for cell in grade_cells(source(assignment)):
        assert cell.cell_type != "code" or is_made_apart(cell.source), cell.metadata.nbgrader


def test_magics_are_written_out() -> None:
    """A check may hold what IPython reads; what cannot be read is left as it is."""
    assert "run_line_magic" in as_python("%time x")
    assert as_python("x = 1") == "x = 1\n"


def names_from_elsewhere(code: str) -> set[str]:
    """Return the names that a cell looks up and does not define itself."""
    whole = symtable.symtable(code, "<cell>", "exec")
    own = {s.get_name() for s in whole.get_symbols() if s.is_assigned() or s.is_imported()}

    def looked_up(table: symtable.SymbolTable, top: bool) -> set[str]:
        symbols = table.get_symbols()
        found = {s.get_name() for s in symbols if s.is_referenced() and (top or s.is_global())}
        return found.union(*(looked_up(inner, False) for inner in table.get_children()))

    return looked_up(whole, True) - own - set(dir(builtins))


@pytest.mark.parametrize("assignment", ["argument", "votes", "timeline"])
def test_no_check_of_this_course_reads_a_name_of_the_notebook(assignment: str) -> None:
    """The process that makes it has none: what a check needs it asks for, or loads itself."""
    found = {
        cell.metadata.nbgrader.grade_id: names_from_elsewhere(cell.source)
        for cell in grade_cells(source(assignment))
    }
    assert {name: names for name, names in found.items() if names} == {}
