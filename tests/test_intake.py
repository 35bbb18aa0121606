"""A submission is read, repaired and put in order, whatever a student hands in."""

from __future__ import annotations

import json
import os
import shutil
import socket
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.exporters import NotebookExporter
from nbgrader import preprocessors
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.nbgraderformat import MetadataValidator

from course.desk import steps
from course.grader.book.notes import notes_in
from course.grader.coursedir import Course
from course.grader.harmless.cleaning import SafeOutputs
from course.grader.intake.bounds import IntakeBounds, SubmissionError
from course.grader.intake.hooks import before_autograde
from course.grader.intake.notebookfile import read_notebook
from course.grader.intake.repair import SafeNotebook
from course.grader.intake.submission import check_names, make_fingerprint, read_files, take_notebook
from tests.notebooks import ROOT, grade_id, is_grade_cell, make_png, source

SMALL = IntakeBounds(files=5, file_bytes=1000, notebook_bytes=2000, total_bytes=3000, entries=50)


def notebook(*cells: Any, **fields: Any) -> bytes:
    """Return a notebook's file with the given cells (dictionaries or anything else)."""
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **fields}
    ).encode()


def code(source: Any = "1", **fields: Any) -> dict[str, Any]:
    """Return a code cell as JSON has it."""
    return {
        "cell_type": "code", "id": "a", "metadata": {}, "source": source,
        "outputs": [], "execution_count": None, **fields,
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission's folder with one small notebook."""
    made = tmp_path / "submitted" / "ana" / "votes"
    made.mkdir(parents=True)
    (made / "votes.ipynb").write_bytes(notebook(code()))
    return made


# --- files ----------------------------------------------------------------------------------------


def test_ordinary_files_are_read_as_they_are(folder: Path) -> None:
    """Files and folders of a submission arrive byte for byte, with its timestamp."""
    (folder / "data").mkdir()
    (folder / "data" / "notes ñ.csv").write_bytes(b"a,b\r\n\xff")
    (folder / "timestamp.txt").write_text("2026-05-12 10:00:00.123456 UTC\n")
    intake = read_files(folder, SMALL, [])
    assert intake.files == {
        "votes.ipynb": (folder / "votes.ipynb").read_bytes(),
        "data/notes ñ.csv": b"a,b\r\n\xff",
        "timestamp.txt": b"2026-05-12 10:00:00.123456 UTC\n",
    }
    assert intake.remarks == []
    assert intake.timestamp == "2026-05-12 10:00:00.123456 UTC"


def test_what_never_travels_is_left_out_without_a_word(folder: Path) -> None:
    """Names on the course's list are neither read nor remarked on."""
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "x").write_text("x")
    (folder / "a.pyc").write_text("x")
    intake = read_files(folder, SMALL, [".ipynb_checkpoints", "*.pyc"])
    assert set(intake.files) == {"votes.ipynb"}
    assert intake.remarks == []


