"""Slips in a cell, said in plain words."""

from __future__ import annotations

import ast

import pytest

from course.cells.plainwords import explain_name, explain_source

SLIPS = [
    ("share = 25.7%", "leave the percent sign out. Write 25.7, not 25.7%"),
    ("share = 25.7 %   # of the votes", "Write 25.7"),
    ("share = 25,7", "a decimal point, not a comma. Write 25.7, not 25,7"),
    ("share = 25,05", "Write 25.05, not 25,05"),
    ('carried = {"a": 3,5}', "Write 3.5, not 3,5"),
    ('d["a"] = 3,5', "Write 3.5"),
    ("votes = 3,758,258", "Write 3758258, not 3,758,258"),
    ("votes = 3,058,258", "nothing may stand between the thousands. Write 3058258"),
    ("votes = 3.758.258", "Write 3758258, not 3.758.258"),
    ("votes = 3 758 258", "Write 3758258"),
    ("votes = 3'758'258", "Write 3758258"),
    ("x = 1\nbase = “cast”", "Line 2: the quotation mark “ is a curly one"),
    ("base = ‘cast’", "Type straight ones"),
    ("share =\u00a025.7", "a space of another kind"),
    ("share = 25.7\u200b", "a character that is not seen"),
    ("share = 100 × 2", "Type * in its place"),
    ("rise = −3", "Type - in its place"),
    ("who = Ollanta Humala", 'quotation marks: "Ollanta Humala"'),
    ('who = ["Ollanta Humala", Alan García]', 'quotation marks: "Alan García"'),
    ('who = "Humala', "a quotation mark is missing"),
    ("share = round(100 * (3 / 4, 1", "is opened and never closed: ) is missing"),
    ('letters = ["A", "B"', "] is missing"),
    ("share = (3 + 4))", "one ) too many"),
    ('letters = ["A", "B")', "the bracket [ is closed by )"),
    ("def f(x):\nreturn x", "Line 2: it belongs to the line above and has to be moved in"),
    ("def f(x):\n    y = x\nreturn y", "Line 3: it belongs into the function above"),
    ("  share = 3", "spaces that do not belong there"),
    ("def f(x):\n    y = 1\n  return y", "another number of spaces"),
    ("if share = 3:\n    x = 1", "whether two things are equal, write =="),
    ("def f(x)\n    return x", "a colon is missing"),
    ('letters = ["A" "B", 3 4]', "something is missing between two values"),
]


@pytest.mark.parametrize(("code", "said"), SLIPS)
def test_a_slip_is_said_in_plain_words(code: str, said: str) -> None:
    """What is to be corrected, and where, without a word of Python's grammar."""
    assert said in explain_source(code)
    assert explain_source(code).startswith("Line ")


@pytest.mark.parametrize(
    "code",
    [
        "share = 25.7",
        "pair = (25, 7)",
        "a, b = 1, 2",
        "both = 1, 2",
        "letters = ['A', 'B']  # “both”",
        'text = "a share of 25,7 %"',
        "first, second = 3,4",
        "rest = 17 % 5",
        "print(3,4)",
        "",
        "x = [",
    ],
)
def test_nothing_is_said_of_a_cell_that_can_be_read(code: str) -> None:
    """A hint that is not true is worse than none."""
    try:
        ast.parse(code)
    except SyntaxError:
        return
    assert explain_source(code) == ""


@pytest.mark.parametrize(
    ("name", "source", "made", "said"),
    [
        ("true", "safe = true", False, "Write True with a capital letter, not true."),
        ("false", "f(false)", False, "Write False"),
        ("totals", "x = totals.loc[1]", True, "totals is made in a cell that has not run yet."),
        ("humala_vote", "x = humala_vote", False, "Do you mean humala_votes?"),
        ("cast", "base = cast", False, 'If it is a text, put it in quotation marks: "cast".'),
        ("B", 'letters = ["A", B]', False, 'quotation marks: "B"'),
        ("foo", "foo.bar()", False, "Is it spelled right? Have all cells above run?"),
    ],
)
def test_a_name_that_means_nothing_is_explained(
    name: str, source: str, made: bool, said: str
) -> None:
    """What helps depends on where the name stands, and whether another cell makes it."""
    assert said in explain_name(name, source, ["humala_votes", "data"], made)
