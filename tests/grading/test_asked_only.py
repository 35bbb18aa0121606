"""A check gets what it asks for and nothing else, whatever stands in the student's notebook."""

from __future__ import annotations

import ast
import builtins
import json

import pytest

from course.grader.run.cellnames import setup_imports, with_imports
from tests.grading.conftest import OpenSession
from tests.grading.test_session import text, value

EARLIER = """
import math as earlier_module
def earlier_helper(x): return 0.0
class EarlierClass: pass
earlier_value = 1
"""
CHECK = """
from course.scoring import Question, function, number, case
helped = earlier_helper(1) + earlier_value
q = Question("t-01", points=2)
q.part("share", number("percent", low=0, high=100))
q.part("double", function(example=(1,), returns=number("")))
q.key("share", 25.0, within=0.01)
q.key("double", cases=[case((2,), 4), case((5,), 10)])
(helped, len([1, 2]), earlier_module.floor(2.5), EarlierClass.__name__, q.grade())
"""
SHELL = ["In", "Out", "_", "__", "___", "_i", "_ii", "_iii", "_ih", "_oh", "_dh", "_exit_code"]
SHELL += ["get_ipython", "exit", "quit", "open", "display"]
DUNDERS = ["__builtins__", "__builtin__", "__name__", "__doc__", "__loader__", "__spec__"]
DUNDERS += ["__import__", "__build_class__", "__file__", "__annotations__"]


def names_of_checks() -> list[str]:
    """Return every name that the check can resolve other than its asked answers."""
    trees = [ast.parse(EARLIER), ast.parse(CHECK)]
    own = {n.id for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Name)}
    own |= {"Question", "ask", "function", "number", "case", "earlier_helper", "EarlierClass"}
    own |= {"earlier_module", "course", "math", "scoring", "answers", "asking", "source"}
    found = {*own, *SHELL, *DUNDERS, *dir(builtins)} - {"__debug__", "None", "True", "False"}
    return sorted(found - {"share", "double"})


NAMES = names_of_checks()
INJECT = """
class Anything(float):
    def __call__(self, *args, **more): return Anything(25)
    def __getattr__(self, name): return Anything(25)
    def __eq__(self, other): return True
    __hash__ = float.__hash__
for injected in {names!r}:
    globals()[injected] = Anything(25)
"""


def answered(share: str) -> str:
    """Return the cell of a student whose function is right."""
    return f"share = {share}\ndef double(x): return 2 * x"


@pytest.mark.parametrize(("share", "points"), [("25", 2.0), ("26", 1.0)])
def test_no_other_name_of_the_notebook_changes_a_check(
    open_session: OpenSession, share: str, points: float
) -> None:
    """Builtins, dunders, names of the shell, imports, what checks assign and define."""
    assert len(NAMES) > 180
    honest, hostile = open_session(), open_session()
    honest.run(answered(share))
    hostile.run(answered(share))
    # One at a time where setting one spoils the next: `setattr`, `globals` and the like.
    for name in NAMES:
        hostile.run(INJECT.format(names=[name]))
        hostile.run("del globals" if name == "globals" else "0")
    for session in (honest, hostile):
        session.grade(EARLIER)
    expected, found = honest.grade(CHECK), hostile.grade(CHECK)
    assert value(expected) == f"(1.0, 2, 2, 'EarlierClass', {points})"
    for result in (expected, found):
        result.outputs[-1].pop("execution_count")
    assert found.outputs == expected.outputs
    assert text(found) == text(expected)


@pytest.mark.parametrize("way", ["an answer", "a result"])
def test_no_name_in_a_reply_changes_a_check(open_session: OpenSession, way: str) -> None:
    """A reply that holds names beside or in place of what was asked for is no right answer."""
    honest, hostile = open_session(), open_session()
    for session in (honest, hostile):
        session.run(answered("26"))
        session.grade(EARLIER)
    record = json.dumps(["P", [["share", 25.0], ["double", 4], *([n, 25.0] for n in NAMES)]])
    lie = record.encode() if way == "an answer" else b'[false,"","","",false]\n' + record.encode()
    name = "write_record" if way == "an answer" else "write_outcome"
    hostile.run(f"import course.grader.run.runner as r\nr.{name} = lambda *a: {lie!r}")
    found = hostile.grade(CHECK)
    assert value(honest.grade(CHECK)).endswith(", 1.0)")
    assert value(found) == "(1.0, 2, 2, 'EarlierClass', 0.0)"


SETUP = {
    "cell_type": "code",
    "source": "from course.scoring import ask, case, function, number",
    "metadata": {"nbgrader": {"grade_id": "t-setup", "locked": True, "grade": False}},
}
OWN = """
class ask:
    def __new__(cls, *args, **more): print("STOLEN", args, more)
number = case = function = ask
"""


def test_the_tools_of_a_check_are_those_that_the_instructor_imports(
    open_session: OpenSession,
) -> None:
    """A student who defines `ask` and `number` has them where the answers are, and nowhere else."""
    short = CHECK[CHECK.index("q = Question") :].replace("Question(", "ask(")
    check = short.partition("\n(")[0] + "\nq.grade()"
    session = open_session()
    session.run(OWN)
    session.run(answered("26"))
    result = session.grade(with_imports(check, setup_imports({"cells": [SETUP]})))
    assert value(result) == "1.0"
    assert "STOLEN" not in text(result)
    other = open_session()
    other.run("from course.scoring import ask, case, function, number")
    assert "NameError" in str(other.grade(check).outputs)