def test_links_devices_and_pipes_are_left_out(folder: Path, tmp_path: Path) -> None:
    """No link is followed, to a file or a folder, and no pipe or socket is opened."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.txt").write_text("key")
    (folder / "a").symlink_to(secret / "key.txt")
    (folder / "b").symlink_to(secret)
    (folder / "c").symlink_to("/dev/zero")
    (folder / "loop").symlink_to(".")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(folder)
        try:
            listener.bind("socket")
        finally:
            os.chdir(here)
        before = sorted(os.listdir(folder))
        intake = read_files(folder, SMALL, [])
    assert set(intake.files) == {"votes.ipynb"}
    assert set(intake.left_out) == {"a", "b", "c", "loop", "pipe", "socket"}
    assert "a is left out: a link" in intake.remarks
    assert sorted(os.listdir(folder)) == before


def test_bounds_are_kept_and_named(folder: Path) -> None:
    """Too large, too many and too deep are left out, each with its reason; notebooks go first."""
    (folder / "a-large").write_bytes(b"x" * 1001)
    for number in range(10):
        (folder / f"f{number}").write_bytes(b"x")
    deep = folder
    for _ in range(10):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "x").write_text("x")
    intake = read_files(folder, SMALL, [])
    assert "votes.ipynb" in intake.files
    assert len(intake.files) == 5
    assert "too large" in intake.left_out["a-large"]
    assert "more than 5 files" in intake.left_out["f9"]
    assert any("nested" in reason for reason in intake.left_out.values())


def test_all_files_together_are_bounded(folder: Path) -> None:
    """The sum of the sizes has a limit of its own."""
    for name in "abcd":
        (folder / name).write_bytes(b"x" * 900)
    intake = read_files(folder, SMALL, [])
    assert sum(map(len, intake.files.values())) <= SMALL.total_bytes
    assert any("together" in reason for reason in intake.left_out.values())


@pytest.mark.parametrize(
    "name",
    [
        b"a\nb",
        b"\xff\xfe",
        b"\x1b[31m",
        b"x" * 201,
        b"<img src=x>",
        b"a'b",
        b"a\\b",
        b"\xe2\x80\xae",
    ],
)
def test_odd_names_are_left_out_and_cleaned_in_remarks(folder: Path, name: bytes) -> None:
    """A file name cannot steer a terminal or a page."""
    Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_text("x")
    intake = read_files(folder, SMALL, [])
    assert set(intake.files) == {"votes.ipynb"}
    assert len(intake.remarks) == 1
    assert intake.remarks[0].isprintable()
    assert not set("<>'\"") & set(intake.remarks[0])


@pytest.mark.parametrize("name", ["page.html", "a.SVG", "b.xhtml"])
def test_pages_that_a_browser_would_run_are_left_out(folder: Path, name: str) -> None:
    """The formgrader serves the files beside a notebook: none of them may be a page."""
    (folder / name).write_text("<script>1</script>")
    assert "browser" in read_files(folder, SMALL, []).left_out[name]


def test_a_folder_with_the_name_of_a_page_is_left_out(folder: Path) -> None:
    """The student's own feedback page could not be written in its place."""
    (folder / "votes.html").mkdir()
    (folder / "votes.html" / "x.txt").write_text("x")
    intake = read_files(folder, SMALL, [])
    assert "votes.html" in intake.left_out
    assert "votes.html/x.txt" not in intake.files


def test_thousands_of_files_do_not_take_long(folder: Path) -> None:
    """Only so many entries are looked at, and at most 20 remarks are made."""
    for number in range(300):
        (folder / f"f{number}").touch()
    intake = read_files(folder, SMALL, [])
    assert len(intake.remarks) <= 20
    assert any("looked at" in reason for reason in intake.left_out.values())


def test_many_files_do_not_hide_the_notebook(folder: Path) -> None:
    """However many lie before it, what was asked for is read."""
    (folder / "votes.ipynb").unlink()
    for number in range(300):
        (folder / f"a{number}").touch()
    for name in ("votes.ipynb", "answers.json"):
        (folder / name).write_bytes(b"{}")
    (folder / "timestamp.txt").write_text("2026-05-12 10:00:00 UTC")
    intake = read_files(folder, SMALL, [])
    assert {"votes.ipynb", "answers.json", "timestamp.txt"} <= intake.files.keys()
    assert len(intake.files) == SMALL.files


