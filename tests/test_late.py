"""Deadlines, more time for one student, and what a late submission loses."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from traitlets.config import Config

from course.desk import cli
from course.desk.deadlines.clock import read_time, write_time
from course.desk.deadlines.extensions import FILE, read_extensions, set_extension
from course.desk.deadlines.late import DAY, GrantExtensions, LateSteps
from course.desk.deadlines.settle import extend_deadline, read_deadlines, set_due, settle_penalties
from course.desk.lms.record import write_record
from course.desk.screen import console
from course.desk.steps import generate_assignment
from course.errors import CourseError
from course.grader.book.row import GrantSteps, late_penalty, read_granted
from course.grader.coursedir import Course
from course.grader.intake.stamp import count_seconds_late
from course.grader.run.autograde import grade_one
from tests.smallclass import hand_in, keep_questions, make_small_class

LIMA = ZoneInfo("America/Lima")
MADRID = ZoneInfo("Europe/Madrid")
STEPS = "c.LateSteps.percent_a_day = 10\nc.LateSteps.max_percent = 50"
DUE = datetime(2025, 5, 2, 12, tzinfo=UTC)  # the simulated students hand in two days later
HOUR = 3600


# --- times as people say them ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-12-01 18:00", "2026-12-01T23:00"),
        ("2026-12-01T18:00", "2026-12-01T23:00"),
        (" 2026-12-01 18:00 America/Lima ", "2026-12-01T23:00"),
        ("2026-12-01 18:00 UTC", "2026-12-01T18:00"),
        ("2026-12-01 18:00 Europe/Madrid", "2026-12-01T17:00"),
        ("2026-12-01 18:00+02:00", "2026-12-01T16:00"),
        ("2026-12-01T18:00:30Z", "2026-12-01T18:00:30"),
        ("2026-12-01", "2026-12-02T04:59:59"),
        *((text, "2026-12-01T23:00") for text in ("2026-12-1 18:00", "2026/12/01 18.00")),
        *((text, "2026-12-01T23:00") for text in ("2026-12-01 6 PM", "2026-12-01, 6:00 p.m.")),
        *((text, "2026-12-01T23:00") for text in ("1 Dec 2026 18h", "December 1, 2026 at 6pm")),
        *((text, "2026-12-01T23:00") for text in ("2026-12-01 18", "2026-12-01 18:00 EST")),
        ("2026-12-01 12:30 am", "2026-12-01T05:30"),
        ("2026-12-01 18.30 -5", "2026-12-01T23:30"),
        ("2026-07-01 18:00 EDT", "2026-07-01T22:00"),
        ("1 Dec 2026", "2026-12-02T04:59:59"),
    ],
)
def test_a_time_is_read_in_the_zone_of_the_course_or_its_own(text: str, utc: str) -> None:
    """A zone behind the time counts before that of the course; a date is its last minute."""
    assert read_time(text, LIMA) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("tomorrow", "something else"),
        ("2026-13-01 10:00", "something else"),
        *((text, "something else") for text in ("01.12.2026 18:00", "12/01/2026", "Dec 1", "")),
        *((text, "something else") for text in ("2026-W49", "9999-12-31", "0001-01-01", "2026")),
        *(
            (text, "something else")
            for text in ("2026-12-01 13 pm", "2026-12-01 24:00", "1 Foo 26", "2026-12-01 noon")
        ),
        ("2026-12-01 18:00 BST/X", "does not know"),
        ("2026-12-01 18:00 Lima", "does not know"),
        ("2026-03-29 02:30", "an hour that they skip"),
        ("2026-10-25 02:30", "an hour that they show twice"),
    ],
)
def test_a_time_that_means_nothing_or_two_things_is_refused(text: str, reason: str) -> None:
    """The error says what was read and how to write it."""
    with pytest.raises(CourseError, match=reason) as error:
        read_time(text, MADRID)
    assert text in str(error.value)


def test_a_time_is_written_with_its_zone_and_in_utc() -> None:
    """Nobody has to guess; the date in UTC stands there when it is another."""
    assert write_time(read_time("2026-12-01 18:00", LIMA), LIMA) == (
        "2026-12-01 18:00 America/Lima (23:00 UTC)"
    )
    assert write_time(read_time("2026-12-01", LIMA), LIMA) == (
        "2026-12-01 23:59:59 America/Lima (2026-12-02 04:59:59 UTC)"
    )
    assert write_time(DUE, UTC) == "2025-05-02 12:00 UTC"


# --- the steps ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "days", "percent"),
    [
        (1, 0, 0),
        (15 * 60, 0, 0),
        (15 * 60 + 1, 1, 10),
        (DAY, 1, 10),
        (DAY + 15 * 60, 1, 10),
        (DAY + 15 * 60 + 1, 2, 20),
        (4 * DAY, 4, 40),
        (5 * DAY, 5, 45),
        (400 * DAY, 400, 45),
    ],
)
def test_each_day_begun_after_the_grace_period_costs_a_step(
    seconds: int, days: int, percent: int
) -> None:
    """Days are counted from the end of the grace period; the whole is bounded."""
    steps = LateSteps(percent_a_day=10, grace_minutes=15, max_percent=45)
    assert (steps.days_begun(seconds), steps.percent_lost(seconds)) == (days, percent)
    expected = 20 * percent / 100 if percent else None
    assert steps.late_submission_penalty("ana", 20, seconds) == expected


def test_as_delivered_lateness_costs_nothing(course_copy: Course) -> None:
    """Points are taken only where an instructor has said so."""
    assert late_penalty(course_copy.config, "ana", 20, 40 * DAY) is None


def test_a_penalty_is_never_more_than_the_points_nor_less_than_none() -> None:
    """nbgrader's rule holds for any plugin; a plugin of one's own is asked, too."""
    zero = Config({"AssignLatePenalties": {"plugin_class": "tests.test_late.Odd"}})
    assert late_penalty(zero, "much", 20, 1) == 20
    assert late_penalty(zero, "little", 20, 1) == 0
    assert late_penalty(zero, "much", 20, 0) is None


def test_course_grade_asks_the_configured_step_who_has_more_time(tmp_path: Path) -> None:
    """A step of one's own is asked as the module's is; without one, nobody has more time."""
    set_extension(tmp_path, "votes", "ana", timedelta(hours=1))
    ours = Config({"Autograde": {"autograde_preprocessors": [GrantExtensions]}})
    assert read_granted(ours, tmp_path, "votes") == {"ana": timedelta(hours=1)}
    theirs = Config({"Autograde": {"autograde_preprocessors": [GrantEverybody]}})
    assert read_granted(theirs, tmp_path, "votes") == {"votes": timedelta(days=7)}
    none = Config({"Autograde": {"autograde_preprocessors": []}})
    assert read_granted(none, tmp_path, "votes") == {}


class GrantEverybody(GrantSteps):
    """A step that knows one student, named as the assignment."""

    @classmethod
    def granted(cls, root: Path, assignment: str) -> dict[str, timedelta]:
        """Return a week."""
        return {assignment: timedelta(days=7)}


class Odd(LateSteps):
    """A plugin of somebody else, with odd answers."""

    def late_submission_penalty(self, student_id: str, *_: float) -> float:
        """Return more or fewer points than there are."""
        return 99.0 if student_id == "much" else -1.0


# --- extensions -----------------------------------------------------------------------------------


def test_extensions_are_kept_in_a_table_that_people_can_edit(tmp_path: Path) -> None:
    """Set, replaced, taken away; other assignments stay; a spreadsheet's way of saving is read."""
    two, four = timedelta(days=2), timedelta(hours=4)
    set_extension(tmp_path, "votes", "ana", two)
    set_extension(tmp_path, "votes", "bea", four)
    set_extension(tmp_path, "argument", "ana", four)
    set_extension(tmp_path, "votes", "ana", four)
    set_extension(tmp_path, "votes", "bea", None)
    assert read_extensions(tmp_path, "votes") == {"ana": four}
    assert read_extensions(tmp_path, "argument") == {"ana": four}
    (tmp_path / FILE).write_text("\ufeffassignment;student;minutes\nvotes;ana;90,5\n\n", "utf-8")
    assert read_extensions(tmp_path, "votes") == {"ana": timedelta(minutes=90.5)}


