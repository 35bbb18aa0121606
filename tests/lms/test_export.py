"""Exports, read back as the systems that they are for document it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from course.desk.cli import main
from course.desk.csvtable import safe_text
from course.grader.book.state import GradingState, Outcome
from course.grader.coursedir import Course
from course.grader.run.pack import read_digest
from tests.lms.conftest import work
from tests.lms.readers import canvas_import, moodle_import, rows

POINTS = 7.25
LOST = 2.9  # two days begun, at 20 % a day


@pytest.fixture(scope="module")
def graded(rostered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class in all states: graded, waiting for a hand grade, not graded, nothing, 0 points."""
    root = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(rostered, root)
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as settings:
        settings.write("\nc.LateSteps.percent_a_day = 20\n")
    course = Course(root)
    for student in ("ana-quispe", "bea-nunez", "pat", "luis-campos"):
        hand_in(course, student)
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment("votes", duedate="2026-05-01 12:00:00")
        gradebook.update_or_create_student("jose-1", last_name='=HYPERLINK("http://x","y"), "z"')
        for student, points in (("ana-quispe", POINTS), ("pat", 0.0)):
            submission = gradebook.update_or_create_submission("votes", student)
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.manual_score, grade.needs_manual_grade = 0.0, False
                notebook.grades[0].manual_score = points
            if points:
                submission.timestamp = datetime(2026, 5, 2, 18)
        waiting = gradebook.update_or_create_submission("votes", "bea-nunez")
        for grade in waiting.notebooks[0].grades:
            grade.needs_manual_grade = grade.name == "votes-16"
            grade.auto_score = None if grade.name == "votes-16" else 0.5
        gradebook.db.commit()
    key = read_digest(course, "votes")
    GradingState(root, "votes").note_outcome(Outcome("bea-nunez", questions=key))
    return root


def hand_in(course: Course, student: str) -> None:
    """Put an untouched notebook into submitted/."""
    folder = course.folder("submitted", student, "votes")
    folder.mkdir(parents=True)
    (folder / "votes.ipynb").write_bytes(work())