def test_a_folder_that_is_a_link_is_not_read(folder: Path, tmp_path: Path) -> None:
    """A submission that leads elsewhere, or is missing, cannot be graded."""
    (tmp_path / "link").symlink_to(folder)
    for path in (tmp_path / "link", tmp_path / "missing"):
        with pytest.raises(SubmissionError, match="cannot be read"):
            read_files(path, SMALL, [])


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-05-12 10:00:00.1 UTC", "2026-05-12 10:00:00.100000 UTC"),
        ("2026-05-12 10:00:00 America/Lima", "2026-05-12 15:00:00.000000 UTC"),
        ("2026-05-12T10:00:00+05:00", "2026-05-12 05:00:00.000000 UTC"),
        ("2026-05-12 10:00 -05", "2026-05-12 15:00:00.000000 UTC"),
        ("2026-05-12 10:00:00 +0530", "2026-05-12 04:30:00.000000 UTC"),
        ("2026-05-12 10:00:00 EDT", "2026-05-12 14:00:00.000000 UTC"),
        ("2026-05-12 10:00:00 CEST", "2026-05-12 08:00:00.000000 UTC"),
        ("2026-01-12 10:00:00 CST", None),  # of Chicago, of Shanghai
        ("2026-01-12 10:00:00 PET", None),  # in Lima's zone it has no letters
        ("12/05/2026 10:00", None),
        ("2026-13-12 10:00:00 UTC", None),
        ("9999-12-31 23:00:00 -05", None),
        ("2125-05-12 10:00:00 UTC", None),  # a clock that was lost
        ("1970-01-01 00:00:00 UTC", None),
        ("9999-12-31 23:59:59 UTC", None),
        ("0099-05-12 10:00:00 UTC", None),
        ("<script>", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_a_timestamp_is_read_in_its_zone_or_not_at_all(
    folder: Path, text: str, utc: str | None
) -> None:
    """A damaged or uncertain timestamp is left out and keeps nobody from being graded."""
    (folder / "timestamp.txt").write_text(text)
    intake = read_files(folder, IntakeBounds(), [])
    assert intake.timestamp == utc
    well = utc is not None
    assert ("timestamp.txt" in intake.files) is well


def test_letters_of_several_zones_are_those_of_the_course(folder: Path) -> None:
    """CST is Chicago's for a course in Chicago, and Shanghai's for one there."""
    (folder / "timestamp.txt").write_text("2026-01-12 10:00:00 CST")
    for zone, utc in (("America/Chicago", "16:00"), ("Asia/Shanghai", "02:00")):
        intake = read_files(folder, IntakeBounds(), [], ZoneInfo(zone))
        assert intake.timestamp == f"2026-01-12 {utc}:00.000000 UTC"


def test_a_fingerprint_is_of_names_and_contents() -> None:
    """Equal files have one fingerprint; moving a byte from a name or file to another changes it."""
    one = {"a": b"bc", "d": b""}
    assert make_fingerprint(one) == make_fingerprint(dict(reversed(one.items())))
    others = [{"ab": b"c", "d": b""}, {"a": b"bcd"}, {"a": b"b", "d": b"c"}, {}, {"a": b"bc"}]
    assert len({make_fingerprint(one), *map(make_fingerprint, others)}) == 6


@pytest.mark.parametrize("name", ["ana-quispe", "a.b@c.org", "María Cruz", "2026_17", "x+y"])
def test_ordinary_ids_are_fine(name: str) -> None:
    """Letters of any language, digits and the signs of e-mail addresses may stand in an id."""
    check_names(name, "votes")


@pytest.mark.parametrize(
    "name", ["<img src=x>", 'a"b', "a'b", "a\\b", "..", ".a", "-a", "a\nb", "", "a/b", "x" * 200]
)
def test_ids_that_a_page_or_path_would_take_for_its_own_are_not(name: str) -> None:
    """The formgrader puts ids into its pages as they are."""
    with pytest.raises(SubmissionError, match="id"):
        check_names(name)


# --- notebooks ------------------------------------------------------------------------------------


def test_an_ordinary_notebook_comes_back_without_its_outputs() -> None:
    """Texts, claims, ids and attachments are those of the file; no remark is made."""
    meta = {"nbgrader": {"grade_id": "x"}, "tags": ["a"], "odd": [1, {"b": None}]}
    picture = {"cell_type": "markdown", "id": "b", "metadata": {}, "source": ["# ñ\n", "x"]}
    picture["attachments"] = {"a.png": {"image/png": "AAAA"}}
    settings_ = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "x": 1}
    remarks: list[str] = []
    first = code(metadata=meta, outputs=[{"output_type": "odd"}], execution_count="x")
    made = read_notebook("v.ipynb", notebook(first, picture, metadata=settings_), None, remarks)
    nbformat.validate(made)
    assert made.cells[0].metadata == {"nbgrader": {"grade_id": "x"}}
    assert made.cells[0].outputs == []
    assert made.cells[1].source == "# ñ\nx"
    assert made.cells[1].attachments == {"a.png": {"image/png": "AAAA"}}
    assert made.metadata == {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    assert [cell.id for cell in made.cells] == ["a", "b"]
    assert remarks == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "an empty file"),
        (b"hello", "other text"),
        (b'{"cells": [}', "something else"),
        (b"[1, 2]", "a JSON file of another kind"),
        (b"{}", "a JSON file of another kind"),
        (b"\xff\xfe\x00", "a file that is not text"),
        (notebook(nbformat=3), "saved in notebook format 3"),
        (notebook(nbformat=5), "saved in notebook format 5"),
        (notebook(nbformat="<b>"), "saved in notebook format of no number"),
        (notebook(cells={}), "a notebook without cells"),
        (b"[" * 100_000, "nested too deeply"),
        (notebook(code(metadata={"a": json.loads("[" * 60 + "]" * 60)})), "nested too deeply"),
        (notebook(*[code()] * 2000), "2000 cells"),
        (b"[" + b"{}," * 300_000 + b"1]", "too many parts"),
        (b"set aside: too large\n", "set aside: too large"),
    ],
)
def test_a_file_that_is_no_notebook_is_named(data: bytes, said: str) -> None:
    """The message says what was found and what the student can do."""
    with pytest.raises(SubmissionError, match="submit again") as error:
        read_notebook("votes.ipynb", data)
    assert said in str(error.value)