def test_a_line_of_the_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """The file and the number of the line."""
    slips = ("two days", "1e99", '"2,880"', "2.880", "nan", "-60", "99999999", "inf")
    for line in (*(f"votes,ana,{slip}" for slip in slips), "votes,ana", "votes,,60"):
        (tmp_path / FILE).write_text(f"assignment,student,minutes\n{line}\n", "utf-8")
        with pytest.raises(CourseError, match=r"extensions.csv, line 2"):
            read_extensions(tmp_path, "votes")


def test_no_line_of_the_table_is_passed_over(tmp_path: Path) -> None:
    """Without the heading, twice, or with an id that is a student's but for zeros or capitals."""
    table = tmp_path / FILE
    table.write_text("votes,ana,60\n", "utf-8")
    assert read_extensions(tmp_path, "votes") == {"ana": timedelta(hours=1)}
    table.write_text("votes,ana,60\nvotes,ana,90\n", "utf-8")
    with pytest.raises(CourseError, match="two for votes, ana"):
        read_extensions(tmp_path, "votes")
    for student, known in (("1234", "001234"), ("Ana", "ana")):
        table.write_text(f"votes,{student},60\n", "utf-8")
        assert set(read_extensions(tmp_path, "votes", [student, known])) == {student}
        with pytest.raises(CourseError, match=f"the gradebook has '{known}'"):
            read_extensions(tmp_path, "votes", [known])


