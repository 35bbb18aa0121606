"""Feedback goes back through Moodle, Canvas or mail, read as these document that they read it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import nbformat
import pytest

from course.desk.cli import main
from course.desk.lms.giveback import give_back
from course.grader.coursedir import Course
from tests.lms.conftest import archive, work
from tests.lms.readers import (
    canvas_import,
    canvas_upload,
    moodle_feedback,
    worksheet_upload,
)
from tests.lms.test_docs import done_by

HEAD = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
)
LINE = 'Participant {},{},{},Submitted,-,{},Yes,"Monday, 4 May 2026, 9:30 AM",-,"a, ""b"""\n'
PAGE = "<html><head><style>p {{}}</style></head><body><p>Well done, {}.</p></body></html>"


def write_worksheet(path: Path, maximum: str = "30.00") -> Path:
    """Write Moodle's grading worksheet of three students, one with an underscore in the name."""
    people = (
        (501, "Ana_Maria Quispe", "ana.quispe@uni.example"),
        (502, "Beatriz Núñez Sáenz", "bea@uni.example"),
        (505, "José Pérez", "jose2@uni.example"),
    )
    lines = (LINE.format(*person, maximum) for person in people)
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def give_points(course: Course, **points: float) -> None:
    """Enter points and pages, as grading and the feedback step leave them; bea's for bea-nunez."""
    with course.gradebook() as gradebook:
        for short, given in points.items():
            student = next(s.id for s in gradebook.students if s.id.startswith(short))
            submission = gradebook.update_or_create_submission("votes", student)
            for grade in submission.notebooks[0].grades:
                grade.manual_score, grade.needs_manual_grade = 0.0, False
            submission.notebooks[0].grades[0].manual_score = given
            folder = course.folder("feedback", student, "votes")
            folder.mkdir(parents=True)
            (folder / "votes.html").write_text(PAGE.format(student), encoding="utf-8")
        gradebook.db.commit()


def collect(course: Course, files: dict[str, bytes], *options: object) -> None:
    """Collect a download."""
    download = archive(course.root / "download.zip", files)
    assert main(["collect", "votes", "--from", str(download), *map(str, options)]) == 0


MOODLE = {
    "Ana_Maria Quispe_501_assignsubmission_file_/votes.ipynb": work("ana"),
    "Beatriz Núñez Sáenz_502_assignsubmission_file_/votes.ipynb": work("bea"),
    "José Pérez_505_assignsubmission_file_/votes.ipynb": work("jose"),
}


@pytest.mark.parametrize("listed", [True, False])
def test_moodle_takes_the_pages_and_the_worksheet(course: Course, listed: bool) -> None:
    """By the worksheet's numbers, or the download's; whom neither knows is a page to send."""
    if listed:
        collect(course, MOODLE, "--people", write_worksheet(course.root / "sheet.csv"))
    else:
        collect(course, MOODLE, "--as", "501=ana-quispe", "--as", "505=jose-2")
    (course.root / "sheet.csv").unlink(missing_ok=True)
    give_points(course, ana=27.5, bea=0.0, pat=3.0)
    said = give_back(course, "votes", "moodle")
    found = moodle_feedback(course.root / "feedback/votes-moodle.zip", {501, 502, 505})
    assert found == {
        (501, "votes.html"): PAGE.format("ana-quispe").encode(),
        (502, "votes.html"): PAGE.format("bea-nunez").encode(),
    }
    assert "not from Moodle: pat" in said
    sheet = course.root / "feedback/votes-moodle-grades.csv"
    if listed:
        assert worksheet_upload(sheet, 30) == {"Participant 501": 27.5, "Participant 502": 0.0}
        before = write_worksheet(course.root / "again.csv").read_text("utf-8")
        changed = before.replace("Submitted,-,", "Submitted,27.5,", 1)
        assert sheet.read_text("utf-8") == re.sub(
            "(Saenz.*|bea@.*)Submitted,-", r"\1Submitted,0", changed
        )
    else:
        assert "ana.quispe@uni.example" in sheet.read_text("utf-8")