def test_a_notebook_that_is_too_large_is_named(folder: Path) -> None:
    """Fifty megabytes of metadata are not read, and the student learns why."""
    data = notebook(code(metadata={"x": "y" * 3000}))
    with pytest.raises(SubmissionError, match="too large"):
        read_notebook("votes.ipynb", data, SMALL)
    (folder / "votes.ipynb").write_bytes(data)
    with pytest.raises(SubmissionError, match="too large"):
        take_notebook(read_files(folder, SMALL, []), "votes.ipynb", SMALL)


def test_a_missing_notebook_is_named_with_what_is_there(folder: Path) -> None:
    """A renamed notebook is told from none at all."""
    (folder / "votes.ipynb").rename(folder / "my votes.ipynb")
    (folder / "timestamp.txt").write_text("2026-05-12 10:00:00 UTC")
    with pytest.raises(SubmissionError, match=r"votes.ipynb is missing \(found: my votes.ipynb\)"):
        take_notebook(read_files(folder, IntakeBounds(), []), "votes.ipynb", IntakeBounds())


@pytest.mark.parametrize(
    ("data", "text", "remark"),
    [
        (notebook(code(None)), "", "other than text"),
        (notebook(code(17)), "17", "other than text"),
        (notebook(code(["a\n", 5, "b"])), "a\nb", "not text"),
        (notebook(code("a\0b")), "ab", "characters"),
        (notebook(code("\ud800x")), "?x", "characters"),
        (notebook(code(), 5, None), "1", "not a cell"),
        (notebook(code(metadata=7)), "1", "settings"),
        (notebook(code(metadata={"nbgrader": "x"})), "1", "settings"),
        (notebook(code(metadata={"nbgrader": None})), "1", "settings"),
        (notebook(code(metadata={"nbgrader": {"grade_id": 5}})), "1", "settings"),
        (notebook(code(cell_type="heading")), "1", "no known kind"),
        (notebook(code(), metadata=[]), "1", "settings"),
        (notebook(code())[:-1] + b', "nbformat": 4}', "1", "twice"),
        (notebook(code(metadata={"x": float("nan")})), "1", "NaN"),
        (notebook(code(metadata={"x": 10**30})), "1", "huge number"),
        (b"\xef\xbb\xbf" + notebook(code()), "1", None),
        (notebook(code(), nbformat_minor=99), "1", None),
        (notebook(code(), nbformat_minor="x"), "1", None),
    ],
)
def test_what_is_damaged_but_clear_is_repaired(data: bytes, text: str, remark: str | None) -> None:
    """The notebook is valid, its text is the student's, and a remark says what was repaired."""
    remarks: list[str] = []
    made = read_notebook("v.ipynb", data, None, remarks)
    nbformat.validate(made)
    nbformat.writes(made).encode()
    assert made.cells[0].source == text
    assert (remark is None) == (remarks == [])
    assert remark is None or remark in remarks[0]


def test_ids_of_cells_are_unique_and_valid() -> None:
    """Copied, missing and odd ids are replaced; good ones stay."""
    ids: list[Any] = ["a", "a", None, "<b>", "x" * 65, "cell-2", 5]
    made = read_notebook("v.ipynb", notebook(*[code(id=name) for name in ids]))
    nbformat.validate(made)
    assert made.cells[0].id == "a"
    assert made.cells[5].id == "cell-2" or made.cells[1].id == "cell-2"
    assert len({cell.id for cell in made.cells}) == len(ids)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
FIELDS = """cell_type metadata source id outputs attachments nbgrader tags name kernelspec
    language_info title authors collapsed jupyter format"""