@pytest.fixture
def here(graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the files; the working directory is the class's course."""
    for name in ("BACKYARD_EXCHANGE", "BACKYARD_DB", "BACKYARD_COURSE_ID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(graded)
    return tmp_path


def export(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    """Run `course export` and return what it says."""
    assert main(["export", *map(str, arguments)]) == code
    captured = capsys.readouterr()
    return captured.out + captured.err


CANVAS = [
    {"Student": "Quispe, Ana", "ID": "101", "SIS Login ID": "aq"},
    {"Student": "Núñez Sáenz, Beatriz", "ID": "102", "SIS Login ID": "bn"},
    {"Student": "Pérez, José", "ID": "103", "SIS Login ID": "jp1"},
    {"Student": "Pérez, José (2)", "ID": "104", "SIS Login ID": "jp2"},
    {"Student": "Pat O'Brien-Lee", "ID": "105", "SIS Login ID": "pat"},
    {"Student": "Luis", "ID": "106", "SIS Login ID": "luis-campos"},
]
GIVEN = {"Quispe, Ana": POINTS - LOST, "Pat O'Brien-Lee": 0.0}


def test_canvas_reads_its_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everyone is found by number or login; 0 is a grade; what is not final is no grade."""
    said = export(capsys, "--for", "canvas", "--to", here / "c.csv")
    found = canvas_import(here / "c.csv", CANVAS)
    assert found.possible == {"votes": 30.0}
    assert found.grades == {
        (person["Student"], "votes"): GIVEN.get(person["Student"]) for person in CANVAS
    }
    assert "1 to grade by hand (left empty): bea-nunez" in said
    assert "1 handed in, not graded (left empty): luis-campos" in said
    assert "2 not submitted (left empty): jose-1, jose-2" in said


def test_zero_and_points_so_far_are_written_only_when_asked_for(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--zero` gives 0 to who handed in nothing, `--so-far` what the computer gave."""
    said = export(capsys, "--for", "canvas", "--to", here / "c.csv", "--zero", "--so-far")
    grades = canvas_import(here / "c.csv", CANVAS).grades
    wanted = {**GIVEN, "Pérez, José": 0.0, "Pérez, José (2)": 0.0, "Núñez Sáenz, Beatriz": 7.5}
    assert grades == {(p["Student"], "votes"): wanted.get(p["Student"]) for p in CANVAS}
    assert "1 to grade by hand (points so far)" in said
    assert "2 not submitted (0)" in said


def test_canvas_finds_its_own_assignment_and_people(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its exported gradebook, columns and people are its own; who is not there is told."""
    people = here / "gradebook.csv"
    people.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Votes (77),Current Score\n"
        "    Points Possible,,,,,30,(read only)\n"
        '"Quispe, Ana",9101,s1,aq,A,,\n'
        '"Nunez Saenz, Beatriz",102,s2,bn,"A, B",,\n'
        '"O\'Brien-Lee, Pat",9105,s5,pp,A,,\n',
        encoding="utf-8-sig",
    )
    said = export(capsys, "--for", "canvas", "--to", here / "c.csv", "--people", people)
    head, possible, *body = rows(here / "c.csv")
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Votes (77)"]
    assert possible[0].strip() == "Points Possible"
    assert [row[:5] for row in body] == [
        ["Quispe, Ana", "9101", "s1", "aq", "A"],
        ["Nunez Saenz, Beatriz", "102", "s2", "bn", "A, B"],
        ["O'Brien-Lee, Pat", "9105", "s5", "pp", "A"],
    ]
    assert canvas_import(here / "c.csv", [dict(zip(head, row, strict=True)) for row in body])
    assert "3 left out" in said
    assert "jose-1, jose-2, luis-campos" in said
    said = export(capsys, "--for", "canvas", "--to", here / "c.csv", "--title", "votes=Count (5)")
    assert rows(here / "c.csv")[0][-1] == "Count (5)"
    assert "new assignment" not in said


@pytest.mark.parametrize("identify", ["username", "email", "idnumber"])
def test_moodle_reads_its_file(
    here: Path, capsys: pytest.CaptureFixture[str], identify: str
) -> None:
    """By the field that is chosen; nobody gets another one's grade, also where one has no such."""
    said = export(capsys, "--for", "moodle", "--to", here / "m.csv", "--identify", identify)
    heading = {"username": "Username", "email": "Email address", "idnumber": "ID number"}[identify]
    fields = {
        "username": lambda row: row[0],
        "email": lambda row: row[3],
        "idnumber": lambda row: row[4],
    }[identify]
    from tests.lms.conftest import ROSTER

    people = {fields(row): row[0] for row in ROSTER if fields(row)}
    found = moodle_import(here / "m.csv", heading, people, {})
    wanted = dict.fromkeys(people.values())
    wanted |= {"ana-quispe": POINTS - LOST}
    if "pat" in wanted:
        wanted |= {"pat": 0.0}
    assert found == wanted
    assert f'"Identify user by": {heading}' in said
    assert ("left out, without ID number: luis-campos, pat" in said) == (identify == "idnumber")


def test_the_general_file_tells_all_states_apart(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not submitted, not graded, waiting and 0 points are four different things."""
    export(capsys, "--to", here / "g.csv", "--questions")
    head, *body = rows(here / "g.csv")
    lines = {row[head.index("student_id")]: dict(zip(head, row, strict=True)) for row in body}
    fields = ("raw_score", "late_submission_penalty", "score", "status", "to_grade_by_hand")
    assert {name: tuple(line[f] for f in fields) for name, line in lines.items()} == {
        "ana-quispe": ("7.25", "2.9", "4.35", "graded", "0"),
        "bea-nunez": ("7.5", "0", "7.5", "to grade by hand", "1"),
        "jose-1": ("", "", "", "not submitted", ""),
        "jose-2": ("", "", "", "not submitted", ""),
        "luis-campos": ("", "", "", "not graded", ""),
        "pat": ("0", "0", "0", "graded", "0"),
    }
    assert {line["max_score"] for line in lines.values()} == {"30"}
    assert lines["bea-nunez"]["votes-16"] == ""
    assert lines["bea-nunez"]["votes-01"] == "0.5"
    assert lines["pat"]["votes-16"] == "0"
    assert [name for name in head if name.startswith("votes-")] == [
        f"votes-{number:02}" for number in range(1, 17)
    ]


@pytest.mark.parametrize("kind", ["csv", "canvas", "moodle"])
def test_no_cell_is_a_formula(here: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """A name that a spreadsheet would take for a formula stands there as text, whole."""
    export(capsys, "--for", kind, "--to", here / "x.csv")
    cells = [cell for row in rows(here / "x.csv") for cell in row]
    assert not [c for c in cells if c.strip().startswith(("=", "+", "@")) or c.startswith("-=")]
    assert any('=HYPERLINK("http://x","y"), "z"' in cell for cell in cells)


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n@x", "＝1", "＠x"]
)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    """Whatever stands before it; behind a semicolon, too, where spreadsheets may part cells."""
    assert safe_text(text).startswith("'")
    assert safe_text(f"Ana;{text};") == f"Ana;{safe_text(text)};"
    assert safe_text("Ana=1") == "Ana=1"


def test_nbgraders_own_command_writes_the_same_file(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`nbgrader export --exporter=course.desk.lms.export.…` uses the same plugins."""
    export(capsys, "--for", "canvas", "--to", here / "ours.csv", "--assignment", "votes")
    command = [
        str(Path(sys.executable).parent / "nbgrader"), "export",
        "--exporter=course.desk.lms.export.CanvasExport", "--to", str(here / "stock.csv"),
        "--assignment", "['votes']",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (here / "stock.csv").read_bytes() == (here / "ours.csv").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--assignment", "vote"], "known: votes"),
        (["--for", "canvas", "--questions"], "--questions with --for csv"),
        (["--for", "canvas", "--title", "votes"], "NAME=TITLE"),
        (["--to", "/no/such/folder/x.csv"], "--to FILE"),
    ],
)
def test_slips_are_named(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """With what was expected and what to do; no file is written."""
    text = export(capsys, *arguments, code=1)
    assert said in text
    assert "do:" in text


def test_a_file_that_is_there_is_replaced_whole(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One student only, over a longer file of before: nothing of it is left."""
    export(capsys, "--to", here / "g.csv")
    export(capsys, "--to", here / "g.csv", "--student", "pat")
    assert [row[3] for row in rows(here / "g.csv")] == ["student_id", "pat"]
    assert list(here.iterdir()) == [here / "g.csv"]
