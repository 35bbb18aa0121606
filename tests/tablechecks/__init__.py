"""What must hold in the tables: one module a strand."""

from __future__ import annotations

from pathlib import Path

from course.data import TABLES
from course.data.schema import read_table
from tests.tablechecks.background import check_background
from tests.tablechecks.counts import check_votes
from tests.tablechecks.elections import check_elections
from tests.tablechecks.events import check_events, check_iraq
from tests.tablechecks.trade import check_trade

__all__ = ["check_tables"]


def check_tables(place: Path) -> None:
    """Prove that every table of a folder can be read and that what they say holds together.

    Votes and trade add up; dates and codes are valid, precision agrees with the date, what ends
    does so after it began; shares and codings of elections agree with each other; every doubt has
    its note.

    Raises:
        DataError: names the table, the row, what was expected and what was found.
    """
    tables = {name: read_table(name, place) for name in TABLES}
    check_votes(place, tables)
    check_events(place, tables["events"])
    check_elections(place, tables["elections"])
    check_iraq(place, tables["iraq_coalition"])
    check_trade(place, tables["trade"], tables["trade_by_country"])
    check_background(place, tables)
