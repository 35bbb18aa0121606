"""CSV files are read by one rule, whoever saved them."""

from pathlib import Path

import pytest

from course.desk.csvtable import MOST_BYTES, read_csv_rows
from course.errors import CourseError

TEXT = "id{0}name\n\n7{0}Núñez\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_save_is_read(tmp_path: Path, separator: str, encoding: str) -> None:
    """Rows come with the numbers of their lines; empty lines are left out."""
    path = tmp_path / "table.csv"
    path.write_bytes(TEXT.format(separator).encode(encoding))
    assert read_csv_rows(path, "a table", "mend it") == [(1, ["id", "name"]), (3, ["7", "Núñez"])]


def test_odd_ways_of_saving_are_read(tmp_path: Path) -> None:
    """A first line that says what separates, and UTF-16 without its mark."""
    path = tmp_path / "table.csv"
    path.write_text('sep=|\nid|name\n7|"Núñez, B."\n', "utf-8")
    assert read_csv_rows(path, "a table", "") == [(2, ["id", "name"]), (3, ["7", "Núñez, B."])]
    path.write_bytes("id;name\n7;Núñez\n".encode("utf-16-le"))
    assert read_csv_rows(path, "a table", "") == [(1, ["id", "name"]), (2, ["7", "Núñez"])]
    path.write_text('sep=;\nid;name\n"open\n', "utf-8")
    with pytest.raises(CourseError, match="line 3"):
        read_csv_rows(path, "a table", "")


@pytest.mark.parametrize(
    ("content", "where", "found"),
    [
        (b"id\n\x81\n", "line 2", "encoding"),
        (b'id\n"open\n', "line 2", "unexpected end"),
        (b"PK\x03\x04", "table.csv", "save it as CSV"),
        (b"x" * (MOST_BYTES + 1), "table.csv", "more than 20 MB"),
        (None, "table.csv", "No such file"),
    ],
    ids=["encoding", "quote", "spreadsheet", "large", "missing"],
)
def test_what_cannot_be_read_is_named_with_its_line_and_remedy(
    tmp_path: Path, content: bytes | None, where: str, found: str
) -> None:
    """Never a traceback, never letters guessed."""
    path = tmp_path / "table.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CourseError) as error:
        read_csv_rows(path, "a table", "mend it")
    assert where in error.value.where
    assert found in error.value.found
    assert error.value.todo