NAMES = st.sampled_from(FIELDS.split())
LIKE = st.dictionaries(
    NAMES, VALUES | st.dictionaries(NAMES, VALUES, max_size=4), max_size=6
) | st.dictionaries(
    NAMES, st.sampled_from(["code", "markdown", "raw", "x"]) | st.dictionaries(NAMES, VALUES)
)


@settings(max_examples=120, deadline=None)
@given(st.lists(LIKE | VALUES, max_size=4), LIKE | VALUES, st.sampled_from([4, 4, 4, 3, "4", None]))
def test_any_json_is_a_valid_notebook_or_a_named_fault(
    cells: list[Any], metadata: Any, version: Any
) -> None:
    """Whatever a file holds, it becomes a valid notebook or a SubmissionError, nothing else."""
    data = notebook(*cells, metadata=metadata, nbformat=version)
    try:
        made = read_notebook("v.ipynb", data)
    except SubmissionError:
        return
    nbformat.validate(made)
    nbformat.writes(made).encode()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_a_named_fault(data: bytes) -> None:
    """What is no notebook at all is a SubmissionError."""
    with pytest.raises(SubmissionError):
        read_notebook("v.ipynb", data)


# --- cells ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course whose gradebook knows the assignment."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "source", root / "source")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("BACKYARD_EXCHANGE", "BACKYARD_DB", "BACKYARD_COURSE_ID"):
            patch.delenv(name, raising=False)
        patch.chdir(root)
        course = Course(root)
        steps.generate_assignment(course, "votes")
    return course


@pytest.fixture
def released(generated: Course) -> Any:
    """The notebook as students get it."""
    return nbformat.read(generated.root / "release/votes/votes.ipynb", as_version=4)


def repaired(course: Course, submitted: Any) -> tuple[Any, list[tuple[str, str]]]:
    """Return a notebook as all steps before the run leave it, and the remarks on it.

    The notebook goes through the steps in nbconvert's exporter, which checks it behind each.
    """
    where = {"student": "ana", "assignment": "votes", "notebook": "votes"}
    where["db_url"] = course.config.CourseDirectory.db_url
    exporter = NotebookExporter(default_preprocessors=[])
    for step in STEPS:
        exporter.register_preprocessor(
            step(add_missing_cells=True) if step is preprocessors.OverwriteCells else step(), True
        )
    text, resources = exporter.from_notebook_node(submitted, {"nbgrader": where})
    return nbformat.reads(text, as_version=4), notes_in(resources).remarks


STEPS = [
    SafeNotebook,
    preprocessors.ClearOutput,
    preprocessors.DeduplicateIds,
    preprocessors.OverwriteKernelspec,
    preprocessors.OverwriteCells,
    preprocessors.CheckCellMetadata,
]


def by_name(nb: Any) -> dict[str, Any]:
    """Return the cells that belong to a question, by grade_id; each must be there once."""
    named = [(grade_id(cell), cell) for cell in nb.cells if grade_id(cell)]
    assert len(named) == len(dict(named))
    return dict(named)


def test_an_honest_notebook_stays_as_it_is(generated: Course, released: Any) -> None:
    """Texts, order and claims of an answered notebook are kept, and nothing is remarked."""
    by_name(released)["votes-01-answer"].source = "humala_votes = 1"
    made, remarks = repaired(generated, released)
    assert remarks == []
    assert [grade_id(c) for c in made.cells] == [grade_id(c) for c in released.cells]
    assert [c.source for c in made.cells if not grade_id(c) or not is_grade_cell(c)] == [
        c.source for c in released.cells if not grade_id(c) or not is_grade_cell(c)
    ]
    assert made.metadata.kernelspec == released.metadata.kernelspec


def test_tags_and_settings_that_could_steer_the_run_are_gone(
    generated: Course, released: Any
) -> None:
    """No tag, cell setting, widget state or title of a student's is left."""
    for cell in released.cells:
        cell.metadata.tags = ["skip-execution", "raises-exception"]
        cell.metadata.update(raw_mimetype="text/html", transient={"remove_source": True})
    released.metadata.update(widgets={"x": 1}, title="<b>", authors=[{"name": "x"}])
    released.metadata.kernelspec = {"name": "x' onload=1", "display_name": "<b>"}
    made, _ = repaired(generated, released)
    assert {key for cell in made.cells for key in cell.metadata} <= {"nbgrader"}
    assert set(made.metadata) <= {"kernelspec", "language_info"}
    assert made.metadata.kernelspec.name == "python3"


