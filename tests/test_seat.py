"""A student's seat: what it shows, what it hides, and how a submission is sent from it."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from course.cells.saved import read_notebook
from course.desk import steps
from course.desk.cli import main
from course.desk.commands.lab import CONFIG, instructor_seat, lab, student_seat
from course.desk.feedback.scheme import MarkScheme
from course.desk.seats.extension import StudentsList
from course.desk.seats.notice import Notice, read_notice
from course.desk.seats.start_page import Desk, write_markdown
from course.desk.seats.submit import CheckedSubmit, HeldBack, find_unanswered
from course.errors import CourseError
from course.grader.coursedir import Course
from course.overview import rehearsal
from course.overview.listing import Row
from tests.notebooks import ROOT, grade_id, read

NOW = datetime(2026, 4, 9, 12, 0, tzinfo=UTC)
DUE = re.compile(r"1\. (▶ )?\*\*(votes|argument)\*\*")  # a line of the list of what is due


# --- the two seats --------------------------------------------------------------------------------


def test_a_student_works_in_a_folder_that_holds_nothing_of_the_instructors(
    course_copy: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of files begins at the student's own folder; the gradebook is not named."""
    monkeypatch.setenv("BACKYARD_DB", "sqlite:///elsewhere.db")
    seat = student_seat(course_copy, "student01")
    assert seat.folder == course_copy.root / "students" / "student01"
    assert list(seat.folder.iterdir()) == []
    found = seat.environment()
    assert found["BACKYARD_EXCHANGE"] == str(course_copy.exchange)
    assert found["BACKYARD_STUDENT"] == "student01"
    assert "BACKYARD_DB" not in found
    assert found["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0] == str(CONFIG / "student")
    assert f"--ServerApp.root_dir={seat.folder}" in seat.command()


def test_the_instructor_works_in_the_course(course_copy: Course) -> None:
    """The formgrader has to find source/ and the gradebook."""
    seat = instructor_seat(course_copy)
    assert seat.folder == course_copy.root
    assert "BACKYARD_STUDENT" not in seat.environment()


def test_two_students_have_two_seats(course_copy: Course) -> None:
    """Neither folder nor copies of submissions are shared."""
    one, other = (student_seat(course_copy, name) for name in ("ana", "bea"))
    assert one.folder != other.folder
    assert one.settings["BACKYARD_CACHE"] != other.settings["BACKYARD_CACHE"]


@pytest.mark.parametrize("name", ["", "../ana", "a+b", "a*", "-x", "a b"])
def test_a_name_that_cannot_be_a_students_is_refused(name: str, course_copy: Course) -> None:
    """A name becomes a folder and part of file names in the exchange."""
    with pytest.raises(CourseError, match="short name"):
        student_seat(course_copy, name)
    assert not (course_copy.root / "students").exists()


@pytest.mark.parametrize(
    ("role", "student"), [("student", None), ("instructor", "ana"), ("dean", None)]
)
def test_a_role_that_does_not_fit_is_refused(
    role: str, student: str | None, course_copy: Course
) -> None:
    """The message says how to write it."""
    with pytest.raises(CourseError, match="ROLE=student STUDENT=student01"):
        lab(Namespace(role=role, student=student, jupyter=[]))


def test_the_command_becomes_jupyterlab_in_the_right_folder(
    course_copy: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`course lab --student ana -- --no-browser` starts the server of that seat."""
    started: list[Any] = []

    def become(*call: Any) -> None:
        started.append((Path.cwd(), *call))
        raise SystemExit(0)

    monkeypatch.setattr(os, "execve", become)
    with pytest.raises(SystemExit):
        main(["lab", "--student", "ana", "--", "--no-browser"])
    ((folder, _, command, environment),) = started
    assert folder == course_copy.root / "students" / "ana"
    assert command[-1] == "--no-browser"
    assert environment["BACKYARD_STUDENT"] == "ana"


@pytest.mark.parametrize("role", ["student", "instructor"])
def test_jupyterlab_neither_asks_for_news_nor_shows_any(role: str) -> None:
    """No dialog stands between a person and the page that the seat opens on."""
    folder = CONFIG / role / "labconfig"
    settings = json.loads((folder / "default_setting_overrides.json").read_text())
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    off = json.loads((folder / "page_config.json").read_text())["disabledExtensions"]
    assert off["@jupyterlab/apputils-extension:announcements"]
    assert bool(off.get("@jupyter/nbgrader:formgrader")) == (role == "student")


def test_a_students_notebook_is_saved_every_ten_seconds() -> None:
    """A check looks at the saved notebook to see whether a cell was changed since it ran."""
    settings = json.loads((CONFIG / "student/labconfig/default_setting_overrides.json").read_text())
    assert settings["@jupyterlab/docmanager-extension:plugin"]["autosaveInterval"] == 10


def test_only_the_instructors_pages_may_be_shown_in_a_frame() -> None:
    """JupyterHub forbids frames, in one of which the Formgrader opens; a student needs none."""
    settings = json.loads((CONFIG / "instructor/jupyter_server_config.json").read_text())
    headers = settings["ServerApp"]["tornado_settings"]["headers"]
    assert headers == {"Content-Security-Policy": "frame-ancestors 'self'"}
    assert not (CONFIG / "student/jupyter_server_config.json").exists()


# --- the start page -------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A student's desk with two released assignments."""
    for name in ("votes", "argument"):
        (tmp_path / "exchange/outbound" / name).mkdir(parents=True)
    (tmp_path / "desk").mkdir()
    return Desk(tmp_path / "desk", tmp_path / "exchange/outbound", tmp_path / "cache", "ana")


@pytest.mark.parametrize(
    ("zone", "said"), [("America/Lima", "13:00 UTC-05."), ("Europe/Madrid", "20:00 CEST.")]
)
def test_a_due_date_is_said_with_its_zone(
    desk: Desk, zone: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A student's computer may stand in another zone than the course: 18:00 alone misleads."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        notice = Notice({"votes": datetime(2026, 4, 11, 18, tzinfo=UTC)})
        assert f"Saturday, 11 April 2026, {said}" in write_markdown(desk, notice, NOW)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_page_says_what_is_due_and_how_far_one_is(desk: Desk) -> None:
    """Each released assignment has a line: when it is due, fetched, submitted, feedback."""
    notice = Notice({"votes": NOW + timedelta(days=2), "argument": NOW - timedelta(days=2)})
    text = write_markdown(desk, notice, NOW)
    assert "1. ▶ **argument** · was due Tuesday, 7 April 2026" in text
    assert "1. **votes** · due Saturday, 11 April 2026" in text
    assert text.count("Not fetched yet") == 2
    (desk.folder / "votes").mkdir()
    assert "[open votes.ipynb](votes/votes.ipynb)" in write_markdown(desk, notice, NOW)
    (desk.cache / "ana+votes+2026-04-09 10:00:00.000000 UTC").mkdir(parents=True)
    (desk.cache / "bea+argument+2026-04-09 10:00:00.000000 UTC").mkdir(parents=True)
    text = write_markdown(desk, notice, NOW)
    assert "Submitted, last on Thursday, 9 April 2026" in text
    assert text.count("Submitted") == 1
    assert "feedback on" not in text
    for when in ("2026-04-09 10:00:00.000000 UTC", "2026-04-10 08:00:00.000000 UTC"):
        (desk.folder / "votes/feedback" / when).mkdir(parents=True)
        (desk.folder / "votes/feedback" / when / "votes.html").touch()
    newest = "votes/feedback/2026-04-10%2008%3A00%3A00.000000%20UTC/votes.html"
    assert f"; [read the feedback on votes]({newest}); [open votes" in write_markdown(
        desk, notice, NOW
    )


def test_the_page_says_what_each_assignment_is_and_in_which_order(desk: Desk) -> None:
    """A line of what it is, minutes and points from the notebook; the next one has an arrow."""
    for name in ("votes", "argument"):
        shutil.copy(ROOT / "release" / name / f"{name}.ipynb", desk.outbound / name)
    rows = [line for line in write_markdown(desk, Notice(), NOW).splitlines() if DUE.match(line)]
    text = read_notebook(ROOT / "release/votes/votes.ipynb")
    assert text is not None
    minutes = sum(
        int(n) for c in text.cells for n in re.findall(r"^## .*\((\d+) min", c.source, re.M)
    )
    assert [row.split("**")[1] for row in rows] == ["argument", "votes"]
    assert rows[1].startswith(
        f"1. **votes**: what the numbers say · about {minutes} minutes · 30 points · no date yet"
    )
    notice = Notice({"votes": NOW + timedelta(days=2)})
    rows = [line for line in write_markdown(desk, notice, NOW).splitlines() if DUE.match(line)]
    assert [row.split("**")[1] for row in rows] == ["votes", "argument"]
    assert rows[0].startswith("1. ▶ ")
    shutil.copytree(ROOT / "release/votes", desk.folder / "votes")
    answer(desk.folder / "votes", votes_01="humala_votes = 3", votes_16="He came first.")
    assert "Fetched, 2 of 16 questions begun" in write_markdown(desk, notice, NOW)


def test_the_page_says_whom_to_ask_and_how_answers_are_kept(desk: Desk) -> None:
    """A student who is stuck finds a name, and need not fear for what was typed."""
    text = write_markdown(desk, Notice(contact="Ms Quispe, room 12"), NOW)
    assert "Ask Ms Quispe, room 12." in text
    assert "answers.json" in text
    assert "Ask your instructor." in write_markdown(desk, Notice(), NOW)


def test_the_page_is_written_where_nothing_is_released(tmp_path: Path) -> None:
    """A missing exchange stops nothing."""
    nowhere = Desk(tmp_path, tmp_path / "none", tmp_path / "none")
    assert "Nothing is released yet" in write_markdown(nowhere, Notice(), NOW)


def test_a_release_tells_when_it_is_due_and_whom_to_ask(
    course_copy: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Students cannot read the gradebook: the date travels through the exchange, and moves."""
    monkeypatch.setenv("BACKYARD_CONTACT", "Ms Quispe")
    with course_copy.gradebook() as gradebook:
        gradebook.update_or_create_assignment("votes", duedate="2026-04-11 23:59 UTC")
    steps.release_assignment(course_copy, "votes")
    outbound = course_copy.exchange / course_copy.course_id / "outbound"
    notice = read_notice(outbound)
    assert notice.due == {"votes": datetime(2026, 4, 11, 23, 59, tzinfo=UTC)}
    assert notice.contact == "Ms Quispe"
    monkeypatch.delenv("BACKYARD_CONTACT")
    assert main(["due", "votes", "2026-04-13 09:00 UTC"]) == 0
    moved = read_notice(outbound)
    assert moved.due == {"votes": datetime(2026, 4, 13, 9, tzinfo=UTC)}
    assert moved.contact == "Ms Quispe"
    assert Desk(Path(), outbound, Path()).released() == ["votes"]


@pytest.mark.parametrize("text", ["", "[]", '{"due": {"votes": "soon"}, "contact": ""}'])
def test_a_damaged_notice_stops_nothing(text: str, tmp_path: Path) -> None:
    """The page then says that no date is set."""
    (tmp_path / ".notice.json").write_text(text)
    assert read_notice(tmp_path) == Notice()


# --- sending --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exchange in which votes is released."""
    root = tmp_path_factory.mktemp("exchange")
    (root / "backyard" / "inbound").mkdir(parents=True)
    shutil.copytree(ROOT / "release" / "votes", root / "backyard" / "outbound" / "votes")
    for folder in (root, root / "backyard/inbound"):
        folder.chmod(0o777)
    return root


@pytest.fixture
def seat(exchange: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A student's folder with votes fetched, and the environment of a student's JupyterLab."""
    monkeypatch.setenv("BACKYARD_EXCHANGE", str(exchange))
    monkeypatch.setenv("BACKYARD_STUDENT", "ana")
    monkeypatch.setenv("BACKYARD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(CONFIG / "student"))
    shutil.rmtree(exchange / "backyard/inbound")
    (exchange / "backyard/inbound").mkdir()
    shutil.copytree(ROOT / "release" / "votes", tmp_path / "desk" / "votes")
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk" / "votes"


def submit(**settings: Any) -> CheckedSubmit:
    """Submit votes as the settings of a student's seat say."""
    config = PyFileConfigLoader("nbgrader_config.py", str(CONFIG / "student")).load_config()
    assert config.ExchangeFactory.submit is CheckedSubmit
    course = CourseDirectory(config=config)
    course.assignment_id = "votes"
    step = CheckedSubmit(
        coursedir=course, authenticator=Authenticator(config=config), config=config, **settings
    )
    step.start()
    return step


def sent(exchange: Path) -> list[str]:
    """Return the names of the submissions in the exchange."""
    return sorted(path.name for path in (exchange / "backyard/inbound").iterdir())


def edit(folder: Path, change: Callable[[Any], None]) -> None:
    """Change the notebook of a folder."""
    notebook = read(folder / "votes.ipynb")
    change(notebook)
    nbformat.write(notebook, folder / "votes.ipynb")


def answer(folder: Path, **texts: str) -> None:
    """Write answers: `votes_02="..."` fills the cell votes-02-answer."""

    def change(notebook: Any) -> None:
        for name, text in texts.items():
            question = name.replace("_", "-")
            for cell in notebook.cells:
                if grade_id(cell) in (question, f"{question}-answer") and cell.metadata.get(
                    "nbgrader", {}
                ).get("solution"):
                    cell.source = text

    edit(folder, change)


def missing_of(folder: Path) -> list[str]:
    """Return what lacks an answer in a folder."""
    return find_unanswered(folder, ROOT / "release" / "votes")


def test_what_is_left_to_do_is_what_a_fresh_run_of_the_saved_notebook_gives(seat: Path) -> None:
    """An answer counts wherever it was given; what does not run, or was deleted, does not."""
    answer(
        seat,
        votes_01="humala_votes = 3",
        votes_02="share_valid = 30.6\nshare_cast = ...\nshare_registered = ...\nshare_cast = 25.7",
        votes_03="turnout = 88.7%",
        votes_06="rise_points = 1\nrise_percent = 1 / 0\nsentence = 'A'",
        votes_09='carried = {"ollanta_humala": 18, "alan_garcia": ..., "lourdes_flores": 1}',
        votes_12='laboratory.value = {"fewest": 1, "most": 2}',
        votes_16="He came first.",
    )
    (seat / "answers.json").write_text(
        json.dumps({"format": 1, "answers": {"votes-11": {"value": {"report": 1}}}})
    )

    def change(notebook: Any) -> None:
        gone = [n for n, c in enumerate(notebook.cells) if grade_id(c) == "votes-04-answer"]
        notebook.cells[gone[0]] = nbformat.v4.new_code_cell("votes_missing = 5; x = 1")
        notebook.cells = [c for c in notebook.cells if grade_id(c) != "votes-10-answer"]

    edit(seat, change)
    before = (seat / "answers.json").read_bytes()
    left = {line.split(":")[0]: line for line in missing_of(seat)}
    for question in ("votes-01", "votes-04", "votes-11", "votes-12", "votes-16"):
        assert question not in left
    assert left["votes-02"] == "votes-02: Fill in share_registered."
    assert "Python could not read its cell" in left["votes-03"]
    assert "stopped with an error (ZeroDivisionError)" in left["votes-06"]
    assert "alan_garcia" in left["votes-09"]
    for question in ("votes-05", "votes-07", "votes-10", "votes-15"):
        assert left[question] == question
    assert (seat / "answers.json").read_bytes() == before


def test_a_notebook_that_does_not_end_or_is_not_there_is_named(
    seat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be run to its end cannot be graded either."""
    answer(seat, votes_01="while True:\n    pass")
    with monkeypatch.context() as patch:
        patch.setattr(rehearsal, "SECONDS", 2)
        assert missing_of(seat)[0].startswith("votes.ipynb: it does not come to its end")
    answer(seat, votes_01="import os\nos._exit(0)")
    assert missing_of(seat)[0].startswith("votes.ipynb: its run from top to bottom broke off")
    (seat / "votes.ipynb").rename(seat / "votes (1).ipynb")
    assert missing_of(seat) == ["votes.ipynb: there is no such notebook in your folder"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is run: a changed answer cell counts as filled in."""

    def compare(path: Path) -> list[Row]:
        saved = read_notebook(path)
        assert saved is not None
        texts = dict(saved.answers())
        return [
            Row(listed.name, filled=1, parts=1, empty=texts[listed.name].untouched)
            for listed in saved.list_questions("votes")
        ]

    monkeypatch.setattr("course.desk.seats.submit.rehearse", compare)


@pytest.mark.usefixtures("quick")
def test_the_first_submit_names_what_is_missing_and_sends_nothing(
    seat: Path, exchange: Path
) -> None:
    """The message stands by itself; nothing of it is left in the student's folder."""
    before = sorted(seat.iterdir())
    with pytest.raises(HeldBack) as caught:
        submit()
    text = str(caught.value)
    assert text.startswith("NOT SENT YET: votes")
    assert "votes-07" in text
    assert "press Submit again within 30" in text
    assert max(map(len, text.splitlines())) <= 56
    assert sent(exchange) == []
    assert sorted(seat.iterdir()) == before


@pytest.mark.usefixtures("quick")
def test_a_second_submit_sends_it_as_of_the_first(seat: Path, exchange: Path) -> None:
    """Whoever was asked a minute before the deadline is not late by the question."""
    with pytest.raises(HeldBack):
        submit()
    (note,) = (seat.parent.parent / "cache").glob("asked-*.json")
    asked = json.loads(note.read_text())
    step = submit()
    (name,) = sent(exchange)
    assert name.split("+")[:2] == ["ana", "votes"]
    assert name.split("+")[2] == asked["timestamp"] == step.timestamp
    assert (exchange / "backyard/inbound" / name / "timestamp.txt").read_text() == step.timestamp
    with pytest.raises(HeldBack):  # the next submission is another one, and is asked about
        submit()


@pytest.mark.usefixtures("quick")
def test_a_changed_folder_is_asked_about_again(seat: Path, exchange: Path) -> None:
    """What is sent unasked is what was asked about, to the letter."""
    with pytest.raises(HeldBack):
        submit()
    answer(seat, votes_01="humala_votes = 3")
    with pytest.raises(HeldBack) as caught:
        submit()
    assert "votes-01" not in str(caught.value)
    assert sent(exchange) == []


@pytest.mark.usefixtures("quick")
def test_a_question_that_was_asked_long_ago_is_asked_again(
    seat: Path, exchange: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No one can keep an early time for a submission of another day."""
    with pytest.raises(HeldBack):
        submit()
    later = datetime.now().timestamp() + 1801
    monkeypatch.setattr("course.desk.seats.submit.time.time", lambda: later)
    with pytest.raises(HeldBack):
        submit()
    assert sent(exchange) == []


def test_a_full_submission_is_sent_at_once(seat: Path, exchange: Path) -> None:
    """Nobody is asked without a reason."""
    solved = read(ROOT / "source" / "votes" / "votes.ipynb")
    texts = {grade_id(c): c.source for c in solved.cells if grade_id(c)}

    def solve(notebook: Any) -> None:
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = texts[grade_id(cell)]

    edit(seat, solve)
    submit()
    assert len(sent(exchange)) == 1


@pytest.mark.usefixtures("quick")
def test_asking_can_be_switched_off(seat: Path, exchange: Path) -> None:
    """A course that does not want it sets one number."""
    submit(ask_again_after=0)
    assert len(sent(exchange)) == 1


@pytest.mark.usefixtures("quick")
def test_the_assignment_list_shows_the_message_alone(seat: Path) -> None:
    """The dialog in JupyterLab holds no line of a program."""
    students_list = StudentsList()
    students_list.root_dir = str(seat.parent)
    found = students_list.submit_assignment("backyard", "votes")
    assert not found["success"]
    assert found["value"].startswith("NOT SENT YET")
    assert "Traceback" not in found["value"]
    assert students_list.submit_assignment("backyard", "votes") == {"success": True}
    assert "Submitted, last on" in (seat.parent / "start.md").read_text("utf-8")


# --- grading by hand ------------------------------------------------------------------------------


def test_the_formgrader_shows_the_mark_scheme_beside_the_answer(course_copy: Course) -> None:
    """The page of a submission has it before the text; a page of no assignment has not."""
    step = MarkScheme(config=course_copy.config)
    released = read(ROOT / "release" / "votes" / "votes.ipynb")
    about = {"assignment_id": "votes", "notebook_id": "votes"}
    notebook, _ = step.preprocess(released.copy(), about)
    place = next(i for i, cell in enumerate(notebook.cells) if grade_id(cell) == "votes-16")
    assert "For the grader" in notebook.cells[place - 1].source
    assert "> **Mark scheme**" in notebook.cells[place - 1].source
    again = read(ROOT / "release" / "votes" / "votes.ipynb")
    untouched, _ = step.preprocess(again, {})
    assert "Mark scheme" not in str(untouched)
    assert MarkScheme in course_copy.config.HTMLExporter.preprocessors


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", ["helper.py", "data/more.csv"])
def test_a_file_beside_the_notebook_counts_as_a_change(
    name: str, seat: Path, exchange: Path
) -> None:
    """No answer can be given later in a file that the notebook only reads."""
    before = sent(exchange)
    with pytest.raises(HeldBack):
        submit()
    (seat / name).parent.mkdir(exist_ok=True)
    (seat / name).write_text("humala_votes = 3")
    with pytest.raises(HeldBack):
        submit()
    assert sent(exchange) == before


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("timestamp", ["", "yesterday", "2026-01-01 00:00:00.000000 UTC"])
def test_a_note_with_another_time_is_not_believed(
    timestamp: str, seat: Path, exchange: Path
) -> None:
    """A damaged or changed note neither spoils a submission nor gives it an earlier day."""
    before = sent(exchange)
    with pytest.raises(HeldBack):
        submit()
    (note,) = (seat.parent.parent / "cache").glob("asked-*.json")
    note.write_text(json.dumps(json.loads(note.read_text()) | {"timestamp": timestamp}))
    with pytest.raises(HeldBack):
        submit()
    assert sent(exchange) == before


def test_nothing_is_said_of_what_is_not_released(course_copy: Course) -> None:
    """An assignment in preparation stays unknown, though its date is set."""
    with course_copy.gradebook() as gradebook:
        gradebook.update_or_create_assignment("surprise", duedate="2026-05-11 23:59 UTC")
    steps.release_assignment(course_copy, "votes")
    outbound = course_copy.exchange / course_copy.course_id / "outbound"
    assert "surprise" not in (outbound / ".notice.json").read_text()
