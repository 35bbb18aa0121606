"""The page of one submission: all that a grader needs, and nothing in it that acts."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from course.desk.cli import main
from course.desk.commands import context
from course.desk.commands.show import write_pages
from course.errors import CourseError
from course.grader.coursedir import Course
from tests.smallclass import make_small_class
from tests.test_feedback_page import text_of

STUDENT = "ana-quispe"
LIVE = '<script>document.title = "live"</script><img src=x onerror="document.title = \'live\'">'


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with one graded submission."""
    return make_small_class(tmp_path_factory.mktemp("show") / "course", (STUDENT,))


def page_of(course: Course, folder: Path) -> str:
    """Return the page of the one submission."""
    (page,) = write_pages(course, "votes", STUDENT, folder)
    return page.read_text("utf-8")


def test_a_grader_finds_answers_points_and_mark_scheme_in_one_page(
    course: Course, tmp_path: Path
) -> None:
    """What was answered, what it earned, how a text is marked, and what stands at the very end."""
    page = page_of(course, tmp_path)
    text = text_of(page)
    assert (
        "votes: submission of ana-quispe 27 of the 27 points graded so far; 3 wait for a person"
        in text
    )
    assert "waiting 3: votes-16" in text
    scheme, answer = text.index("model answer and mark scheme"), text.rindex("The answer")
    assert scheme < answer < text.index("After the last question") < text.index("check_answers")
    assert "q.key" not in page


def test_the_page_fetches_and_runs_nothing(course: Course, tmp_path: Path) -> None:
    """Its policy allows styles of its own and pictures that are in it, and nothing else."""
    page = page_of(course, tmp_path)
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
    assert f"content=\"{policy}; form-action 'none'\"" in page
    assert "<script" not in page


def test_what_another_program_graded_is_cleaned_again(course: Course, tmp_path: Path) -> None:
    """Live HTML in an autograded notebook is not in the page, whoever left it there."""
    path = course.folder("autograded", STUDENT, "votes") / "votes.ipynb"
    before = path.read_bytes()
    notebook = nbformat.reads(before.decode(), as_version=4)
    shown = [new_output("display_data", {"text/html": LIVE, "text/plain": "x"})]
    notebook.cells.append(new_code_cell("mine = 1", outputs=shown))
    nbformat.write(notebook, path)
    try:
        page = page_of(course, tmp_path)
    finally:
        path.write_bytes(before)
    assert "mine = 1" in text_of(page)
    assert "<script" not in page
    assert "onerror" not in page


def test_the_command_says_where_the_page_lies(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is written to report/, which no release and no feedback takes along."""
    monkeypatch.chdir(course.root)
    monkeypatch.setattr(context, "open_course", lambda: course)
    assert main(["show", "votes", STUDENT]) == 0
    page = course.root / "report" / STUDENT / "votes" / "votes.html"
    assert page.is_file()
    assert str(page) in capsys.readouterr().out
    page.unlink()
    page.mkdir()
    assert main(["show", "votes", STUDENT]) == 1
    assert "Is a directory" in capsys.readouterr().err
    page.rmdir()


def test_a_submission_that_the_gradebook_does_not_know_is_named(
    course: Course, tmp_path: Path
) -> None:
    """Of a folder that somebody put there, no page is made, and the command says so."""
    graded = course.folder("autograded", "stranger", "votes")
    shutil.copytree(course.folder("autograded", STUDENT, "votes"), graded)
    try:
        with pytest.raises(CourseError, match="votes of 'stranger'"):
            write_pages(course, "votes", "stranger", tmp_path)
    finally:
        shutil.rmtree(graded.parent)


@pytest.mark.parametrize("student", ["nobody", "ana-quispe/../ana-quispe", "*", ""])
def test_whoever_has_no_graded_submission_is_named(
    course: Course, tmp_path: Path, student: str
) -> None:
    """An unknown id, a path or a pattern is refused with what to do, and no file is written."""
    with pytest.raises(CourseError, match="a graded submission"):
        write_pages(course, "votes", student, tmp_path / "pages")
    assert not (tmp_path / "pages").exists()
