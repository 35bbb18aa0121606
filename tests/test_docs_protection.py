"""Each promise of the page on protection names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

from tests.notebooks import ROOT

PAGE = ROOT / "docs" / "protection.md"
FILES = {path.name: path for path in (ROOT / "tests").rglob("test_*.py")}


def named(text: str) -> list[tuple[str, str]]:
    """Return the tests that a text names, as file and function ("" for all of the file)."""
    found, file = [], ""
    for quoted in re.findall(r"`((?:[\w/]*test_\w+\.py)?(?:::test_\w+)?)`", text):
        path, _, function = quoted.partition("::")
        file = Path(path).name or file
        if file:
            found.append((file, function))
    return found


def rows(heading: str) -> list[str]:
    """Return the rows of the table below a heading."""
    part = PAGE.read_text("utf-8").partition(f"## {heading}")[2].partition("\n## ")[0]
    return [line for line in part.splitlines() if line.startswith("| **")]


def test_each_test_that_is_named_is_there() -> None:
    """A test that was renamed or removed holds nothing."""
    tests = named(PAGE.read_text("utf-8"))
    assert len(tests) > 40
    for file, function in tests:
        assert file in FILES, file
        text = FILES[file].read_text("utf-8")
        assert not function or f"def {function}(" in text, f"{file}::{function}"


def test_each_promise_names_a_test() -> None:
    """What no test holds is not promised."""
    promises = rows("What holds")
    assert len(promises) > 10
    assert [promise for promise in promises if not named(promise)] == []
