"""`course collect --from`: downloads of Canvas and Moodle, mapped to the roster."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from course.desk.classlist.lmslists import LmsList, LmsPerson, read_list
from course.desk.classlist.people import Person, Roster, fold_name
from course.desk.cli import main
from course.desk.lms.filenames import read_handle, without_suffix
from course.desk.lms.record import FILE, read_late_marks, read_record
from course.desk.lms.whose import Finder
from course.grader.book.state import GradingState, Outcome
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_one
from tests.lms.conftest import archive, work

WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (submission)\n"
    'Participant 501,Ana Quispe,ana.quispe@uni.example,Submitted,-,30,"Monday, 4 May 2026, 9:30 AM"'
    '\nParticipant 505,José Pérez,jose2@uni.example,Submitted,-,30,"{time}"\n'
)
CANVAS_LIST = (
    "Student,ID,SIS User ID,SIS Login ID,Section,votes (77)\n"
    "    Points Possible,,,,,30\n"
    '"Pérez, José",888,s-4,jose2@uni.example,A,\n'
)


def collect(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    """Run `course collect votes` and return what it says."""
    assert main(["collect", "votes", *map(str, arguments)]) == code
    captured = capsys.readouterr()
    return captured.out + captured.err


def submitted(course: Course) -> dict[str, bytes]:
    """Return all files in submitted/, by path."""
    root = course.root / "submitted"
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def not_placed(course: Course) -> dict[str, bytes]:
    """Return the files that were not placed, by the path that the last download gives them."""
    folders = sorted((course.root / "downloaded" / "votes").glob("*/not-placed"))
    if not folders:
        return {}
    root = folders[-1]
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


# --- whose it is ----------------------------------------------------------------------------------


def test_a_download_of_canvas_is_mapped_to_the_roster(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """By number and by name, with accents, marks, LATE and the suffix of a second upload."""
    said = collect(
        capsys,
        "--from",
        archive(
            course.root / "submissions.zip",
            {
                "quispeana_101_9001_votes-1.ipynb": work("ana"),
                "quispeana_101_9002_answers.json": b"{}",
                "núñezsáenzbeatriz_LATE_102_9003_votes.ipynb": work("bea"),
                "pérezjosé_103_9004_votes.ipynb": work("jose"),
                "obrienleepat_555_9005_plan_of_5_2_votes.txt": b"notes",
                "obrienleepat_555_9006_votes.ipynb": work("pat"),
            },
        ),
    )
    assert submitted(course) == {
        "ana-quispe/votes/votes.ipynb": work("ana"),
        "ana-quispe/votes/answers.json": b"{}",
        "bea-nunez/votes/votes.ipynb": work("bea"),
        "jose-1/votes/votes.ipynb": work("jose"),
        "pat/votes/votes.ipynb": work("pat"),
        "pat/votes/plan_of_5_2_votes.txt": b"notes",
    }
    assert "4 submissions placed, 0 unchanged, 0 files not placed" in said
    assert "votes-1.ipynb becomes votes.ipynb" in said
    assert not_placed(course) == {}
    assert not list((course.root / "downloaded").glob("votes/*/extracted"))
    assert grade_one(course, "votes", "bea-nunez").fault is None


def test_a_student_without_tries_left_is_kept_out(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """A graded download is a try, too; the same file again is none, and the rest is placed."""
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as settings:
        settings.write("\nc.Watch.tries = 1\n")
    files = {"quispeana_101_9001_votes.ipynb": work("first")}
    collect(capsys, "--from", archive(course.root / "first.zip", files))
    GradingState(course.root, "votes").note_outcome(Outcome("ana-quispe", fingerprint="a"))
    said = collect(capsys, "--from", course.root / "first.zip")
    assert "1 unchanged, 0 files not placed" in said
    files = {
        "quispeana_101_9009_votes-1.ipynb": work("second"),
        "pérezjosé_103_9004_votes.ipynb": work("jose"),
    }
    said = collect(capsys, "--from", archive(course.root / "second.zip", files))
    assert "ana-quispe has used all tries (c.Watch.tries in nbgrader_config.py)" in said
    assert submitted(course) == {
        "ana-quispe/votes/votes.ipynb": work("first"),
        "jose-1/votes/votes.ipynb": work("jose"),
    }


@pytest.mark.parametrize("flat", [False, True])
def test_a_download_of_moodle_is_mapped_to_the_roster(
    course: Course, capsys: pytest.CaptureFixture[str], flat: bool
) -> None:
    """With a folder a student, and without folders; a file in a folder keeps its place."""
    files = {
        "Ana Quispe_501_assignsubmission_file_/votes.ipynb": work("ana"),
        "Beatriz Núñez Sáenz_502_assignsubmission_file_/votes (1).ipynb": work("bea"),
        "Pat O'Brien-Lee_503_assignsubmission_file_/votes.ipynb": work("pat"),
        "Pat O'Brien-Lee_503_assignsubmission_file_/answers.json": b"{}",
    }
    if flat:
        files = {name.replace("_/", "_"): content for name, content in files.items()}
    else:
        files["Pat O'Brien-Lee_503_assignsubmission_file_/data/mine.csv"] = b"1"
    collect(capsys, "--from", archive(course.root / "m.zip", files))
    wanted = {
        "ana-quispe/votes/votes.ipynb": work("ana"),
        "bea-nunez/votes/votes.ipynb": work("bea"),
        "pat/votes/votes.ipynb": work("pat"),
        "pat/votes/answers.json": b"{}",
    }
    assert submitted(course) == wanted | ({} if flat else {"pat/votes/data/mine.csv": b"1"})


def test_an_unpacked_folder_and_plain_names_are_taken_too(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a person sorted by student id, login, e-mail or full name, in files or folders."""
    folder = course.root / "by mail"
    for name, text in {
        "ana-quispe/votes.ipynb": "ana",
        "bea@uni.example_votes.ipynb": "bea",
        "Luis Campos - votes.ipynb": "luis",
        "pat.ipynb": "pat",
        "jose1/work/votes-Copy1.ipynb": "jose",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(work(text))
    collect(capsys, "--from", folder)
    assert submitted(course) == {
        f"{student}/votes/votes.ipynb": work(text)
        for student, text in {
            "ana-quispe": "ana", "bea-nunez": "bea", "luis-campos": "luis",
            "pat": "pat", "jose-1": "jose",
        }.items()
    }  # fmt: skip
    assert (folder / "pat.ipynb").exists(), "the user's own folder stays as it is"


UNPLACED = {
    "pérezjosé_777_9001_votes.ipynb": "several students are called so: jose-1 or jose-2",
    "nobodyatall_778_9002_votes.ipynb": "nobody in the roster is called nobodyatall",
    "anon_x1Y_9003_votes.ipynb": "the download is anonymous",
    "quispeana_102_9004_votes.ipynb": "its number says bea-nunez, its name ana-quispe",
    "Luis Campos_503_assignsubmission_onlinetext_/onlinetext.html": (
        "text typed into Moodle, no file\n    do:  if no file of theirs was placed, ask"
    ),
    "Pat O'Brien-Lee_504_assignsubmission_file_/essay.docx": "there is no votes.ipynb of pat",
    "stray.txt": "its name does not name a student",
}


@pytest.mark.parametrize("name", UNPLACED)
def test_what_cannot_be_placed_is_named_with_reason_and_remedy_and_kept(
    course: Course, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Nothing is guessed and nothing is lost: the file lies in not-placed/, unchanged."""
    content = work() if name.endswith("ipynb") else b"text"
    said = collect(capsys, "--from", archive(course.root / "d.zip", {name: content}))
    assert "0 submissions placed" in said
    assert f"d.zip/{name}\n    why: {UNPLACED[name]}" in said
    assert "\n    do:  " in said
    assert not_placed(course) == {f"d.zip/{name}": content}
    assert submitted(course) == {}


def test_the_user_may_say_who_it_is_and_collect_what_was_left(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--as` takes a name or a number; the folder not-placed/ can be collected in turn."""
    files = {
        "pérezjosé_777_9001_votes.ipynb": work("jose"),
        "campuslius_778_9002_votes.ipynb": work("luis"),
    }
    said = collect(capsys, "--from", archive(course.root / "d.zip", files))
    assert '(near: luis-campos): --as "778=STUDENT"; or, if the student joined later' in said
    (left,) = course.root.glob("downloaded/votes/*/not-placed")
    collect(capsys, "--from", left, "--as", "777=jose-2", "--as", "campuslius=luis-campos")
    assert submitted(course) == {
        "jose-2/votes/votes.ipynb": work("jose"),
        "luis-campos/votes/votes.ipynb": work("luis"),
    }
    assert "no student nobody" in collect(capsys, "--from", left, "--as", "777=nobody", code=1)


def test_canvas_own_list_tells_people_of_one_name_apart(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """The gradebook exported from Canvas says whose number it is."""
    people = course.root / "canvas.csv"
    people.write_text(CANVAS_LIST, encoding="utf-8-sig")
    files = {"pérezjosé_888_9001_votes.ipynb": work()}
    collect(capsys, "--from", archive(course.root / "d.zip", files), "--people", people)
    assert list(submitted(course)) == ["jose-2/votes/votes.ipynb"]


def test_moodles_worksheet_tells_people_apart_and_when_they_handed_in(
    course: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its times, in the zone of the course, become timestamps, which late penalties go by."""
    monkeypatch.setenv("BACKYARD_TIMEZONE", "America/Lima")
    people = course.root / "worksheet.csv"
    people.write_text(WORKSHEET.format(time="-"), encoding="utf-8")
    files = {
        "Ana Quispe_501_assignsubmission_file_/votes.ipynb": work("ana"),
        "José Pérez_505_assignsubmission_file_/votes.ipynb": work("jose"),
    }
    said = collect(capsys, "--from", archive(course.root / "d.zip", files), "--people", people)
    assert submitted(course) == {
        "ana-quispe/votes/votes.ipynb": work("ana"),
        "ana-quispe/votes/timestamp.txt": b"2026-05-04 14:30:00",
        "jose-2/votes/votes.ipynb": work("jose"),
    }
    assert "ana-quispe: votes.ipynb; 2026-05-04 09:30 America/Lima (14:30 UTC)" in said
    assert "jose-2: votes.ipynb\n" in said
    assert "not known, so nothing is taken off for lateness: jose-2." in said


# --- again ----------------------------------------------------------------------------------------


def test_the_same_download_twice_changes_nothing(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is there already is counted as unchanged."""
    files = {"quispeana_101_9001_votes.ipynb": work("ana")}
    download = archive(course.root / "d.zip", files)
    collect(capsys, "--from", download)
    before = submitted(course)
    assert "0 submissions placed, 1 unchanged, 0 files" in collect(capsys, "--from", download)
    assert submitted(course) == before


@pytest.mark.parametrize(("number", "newer"), [(9100, True), (8000, False)])
def test_a_later_upload_to_canvas_replaces_and_an_earlier_one_does_not(
    course: Course, capsys: pytest.CaptureFixture[str], number: int, newer: bool
) -> None:
    """Canvas's file numbers tell which is newer; what is replaced is kept."""
    first = archive(course.root / "1.zip", {"quispeana_101_9001_votes.ipynb": work("first")})
    name = f"quispeana_101_{number}_votes-1.ipynb"
    second = archive(course.root / "2.zip", {name: work("second")})
    collect(capsys, "--from", first)
    said = collect(capsys, "--from", second)
    there = submitted(course)["ana-quispe/votes/votes.ipynb"]
    if newer:
        assert there == work("second")
        assert "replaces an older submission" in said
        (kept,) = course.root.glob("downloaded/votes/*/replaced/ana-quispe/votes.ipynb")
        assert kept.read_bytes() == work("first")
    else:
        assert there == work("first")
        assert "has a newer submission already" in said
        assert not_placed(course) == {f"2.zip/{name}": work("second")}


@pytest.mark.parametrize(("hour", "newer"), [("9:00 PM", True), ("1:00 AM", False)])
def test_known_times_decide_which_is_newer(
    course: Course, capsys: pytest.CaptureFixture[str], hour: str, newer: bool
) -> None:
    """A submission of the exchange is replaced only by one that was handed in later."""
    there = course.folder("submitted", "jose-2", "votes")
    there.mkdir(parents=True)
    (there / "votes.ipynb").write_bytes(work("first"))
    (there / "timestamp.txt").write_text("2026-05-04 12:00:00.000000 UTC")
    people = course.root / "worksheet.csv"
    people.write_text(WORKSHEET.format(time=f"4 May 2026, {hour} UTC"), encoding="utf-8")
    files = {"José Pérez_505_assignsubmission_file_/votes.ipynb": work("second")}
    said = collect(capsys, "--from", archive(course.root / "d.zip", files), "--people", people)
    wanted = work("second") if newer else work("first")
    assert (there / "votes.ipynb").read_bytes() == wanted
    assert ("has a newer submission already" in said) is not newer


def test_where_it_is_not_known_which_is_newer_the_user_decides(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without times the old one stays; `--replace` takes the new one, and the old one is kept."""
    there = course.folder("submitted", "pat", "votes")
    there.mkdir(parents=True)
    (there / "votes.ipynb").write_bytes(work("first"))
    files = {"Pat O'Brien-Lee_504_assignsubmission_file_/votes.ipynb": work("second")}
    download = archive(course.root / "d.zip", files)
    said = collect(capsys, "--from", download)
    assert "it is not known which is newer" in said
    assert "--replace" in said
    assert (there / "votes.ipynb").read_bytes() == work("first")
    assert "would be placed" in collect(capsys, "--from", download, "--replace", "--check")
    assert (there / "votes.ipynb").read_bytes() == work("first")
    collect(capsys, "--from", download, "--replace")
    assert (there / "votes.ipynb").read_bytes() == work("second")
    (kept,) = course.root.glob("downloaded/votes/*/replaced/pat/votes.ipynb")
    assert kept.read_bytes() == work("first")


def test_check_changes_nothing(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` says what would be done; neither submitted/ nor downloaded/ has anything."""
    files = {"quispeana_101_9001_votes.ipynb": work(), "stray.txt": b"x"}
    said = collect(capsys, "--from", archive(course.root / "d.zip", files), "--check")
    assert "1 submission would be placed, 0 unchanged, 1 file would not be placed" in said
    assert submitted(course) == {}
    assert not list(course.root.glob("downloaded/votes/*"))


def test_of_several_files_of_one_student_the_newest_upload_counts(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others are named; copies of the same content are nothing to speak of."""
    files = {
        "quispeana_101_9001_votes-1.ipynb": work("first"),
        "quispeana_101_9007_votes.ipynb": work("last"),
        "quispeana_101_9003_answers.json": b"{}",
        "quispeana_101_9004_answers-1.json": b"{}",
    }
    said = collect(capsys, "--from", archive(course.root / "d.zip", files))
    assert submitted(course)["ana-quispe/votes/votes.ipynb"] == work("last")
    assert said.count("why:") == 1
    assert "ana-quispe has several files for votes.ipynb; votes.ipynb was taken" in said
    assert not_placed(course)["d.zip/quispeana_101_9001_votes-1.ipynb"] == work("first")


def test_a_second_notebook_of_the_same_time_is_left_to_grading(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Moodle does not say which came last, and the untouched one may have the better name."""
    owner = "Ana Quispe_501_assignsubmission_file_"
    answered = json.loads(work("mine"))
    for cell in answered["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "votes-01-answer":
            cell["source"] = "humala_votes = 1"
    files = {
        f"{owner}/votes.ipynb": work("untouched"),
        f"{owner}/votes-1.ipynb": json.dumps(answered).encode(),
        f"{owner}/votes-2.ipynb": work("untouched"),
    }
    download = archive(course.root / "d.zip", files)
    said = collect(capsys, "--from", download)
    assert "ana-quispe: votes-1.ipynb, votes.ipynb; votes-1.ipynb lies" in said
    (line,) = grade_one(course, "votes", "ana-quispe").remarks
    assert "votes-1.ipynb lies beside votes.ipynb: 1 answers in it, 0 in votes.ipynb" in line
    assert main(["grade", "votes", "--student", "ana-quispe", "--use", "votes-1.ipynb"]) == 0
    capsys.readouterr()
    assert "0 submissions placed, 1 unchanged" in collect(capsys, "--from", download)
    assert "humala_votes = 1" in submitted(course)["ana-quispe/votes/votes.ipynb"].decode()


def test_a_renamed_notebook_is_known_by_its_cells(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """ "final version.ipynb" or VOTES.IPYNB is votes.ipynb; a strange notebook is not."""
    strange = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}).encode()
    files = {
        "quispeana_101_9001_final version.ipynb": work("ana"),
        "quispeana_101_9002_scratch.ipynb": strange,
        "campos_luis_555_9003_other.ipynb": strange,
    }
    files["nunezbeatriz_102_9004_VOTES.IPYNB"] = work("bea")
    files["nunezbeatriz_102_9005_answers.JSON"] = b"{}"
    said = collect(capsys, "--from", archive(course.root / "d.zip", files))
    assert submitted(course) == {
        "ana-quispe/votes/votes.ipynb": work("ana"),
        "bea-nunez/votes/votes.ipynb": work("bea"),
        "bea-nunez/votes/answers.json": b"{}",
    }
    assert "final version.ipynb becomes votes.ipynb" in said
    assert "scratch.ipynb\n    why: it is not a notebook of this assignment" in said
    assert "there is no votes.ipynb of luis-campos (found: other.ipynb)" in said


# --- what students make ---------------------------------------------------------------------------


def zipped(files: dict[str, bytes]) -> bytes:
    """Return the bytes of a ZIP file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive_file:
        for name, content in files.items():
            archive_file.writestr(name, content)
    return made.getvalue()


def test_a_students_zip_file_is_unpacked_and_never_speaks_for_another(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names inside it that look like another student's, or a time of its own, have no effect."""
    inner = zipped(
        {
            "mine/votes.ipynb": work("pat"),
            "mine/answers.json": b"{}",
            "mine/timestamp.txt": b"2000-01-01 00:00:00 UTC",
            "quispeana_101_9999_votes.ipynb": work("forged"),
            "ana-quispe/votes-1.ipynb": work("forged"),
            "__MACOSX/._votes.ipynb": b"x",
        }
    )
    for name in (
        "obrienleepat_555_9001_all.zip",
        "Pat O'Brien-Lee_504_assignsubmission_file_/all.zip",
        "pat.zip",
    ):
        shutil.rmtree(course.root / "submitted", ignore_errors=True)
        download = course.root / "folder"
        shutil.rmtree(download, ignore_errors=True)
        (download / name).parent.mkdir(parents=True)
        (download / name).write_bytes(inner)
        collect(capsys, "--from", download)
        assert {path.split("/")[0] for path in submitted(course)} == {"pat"}
        assert submitted(course)["pat/votes/votes.ipynb"] == work("pat")
        assert "pat/votes/timestamp.txt" not in submitted(course)


def test_names_that_cannot_all_be_placed_stop_nobody_else(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a file and a folder of one name one stays behind, and no folder takes the time's place."""
    one = zipped(
        {"sub/votes.ipynb": work("ana"), "answers.json": b"{}", "sub/answers.json/x": b"x"}
        | {"a": b"a", "sub/a/x": b"x", "sub/b/x": b"b", "z/b": b"x", "sub/timestamp.txt/x": b"x"}
    )
    two = zipped({"votes-1.ipynb": work("pat"), "votes.ipynb/x": b"x", "TimeStamp.txt": b"x"})
    files = {"quispeana_101_9001_all.zip": one, "obrienleepat_555_9002_all.zip": two}
    files["campos_luis_555_9003_votes.ipynb"] = work("luis")
    said = collect(capsys, "--from", archive(course.root / "d.zip", files))
    assert submitted(course) == {
        "ana-quispe/votes/votes.ipynb": work("ana"),
        "ana-quispe/votes/answers.json": b"{}",
        "ana-quispe/votes/a": b"a",
        "ana-quispe/votes/b/x": b"b",
        "pat/votes/votes.ipynb": work("pat"),
        "luis-campos/votes/votes.ipynb": work("luis"),
    }
    assert said.count("a file of this name was taken already") == 4
    assert said.count("when it was handed in is not taken from students") == 2


def test_files_that_cannot_be_copied_keep_out_their_student_alone(
    course: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there before is there again, and the others are placed."""
    first = {"quispeana_101_9001_votes.ipynb": work("first")}
    collect(capsys, "--from", archive(course.root / "d.zip", first))
    before = read_record(course.root / "downloaded" / "votes")
    copy = shutil.copy

    def fail_for_ana(source: str, target: str) -> None:
        if target.endswith("bad.txt"):
            raise OSError(36, "File name too long")
        copy(source, target)

    monkeypatch.setattr(shutil, "copy", fail_for_ana)
    files = {
        "quispeana_101_9008_votes.ipynb": work("last"),
        "quispeana_101_9009_bad.txt": b"x",
        "campos_luis_555_9003_votes.ipynb": work("luis"),
    }
    said = collect(capsys, "--from", archive(course.root / "d.zip", files))
    assert submitted(course) == {
        "ana-quispe/votes/votes.ipynb": work("first"),
        "luis-campos/votes/votes.ipynb": work("luis"),
    }
    assert "the files of ana-quispe cannot be copied" in said
    assert not_placed(course)["d.zip/quispeana_101_9008_votes.ipynb"] == work("last")
    record = read_record(course.root / "downloaded" / "votes")
    assert record["ana-quispe"] == before["ana-quispe"]


def test_stock_zip_collect_does_the_same(course: Course) -> None:
    """`nbgrader zip_collect votes` goes by the same plugins, from downloaded/votes/archive."""
    place = course.root / "downloaded" / "votes" / "archive"
    place.mkdir(parents=True)
    archive(place / "d.zip", {"quispeana_101_9001_votes.ipynb": work("ana"), "stray.txt": b"x"})
    command = [str(Path(sys.executable).parent / "nbgrader"), "zip_collect", "votes"]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert submitted(course) == {"ana-quispe/votes/votes.ipynb": work("ana")}
    assert "stray.txt: its name does not name a student" in done.stderr


def test_a_deadline_alone_is_no_assignment(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """`course due` before `course generate`: the command that is missing is named, and once."""
    with course.gradebook() as gradebook:
        gradebook.remove_assignment("votes")
    assert main(["due", "votes", "2026-05-04 18:00"]) == 0
    download = archive(course.root / "d.zip", {"quispeana_101_9001_votes.ipynb": work()})
    assert "course generate votes" in collect(capsys, "--from", download, code=1)


def test_without_a_roster_the_way_to_one_is_named(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody can be meant where nobody is known."""
    with course.gradebook() as gradebook:
        for student in list(gradebook.students):
            gradebook.remove_student(student.id)
    files = {"quispeana_101_9001_votes.ipynb": work()}
    said = collect(capsys, "--from", archive(course.root / "d.zip", files), code=1)
    assert "course roster import" in said
    assert not list(course.root.glob("downloaded/votes/*"))


@pytest.mark.parametrize(
    ("text", "found"), [("a,b\n1,2\n", "a, b"), ("", "an empty file"), ("\x81", "encoding")]
)
def test_a_list_of_another_kind_is_named(
    course: Course, capsys: pytest.CaptureFixture[str], text: str, found: str
) -> None:
    """What is neither Canvas's gradebook nor Moodle's worksheet is told with what was found."""
    people = course.root / "people.csv"
    people.write_bytes(text.encode("latin-1"))
    files = {"quispeana_101_9001_votes.ipynb": work()}
    download = archive(course.root / "d.zip", files)
    said = collect(capsys, "--from", download, "--people", people, code=1)
    assert "grading worksheet" in said or "exported from Canvas" in said
    assert found in said


def test_a_damaged_download_is_named_once(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is one file, and whose it is does not matter before it can be unpacked."""
    archive(course.root / "d.zip", {"x": b"x"})
    os.truncate(course.root / "d.zip", 30)
    said = collect(capsys, "--from", course.root / "d.zip")
    assert "1 file not placed" in said
    assert "download it again" in said
    assert "does not name a student" not in said


def test_a_missing_download_is_named(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the file's name is told before anything is made."""
    assert "no such file" in collect(capsys, "--from", "nowhere.zip", code=1)
    assert not os.path.lexists(course.root / "downloaded")


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "plain", "number"),
    [
        ("votes.ipynb", "votes.ipynb", 0),
        ("votes-1.ipynb", "votes.ipynb", 1),
        ("votes (2).ipynb", "votes.ipynb", 2),
        ("votes(3).ipynb", "votes.ipynb", 3),
        ("votes-1 (2).ipynb", "votes.ipynb", 2),
        ("votes-Copy1.ipynb", "votes.ipynb", 1),
        ("votes copy.ipynb", "votes.ipynb", 1),
        ("answers-12.json", "answers.json", 12),
        ("-1.ipynb", "-1.ipynb", 0),
    ],
)
def test_suffixes_of_copies_are_taken_off(name: str, plain: str, number: int) -> None:
    """As Canvas, browsers and JupyterLab add them."""
    assert without_suffix(name) == (plain, number)


def test_the_outermost_name_decides() -> None:
    """What a student calls a file cannot make it look like another one's."""
    path = PurePosixPath("d.zip/quispeana_101_9001_x_102_9_votes.ipynb")
    handle = read_handle(path)[-1]
    assert (handle.name, handle.number, str(handle.rest)) == (
        "quispeana",
        "101",
        "x_102_9_votes.ipynb",
    )
    inside = read_handle(PurePosixPath("d.zip/stray.zip/quispeana_101_9001_votes.ipynb"))
    assert all(handle.kind == "plain" for handle in inside)
    assert {handle.name for handle in inside}.isdisjoint({"quispeana"})


@pytest.mark.parametrize(
    ("one", "other"),
    [("Núñez Sáenz", "nunez saenz"), ("O'Brien-Lee", "obrienlee"), ("STRASSE", "straße")],
)
def test_names_are_compared_without_accents_case_and_marks(one: str, other: str) -> None:
    """As file names of learning management systems write them."""
    assert fold_name(one) == fold_name(other)


def test_a_number_in_the_list_counts_even_where_names_are_the_same() -> None:
    """Two students of one name and one number of the list: the number decides."""
    roster = Roster([Person("a", "José", "Pérez", number="1"), Person("b", "José", "Pérez")])
    student, *_ = Finder(roster, LmsList("canvas")).find_owner(
        read_handle(PurePosixPath("perezjose_1_2_votes.ipynb"))
    )
    assert student == "a"


# --- nobody's file is placed with somebody else ---------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        # A display name that ends like Moodle's own marker, or looks like Canvas's.
        ["Ana Quispe_1001_assignsubmission_file__2002_assignsubmission_file_/votes.ipynb"],
        ["quispeana_101_9001__202_9002_votes.ipynb"],
        ["quispeana_101_9001_x_202_9002_votes.ipynb"],
        # A renamed display name: the number is not the one that is known of this student.
        ["quispeana_777_9001_votes.ipynb"],
        # Two people go by one name.
        ["campos luis_1_assignsubmission_file_/votes.ipynb",
         "Luis Campos_2_assignsubmission_file_/votes.ipynb"],
        # A folder that joins two ids.
        ["ana-quispe_luis-campos/votes.ipynb"],
        ["ana-quispe_luis-campos_votes.ipynb"],
    ],
)  # fmt: skip
def test_a_name_that_fits_two_students_is_asked_about(
    course: Course, capsys: pytest.CaptureFixture[str], names: list[str]
) -> None:
    """It stays unplaced, with what to do."""
    said = collect(
        capsys, "--from", archive(course.root / "d.zip", {name: work(name) for name in names})
    )
    assert submitted(course) == {}
    assert len(not_placed(course)) == len(names)
    assert "--as" in said


def test_a_name_that_was_asked_about_can_be_explained(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--as` with the name as it was shown places the file."""
    name = "Ana Quispe_1001_assignsubmission_file__2002_assignsubmission_file_"
    download = archive(course.root / "d.zip", {f"{name}/votes.ipynb": work()})
    collect(capsys, "--from", download, "--as", f"{name}=luis-campos")
    assert set(submitted(course)) == {"luis-campos/votes/votes.ipynb"}


def test_what_canvas_calls_late_is_kept(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """The file name says so, and no time: that is said once, and how to enter it."""
    files = {
        "quispeana_101_9001_votes.ipynb": work("ana"),
        "núñezsáenzbeatriz_LATE_102_9003_votes.ipynb": work("bea"),
    }
    said = collect(capsys, "--from", archive(course.root / "d.zip", files))
    assert read_late_marks(course.root, "votes") == {"bea-nunez"}
    assert "  ana-quispe: votes.ipynb\n  bea-nunez: votes.ipynb\n" in said
    assert said.count("not known") == said.count("Canvas calls") == said.count("timestamp.txt") == 1
    assert "Canvas calls bea-nunez late and gives no time, so it is not entered." in said
    assert "When 2 submissions came in is not known" in said
    assert "Gradebook → Settings → Late Policies" in said


def test_with_a_list_a_name_alone_places_nothing() -> None:
    """Whose number the list does not hold is asked about, whatever the display name says."""
    roster = Roster([Person("luis-campos", "Luis", "Campos")])
    student, _, why, todo = Finder(roster, LmsList("moodle")).find_owner(
        read_handle(PurePosixPath("Luis Campos_7_assignsubmission_file_/votes.ipynb"))
    )
    assert student is None
    assert "nobody with its number 7" in why
    assert "--as" in todo


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Monday, 4 May 2026, 9:30 PM", "2026-05-04 21:30-05:00"),
        ("Monday, May 4, 2026, 9:30 PM", "2026-05-04 21:30-05:00"),
        ("2026-05-04 21:30", "2026-05-04 21:30-05:00"),
        *((text, "") for text in ("4/5/2026 21:30", "4.5.2026 21:30", "46146.4", "May 2026 9:30")),
        *((text, "") for text in ("4 de mayo de 2026, 21:30", "4 May 2026, 9:30 PM EDT", "-")),
    ],
)
def test_a_time_that_could_mean_another_day_is_none(
    tmp_path: Path, written: str, read: str
) -> None:
    """A spreadsheet writes Moodle's times as 4/5/2026, of which nobody knows the month."""
    path = tmp_path / "worksheet.csv"
    path.write_text(
        f'Identifier,Full name,Last modified (submission)\nParticipant 501,Ana Quispe,"{written}"\n'
    )
    (line,) = read_list(path, ZoneInfo("America/Lima")).people
    assert line.submitted == (datetime.fromisoformat(read) if read else None)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", '{"ana": 1}', '{"ana": {"parts": "x"}}', '{"ana": {"parts": {"votes": 1}}}'),
        *('{"ana": {"canvas": "9"}}', '{"ana": {"canvas": null}}', "[" * 100_000),
    ],
    ids=range(8),
)
def test_a_damaged_record_of_what_was_collected_is_as_none(tmp_path: Path, text: str) -> None:
    """The next download is compared with what lies in submitted/ alone."""
    (tmp_path / FILE).write_text(text)
    assert read_record(tmp_path) == {}


def test_the_list_is_gone_through_once_for_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """For each file it would take a class of 200 a minute."""
    asked: list[LmsList] = []
    people = [Person(f"s{n}", "Ana", f"S{n}") for n in range(3)]
    lines = [LmsPerson(str(100 + n), f"Ana S{n}") for n in range(3)]
    by_student = LmsList.by_student

    def counted(self: LmsList, roster: Roster) -> dict[str, LmsPerson]:
        asked.append(self)
        return by_student(self, roster)

    monkeypatch.setattr(LmsList, "by_student", counted)
    finder = Finder(Roster(people), LmsList("moodle", lines))
    for n in range(3):
        path = PurePosixPath(f"Ana S{n}_{100 + n}_assignsubmission_file_/votes.ipynb")
        assert finder.find_owner(read_handle(path))[0] == f"s{n}"
    assert len(asked) == 1
