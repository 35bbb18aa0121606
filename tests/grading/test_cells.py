"""Which names of the student's a grade cell uses is read from its code."""

from __future__ import annotations

import pytest

from course.grading.cells import names_defined, names_read, names_stored
from tests.notebooks import grade_cells, source


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("q.part('x', lambda: answer)", ("answer", "q")),
        ("import pandas as pd\npd.Series(votes)", ("votes",)),
        ("from course.scoring import Question as Q\nQ(name)", ("name",)),
        ("def f(a, b=default):\n    c = a + outer\n    return c", ("default", "outer")),
        ("[row * factor for row in rows]", ("factor", "rows")),
        ("{a: b for a, b in pairs}; (x for x in y)", ("pairs", "y")),
        ("len(print(sum(values)))", ("values",)),
        ("lambda p, n: p / n", ()),
        ("class A(Base):\n    field = value", ("Base", "value")),
        ("await later", ("later",)),
        ("%time slow\nfast", ("fast",)),
        ("x = 1\nx + y", ("x", "y")),
        ("f'{shown} {1 + other}'", ("other", "shown")),
        ("not python at all", ()),
        ("", ()),
    ],
)
def test_names_that_a_cell_looks_up_are_found(cell: str, names: tuple[str, ...]) -> None:
    """Arguments, local names, builtins and own imports are no names of the student's."""
    assert names_read(cell) == names


def test_every_answer_of_the_votes_is_among_the_names() -> None:
    """Each name that a part of a question reads travels to its grade cell."""
    import re

    for cell in grade_cells(source("votes")):
        read = set(names_read(cell.source))
        answers = set(re.findall(r"q\.part\(\"\w+\", lambda: (\w+)", cell.source))
        assert answers
        assert answers <= read


def test_names_that_a_cell_defines_are_told_from_those_it_assigns() -> None:
    """What is defined by import, def or class is the instructor's; a variable may be answered."""
    cell = "import a.b\nfrom c import d as e\ndef f(): g = 1\nclass H: pass\nk = 2"
    assert names_defined(cell) == {"a", "e", "f", "H"}
    assert names_stored(cell) == {"g", "k"}