# --- a class --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three submissions of two questions, two days after the deadline; nothing is graded."""
    folder = tmp_path_factory.mktemp("late") / "course"
    course = make_small_class(folder, (), graded=False, settings=STEPS)
    keep_questions(course, "votes-01", "votes-16")
    generate_assignment(course, "votes")
    for student in ("ana-quispe", "luis-campos", "nestor-leon"):
        hand_in(course, student)
    set_due(course, "votes", DUE)
    return folder


@pytest.fixture
def course(handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A copy of the class; the working directory is in it."""
    folder = tmp_path / "course"
    shutil.copytree(handed_in, folder)
    monkeypatch.chdir(folder)
    return Course(folder)


def _late(course: Course) -> dict[str, Any]:
    """Return what the gradebook holds of each submission's lateness."""
    with course.gradebook() as gradebook:
        return {
            s.student_id: (
                s.extension,
                s.total_seconds_late,
                [n.late_submission_penalty for n in s.notebooks],
                s.late_submission_penalty,
            )
            for s in gradebook.assignment_submissions("votes")
        }


@pytest.fixture(scope="module")
def graded_by(
    handed_in: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Course, Any]]:
    """The class graded by `course grade`, by `nbgrader autograde` and by the formgrader's button.

    One student has two days more, granted before any submission was in the gradebook.
    """
    found = {}
    students = ("ana-quispe", "luis-campos")
    for way in ("course", "nbgrader", "button"):
        folder = tmp_path_factory.mktemp(way) / "course"
        course = Course(shutil.copytree(handed_in, folder))
        extend_deadline(course, "votes", "luis-campos", timedelta(days=1, hours=1))
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            if way == "nbgrader":
                tool = str(Path(sys.executable).parent / "nbgrader")
                shutil.rmtree(course.root / "submitted/nestor-leon")
                subprocess.run([tool, "autograde", "votes"], check=True, capture_output=True)
            for student in students:
                if way == "course":
                    assert grade_one(course, "votes", student).fault is None
                elif way == "button":
                    assert course.api().autograde("votes", student)["success"]
        found[way] = (course, _late(course))
    return found


