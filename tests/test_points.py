"""Points are set once, in the settings of a check, and written where students read them."""

from __future__ import annotations

from typing import Any

import pytest

from course.desk.points import write_points


def notebook(*cells: tuple[str, str, float]) -> dict[str, Any]:
    """Return a notebook of one text and checks: their name, code and points."""
    line = "> **Question x-01 · answer: `a`**\n\n"
    line += "Question x-02 · 3 points · answer: b\n\nQuestion y · 1"
    made: list[dict[str, Any]] = [{"cell_type": "markdown", "source": line, "metadata": {}}]
    for name, code, points in cells:
        tag = {"grade": True, "grade_id": name, "points": points}
        made.append({"cell_type": "code", "source": code, "metadata": {"nbgrader": tag}})
    return {"cells": made}


def test_points_come_from_the_settings_alone() -> None:
    """What stands in a line or a check already is replaced, so no two numbers can differ."""
    nb = notebook(("x-01", 'q = ask("x-01")', 1), ("x-02", "q = ask('x-02', points=3)", 2.5))
    for _ in range(2):
        write_points(nb)
        assert nb["cells"][0]["source"] == (
            "> **Question x-01 · 1 point · answer: `a`**\n\n"
            "Question x-02 · 2.5 points · answer: b\n\nQuestion y · 1"
        )
        assert nb["cells"][1]["source"] == 'q = ask("x-01", points=1)'
        assert nb["cells"][2]["source"] == "q = ask('x-02', points=2.5)"


@pytest.mark.parametrize(
    "code", ['ask("x-02")', "ask(x)", 'task("x-01")', 'Question("x-01")', '"ask", "x-01"']
)
def test_only_what_asks_in_its_own_name_gets_points(code: str) -> None:
    """Any other code of a check is left as its author wrote it."""
    nb = notebook(("x-01", code, 1))
    write_points(nb)
    assert nb["cells"][1]["source"] == code
