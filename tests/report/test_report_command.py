"""`course report` and `course grade --all`: read from a real gradebook, write page and files."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from course.desk import steps
from course.desk.cli import main
from course.desk.commands.report import FOLDER
from course.desk.report.classdata import read_class
from course.grader.book.state import GradingState, Outcome
from course.grader.coursedir import Course
from tests.notebooks import ROOT

DUE = datetime(2026, 4, 9, 20, 0)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which *votes* was generated once, to be copied."""
    folder = tmp_path_factory.mktemp("generated") / "course"
    folder.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "source", folder / "source")
    steps.generate_assignment(Course(folder), "votes")
    return folder


@pytest.fixture
def course(generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A copy of the generated course; the working directory is in it."""
    folder = tmp_path / "copy"
    shutil.copytree(generated, folder)
    monkeypatch.chdir(folder)
    return Course(folder)


@pytest.fixture
def dated(course: Course) -> Course:
    """A course with a due date, and submissions as `nbgrader` enters them."""
    with course.gradebook() as book:
        assignment = book.find_assignment("votes")
        assignment.duedate = DUE
        book.add_student("ana", first_name="Ana", last_name="<script>")
        book.add_student("never")
        times = {"ana": timedelta(hours=-1), "bea": timedelta(days=3), "carl": timedelta(days=1)}
        for student, after in times.items():
            book.update_or_create_student(student)
            submission = book.add_submission("votes", student, timestamp=DUE + after)
            for grade in submission.notebooks[0].grades:
                code = grade.cell.cell_type == "code"
                grade.auto_score = grade.cell.max_score if code else None
                grade.needs_manual_grade = not code
        book.grant_extension("votes", "carl", days=2)
        late = book.find_submission("votes", "bea").notebooks[0]
        late.late_submission_penalty = 4.5
        again = next(g for g in late.grades if g.cell.cell_type != "code")
        again.manual_score, again.needs_manual_grade = 2.0, True
        book.add_student("dora")
        book.add_submission("votes", "dora")
        book.db.commit()
    for student in ("ana", "bea", "carl", "dora", "emil"):
        course.folder("submitted", student, "votes").mkdir(parents=True)
    return course


def test_due_dates_extensions_and_penalties_are_those_of_the_gradebook(dated: Course) -> None:
    """Late is what came after the student's own due date; who has no score is not graded."""
    result = read_class(dated, "votes")
    times = {s.student: s.handed_in for s in result.report.students}
    assert times["ana"].seconds_late == 0
    assert (times["bea"].seconds_late, times["bea"].penalty) == (3 * 86400, 4.5)
    assert (times["carl"].seconds_late, times["carl"].due) == (0, DUE + timedelta(days=2))
    assert times["carl"].extension == timedelta(days=2)
    assert sorted(result.faults) == ["dora", "emil"]
    assert result.missing == ["never"]
    assert result.waiting == {"ana": 1, "carl": 1}
    assert [(who, reasons[0].label) for who, reasons in result.looks.items()] == [
        ("dora", "not graded"),
        ("emil", "not graded"),
        ("bea", "very late"),
    ]


def test_a_hand_grade_of_an_earlier_submission_is_to_be_looked_at_again(
    dated: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """The points stay and count, and the page says that they are of an older text."""
    assert main(["report", "votes"]) == 0
    page = BeautifulSoup((dated.root / FOLDER / "votes.html").read_text("utf-8"), "html.parser")
    assert "Look again at 1 hand grade of an earlier submission" in page.get_text()
    assert {s.student: s.points for s in read_class(dated, "votes").graded}["bea"] == 29


def test_a_gradebook_without_a_due_date_but_with_an_extension_is_read(dated: Course) -> None:
    """An extension of nothing is no error; nothing is late."""
    with dated.gradebook() as book:
        book.find_assignment("votes").duedate = None
        book.db.commit()
    report = read_class(dated, "votes").report
    assert {s.handed_in.seconds_late for s in report.students} == {0.0}


def test_the_command_writes_page_and_files_and_shows_the_tables(
    dated: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a name: all assignments with submissions, in report/index.html; tables as before."""
    assert main(["report"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "votes: grades" in said
    assert "votes: questions" in said
    assert "index.html" in said
    folder = dated.root / FOLDER
    assert sorted(path.name for path in folder.iterdir()) == [
        *("index.html", "votes-mistakes.csv", "votes-questions.csv", "votes-students.csv")
    ]
    html = (folder / "index.html").read_text("utf-8")
    assert "<script" not in html
    assert "Ana &lt;script&gt;" in html
    assert main(["report", "votes", "--to", str(dated.root / "elsewhere")]) == 0
    assert (dated.root / "elsewhere" / "votes.html").is_file()


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["report"], ["course collect"]),
        (["report", "vote"], ["one of: argument"]),
        (["report", "votes"], ["course generate votes"]),
        (["grade", "--all"], ["course collect"]),
        (["grade", "--all", "votes"], ["both: votes and --all"]),
        (["grade"], ["--all"]),
    ],
)
def test_what_cannot_be_reported_yet_names_the_step_that_comes_first(
    course_copy: Course, words: list[str], parts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """No submissions, an unknown assignment, one that was never generated, a double order."""
    assert main(words) == 1
    said = " ".join(capsys.readouterr().err.split())
    for part in ("expected:", "found:", "do:", *parts):
        assert part in said


def test_all_assignments_are_graded_and_summed_up_in_one_table(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """`course grade --all` takes those with submissions, one bar each, and one table for all."""
    folder = course.folder("submitted", "ana", "votes")
    folder.mkdir(parents=True)
    (folder / "votes.ipynb").write_bytes((ROOT / "release/votes/votes.ipynb").read_bytes())
    broken = course.folder("submitted", "bea", "votes")
    broken.mkdir(parents=True)
    (broken / "votes.ipynb").write_text("no notebook")
    assert main(["grade", "--all"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "grading votes" in said
    assert "grading argument" not in said
    assert "│ votes │ 2 │ 1 │ 0 │ 1 │ 0 │" in said
    assert "bea: votes.ipynb is not a notebook" in said
    result = read_class(course, "votes")
    assert list(result.looks) == ["bea", "ana"]
    assert "There is no answer to any of the 16." in result.looks["ana"][-1].text
    assert {q.unanswered for q in result.questions} == {1}


def test_what_the_state_does_not_know_is_no_error(dated: Course) -> None:
    """Remarks of a grading that is not known any more are simply not there."""
    GradingState(dated.root, "votes").note_outcome(Outcome("ana", remarks=("votes-05: put back",)))
    looks = read_class(dated, "votes").looks
    assert looks["ana"][0].text == "votes-05: put back"
    GradingState(dated.root, "votes").forget_outcome("ana")
    assert "ana" not in read_class(dated, "votes").looks


def test_git_ignores_the_report() -> None:
    """Names and points of students do not get into the repository."""
    assert f"/{FOLDER}/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
