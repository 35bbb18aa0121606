"""Reads a table by its description: every column gets its type, the first cell that does not fit is
named.
"""

from __future__ import annotations

import functools
import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.errors import CourseError

if TYPE_CHECKING:
    import pandas as pd

EXPECTED = {"integer": "a whole number", "number": "a number", "date": "a date, YYYY-MM-DD"}
AGAIN = "Get the tables again (git restore data, or install the package again)."


class DataError(CourseError):
    """A table is missing, damaged, or does not add up."""


def read_table(name: str, place: Path) -> pd.DataFrame:
    """Return a table for the caller alone; files are read once, and again if they change.

    Raises:
        DataError: the table or its description is not there or damaged; names file and cell.
    """
    files = (place / f"{name}.csv", place / "datapackage.json")
    return _parse_table(name, place, tuple(map(_file_version, files))).copy()


def candidate_column(candidate: str) -> str:
    """Return the column of a candidate in the tables by department: Susana Villarán gives
    ``susana_villaran``.
    """
    plain = unicodedata.normalize("NFKD", candidate).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "_")


def describe_tables(place: Path) -> dict[str, str]:
    """Return the title of each table and what it holds; raises DataError as `read_table`."""
    return {name: about for name, (about, _) in _read_package(place).items()}


def _read_package(place: Path) -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """Return what ``datapackage.json`` says of each table: what it holds, and its fields."""
    path = place / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        return {
            table["name"]: (
                f"{table.get('title', '')}. {table.get('description', '')}",
                table["schema"]["fields"],
            )
            for table in package["resources"]
        }
    except FileNotFoundError as error:
        raise DataError(str(path), "the description of the tables", "no file", AGAIN) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(str(path), "the description of the tables", str(error), AGAIN) from error


def _file_version(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file does, or None when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


@functools.lru_cache(maxsize=64)
def _parse_table(
    name: str, place: Path, version: tuple[tuple[int, int] | None, ...]
) -> pd.DataFrame:
    """Read a table and give every column the type that its description names."""
    import pandas as pd  # here: who only asks where the tables lie needs none

    path = place / f"{name}.csv"
    _, fields = _read_package(place).get(name, ("", None))
    if fields is None:
        where = str(place / "datapackage.json")
        raise DataError(where, f"a description of the table {name}", "none", AGAIN)
    names = [field["name"] for field in fields]
    try:
        text = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    except FileNotFoundError as error:
        raise DataError(str(path), f"the table {name}", "no file", AGAIN) from error
    except (OSError, ValueError) as error:
        raise DataError(str(path), f"the table {name}, CSV in UTF-8", str(error), AGAIN) from error
    if list(text.columns) != names:
        expected, found = "columns " + ", ".join(names), ", ".join(map(str, text.columns))
        raise DataError(str(path), expected, found, AGAIN)
    return pd.DataFrame({field["name"]: _type_column(path, field, text) for field in fields})


def _type_column(path: Path, field: dict[str, Any], table: pd.DataFrame) -> pd.Series[Any]:
    """Return a column in its type; the first cell that does not fit is named."""
    import pandas as pd

    text, kind = table[field["name"]], field["type"]
    required = bool(field.get("constraints", {}).get("required", False))
    values: pd.Series[Any] = text
    if kind in ("integer", "number"):
        values = pd.to_numeric(text, errors="coerce").astype("float64")
    elif kind == "date":
        values = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    bad = values.isna() & (text.notna() | required)
    if kind == "integer":
        bad = bad | (values.notna() & (values % 1 != 0))
    if bad.any():
        line, cell = next((i + 2, text.iloc[i]) for i, wrong in enumerate(bad) if wrong)
        raise DataError(
            f"{path}, line {line}, column {field['name']}",
            EXPECTED.get(kind, "text"),
            "an empty cell" if pd.isna(cell) else repr(cell),
            AGAIN,
        )
    if kind == "integer":
        values = values.astype("int64") if required else values.astype("Int64")
    return values
