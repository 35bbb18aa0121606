"""Panels arrive with their value."""

import math
from typing import Any

import ipywidgets
import pandas as pd
import pytest

from course.scoring import (
    Question,
    number,
)
from course.scoring.plain import plain
from course.scoring.question import _read
from course.widgets.votes import CountReplay
from tests.travel.journey import travelled


def _report(panel: Any) -> tuple[float, str]:
    question = Question("votes-11", 1)
    question.part("report", lambda: panel.value.get("report"), number("report", low=1, high=52))
    question.key("report", 48)
    return question.grade(), str(_read(question._parts["report"]))


def test_a_panel_s_value_arrives(tmp_path: Any) -> None:
    """The panels of the course, and stock ones."""
    panel = CountReplay("votes-11", folder=tmp_path)
    panel.value = {"report": 48}
    found = travelled(panel)
    assert (found.value, found.question) == ({"report": 48}, "votes-11")
    assert plain(found) == plain(panel)
    assert _report(found) == _report(panel)
    assert travelled(ipywidgets.IntSlider(7)).value == 7
    assert travelled(ipywidgets.SelectMultiple(options=["a"], value=["a"])).value == ("a",)
    box = ipywidgets.VBox()
    assert _report(travelled(box)) == _report(box)


@pytest.mark.parametrize("panel", [5, None, "text", [1], {"value": 1}, math, pd.Series([1])])
def test_what_is_no_panel_gets_the_same_words(panel: Any, capsys: Any) -> None:
    """A name that no longer holds the panel."""
    there = _report(travelled(panel)), capsys.readouterr().out
    assert there == (_report(panel), capsys.readouterr().out)


def test_a_panel_whose_value_fails_gets_the_same_words(capsys: Any) -> None:
    """What it raised is raised again when the value is asked for."""

    class Failing(ipywidgets.IntSlider):
        value = property(lambda self: {}["gone"])  # type: ignore[assignment]

    panel = Failing.__new__(Failing)
    there = _report(travelled(panel)), capsys.readouterr().out
    assert there == (_report(panel), capsys.readouterr().out)