def test_every_way_of_grading_takes_the_same_points(
    graded_by: dict[str, tuple[Course, Any]],
) -> None:
    """Extension, lateness and penalty are the same; more time was given before all of it."""
    course = graded_by["course"][1]
    assert course["ana-quispe"] == (None, 2 * DAY, [0.2], 0.2)  # two days begun of 1 point
    more = timedelta(days=1, hours=1)
    assert course["luis-campos"] == (more, 23 * HOUR, [0.1], 0.1)  # one day begun of 1 point
    assert graded_by["nbgrader"][1] == course
    assert graded_by["button"][1] == course


def test_points_given_by_hand_move_the_penalty(graded_by: dict[str, tuple[Course, Any]]) -> None:
    """The penalty is a share of all points, also of those that came after autograding."""
    course, _ = graded_by["button"]
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("votes-16", "votes", "votes", "ana-quispe")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        gradebook.db.commit()
    (change,) = settle_penalties(course, "votes")
    assert (change.student, change.before, change.after) == ("ana-quispe", 0.2, 0.8)
    assert settle_penalties(course, "votes") == []
    assert _late(course)["ana-quispe"][3] == 0.8


def test_deadline_and_extension_count_at_once_for_what_is_graded(
    graded_by: dict[str, tuple[Course, Any]],
) -> None:
    """A later deadline or more time takes penalties away, an earlier one brings them back."""
    course, before = graded_by["nbgrader"]
    assert {
        c.student for c in extend_deadline(course, "votes", "ana-quispe", timedelta(days=2))
    } == {"ana-quispe"}
    assert _late(course)["ana-quispe"] == (timedelta(days=2), 0, [None], 0)
    (change,) = set_due(course, "votes", DUE + timedelta(days=1))
    assert (change.student, change.after) == ("luis-campos", 0)
    assert set_due(course, "votes", None) == []
    extend_deadline(course, "votes", "ana-quispe", None)
    set_due(course, "votes", DUE)
    assert _late(course) == before


def test_the_report_can_ask_for_every_students_deadline(course: Course) -> None:
    """Graded or not, on the roster or not: due, extension, submitted, lateness, penalty."""
    extend_deadline(course, "votes", "luis-campos", timedelta(days=1))
    extend_deadline(course, "votes", "not-yet-there", timedelta(days=3))
    grade_one(course, "votes", "ana-quispe")
    found = read_deadlines(course, "votes")
    assert found.due == DUE
    assert list(found.students) == ["ana-quispe", "luis-campos", "nestor-leon", "not-yet-there"]
    ana, luis, _, new = found.students.values()
    assert (ana.seconds_late, ana.penalty, ana.handed_in) == (2 * DAY, 0.2, True)
    assert ana.submitted == DUE + timedelta(days=2)
    assert (luis.due, luis.extension) == (DUE + timedelta(days=1), timedelta(days=1))
    assert (luis.seconds_late, luis.penalty, luis.handed_in) == (DAY, 0, True)
    assert (new.due, new.submitted, new.seconds_late) == (DUE + timedelta(days=3), None, 0)


def test_an_assignment_without_a_deadline_knows_no_lateness(course: Course) -> None:
    """Nothing is late, with or without an extension."""
    set_due(course, "votes", None)
    extend_deadline(course, "votes", "ana-quispe", timedelta(days=1))
    assert grade_one(course, "votes", "ana-quispe").fault is None
    found = read_deadlines(course, "votes").students["ana-quispe"]
    assert (found.due, found.seconds_late, found.penalty) == (None, 0, 0)


# --- the commands ---------------------------------------------------------------------------------


def _said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert cli.main(list(words)) == code
    said = capsys.readouterr()
    return " ".join((said.out if code == 0 else said.err).split())


