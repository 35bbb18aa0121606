"""The module's tables: one function a table, each returns a fresh pandas DataFrame.

Counts are integers (nullable where a report leaves a count out), shares are percentages from 0 to
100, full dates are datetimes, everything else is text; a missing cell is NA or NaN. A date that
may be known only to the month or the year is text (1905-02), with its precision beside it. What
each column means, its unit and its sources stand in ``datapackage.json`` beside the tables, what
is doubtful stands in their ``note`` columns and in ``data/README.md``.
"""

import os
from pathlib import Path

import pandas as pd

from course.data.schema import AGAIN, DataError, candidate_column, read_table

__all__ = [
    "TABLES",
    "DataError",
    "candidate_column",
    "count_reports",
    "data_folder",
    "elections",
    "electoral_roll",
    "elite_polls",
    "events",
    "first_round",
    "first_round_departments",
    "iraq_coalition",
    "polls",
    "runoff",
    "runoff_departments",
    "runoff_polls",
    "sources",
    "totals",
    "trade",
    "trade_by_country",
]

TABLES = (
    "first_round",
    "runoff",
    "totals",
    "first_round_departments",
    "runoff_departments",
    "electoral_roll",
    "count_reports",
    "polls",
    "runoff_polls",
    "elite_polls",
    "events",
    "elections",
    "iraq_coalition",
    "trade",
    "trade_by_country",
    "sources",
)


def first_round() -> pd.DataFrame:
    """Votes of the 20 candidates in the first round, 9 April 2006; one row a candidate."""
    return _read_table("first_round")


def runoff() -> pd.DataFrame:
    """Votes of the two candidates in the runoff, 4 June 2006; one row a candidate."""
    return _read_table("runoff")


def totals() -> pd.DataFrame:
    """Electors and ballots of the nation; one row a round.

    Valid, blank and null votes together are the votes cast.
    """
    return _read_table("totals")


def first_round_departments() -> pd.DataFrame:
    """First round in the 24 departments, Callao and abroad; one column of votes a candidate."""
    return _read_table("first_round_departments")


def runoff_departments() -> pd.DataFrame:
    """Runoff in the 24 departments, Callao and abroad; one column of votes a candidate."""
    return _read_table("runoff_departments")


def electoral_roll() -> pd.DataFrame:
    """Registered electors by department, Callao and, abroad, by continent."""
    return _read_table("electoral_roll")


def count_reports() -> pd.DataFrame:
    """The 52 reports of the first-round count as they came in, in order.

    Shares are percentages as printed; ``base`` says of what. Votes and the stated gap (García
    minus Flores) are there only where the source prints them.
    """
    return _read_table("count_reports")


def polls() -> pd.DataFrame:
    """First-round polls, exit polls and quick counts; shares in percent of what ``base`` says."""
    return _read_table("polls")


def runoff_polls() -> pd.DataFrame:
    """Head-to-head polls; one row a pair of candidates, shares in percent of what ``base`` says."""
    return _read_table("runoff_polls")


def elite_polls() -> pd.DataFrame:
    """Zogby polls of Latin American opinion leaders; shares in percent of the people asked."""
    return _read_table("elite_polls")


def events() -> pd.DataFrame:
    """63 events from 1823 to 2019, in order of time; a choice, not all that happened.

    ``date`` and ``end`` are text as far as they are known (1823-12-02, 1905-02, 1990) and sort as
    text; ``date_precision`` and ``end_precision`` say how far. ``countries`` and ``contested`` are
    lists separated by semicolons.
    """
    return _read_table("events")


def elections() -> pd.DataFrame:
    """39 presidential elections in 19 Latin American countries, December 1998 to December 2006.

    Shares are in percent of what ``base`` says. ``bloc`` is one coder's reading of the winner;
    others stand in ``bloc_dpi``, ``bloc_brambor`` and ``bloc_v_party``.
    """
    return _read_table("elections")


def iraq_coalition() -> pd.DataFrame:
    """31 statements and acts on the Iraq war, 2003 to 2009; a country can have several or none.

    ``date`` is text as far as it is known, ``troops`` counts persons.
    """
    return _read_table("iraq_coalition")


def trade() -> pd.DataFrame:
    """Trade of groups of Latin American countries by partner, in million current US dollars."""
    return _read_table("trade")


def trade_by_country() -> pd.DataFrame:
    """Exports of 20 countries in million current US dollars, with rounded shares by partner."""
    return _read_table("trade_by_country")


def sources() -> pd.DataFrame:
    """Where each source that a row of the other tables names can be found, and what it is."""
    return _read_table("sources")


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


def _read_table(name: str) -> pd.DataFrame:
    return read_table(name, data_folder())
