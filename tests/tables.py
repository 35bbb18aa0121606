"""What the tests of the tables share: reading them as written, and damaging a copy."""

import csv
import shutil
from pathlib import Path

import pandas as pd

from course import data

FOLDER = Path(__file__).resolve().parent.parent / "data"
BALLOTS = ["valid_votes", "blank_votes", "null_votes"]
LEADERS = {"humala": "Ollanta Humala", "garcia": "Alan García", "flores": "Lourdes Flores"}


def cells(table: str) -> list[dict[str, str]]:
    """Return a table's cells as they are written, so that printed decimals can be counted."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def notes() -> list[tuple[str, str]]:
    """Return the notes of all tables, each with its table."""
    return [
        (table, row["note"]) for table in data.TABLES for row in cells(table) if row.get("note")
    ]


def copy_tables(place: Path) -> Path:
    """Copy the tables into a folder ``data`` of this place, for a test to damage."""
    shutil.copytree(FOLDER, place / "data", ignore=shutil.ignore_patterns("column.txt"))
    return place / "data"


def change(folder: Path, table: str, row: int, column: str, value: object) -> None:
    """Write another value into one cell; rows count from 0."""
    path = folder / f"{table}.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[row, column] = str(value)
    frame.to_csv(path, index=False)
