"""What others named stands in the terminal as text: nothing that they wrote steers it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from rich.table import Table

from course.desk.cli import main
from course.desk.screen import Screen
from course.desk.steps import generate_assignment
from course.grader.coursedir import Course
from tests.smallclass import STAMP, hand_in, keep_questions, make_small_class

HONEST = "ana-quispe"
# Clears the screen, sets its title; in one byte; marks of our own library;
# a second line; text that runs from right to left.
NAMES = (
    "e\x1b[2J\x1b]0;mine\x07",
    "e\x9b2J",
    "e[red]x",
    "e[link=http:x]y",
    f"e\n  {HONEST}",
    "e\u202egnp",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course whose exchange, folders and gradebook hold such names."""
    course = make_small_class(tmp_path_factory.mktemp("screen") / "course", (), graded=False)
    keep_questions(course, "votes-01")
    generate_assignment(course, "votes")
    course.api().release_assignment("votes")
    inbound = course.exchange / course.course_id / "inbound"
    assert inbound.is_dir()
    honest = hand_in(course, HONEST)
    for number, name in enumerate(NAMES):
        sent = inbound / f"{name}+votes+2025-05-04 12:00:00.000000 UTC+{number}"
        sent.mkdir()
        (sent / "timestamp.txt").write_text(STAMP)
        (sent / "submission_secret.txt").write_text("a secret")
        (sent / f"{name}.ipynb").write_text("{}")
        (honest / f"{name}.txt").write_text("x")
        there = course.folder("submitted", f"{name}s", "votes")
        shutil.copytree(honest, there)
    with course.gradebook() as gradebook:
        for name in NAMES:
            other = dict.fromkeys(("first_name", "last_name", "email"), f"{name}[/red]")
            gradebook.add_student(f"{name}b", **other)
    return course


@pytest.fixture
def course(hostile: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """The course, with the working directory in it."""
    monkeypatch.chdir(hostile.root)
    return hostile


def said(capsys: pytest.CaptureFixture[str], *words: str, codes: tuple[int, ...] = (0,)) -> str:
    """Run a command and return all that it printed; fail where a byte of it steers a terminal."""
    assert main(list(words)) in codes
    captured = capsys.readouterr()
    text = captured.out + captured.err
    odd = {letter for letter in text if not letter.isprintable() and letter != "\n"}
    assert odd == set(), text
    # No name makes a line of its own; ours of the honest student have more to say.
    assert not re.search(rf"^  {HONEST}$", text, re.M), text
    return text


def test_no_command_hands_a_name_on_to_the_terminal(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """From collecting to feedback: each name is said, and does nothing."""
    collected = said(capsys, "collect", "votes")
    assert f"{len(NAMES) + 1} submissions" in collected
    assert collected.count("is not collected") == len(NAMES)
    graded = said(capsys, "grade", "votes", "--jobs", "2")
    assert "e[red]x" in graded
    assert "holds characters that an id may not hold" in graded
    for words in (
        ("report", "votes"),
        ("due", "votes", "2025-01-01 12:00"),
        ("due", "votes"),
        ("due",),
        ("roster",),
        ("regrade", "votes", "--dry-run"),
        ("grade", "votes", "--json"),
        ("export",),
    ):
        said(capsys, *words)
    said(capsys, "feedback", "votes", codes=(0, 1))
    said(capsys, "doctor", codes=(0, 1))
    for name in NAMES[0], NAMES[4]:
        said(capsys, "extend", "votes", f"{name}b", "--days", "2")
        said(capsys, "extend", "votes", f"{name}?", "--days", "2", codes=(1,))
        said(capsys, "show", "votes", f"{name}s", codes=(1,))
    said(capsys, "due", "votes")


def test_a_download_with_such_names_is_taken_in_words(
    course: Course, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Files of an LMS, and a class list that cannot be read."""
    for name in NAMES:
        folder = tmp_path / "download" / name
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").write_text("{}")
    text = said(capsys, "collect", "votes", "--from", str(tmp_path / "download"))
    assert text.count("why:") == len(NAMES)
    classlist = tmp_path / f"{NAMES[0]}.csv"
    classlist.write_text("".join(f'"{name}"\n' for name in ("id", *NAMES)))
    assert "may hold letters" in said(capsys, "roster", "import", str(classlist), codes=(1,))


def test_a_screen_shows_marks_and_escapes_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    """In a line, a table and its title; the colors that we choose still come through."""
    screen = Screen(force_terminal=True, width=60, color_system="standard")
    table = Table("[b]", title="\x1b[2Jtitle")
    table.add_row("\x1b[2Jcell")
    screen.print(table)
    screen.print("\x1b[2Jline", style="red")
    text = capsys.readouterr().out
    assert "\x1b[2J" not in text
    assert "[b]" in text
    assert "\x1b[31m" in text
