"""Submissions come out of the exchange whole, from their owners, and not from the future."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from course.desk import inbound, steps
from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.intake.stamp import write_stamp
from tests.smallclass import make_small_class

EARLY = datetime(2026, 5, 4, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which `votes` is released and nobody has handed in; to be copied."""
    root = tmp_path_factory.mktemp("inbound") / "course"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("BACKYARD_EXCHANGE", "BACKYARD_DB", "BACKYARD_COURSE_ID"):
            patch.delenv(name, raising=False)
        steps.release_assignment(make_small_class(root, (), graded=False), "votes")
    return root


@pytest.fixture
def course(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A copy of that course; folders belong to whom `owners` says."""
    for name in ("BACKYARD_EXCHANGE", "BACKYARD_DB", "BACKYARD_COURSE_ID"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(made, tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture
def owners(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Who owns which folder of the exchange, by its name; else the student of that name."""
    told: dict[str, str] = {}

    def account_of(path: Path | None = None) -> str:
        return told.get(path.name, path.name.split("+")[0]) if path else "instructor"

    monkeypatch.setattr(inbound, "_find_account", account_of)
    return told


def submit(course: Course, student: str, text: str, when: datetime = EARLY) -> Path:
    """Put a submission into the exchange as nbgrader does."""
    folder = (
        course.exchange / course.course_id / "inbound" / f"{student}+votes+{write_stamp(when)}+x"
    )
    folder.mkdir(parents=True)
    (folder / "votes.ipynb").write_text(text)
    (folder / "timestamp.txt").write_text(write_stamp(when))
    (folder / "submission_secret.txt").write_text("a secret")
    return folder


def collected(course: Course) -> dict[str, str]:
    """Return the text of each collected notebook, by student."""
    found = course.root.glob("submitted/*/votes/votes.ipynb")
    return {path.parent.parent.name: path.read_text() for path in found}


def test_a_folder_in_another_ones_name_is_not_collected(
    course: Course, owners: dict[str, str]
) -> None:
    """It is named with its owner, and the older honest one is taken."""
    submit(course, "ana", "honest")
    submit(course, "ben", "his own")
    owners[submit(course, "ana", "forged", EARLY + timedelta(hours=1)).name] = "ben"
    _, notices = steps.collect_submissions(course, "votes")
    assert collected(course) == {"ana": "honest", "ben": "his own"}
    (line,) = notices
    assert "says ana, but belongs to ben" in line


def test_what_whoever_collects_put_there_is_taken(course: Course, owners: dict[str, str]) -> None:
    """An instructor may put a file that came by mail into the exchange."""
    owners[submit(course, "ana", "by mail").name] = "instructor"
    submit(course, "ben", "his own")
    assert steps.collect_submissions(course, "votes")[1] == []
    assert set(collected(course)) == {"ana", "ben"}


def test_where_all_belong_to_one_account_it_is_said_once(
    course: Course, owners: dict[str, str]
) -> None:
    """A hub that runs everybody as one account says nothing of who handed in."""
    for student in ("ana", "ben", "zoe"):
        owners[submit(course, student, student).name] = "jovyan"
    _, notices = steps.collect_submissions(course, "votes")
    assert set(collected(course)) == {"ana", "ben", "zoe"}
    assert len(notices) == 1
    assert "one account (jovyan)" in notices[0]


def test_a_time_in_the_future_hides_no_honest_one(course: Course, owners: dict[str, str]) -> None:
    """It is named; what was handed in before stays the newest."""
    submit(course, "ana", "honest")
    submit(course, "ana", "of next year", datetime.now(UTC) + timedelta(days=365))
    _, notices = steps.collect_submissions(course, "votes")
    assert collected(course) == {"ana": "honest"}
    assert "future" in notices[0]


@pytest.mark.parametrize("stamp", ["", "<b>", "2026-05-04 10:00 XYZ", "ÿ"])
def test_a_damaged_time_stops_nobody(course: Course, owners: dict[str, str], stamp: str) -> None:
    """In the name of a folder, or in the file of one that was collected before."""
    inbound_folder = course.exchange / course.course_id / "inbound"
    (inbound_folder / f"zoe+votes+{stamp}+x").mkdir(parents=True)
    submit(course, "ana", "first")
    submit(course, "ben", "first")
    steps.collect_submissions(course, "votes")
    (course.root / "submitted/ana/votes/timestamp.txt").write_text(stamp)
    submit(course, "ben", "second", EARLY + timedelta(hours=1))
    _, notices = steps.collect_submissions(course, "votes")
    assert collected(course) == {"ana": "first", "ben": "second"}
    assert "zoe" in notices[0]


@pytest.mark.parametrize("name", ["votes.ipynb", "answers.json"])
@pytest.mark.parametrize("left", [None, "", "fi", "\0\0\0\0\0"])
def test_a_collect_that_was_cut_off_is_completed(
    course: Course, owners: dict[str, str], left: str | None, name: str
) -> None:
    """A file that is missing, cut or zeroed is copied again, though the time is the same."""
    folder = submit(course, "ana", "first")
    (folder / "answers.json").write_text("first")
    steps.collect_submissions(course, "votes")
    path = course.root / "submitted/ana/votes" / name
    path.unlink() if left is None else path.write_text(left)
    steps.collect_submissions(course, "votes")
    assert path.read_text() == "first"


def test_what_an_instructor_mended_is_not_overwritten(
    course: Course, owners: dict[str, str]
) -> None:
    """A file that is neither cut nor empty stays as it is."""
    submit(course, "ana", "first")
    steps.collect_submissions(course, "votes")
    (course.root / "submitted/ana/votes/votes.ipynb").write_text("mended")
    steps.collect_submissions(course, "votes")
    assert collected(course) == {"ana": "mended"}


def test_what_became_of_a_collected_folder_stops_nobody(
    course: Course, owners: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is its student's: closed it cannot be looked into; a file of any size is not read whole.

    Root looks into closed folders, too, so that here it is said that this one cannot be.
    """
    large = submit(course, "ana", "first")
    submit(course, "zoe", "first")
    steps.collect_submissions(course, "votes")
    os.truncate(large / "votes.ipynb", 1 << 42)
    closed = submit(course, "ben", "first")
    is_file = Path.is_file

    def refuse(path: Path) -> bool:
        if path.parent == closed:
            raise PermissionError(13, "Permission denied")
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", refuse)
    submit(course, "zoe", "second", EARLY + timedelta(hours=1))
    _, notices = steps.collect_submissions(course, "votes")
    assert collected(course) == {"ana": "first", "zoe": "second"}
    assert [notice for notice in notices if "larger than" in notice and "ana" in notice]
    (line,) = (notice for notice in notices if "ben" in notice)
    assert "Permission denied" in line


@pytest.mark.parametrize("at", ["copytree", "rename"])
def test_a_collect_that_dies_leaves_the_old_submission_or_the_new_one(
    course: Course, owners: dict[str, str], monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """At no moment does a half stand under the submission's name, and the next run completes it."""

    class Killed(BaseException):
        pass

    submit(course, "ana", "first")
    steps.collect_submissions(course, "votes")
    submit(course, "ana", "second", EARLY + timedelta(hours=1))

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(shutil if at == "copytree" else Path, at, die)
        with pytest.raises(BaseException):  # noqa: B017, PT011 - nbgrader may wrap it
            steps.collect_submissions(course, "votes")
    assert collected(course) in ({"ana": "first"}, {})
    steps.collect_submissions(course, "votes")
    assert collected(course) == {"ana": "second"}
    assert not [p for p in os.listdir(course.root / "submitted/ana") if p.startswith(".")]


def test_links_are_not_followed(course: Course, owners: dict[str, str], tmp_path: Path) -> None:
    """What a link in the exchange leads to is not copied with the rights of whoever collects."""
    (tmp_path / "secret").write_text("secret")
    folder = submit(course, "ana", "first")
    (folder / "notes.txt").symlink_to(tmp_path / "secret")
    steps.collect_submissions(course, "votes")
    assert (course.root / "submitted/ana/votes/notes.txt").is_symlink()


@pytest.mark.parametrize("left", [None, "", "{"])
def test_a_release_that_was_cut_off_is_completed(
    course: Course, owners: dict[str, str], left: str | None
) -> None:
    """A missing or cut notebook in the exchange is no release; `course release` makes it whole."""
    path = course.exchange / course.course_id / "outbound" / "votes" / "votes.ipynb"
    whole = path.read_bytes()
    path.chmod(0o644)
    path.unlink()
    if left is not None:
        path.write_text(left)
    steps.release_assignment(course, "votes")
    assert path.read_bytes() == whole
    with pytest.raises(CourseError, match="--force"):
        steps.release_assignment(course, "votes")
