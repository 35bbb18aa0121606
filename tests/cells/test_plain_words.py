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
    ("change = -25,7", "Write 25.7, not 25,7"),
    ("share = 100 * 3,5", "Write 3.5, not 3,5"),
    ("share = 12,275,385 / 16,494,906", "Write 12275385, not 12,275,385"),
    ("share = 1.234,5", "Write 1234.5, not 1.234,5"),
    ("share = 25.7 percent", "a number stands alone. Write 25.7, not 25.7 percent"),
    ("costs = $5", "Write 5, not $5"),
    ("when = 2006-04-09", 'a date is a text, which needs quotation marks: "2006-04-09"'),
    ("day = date(2006, 04, 11)", "does not begin with 0. Write 4, not 04"),
    ("who = `Humala`", "` is no quotation mark"),
    ("area = 3 x 4", "Type * in its place"),
    ("25 = share", "the name comes first, then =, then its value"),
    ("share =   # in percent", "nothing stands after the =. Write the answer there"),
    ("def f(x):\n    y = 1\n\treturn y", "tabs and spaces are mixed"),
    (
        "both = [25,7, 30,1]",
        "read as 4 numbers. If you mean 2, write a decimal point in each, as in 25.7",
    ),
    ('d["a"] = {"x": [3,5, 4,5, 6,5]}', "If you mean 3"),
    ("share = round(25,7)", "Write 25.7, not 25,7"),
    ("area = 2^3", "^ is no sign for a power. Write ** in its place"),
    ("root = n ^ 0.5", "Write ** in its place"),
    ('x = 1\nletters = ["A" "C"]', 'Line 2: a comma is missing between "A" and "C"'),
    ("letters = ['A', 'B''D']", "a comma is missing between 'B' and 'D'"),
    ('print "A"', "what is printed stands in round brackets"),
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
        "both = (25,7), 3",
        "years = [1990,1994, 1998,2002]",
        "both = f(3,4), 5",
        "letters = ['A', 'B']  # “both”",
        'text = "a share of 25,7 %"',
        "first, second = 3,4",
        "rest = 17 % 5",
        "print(3,4)",
        "numbers = [25, 7, 30, 1]",
        "numbers = [1,2,3,4]",
        "pairs = [(1, 2), (3,4)]",
        "share = round(100 * part, 1)",
        "votes = round(12345, -2)",
        "votes = round(12345, 2)",
        "share = round(25.71, 1)",
        "odd = (a == 1) ^ (b == 1)",
        "odd = True ^ flag",
        "text = 'a long text ' 'in two pieces'",
        "texts = ['a long text '\n    'in two lines', 'b']",
        'texts = ["it\'s \'A\'", "x"]',
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
        ("TRUE", "x = TRUE", False, "Write True with one capital letter, not TRUE."),
        (
            "of",
            "x = 25.7 % of",
            False,
            "Leave the percent sign and what follows it out. Write 25.7.",
        ),
        ("share", "share == 25.7", False, "To give share a value, write one =."),
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
