"""Tells the grader what it must know of this course: what to load warm, what students may read.

The grader knows no course. It finds this module by the entry point `backyard.grader` (see
pyproject.toml), so that another course brings another module and leaves the grader as it is.
"""

import importlib
import pkgutil
from pathlib import Path


def warm_up() -> None:
    """Import what this course's notebooks import and read its tables, once for all submissions."""
    import course.overview.appeal
    import course.overview.check
    import course.practice
    import course.widgets
    from course import column, data, scoring  # noqa: F401 - imported to be there
    from course.text.rows import list_rows

    for room in (course.practice, course.widgets):
        for module in pkgutil.iter_modules(room.__path__):
            importlib.import_module(f"{room.__name__}.{module.name}")
    for table in data.TABLES:
        getattr(data, table)()
    list_rows()


def readable_paths() -> list[Path]:
    """Return what students' code may read besides Python and the package: the tables."""
    from course.data import data_folder

    return [data_folder().resolve()]


def hidden_paths() -> list[Path]:
    """Return what is hidden in it: the column's text, wherever an instructor may have put it.

    It is under copyright and would find its way into feedback pages.
    """
    repository = Path(__file__).resolve().parent.parent / "data"
    return [folder / "column.txt" for folder in (*readable_paths(), repository)]