@pytest.mark.parametrize(
    "claim",
    [
        {},
        {"grade_id": "votes-05", "schema_version": 99, "points": "x"},
        {"grade_id": "votes-05", "schema_version": 1},
        {"grade_id": "votes-05", "grade": False, "solution": True, "locked": False},
        {"grade_id": "votes-05", "points": 100, "grade": True, "locked": True, "schema_version": 3},
        {"grade_id": "votes-05", "checksum": ["x"], "task": True},
        {"grade_id": "not-there", "grade": True, "points": 100, "schema_version": 3},
        {"grade_id": ["votes-05"], "grade": True},
        {"grade_id": None},
        {"schema_version": None, "grade": "yes", "odd": {"x": []}},
    ],
)
def test_what_a_cell_says_of_its_question_is_the_gradebook_s(
    generated: Course, released: Any, claim: dict[str, Any]
) -> None:
    """A damaged, forged or unknown claim stops nobody and earns nothing."""
    honest = by_name(repaired(generated, nbformat.from_dict(released))[0])
    by_name(released)["votes-05"].metadata.nbgrader = nbformat.from_dict(claim)
    made, remarks = repaired(generated, released)
    known = by_name(made)
    assert set(known) == set(honest)
    assert known["votes-05"].metadata.nbgrader == honest["votes-05"].metadata.nbgrader
    assert known["votes-05"].source.endswith(honest["votes-05"].source)
    versions = {cell.metadata.nbgrader.schema_version for cell in known.values()}
    assert versions == {MetadataValidator.schema_version}
    if claim.get("grade_id") != "votes-05" or claim.get("points") == 100:
        assert remarks


def test_a_claim_with_fields_of_another_kind_stops_nothing(
    generated: Course, released: Any
) -> None:
    """Such fields are left out; what is left of the claim counts."""
    mine = by_name(released)["votes-01-answer"]
    mine.source, mine.metadata.nbgrader.points = "humala_votes = 1", []
    for field in ("grade_id", "checksum", "points", "grade", "cell_type"):
        for number, value in enumerate((5, [], {})):
            claim = {"grade_id": "x", "checksum": "0" * 32, "grade": True, "points": 1}
            cell = nbformat.v4.new_code_cell("1", id=f"{field}-{number}")
            cell.metadata.nbgrader = {**claim, field: value}
            released.cells.append(cell)
    nb, _ = repaired(generated, released)
    assert by_name(nb)["votes-01-answer"].source == "humala_votes = 1"


def test_an_edited_test_is_set_back_and_remarked(generated: Course, released: Any) -> None:
    """A check that a student changed is the instructor's again, whatever kind it was made."""
    by_name(released)["votes-02"].source = "pass"
    cell = by_name(released)["votes-03"]
    for key in ("outputs", "execution_count"):
        del cell[key]
    cell.cell_type, cell.attachments = "markdown", {"a": {"image/png": "x"}}
    made, remarks = repaired(generated, released)
    assert ("votes-02", "the text of its cell was edited; it was restored") in remarks
    assert "q.check()" in by_name(made)["votes-02"].source
    assert by_name(made)["votes-03"].cell_type == "code"


def test_a_test_with_other_spaces_at_line_ends_was_not_edited(
    generated: Course, released: Any
) -> None:
    """Programs change these by themselves; nobody is told that a text was edited."""
    cell = by_name(released)["votes-02"]
    cell.source = cell.source.replace("\n", "  \n") + "\n"
    assert repaired(generated, released)[1] == []


NO_QUESTIONS = {
    cell.metadata.nbgrader.grade_id
    for cell in source("votes").cells
    if grade_id(cell) and not (cell.metadata.nbgrader.grade or cell.metadata.nbgrader.solution)
}


