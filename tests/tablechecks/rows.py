"""Names the row of a table that does not hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from course.data.schema import AGAIN, DataError

__all__ = ["Row", "list_rows", "raise_error", "require_same"]

Row = dict[str, Any]


def list_rows(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table in order, each by column."""
    return [{str(column): cell for column, cell in row.items()} for row in table.to_dict("records")]


def raise_error(place: Path, table: str, row: str, expected: str, found: str) -> NoReturn:
    """Raise the error that names the row, what was expected and what was found."""
    raise DataError(f"{place / table}.csv, {row}", expected, found, AGAIN)


def require_same(place: Path, table: str, row: str, what: str, expected: int, found: int) -> None:
    """Raise the error unless the number found is the one expected."""
    if expected != found:
        raise_error(place, table, row, f"{what}: {expected:,}", f"{found:,}")
