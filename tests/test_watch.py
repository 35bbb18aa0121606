"""`course watch`: who hands in has feedback soon, and can hand in again."""

from __future__ import annotations

import html
import os
import re
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from traitlets.config import Config

from course.answers.store import AnswerStore
from course.desk import cli, steps
from course.desk.again import count_tries_left, say_again
from course.grader.book.state import GradingState, Outcome
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_one
from tests.smallclass import edit_source, keep_questions, make_small_class

# What a machine may lack, and that all accounts of a test are one.
OF_THE_MACHINE = ("NOT PROTECTED", "  (course doctor", "all submissions belong to one account")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which the first question of `votes` is released; to be copied."""
    root = tmp_path_factory.mktemp("watch") / "course"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("BACKYARD_EXCHANGE", "BACKYARD_DB", "BACKYARD_COURSE_ID"):
            patch.delenv(name, raising=False)
        course = make_small_class(root, (), graded=False, settings="c.Watch.tries = 2")
        keep_questions(course, "votes-01")
        steps.release_assignment(course, "votes")
    return root


@pytest.fixture
def course(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A copy of that course, with the working directory in it."""
    for name in ("BACKYARD_EXCHANGE", "BACKYARD_DB", "BACKYARD_COURSE_ID"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(made, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grading in this process, which starts no worker."""

    def grade(course: Course, assignment: str, *, students: list[str]) -> list[Outcome]:
        return [grade_one(course, assignment, student) for student in students]

    monkeypatch.setattr("course.desk.commands.watch.grade_class", grade)


class Desk:
    """A student with a seat of their own."""

    def __init__(self, course: Course, student: str) -> None:
        self.course, self.student = course, student
        self.folder = course.root / "students" / student
        self.folder.mkdir(parents=True)
        self.notebook = steps.fetch_assignment(course, "votes", self.folder) / "votes.ipynb"

    def hand_in(self, answer: str) -> None:
        """Write an answer to votes-01 and submit."""
        notebook = nbformat.read(self.notebook, 4)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == "votes-01-answer":
                cell.source = answer
        nbformat.write(notebook, self.notebook)
        steps.submit_assignment(self.course, "votes", self.student, self.folder)

    def break_notebook(self) -> None:
        """Submit a file that is no notebook."""
        self.notebook.write_text("{}")
        steps.submit_assignment(self.course, "votes", self.student, self.folder)

    def feedback(self) -> list[str]:
        """Fetch feedback; return the pages as text, the oldest submission's first."""
        steps.fetch_feedback(self.course, "votes", self.student, self.folder)
        pages = sorted(self.folder.glob("votes/feedback/*/votes.html"))
        texts = (re.sub(r"<[^>]+>", " ", page.read_text("utf-8")) for page in pages)
        return [" ".join(html.unescape(text).split()) for text in texts]


def run_watch(monkeypatch: pytest.MonkeyPatch, *between: Callable[[], object]) -> int:
    """Run the command; what happens between its rounds is given, then comes Ctrl-C."""
    waiting = list(between)

    def wait(seconds: float) -> None:
        assert seconds == 30
        if not waiting:
            raise KeyboardInterrupt
        waiting.pop(0)()

    monkeypatch.setattr("course.desk.commands.watch.sleep", wait)
    return cli.main(["watch", "votes"])


def test_who_hands_in_has_feedback_and_can_hand_in_again(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Graded when handed in, up to the limit; a faulty submission stops nothing and is no try."""
    ana, bea = Desk(course, "ana"), Desk(course, "bea")

    def begin() -> None:
        AnswerStore(ana.notebook.parent).save("practice-votes-01", {"tries": 2, "right": True})
        ana.hand_in("humala_votes = 1")
        bea.break_notebook()

    def improve() -> None:
        (page,) = ana.feedback()
        assert "You can hand in again: 1 of 2 tries left." in page
        assert "humala_votes = 1" in page
        assert "Practiced before: right after 2 tries." in page
        assert bea.feedback() == []
        ana.hand_in("humala_votes = 3_758_258")

    def overdo() -> None:
        assert "All tries are used (2 of 2): this is what counts." in ana.feedback()[-1]
        ana.hand_in("humala_votes = 2")

    assert run_watch(monkeypatch, begin, improve, overdo, lambda: None) == 130
    out, err = capsys.readouterr()
    assert err.strip() == "course watch: stopped; what was done so far is kept"
    lines = [re.sub(r"^\d\d:\d\d:\d\d ", "", line) for line in out.splitlines()]
    first, *lines = (line for line in lines if not line.startswith(OF_THE_MACHINE))
    assert first.startswith("watching votes: a look every 30 s, 2 tries a student; Ctrl-C stops it")
    assert lines[0] == "1 graded, 1 pages given out"
    assert lines[1].startswith("  bea: votes.ipynb")
    assert lines[2] == "1 graded, 1 pages given out"
    assert re.fullmatch(r"ana\+votes\+.* is not collected: ana has used all tries .*", lines[3])
    assert lines[4:] == []
    kept = (course.folder("submitted", "ana", "votes") / "votes.ipynb").read_text("utf-8")
    assert "3_758_258" in kept
    state = GradingState(course.root, "votes")
    assert [state.read_tries(name)[0] for name in ("ana", "bea")] == [2, 0]


@pytest.mark.usefixtures("in_process")
def test_grades_of_two_keys_are_held_back_until_they_are_one(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `course feedback` refuses is said once; who waited has the page when it is mended."""
    ana, bea = Desk(course, "ana"), Desk(course, "bea")

    def change_key() -> None:
        assert len(ana.feedback()) == 1
        edit_source(course, "votes-01", "### BEGIN HIDDEN TESTS", "### BEGIN HIDDEN TESTS\n# new")
        steps.generate_assignment(course, "votes")
        bea.hand_in("humala_votes = 1")

    def mend() -> None:
        assert bea.feedback() == []
        assert grade_one(course, "votes", "ana").fault is None

    assert (
        run_watch(monkeypatch, lambda: ana.hand_in("x = 1"), change_key, lambda: None, mend) == 130
    )
    assert len(bea.feedback()) == 1
    out = capsys.readouterr().out
    assert out.count("1 that an older key made: ana") == 1


@pytest.mark.usefixtures("in_process")
def test_what_is_wrong_with_the_setup_ends_it_and_what_passes_does_not(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown name is refused at once; an exchange that is away for a while is waited for."""
    assert cli.main(["watch", "vote"]) == 1
    assert "assignment 'vote'" in capsys.readouterr().err
    away = course.exchange.with_name("away")
    ana = Desk(course, "ana")
    ana.hand_in("humala_votes = 1")
    leave, back = lambda: course.exchange.rename(away), lambda: away.rename(course.exchange)
    assert run_watch(monkeypatch, leave, lambda: None, back) == 130
    out = capsys.readouterr().out
    assert out.count("the exchange") == 1
    assert "Traceback" not in out
    assert len(ana.feedback()) == 1


def test_a_submission_on_its_way_is_left_until_it_is_whole(course: Course) -> None:
    """nbgrader writes the secret last: without it, what has just come is not collected yet."""
    ana = Desk(course, "ana")
    ana.hand_in("humala_votes = 1")
    (sent,) = (course.exchange / course.course_id / "inbound").iterdir()
    secret = (sent / "submission_secret.txt").read_text()
    (sent / "submission_secret.txt").unlink()
    assert steps.collect_submissions(course, "votes") == ([], [])
    (sent / "submission_secret.txt").write_text(secret)
    assert steps.collect_submissions(course, "votes") == (["ana"], [])
    long_ago = time.time() - 3600
    (sent / "submission_secret.txt").unlink()
    os.utime(sent, (long_ago, long_ago))
    shutil.rmtree(course.folder("submitted", "ana", "votes"))
    assert steps.collect_submissions(course, "votes") == (["ana"], [])


def test_a_try_is_a_submission_that_was_graded(tmp_path: Path) -> None:
    """Graded again it is the same one, and one that failed is none."""
    state = GradingState(tmp_path, "votes")
    config = Config({"Watch": {"tries": 3}})
    for fingerprint, fault, left in (
        ("a", "cannot be read", 3),
        ("a", None, 2),
        ("a", None, 2),
        ("b", "cannot be read", 2),
        ("b", None, 1),
        ("c", None, 0),
        ("d", None, 0),
    ):
        state.note_outcome(Outcome("ana", fault, fingerprint=fingerprint))
        assert count_tries_left(config, tmp_path, "votes", "ana") == left
        state.forget_outcome("ana")  # as where the Formgrader grades it anew
    assert count_tries_left(Config(), tmp_path, "votes", "ana") is None


def test_a_page_says_until_when_one_can_hand_in_again(tmp_path: Path) -> None:
    """Before the deadline it names it; after it, and without a limit, it says nothing."""
    config, now = Config({"Watch": {"tries": 3}}), datetime.now(UTC)
    where = (tmp_path, "votes", "ana")
    due = datetime(2999, 12, 1, 18, tzinfo=UTC)
    assert say_again(config, *where, due) == (
        "You can hand in again until 2999-12-01 18:00 UTC: 3 of 3 tries left. The last one counts."
    )
    assert say_again(config, *where, now - timedelta(hours=1)) == ""
    assert say_again(Config(), *where, None) == ""