def test_canvas_takes_the_pages_by_the_names_of_its_download(course: Course) -> None:
    """By user and file number, as a notebook under the student's own name; ZIP stays ZIP."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("votes.ipynb", work("pat"))
    names = ("quispeana_LATE_101_9001_votes-1.ipynb", "obrienleepat_555_9006_all.zip")
    collect(course, {names[0]: work("ana"), names[1]: inner.getvalue()})
    give_points(course, ana=27.5, pat=3.0, luis=1.0)
    said = give_back(course, "votes", "canvas")
    uploads = {(101, 9001): "votes-1.ipynb", (555, 9006): "all.zip"}
    found = canvas_upload(course.root / "feedback/votes-canvas.zip", uploads)
    shown = nbformat.reads(found["votes-1.ipynb"].decode(), as_version=4)
    nbformat.validate(shown)
    assert shown.cells[1].outputs[0].data["text/html"] == "<p>Well done, ana-quispe.</p>"
    packed = zipfile.ZipFile(io.BytesIO(found["all.zip"]))
    assert packed.read("votes.html").decode() == PAGE.format("pat")
    assert set(zipfile.ZipFile(course.root / "feedback/votes-canvas.zip").namelist()) == {*names}
    people = [{"Student": s, "SIS Login ID": s} for s in ("bea-nunez", "pat", "luis-campos")]
    people += [{"Student": n, "ID": n} for n in ("101", "102", "103", "104")]
    people += [{"Student": "jose", "SIS Login ID": "jose-1"}]
    grades = canvas_import(course.root / "feedback/votes-canvas-grades.csv", people).grades
    assert grades["101", "votes"] == 27.5
    assert "not from Canvas: luis-campos" in said


def test_whom_nothing_reaches_gets_a_page_in_one_folder(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """One folder with a list and a table for a mail merge, and one line that says so."""
    collect(course, MOODLE, "--as", "501=ana-quispe", "--as", "505=jose-2")
    give_points(course, ana=27.5, bea=0.0, pat=3.0)
    secret = course.folder("feedback", "pat", "votes") / "submission_secret.txt"
    secret.write_text("secret")
    said = give_back(course, "votes")
    assert said == [
        "votes: 3 pages in feedback/, 1 of them put into the exchange",
        "not through the exchange: ana-quispe, bea-nunez",
        "feedback/votes-pages: 2 pages to send, with index.html (the list) and mail-merge.csv",
        "2 of them submitted in Moodle, which takes all pages at once: "
        "course feedback votes --for moodle",
    ]
    folder = course.root / "feedback/votes-pages"
    with (folder / "mail-merge.csv").open(encoding="utf-8-sig", newline="") as file:
        table = {row["name"]: row for row in csv.DictReader(file)}
    assert {name: (row["email"], row["points"], row["of"]) for name, row in table.items()} == {
        "Ana Quispe": ("ana.quispe@uni.example", "27.5", "30"),
        "Beatriz Núñez Sáenz": ("bea@uni.example", "0", "30"),
    }
    for row in table.values():
        assert PAGE.format(row["id"]) == (folder / row["file"]).read_text("utf-8")
        assert f'href="{row["file"]}"' in (folder / "index.html").read_text("utf-8")
    assert len(give_back(course, "votes", "folder")) == 2
    assert (folder / "pat-votes.html").is_file()
    said = give_back(course, "votes", "canvas")
    assert "no submission came from Canvas, so there is no ZIP file for it" in said
    assert not (course.root / "feedback/votes-canvas.zip").exists()


@pytest.mark.parametrize("kind", ["moodle", "canvas"])
def test_points_that_differ_from_the_lms_are_said(
    course: Course, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what to do; nothing is said where they agree."""
    people = course.root / "list.csv"
    for maximum, told in (("100.00", True), ("30.00", False)):
        write_worksheet(people, maximum)
        if kind == "canvas":
            people.write_text(
                "Student,ID,SIS User ID,SIS Login ID,Section,Votes (77)\n"
                f'    Points Possible,,,,,{maximum}\n"Quispe, Ana",101,s1,aq,A,\n',
                encoding="utf-8",
            )
        target = course.root / "out.csv"
        assert main(["export", "--for", kind, "--people", str(people), "--to", str(target)]) == 0
        said = capsys.readouterr().out
        assert ("in the LMS is 100, here it is 30. Set it to 30 there first" in said) is told


def test_a_list_of_the_other_system_is_refused(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Moodle's worksheet is not filled from Canvas's file, nor the other way round."""
    people = write_worksheet(course.root / "sheet.csv")
    assert main(["export", "--for", "canvas", "--people", str(people)]) == 1
    assert "found:    a list of Moodle" in capsys.readouterr().err


def test_a_class_of_moodle_goes_from_zip_to_zip_in_four_commands(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The participants' list, the download, grading, and what Moodle takes back."""
    with course.gradebook() as gradebook:
        for student in list(gradebook.students):
            gradebook.remove_student(student.id)
    (course.root / "participants.csv").write_text(
        "First name,Last name,Email address\nAna,Quispe,ana.quispe@uni.example\n"
        "Beatriz,Núñez Sáenz,bea@uni.example\nJosé,Pérez,jose2@uni.example\n",
        encoding="utf-8",
    )
    files = {
        "Ana_Maria Quispe_501_assignsubmission_file_/votes.ipynb": done_by(
            "ana-quispe", tmp_path / "ana"
        ),
        "José Pérez_505_assignsubmission_file_/votes (1).ipynb": work("jose"),
    }
    archive(course.root / "moodle.zip", files)
    write_worksheet(course.root / "sheet.csv")
    for command in (
        "roster import participants.csv --id account",
        "collect votes --from moodle.zip --people sheet.csv",
        "grade votes",
        "feedback votes --for moodle",
    ):
        assert main(command.split()) == 0, capsys.readouterr().err
    said = capsys.readouterr().out
    assert "feedback/votes-moodle.zip: the pages of 2 students" in said
    assert "first Upload grading worksheet" in said
    found = moodle_feedback(course.root / "feedback/votes-moodle.zip", {501, 502, 505})
    assert set(found) == {(501, "votes.html"), (505, "votes.html")}
    assert b"votes-01" in found[501, "votes.html"]
    # Ana's grade waits for a person; José submitted what was handed out.
    grades = worksheet_upload(course.root / "feedback/votes-moodle-grades.csv", 30)
    assert grades == {"Participant 505": 0.0}
