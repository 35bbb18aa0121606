"""The module's tables: one function a table, each returns a fresh pandas DataFrame.

Counts are integers (nullable where a report leaves a count out), shares are percentages from 0 to
100, full dates are datetimes, everything else is text; a missing cell is NA or NaN. A date that
may be known only to the month or the year is text (1905-02), with its precision beside it. What
each column means, its unit and its sources stand in ``datapackage.json`` beside the tables, what
is doubtful stands in their ``note`` columns and in ``data/README.md``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from course.data.schema import AGAIN, DataError, candidate_column, describe_tables, read_table

if TYPE_CHECKING:
    import pandas as pd


def data_folder() -> Path:
    """Return the folder that holds the tables.

    It is the environment variable BACKYARD_DATA where that is set, else the copy inside the
    installed package, else ``data/`` of the repository.

    Raises:
        DataError: there is no such folder.
    """
    named = os.environ.get("BACKYARD_DATA")
    if named:
        folder = Path(named)
        if not folder.is_dir():
            raise DataError(
                "environment variable BACKYARD_DATA",
                "a folder with the tables",
                f"{named}, which is no folder",
                "Correct the variable, or unset it to use the tables of the module.",
            )
        return folder
    here = Path(__file__).resolve().parent.parent
    for folder in (here / "_tables", here.parent / "data"):
        if folder.is_dir():
            return folder
    raise DataError(str(here.parent / "data"), "the folder of the tables", "no such folder", AGAIN)


def _read_descriptions() -> dict[str, str]:
    """Return what each table holds, for `help`; where they cannot be read, a loader says why."""
    try:
        return describe_tables(data_folder())
    except DataError:
        return {}


def _define_table(name: str) -> Callable[[], pd.DataFrame]:
    """Return the function that reads a table."""

    def read() -> pd.DataFrame:
        return read_table(name, data_folder())

    read.__name__ = read.__qualname__ = name
    read.__doc__ = _descriptions.get(name)
    _tables[name] = read
    return read


_descriptions = _read_descriptions()
_tables: dict[str, Callable[[], pd.DataFrame]] = {}
first_round = _define_table("first_round")
runoff = _define_table("runoff")
totals = _define_table("totals")
first_round_departments = _define_table("first_round_departments")
runoff_departments = _define_table("runoff_departments")
electoral_roll = _define_table("electoral_roll")
count_reports = _define_table("count_reports")
polls = _define_table("polls")
runoff_polls = _define_table("runoff_polls")
elite_polls = _define_table("elite_polls")
events = _define_table("events")
elections = _define_table("elections")
iraq_coalition = _define_table("iraq_coalition")
trade = _define_table("trade")
trade_by_country = _define_table("trade_by_country")
poverty = _define_table("poverty")
poverty_context = _define_table("poverty_context")
intervention_counts = _define_table("intervention_counts")
government_changes = _define_table("government_changes")
omitted_events = _define_table("omitted_events")
approval = _define_table("approval")
campaign = _define_table("campaign")
sources = _define_table("sources")

TABLES = tuple(_tables)
__all__ = ["DataError", "candidate_column", "data_folder", *TABLES]
