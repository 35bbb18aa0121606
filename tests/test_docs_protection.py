"""What the pages promise names the tests that hold it, and these tests are there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.notebooks import ROOT

PAGE = ROOT / "docs" / "protection.md"
# On other pages a promise names its tests in a comment, which readers do not see.
HELD_BY = re.compile(r"<!-- held by: (.+?) -->", re.S)
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


def test_each_page_names_the_tests_that_hold_what_it_says() -> None:
    """Every page written by hand has such comments, and each test in them is there."""
    pages = [p for p in (ROOT / "docs").glob("*.md") if "{include}" not in p.read_text("utf-8")]
    silent = {"index.md", "protection.md"}  # a list of pages; tables say it
    for page in pages:
        names = [
            name for held in HELD_BY.findall(page.read_text("utf-8")) for name in held.split(", ")
        ]
        assert names or page.name in silent, page.name
        for name in names:
            path, _, function = name.partition("::")
            files = list((ROOT / "tests").rglob(path.removeprefix("tests/")))
            assert files, (page.name, name)
            found = [f"def {function}(" in file.read_text("utf-8") for file in files]
            assert not function or any(found), (page.name, name)