@pytest.mark.parametrize(
    "gone",
    [
        ["votes-05"],
        ["votes-08-answer"],
        ["votes-08-answer", "votes-08"],
        ["votes-setup", "votes-01-answer", "votes-01"],
        ["votes-16"],
        None,
    ],
)
def test_missing_cells_are_put_back_in_their_places(
    generated: Course, released: Any, gone: list[str] | None
) -> None:
    """One cell, neighbours, the first or all: every question is there again, in order."""
    order = [name for cell in released.cells if (name := grade_id(cell))]
    released.cells = [
        cell for cell in released.cells if gone is not None and grade_id(cell) not in gone
    ]
    made, remarks = repaired(generated, released)
    now = [name for cell in made.cells if (name := grade_id(cell))]
    assert now == [name for name in order if name in now]
    lost = {name for name in order if name not in now}
    assert lost <= NO_QUESTIONS
    for name in gone or []:
        if name not in lost:
            assert (name, "its cell was missing; it was put back") in remarks
            place = made.cells.index(by_name(made)[name])
            assert f"({name}) was missing" in made.cells[place - 1].source


def test_an_answer_given_elsewhere_is_not_overwritten(generated: Course, released: Any) -> None:
    """The gap of a deleted answer cell comes back as comments alone."""
    released.cells = [c for c in released.cells if grade_id(c) != "votes-08-answer"]
    made, _ = repaired(generated, released)
    lines = by_name(made)["votes-08-answer"].source.splitlines()
    assert all(line.startswith("#") or not line for line in lines)


def test_of_copied_cells_the_answered_one_counts(generated: Course, released: Any) -> None:
    """A hundred copies of cells stop nobody; the last answered copy is the answer."""
    cell = by_name(released)["votes-01-answer"]
    answered = nbformat.from_dict(cell)
    answered.source = "humala_votes = 5"
    place = released.cells.index(cell)
    copies = [nbformat.from_dict(c) for c in released.cells if grade_id(c) for _ in range(3)]
    released.cells[place:place] = [answered]
    released.cells += copies
    for number, one in enumerate(released.cells):
        one.id = f"c{number}"
    made, remarks = repaired(generated, released)
    assert by_name(made)["votes-01-answer"].source == "humala_votes = 5"
    assert ("votes-01-answer", "its cell was copied; the last answered copy counts") in remarks


def test_only_small_pictures_stay_in_text_cells(generated: Course, released: Any) -> None:
    """Attachments are pictures that decode; pages and scripts are none."""
    png = make_png()
    released.cells[0].attachments = {
        "a.png": {"image/png": png, "text/html": "<script>"},
        "b.svg": {"image/svg+xml": "PHN2Zz4="},
        "c.png": {"image/png": "no base64"},
        "d.png": {"image/png": png + "A" * 2_000_000},
        '"><b>': {"image/png": png},
    }
    made, _ = repaired(generated, released)
    assert made.cells[0].attachments == {"a.png": {"image/png": png}}


def test_an_old_format_is_named(generated: Course, released: Any) -> None:
    """A notebook that was converted from an older format would lose its questions unseen."""
    released.metadata.orig_nbformat = 3
    with pytest.raises(SubmissionError, match="format 3"):
        repaired(generated, released)


# --- before nbgrader copies -----------------------------------------------------------------------


def run_hook(course: Course, student: str) -> Path:
    """Call the hook as nbgrader does; return the submission's folder."""
    folder = course.folder("submitted", student, "votes")
    names = [f"submitted/{student}/votes/{path.name}" for path in folder.glob("*.ipynb")]
    before_autograde(assignment="votes", student="*", notebooks=names or [str(folder / "v.ipynb")])
    return folder


def handed_in(course: Course, student: str, released: Any) -> Path:
    """Put a submission into a course; return its folder."""
    folder = course.folder("submitted", student, "votes")
    folder.mkdir(parents=True)
    nbformat.write(released, folder / "votes.ipynb")
    return folder


