"""Where a check is made is read from its code."""

from __future__ import annotations

import builtins
import symtable
from typing import Any

import pytest

from course.grader.run.cellnames import (
    as_python,
    is_check,
    is_made_apart,
    setup_imports,
    with_imports,
)
from tests.notebooks import grade_cells, source


def check(source: str, name: str = "x-01", **tag: Any) -> dict[str, Any]:
    """Return a check cell."""
    nbgrader = {"grade": True, "solution": False, "locked": True, "grade_id": name} | tag
    return {"cell_type": "code", "source": source, "metadata": {"nbgrader": nbgrader}}


@pytest.mark.parametrize(
    "code",
    [
        'q = ask("x-01", points=1)\nq.grade()',
        "q = ask('x-01')\nq.grade()",
        "from course.scoring import Question, number\nq = Question('x', 1)\nq.grade()",
        "from course.scoring import Question as Asked\nAsked('x', points=1).grade()",
        "import course.scoring\ncourse.scoring.Question('x', 1).grade()",
        "from course import scoring\nscoring.Question('x', 1).grade()",
        "%time 1\nfrom course.scoring import Question\nif True:\n    Question('x', 1)",
    ],
)
def test_a_check_that_asks_for_its_answers_is_made_apart(code: str) -> None:
    """It asks in its own name, or with `Question`, however that is imported."""
    assert is_made_apart(check(code))
    assert not is_made_apart(check(code, grade=False))


@pytest.mark.parametrize(
    "code",
    [
        "assert answer == 3",
        "from course.scoring import number\nassert answer == 3",
        "from elsewhere import Question\nQuestion('x', 1).grade()",
        "Question('x', 1).grade()",
        "# from course.scoring import Question; Question('x', 1)\nassert answer",
        "text = 'from course.scoring import Question'\nassert answer",
        "assert ask('another question') == 3",
        "assert ask(x) == 'x-01'",
        "assert student.ask('x-01')",
        "not python at all",
        "",
    ],
)
def test_any_other_check_runs_among_the_students_cells(code: str) -> None:
    """Its author looks at the students' own objects; one of them may be called `ask`."""
    assert not is_made_apart(check(code))


@pytest.mark.parametrize("assignment", ["argument", "votes", "timeline"])
def test_every_check_of_this_course_is_made_apart(assignment: str) -> None:
    """No key of ours is ever where a student's code runs."""
    for cell in filter(is_check, source(assignment).cells):
        assert is_made_apart(cell), cell.metadata.nbgrader


SETUP = """
from datetime import date as day_of, timedelta
import course.scoring, numpy as np
from course.scoring import ask, number
if True:
    import secrets
"""


def test_a_check_gets_the_imports_of_locked_cells_that_it_names_and_no_others() -> None:
    """A module that a student could put beside the notebook is not loaded by the way."""
    locked = {"grade": False, "locked": True}
    cells = [
        check(SETUP, "x-setup", **locked),
        check("from student import number", "x-00-answer", grade=False, locked=False),
        check("from course.data import totals", "x-00"),
        check("import helper", "x-help", **locked) | {"cell_type": "markdown"},
        {"cell_type": "code", "source": "import student as np", "metadata": {}},
        check("not python", "x-more", **locked),
    ]
    imports = setup_imports({"cells": cells})
    assert set(imports) == {"day_of", "timedelta", "course", "np", "ask", "number"}
    assert with_imports('q = ask("x-01")\nq.part("number", number(np.pi))', imports) == (
        "import numpy as np\nfrom course.scoring import ask\nfrom course.scoring import number\n"
        'q = ask("x-01")\nq.part("number", number(np.pi))'
    )
    assert with_imports("course.scoring", imports) == "import course.scoring\ncourse.scoring"
    assert with_imports("'number'", imports) == "'number'"


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
    """The process that makes it has none: what a check needs it asks for, or it is imported."""
    notebook = source(assignment)
    imports = setup_imports(notebook)
    found = {
        cell.metadata.nbgrader.grade_id: names_from_elsewhere(with_imports(cell.source, imports))
        for cell in grade_cells(notebook)
    }
    assert {name: names for name, names in found.items() if names} == {}
