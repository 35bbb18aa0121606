"""Tables: cells found by the columns that name a row."""

import numpy as np
import pandas as pd
import pytest

from course.scoring import number, table
from course.scoring.kind import Kind

KEY = pd.DataFrame(
    {
        "unit": ["Lima", "Áncash", "Cusco", "Puno"],
        "share": [25.5, 30.0, 40.25, 55.0],
        "winner": ["garcia", "garcia", "humala", "humala"],
    }
)
UNITS = table(["unit", "share", "winner"])
BY_UNIT = {"on": ["unit"], "within": 0.06}


@pytest.mark.parametrize(
    "value",
    [
        KEY,
        KEY.sample(frac=1, random_state=3),
        KEY.assign(extra=1)[["extra", "winner", "share", "unit"]],
        KEY.rename(columns={"share": " Share", "unit": "UNIT"}),
        KEY.set_index("unit"),
        KEY.set_index("unit").rename_axis(None),
        KEY.set_index(["unit", "winner"]),
        KEY.assign(share=KEY["share"] + 0.05),
        KEY.assign(share=KEY["share"].astype("float32")),
        KEY.assign(share=KEY["share"].astype("Float64")),
        KEY.assign(winner=KEY["winner"].astype("category")),
        KEY.assign(winner=KEY["winner"].str.title()),
        KEY.to_dict("records"),
        KEY.to_dict("list"),
    ],
)
def test_rows_columns_types_and_containers_may_differ(value: object) -> None:
    """Order of rows, extra columns, the index, dtypes and spelling do not matter."""
    assert UNITS.form(value) is None
    assert UNITS.score(value, KEY, **BY_UNIT).fraction == 1.0


def test_one_wrong_cell_costs_one_cell() -> None:
    """Eight cells are compared; the message names the column."""
    value = KEY.assign(share=[25.5, 30.0, 40.25, 5.0])
    score = UNITS.score(value, KEY, **BY_UNIT)
    assert score.fraction == 7 / 8
    assert "7 of 8 cells are right" in score.message
    assert "column share: look again" in score.message


def test_a_column_in_the_wrong_unit_is_named_once() -> None:
    """The ladder of numbers holds for columns."""
    kind = table({"unit": None, "share": number("percent"), "winner": None})
    score = kind.score(KEY.assign(share=KEY["share"] / 100), KEY, **BY_UNIT)
    assert score.fraction == 0.5
    assert score.message.count("multiply by a hundred") == 1


def test_missing_rows_cost_their_cells_and_are_not_named() -> None:
    """Which row is missing may be the answer."""
    score = UNITS.score(KEY.iloc[:2], KEY, **BY_UNIT)
    assert score.fraction == 0.5
    assert "2 rows are missing" in score.message
    assert "usco" not in score.message


def test_rows_that_do_not_belong_cost_theirs() -> None:
    """Listing everything is no way to be right, unless the question allows more rows."""
    extra = pd.concat([KEY, KEY.iloc[[0]].assign(unit="Tacna")])
    score = UNITS.score(extra, KEY, **BY_UNIT)
    assert score.fraction == 8 / 10
    assert '"tacna" does not belong here' in score.message
    assert UNITS.score(extra, KEY, extra_rows=True, **BY_UNIT).fraction == 1.0


def test_a_row_given_twice_counts_as_its_worst() -> None:
    """Two guesses for one row do not make a right one."""
    twice = pd.concat([KEY, KEY.iloc[[0]].assign(share=3.0)])
    score = UNITS.score(twice, KEY, **BY_UNIT)
    assert score.fraction == 7 / 10
    assert "more than once" in score.message


def test_the_order_of_rows_counts_where_it_is_asked_for() -> None:
    """With row_order, a table in another order loses part, and is told."""
    assert UNITS.score(KEY, KEY, row_order=True, **BY_UNIT).fraction == 1.0
    turned = UNITS.score(KEY[::-1], KEY, row_order=True, **BY_UNIT)
    assert turned.fraction == 8 / 11
    assert "the order asked" in turned.message


def test_a_missing_column_costs_its_cells() -> None:
    """Other columns still count; without the naming column nothing can be compared."""
    score = UNITS.score(KEY.drop(columns="winner"), KEY, **BY_UNIT)
    assert score.fraction == 0.5
    assert "no column winner" in score.message
    assert UNITS.score(KEY.drop(columns="unit"), KEY, **BY_UNIT).fraction == 0.0


def test_tolerances_by_column_and_missing_values() -> None:
    """Each column may have its own tolerance; a missing value is right where the key has none."""
    key = KEY.assign(share=[25.5, 30.0, np.nan, 55.0])
    near = key.assign(share=[25.9, 30.4, np.nan, 55.4])
    kind = table(["unit", "share", "winner"])
    assert kind.score(near, key, on="unit", within={"share": 0.5}).fraction == 1.0
    assert kind.score(near.fillna(1.0), key, on="unit", within={"share": 0.5}).fraction == 7 / 8


def test_columns_of_several_kinds_can_name_a_row() -> None:
    """A row may be named by more than one column, and such a table may hold nothing else."""
    key = pd.DataFrame({"year": [1998, 1999], "country": ["VE", "AR"]})
    kind = table(["year", "country"])
    assert kind.score(key[::-1], key, on=["year", "country"]).fraction == 1.0
    assert kind.score(key.iloc[:1], key, on=["year", "country"]).fraction == 0.5


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (UNITS, 3, "a table with the columns unit, share, winner is wanted; this is a number"),
        (UNITS, KEY["share"], "a Series of 4 values"),
        (UNITS, KEY[["unit", "share"]], "the table has no column winner"),
        (UNITS, KEY.iloc[:0], "the table has no rows"),
        (UNITS, {"unit": ["Lima"], "share": [1, 2], "winner": ["x"]}, "is wanted"),
        (
            table({"unit": None, "share": number("percent")}),
            KEY.assign(share=["25.5", "30", "1", "2"]),
            "column share, row 1: a number in percent is wanted; this is text",
        ),
    ],
)
def test_the_form_of_a_table_is_told(kind: Kind, value: object, says: str) -> None:
    """No table, a missing column, no rows, a cell of the wrong kind."""
    assert says in (kind.form(value) or "")


@pytest.mark.parametrize(
    "wrong_author",
    [
        lambda: table([]),
        lambda: table("unit"),
        lambda: table(["unit", "Unit"]),
        lambda: UNITS.read_key(KEY, on=[]),
        lambda: UNITS.read_key(KEY, on=["place"]),
        lambda: UNITS.read_key(KEY[["unit"]], on=["unit"]),
        lambda: UNITS.read_key(pd.concat([KEY, KEY]), on=["unit"]),
    ],
)
def test_a_key_without_sense_is_refused(wrong_author) -> None:
    """An author's slip is an error when the key is set, not a wrong grade later."""
    with pytest.raises(ValueError, match=r".{10}"):
        wrong_author()
