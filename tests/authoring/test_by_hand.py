"""Code that a person grades waits for a person, wherever somebody looks."""

from __future__ import annotations

import csv
from pathlib import Path

from course.desk import cli
from course.desk.report.grades import read_report
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_one
from tests.authoring.conftest import Say
from tests.ordinary.building import SmallCourse, Work

BY_HAND = SmallCourse(
    "prices",
    "code that a person grades",
    [
        {"solution": "prices-01-answer", "source": "x = 3"},
        {"tests": "prices-01", "points": 1, "source": "assert x == 3"},
        {
            "manual": "prices-02",
            "points": 2,
            "source": "### BEGIN SOLUTION\ny = 1\n### END SOLUTION",
        },
    ],
    {"ana": Work(earns=1), "ben": Work(earns=1, untouched=["prices-02"])},
)


def test_code_that_a_person_grades_waits_everywhere(empty_course: Path, say: Say) -> None:
    """`grade`, the report and `export` agree that one answer waits, and one was not given."""
    BY_HAND.write_source(empty_course)
    said = say("generate", "prices")
    assert "the model answers earn 1 of 1 points; 2 more are given by hand" in said
    course = Course(empty_course)
    for student in BY_HAND.submissions:
        BY_HAND.hand_in(empty_course, student, course.folder("submitted", student, "prices"))
        assert grade_one(course, "prices", student).fault is None
    grades = {one.student: one for one in read_report(course, "prices").students}
    assert {name: one.waiting for name, one in grades.items()} == {"ana": 1, "ben": 0}
    assert [q.by_hand for q in grades["ana"].questions] == [False, True]
    assert grades["ben"].questions[1].untouched
    assert "1 to grade" in say("grade", "prices")
    say("report", "prices")
    page = " ".join((empty_course / "report/prices.html").read_text("utf-8").split())
    assert "Grade 1 written answer by hand" in page
    assert cli.main(["export", "--to", "grades.csv"]) == 0
    with open("grades.csv", encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {name: row["status"] for name, row in rows.items()} == {
        "ana": "to grade by hand",
        "ben": "graded",
    }
    assert rows["ana"]["to_grade_by_hand"] == "1"