def test_due_sets_shows_and_takes_away(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """The time is shown in the course's zone and in UTC, as the gradebook has it."""
    settings = course.root / "nbgrader_config.py"
    text = settings.read_text("utf-8") + "\nc.NbGraderAPI.timezone = 'America/Lima'\n"
    settings.write_text(text, "utf-8")
    assert "votes: due 2026-12-02 09:30" in _said(capsys, "due", "votes", "2026-12-02", "09:30")
    text = _said(capsys, "due", "votes", "2026-12-01", "18:00")
    assert "votes: due 2026-12-01 18:00 America/Lima (23:00 UTC)" in text
    assert "10 % of the points earned for each day begun, after 15 minutes of grace" in text
    with course.gradebook() as gradebook:
        assert gradebook.find_assignment("votes").duedate == datetime(2026, 12, 1, 23)
    assert Course(course.root).api().get_assignment("votes")["display_duedate"] == (
        "2026-12-01 18:00:00 -05"
    )
    assert "18:00 America/Lima" in _said(capsys, "due", "votes", "2026-12-01", "18:00", "-05:00")
    assert "18:00 America/Lima" in _said(capsys, "due")
    assert "votes: no deadline" in _said(capsys, "due", "votes", "none")
    assert "no deadline" in _said(capsys, "due", "votes")


def test_a_narrow_terminal_cuts_nothing(
    course: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An id as long as an e-mail address leaves room for the other columns."""
    monkeypatch.setattr(console, "_width", 60)
    student = "maria-fernanda.quispe-mamani@uni.example"
    with course.gradebook() as gradebook:
        gradebook.update_or_create_student(student, first_name="María", last_name="Quispe Mamani")
    assert cli.main(["extend", "votes", student, "--days", "2"]) == 0
    capsys.readouterr()
    assert cli.main(["due", "votes"]) == 0
    text = capsys.readouterr().out
    assert "…" not in text
    cells = zip(*(line.split("│") for line in text.splitlines() if "│" in line), strict=True)
    columns = ["".join("".join(cell).split()) for cell in cells]
    assert student in columns[1]
    assert "2days" in columns[3]
    assert "2025-05-0412:00UTC" in columns[4]
    assert "nothandedin" in columns[5]


def test_extend_gives_time_and_lists_it(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """By days and hours or until a time; the list shows who is late, and who has more time."""
    assert "2025-05-04 15:00 UTC" in _said(
        capsys, "extend", "votes", "ana-quispe", "--days", "2", "--hours", "3"
    )
    text = _said(capsys, "extend", "votes", "luis-campos", "--until", "2025-05-03", "12:00")
    assert "1 day" in text
    set_extension(course.root, "vote", "ana-quispe", timedelta(days=1))
    text = _said(capsys, "due", "votes")
    assert "extensions.csv gives more time for 'vote', which is no assignment here" in text
    assert "ana-quispe │ 2 days 3 hours │ 2025-05-04 15:00 UTC │ in time" in text
    assert "luis-campos │ 1 day │ 2025-05-03 12:00 UTC │ 1 day" in text
    (course.folder("submitted", "nestor-leon", "votes") / "timestamp.txt").unlink()
    grade_one(course, "votes", "nestor-leon")
    (course.root / "downloaded/votes").mkdir(parents=True)
    write_record(course.root / "downloaded/votes", {"nestor-leon": {"late": True}})
    text = _said(capsys, "due", "votes")
    assert "Canvas calls nestor-leon late and gives no time, so it is not entered." in text
    assert "not known, so nothing is taken off for lateness: nestor-leon." in text
    (course.folder("submitted", "nestor-leon", "votes") / "timestamp.txt").write_text(
        "2025-05-04 18:00 -05:00"
    )
    grade_one(course, "votes", "nestor-leon")
    text = _said(capsys, "due", "votes")
    assert "Canvas calls" not in text
    assert "nestor-leon │ │ │ 2 days 11 hours" in text
    assert "no more time" in _said(capsys, "extend", "votes", "luis-campos", "--none")
    assert read_extensions(course.root, "votes") == {"ana-quispe": timedelta(days=2, hours=3)}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["due", "votse"], "one of: votes"),
        (["due", "votes", "soon"], "a date and a time"),
        (["extend", "votes", "ana-quispe"], "--days"),
        (["extend", "votes", "ana-quispe", "--days", "-1"], "later"),
        *((["extend", "votes", "ana-quispe", "--days", d], "ten years") for d in ("nan", "1e400")),
        *((["extend", "votes", "ana-quispe", "--hours", h], "ten years") for h in ("1e12", "1e6")),
        (["extend", "votes", "ana-quispe", "--days", "1", "--none"], "one of"),
        (["extend", "votes", "ana-quipse", "--days", "1"], "ana-quispe"),
        (["extend", "votes", "ana-quispe", "--until", "2025-05-01 12:00"], "later"),
    ],
)
def test_slips_are_told(
    course: Course, capsys: pytest.CaptureFixture[str], words: list[str], reason: str
) -> None:
    """What was expected, what was found, what to do; nothing is written."""
    assert reason in _said(capsys, *words, code=1)
    assert not (course.root / FILE).exists()


def test_a_time_zone_that_is_none_is_told(course: Course) -> None:
    """The setting is named."""
    course.config.NbGraderAPI.timezone = "Lima"
    with pytest.raises(CourseError, match=r"NbGraderAPI.timezone"):
        _ = course.zone


def test_feedback_and_export_take_the_penalty_of_now(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """What students read and what goes out has the share of the points that there are by then."""
    grade_one(course, "votes", "ana-quispe")
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("votes-16", "votes", "votes", "ana-quispe")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        gradebook.db.commit()
    assert "late penalty of ana-quispe: 0.2 → 0.8" in _said(capsys, "export")
    with (course.root / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert float(rows["ana-quispe"]["late_submission_penalty"]) == 0.8
    assert float(rows["ana-quispe"]["score"]) == 3.2
    hand_in(course, "elena-torres", "2025-05-02 12:10:00.000000 UTC")
    assert grade_one(course, "votes", "elena-torres").fault is None
    assert read_deadlines(course, "votes").students["elena-torres"].seconds_late == 600
    assert read_deadlines(course, "votes").students["elena-torres"].penalty == 0


@pytest.mark.parametrize(
    ("due", "at", "days"),
    [
        ("2026-10-31 18:00", "2026-11-01 18:10", 1),  # the clocks go back: 25 hours and 10 minutes
        ("2026-10-31 18:00", "2026-11-01 18:16", 2),
        ("2026-03-07 18:00", "2026-03-08 18:10", 1),  # and forward: 23 hours and 10 minutes
        ("2026-03-07 18:00", "2026-03-08 17:00", 1),
        ("2026-06-01 18:00", "2026-06-02 18:10", 1),
        ("2026-06-01 18:00", "2026-06-01 18:10", 0),
    ],
)
def test_a_day_of_lateness_is_a_day_of_the_calendar(due: str, at: str, days: int) -> None:
    """A clock change costs nobody a day; the grace period is 15 minutes."""
    zone = ZoneInfo("America/New_York")
    times = [read_time(text, zone).replace(tzinfo=None) for text in (due, at)]
    late = count_seconds_late(times[0], times[1], zone)
    assert late > 0
    assert LateSteps().days_begun(late) == days


END = b"9999-12-31 23:59:59 UTC"  # which no zone east of Greenwich can convert


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"soon", b"9" * 5000, b"2026-01-12 10:00 CST", END]
)
def test_a_time_that_nobody_can_read_is_asked_about(
    course: Course,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
) -> None:
    """`due`, `extend` and `report` go on, and nobody is said to be in time."""
    set_due(course, "votes", DUE)
    (course.folder("submitted", "ana-quispe", "votes") / "timestamp.txt").write_bytes(content)
    monkeypatch.chdir(course.root)
    assert cli.main(["due", "votes"]) == 0
    said = capsys.readouterr().out
    assert "not known, so nothing is taken off for lateness: ana-quispe." in said
    assert cli.main(["extend", "votes", "ana-quispe", "--days", "1"]) == 0
    assert cli.main(["report", "votes"]) == 0
    grade_one(course, "votes", "ana-quispe")
    assert read_deadlines(course, "votes").students["ana-quispe"].submitted is None