def test_what_must_not_be_copied_is_set_aside(
    generated: Course, released: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Links, pages and odd files lie in set_aside with a note; everything else is untouched."""
    monkeypatch.chdir(generated.root)
    folder = handed_in(generated, "links", released)
    secret = tmp_path / "secret.txt"
    secret.write_text("key")
    (folder / "data").mkdir()
    (folder / "data" / "fine.csv").write_text("a")
    (folder / "data" / "link").symlink_to(secret)
    (folder / "page.html").write_text("<script>1</script>")
    (folder / "away").mkdir()
    (folder / "away" / "link").symlink_to(secret)
    before = (folder / "votes.ipynb").read_bytes()
    run_hook(generated, "links")
    left = sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
    assert left == ["data", "data/fine.csv", "votes.ipynb"]
    assert (folder / "votes.ipynb").read_bytes() == before
    aside = generated.root / "set_aside" / "links" / "votes"
    names = sorted(path.name for path in aside.iterdir() if not path.name.endswith(".why.txt"))
    assert [name.partition("-")[2] for name in names] == ["away", "link", "page.html"]
    notes = " ".join(path.read_text() for path in aside.glob("*.why.txt"))
    assert "a link" in notes
    assert "browser" in notes
    assert secret.read_text() == "key"


def test_a_notebook_set_aside_leaves_its_reason(
    generated: Course, released: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In place of a notebook that is a link stands a line that no program takes for a notebook."""
    monkeypatch.chdir(generated.root)
    folder = handed_in(generated, "linked", released)
    (folder / "votes.ipynb").rename(tmp_path / "elsewhere.ipynb")
    (folder / "votes.ipynb").symlink_to(tmp_path / "elsewhere.ipynb")
    run_hook(generated, "linked")
    assert not (folder / "votes.ipynb").is_symlink()
    with pytest.raises(SubmissionError, match="set aside: a link"):
        take_notebook(read_files(folder, IntakeBounds(), []), "votes.ipynb", IntakeBounds())


def test_a_submission_that_cannot_be_made_safe_cannot_be_graded(
    generated: Course, released: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When setting aside fails, or an id is odd, no notebook is left under its name."""
    monkeypatch.chdir(generated.root)
    folder = handed_in(generated, "failing", released)
    with monkeypatch.context() as patch:
        patch.setattr("course.grader.intake.hooks.read_files", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run_hook(generated, "failing")
    assert not (folder / "votes.ipynb").exists()
    assert (folder / "votes.ipynb.set-aside").is_file()
    folder = handed_in(generated, "<b>x", released)
    run_hook(generated, "<b>x")
    assert not (folder / "votes.ipynb").exists()


def test_a_newer_submission_does_not_keep_older_scores(
    generated: Course, released: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is graded anew, what the computer gave for the older one is taken away."""
    monkeypatch.chdir(generated.root)
    handed_in(generated, "newer", released)
    with generated.gradebook() as gradebook:
        gradebook.add_student("newer")
        submission = gradebook.add_submission("votes", "newer")
        for grade in submission.notebooks[0].grades:
            grade.auto_score, grade.manual_score = 1, 2
        gradebook.db.commit()
    run_hook(generated, "newer")
    with generated.gradebook() as gradebook:
        grades = gradebook.find_submission("votes", "newer").notebooks[0].grades
        assert {grade.auto_score for grade in grades} == {None}
        assert {grade.manual_score for grade in grades} == {2}


def test_stock_nbgrader_grades_behind_the_hook(
    generated: Course, released: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With hook and step in its settings, it copies no link, and no student stops another."""
    monkeypatch.chdir(generated.root)
    config = generated.config.copy()
    config.Autograde.pre_convert_hook = before_autograde
    config.Autograde.sanitize_preprocessors = STEPS
    config.Autograde.autograde_preprocessors = [SafeOutputs, preprocessors.SaveAutoGrades]
    (tmp_path / "secret.txt").write_text("key")
    hostile = nbformat.from_dict(released)
    hostile.cells[-2].metadata.nbgrader = {"grade_id": "votes-16", "schema_version": 1}
    (handed_in(generated, "stock-a", hostile) / "x.txt").symlink_to(tmp_path / "secret.txt")
    odd = handed_in(generated, "stock-<b>", released)
    link = handed_in(generated, "stock-c", released) / "votes.ipynb"
    link.unlink()
    link.symlink_to(tmp_path / "secret.txt")
    coursedir = generated.coursedir("votes", "stock-*")
    with pytest.raises(NbGraderException, match=r"log|rror"):
        Autograde(coursedir=coursedir, config=config).start()
    graded = generated.root / "autograded"
    assert (graded / "stock-a" / "votes" / "votes.ipynb").is_file()
    assert not (graded / "stock-a" / "votes" / "x.txt").exists()
    assert not (graded / "stock-c" / "votes").exists()
    assert not list(odd.glob("*.ipynb"))
    with generated.gradebook() as gradebook:
        assert not [s.id for s in gradebook.students if "<" in s.id]
        grades = gradebook.find_submission("votes", "stock-c").notebooks[0].grades
        assert {grade.auto_score for grade in grades} == {None}
