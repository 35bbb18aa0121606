"""The simulated class, through nbgrader's real exchange, converters and gradebook."""

from __future__ import annotations

import csv
import html
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.preprocessors import GetGrades

from course.desk import steps
from course.desk.feedback.preprocessors import PageGrades, StudentsView
from course.desk.report.grades import StudentGrade, read_report
from course.desk.simulated.students import Case, load_cases, question_points
from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.run.autograde import grade_class, grade_one
from tests.conftest import ClassRun
from tests.notebooks import ROOT, source

ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))
CASES = {assignment: load_cases(ROOT, assignment) for assignment in ASSIGNMENTS}
MAXIMA = {assignment: question_points(source(assignment)) for assignment in ASSIGNMENTS}


def every_case(keep: Callable[[Case], object]) -> list[Any]:
    """Return the cases of all assignments that a test is for, as its parameters."""
    return [
        pytest.param(assignment, case, id=f"{assignment}-{case.name}")
        for assignment, cases in CASES.items()
        for case in cases
        if keep(case)
    ]


GRADED = every_case(lambda case: case.fault is None)


@pytest.fixture(scope="module")
def grades(class_run: ClassRun) -> dict[str, dict[str, StudentGrade]]:
    """The grades of the class, by assignment and student."""
    course = Course(class_run.folder)
    return {
        assignment: {g.student: g for g in read_report(course, assignment).students}
        for assignment in ASSIGNMENTS
    }


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_class_is_of_24_different_students(assignment: str) -> None:
    """No two cases are the same student, and the same students do every assignment."""
    students = {case.student for case in CASES[assignment]}
    assert len(CASES[assignment]) == len(students) == 24
    assert students == {case.student for case in CASES["votes"]}


def test_the_demo_succeeds_and_says_where_its_results_are(class_run: ClassRun) -> None:
    """Exit code 0, a line a student, and the paths of the CSV and of the feedback pages."""
    assert class_run.code == 0, class_run.printed
    for assignment, cases in CASES.items():
        assert f"{assignment}: 24 students" in class_run.printed
        for case in cases:
            assert class_run.printed.count(f"│ {case.student} ") == len(ASSIGNMENTS)
    assert str(class_run.folder / "grades.csv") in class_run.printed
    assert str(class_run.folder / "feedback") in class_run.printed
    assert "votes: 5 submissions placed, 0 unchanged, 1 file not placed" in class_run.printed
    assert "feedback/votes-moodle.zip: the pages of 5 students" in class_run.printed
    assert "5 of 5 came out as expected" in class_run.printed
    page = class_run.folder / "report" / "index.html"
    assert str(page) in class_run.printed
    html = page.read_text("utf-8")
    for cases in CASES.values():
        assert "21 of 24 submissions are graded" in html
        assert all(case.student in html for case in cases)


@pytest.mark.parametrize(("assignment", "case"), GRADED)
def test_a_student_gets_the_expected_points(
    assignment: str, case: Case, grades: dict[str, dict[str, StudentGrade]]
) -> None:
    """Every question of every case brings what its folder says."""
    questions = grades[assignment][case.student].questions
    got = {q.question: q.points for q in questions if not q.by_hand}
    assert got == case.expected_points(MAXIMA[assignment])


def feedback_page(folder: Path, assignment: str, student: str) -> str:
    """Return the page that a student fetched from the exchange."""
    (page,) = folder.glob(f"students/{student}/{assignment}/feedback/*/{assignment}.html")
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize(("assignment", "case"), every_case(lambda case: case.messages))
def test_the_feedback_page_names_what_went_wrong(
    assignment: str, case: Case, class_run: ClassRun
) -> None:
    """The page that the student fetches from the exchange says what the case expects."""
    text = html.unescape(feedback_page(class_run.folder, assignment, case.student))
    page = " ".join(text.split())
    for message in case.messages.values():
        assert message in page


@pytest.mark.parametrize(("assignment", "case"), GRADED)
def test_a_feedback_page_holds_no_key(assignment: str, case: Case, class_run: ClassRun) -> None:
    """Students see answers and what was said of them: no check, no key, no traceback of one."""
    page = feedback_page(class_run.folder, assignment, case.student)
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert "What the check says" in text
    for mark in ("HIDDEN TESTS", "q.key(", "q.grade()", "mistake(", "wrong_functions", "accepted_"):
        assert mark not in text, mark


def test_a_traceback_of_a_check_cell_shows_its_error_alone() -> None:
    """An error inside a check cell is named on the feedback page without quoting the cell."""
    cell = nbformat.v4.new_code_cell(
        "q.check()\n### BEGIN HIDDEN TESTS\nq.key('a', 'secret')\n### END HIDDEN TESTS",
        metadata={"nbgrader": {"grade": True, "grade_id": "x"}},
        outputs=[
            nbformat.v4.new_output(
                "error", ename="KeyboardInterrupt", evalue="", traceback=["q.key('a', 'secret')"]
            ),
        ],
    )
    seen, _ = StudentsView().preprocess_cell(cell, {}, 0)
    assert "secret" not in str(seen)
    assert seen.source == "q.check()"
    assert "KeyboardInterrupt" in str(seen.outputs[0])


def test_a_page_has_the_points_that_nbgrader_gives(class_run: ClassRun) -> None:
    """Points, comments and sum are those of nbgrader's own step, asked for at once."""
    path = class_run.folder / "autograded" / "ana-quispe" / "votes" / "votes.ipynb"
    where = {"notebook": "votes", "assignment": "votes", "student": "ana-quispe"}
    database = f"sqlite:///{class_run.folder / 'gradebook.db'}"
    found = []
    for step in (GetGrades(), PageGrades()):
        notebook = nbformat.read(path, as_version=4)
        resources = {"nbgrader": {**where, "db_url": database}}
        notebook, resources = step.preprocess(notebook, resources)
        tags = [dict(cell.metadata.get("nbgrader", {})) for cell in notebook.cells]
        waiting = [tag["grade_id"] for tag in tags if tag.pop("waiting", False)]
        found.append((tags, resources["nbgrader"]))
    assert found[0] == found[1]
    assert waiting == ["votes-16"]


@pytest.mark.parametrize(("assignment", "case"), every_case(lambda case: case.fault))
def test_a_broken_submission_is_named_with_its_reason(
    assignment: str, case: Case, class_run: ClassRun
) -> None:
    """A submission that cannot be graded has no points, and a line with the reason."""
    lines = [
        line
        for line in class_run.printed.splitlines()
        if f"  {case.student}: {assignment}.ipynb " in line
    ]
    assert len(lines) == 1
    assert str(case.fault) in lines[0]
    assert "submit again" in lines[0]


@pytest.mark.parametrize(("assignment", "case"), every_case(lambda case: case.remark))
def test_a_cell_that_failed_is_named(
    assignment: str, case: Case, grades: dict[str, dict[str, StudentGrade]]
) -> None:
    """A syntax error or an endless loop is told with its question."""
    remarks = grades[assignment][case.student].remarks
    assert any(str(case.remark) in remark for remark in remarks)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_written_answer_waits_for_the_instructor(
    assignment: str, grades: dict[str, dict[str, StudentGrade]]
) -> None:
    """Who wrote something waits; who left the cell untouched has 0 without anybody's work."""
    assert grades[assignment]["ana-quispe"].waiting == 1
    assert grades[assignment]["maria-cruz"].waiting == 0
    assert grades[assignment]["maria-cruz"].points == 0


def test_the_csv_holds_the_same_points_as_the_gradebook(
    class_run: ClassRun, grades: dict[str, dict[str, StudentGrade]]
) -> None:
    """The exported file, the report and the database agree."""
    with (class_run.folder / "grades.csv").open(encoding="utf-8") as file:
        rows = {
            (row["assignment"], row["student_id"]): float(row["score"] or 0)
            for row in csv.DictReader(file)
        }
    for assignment, students in grades.items():
        for student, grade in students.items():
            assert rows[assignment, student] == pytest.approx(grade.points)


def test_what_was_graded_is_not_graded_again(class_run: ClassRun) -> None:
    """A second run skips what has not changed, and grades it when forced."""
    course = Course(class_run.folder)
    assert grade_one(course, "votes", "maria-cruz").skipped
    assert not grade_one(course, "votes", "maria-cruz", force=True).skipped


# --- faults ---------------------------------------------------------------------------------------


def _hand_in(course: Course, student: str, text: str | None = None) -> Path:
    """Put a submission into submitted/: the release as it is, or some text in its place."""
    folder = course.folder("submitted", student, "votes")
    folder.mkdir(parents=True)
    path = folder / "votes.ipynb"
    shutil.copy(course.root / "release/votes/votes.ipynb", path)
    if text is not None:
        path.write_text(text, encoding="utf-8")
    return path


def test_a_damaged_submission_does_not_keep_an_older_grade(course_copy: Course) -> None:
    """When a newer submission cannot be graded, the old points are not shown as its own."""
    steps.generate_assignment(course_copy, "votes")
    path = _hand_in(course_copy, "ana")
    assert grade_one(course_copy, "votes", "ana").fault is None
    assert read_report(course_copy, "votes").students[0].questions
    path.write_text("{}", encoding="utf-8")
    fault = grade_one(course_copy, "votes", "ana", force=True).fault
    assert "a JSON file of another kind" in str(fault)
    assert read_report(course_copy, "votes").students[0].questions == ()


def test_broken_submissions_do_not_stop_the_others(course_copy: Course) -> None:
    """Odd files are faults of their own, odd cells are mended; the neighbour gets a grade."""
    steps.generate_assignment(course_copy, "votes")
    honest = nbformat.read(_hand_in(course_copy, "honest"), as_version=4)
    old_schema = nbformat.from_dict(honest)
    old_schema.cells[-2].metadata.nbgrader = {"grade_id": "x", "schema_version": 1, "grade": True}
    _hand_in(course_copy, "old-schema", nbformat.writes(old_schema))
    _hand_in(course_copy, "empty", "")
    _hand_in(course_copy, "list", "[1, 2]")
    outcomes = {o.student: o for o in grade_class(course_copy, "votes", jobs=1)}
    assert set(outcomes) == {"honest", "old-schema", "empty", "list"}
    assert outcomes["honest"].fault is None
    assert "an empty file" in str(outcomes["empty"].fault)
    assert "a JSON file of another kind" in str(outcomes["list"].fault)
    assert outcomes["old-schema"].fault is None
    assert any("question that is not there" in line for line in outcomes["old-schema"].remarks)


def test_grading_says_what_is_missing_before(course_copy: Course) -> None:
    """Grading before generating or collecting names the step that comes first."""
    with pytest.raises(CourseError, match="course collect votes"):
        list(grade_class(course_copy, "votes"))
    folder = course_copy.folder("submitted", "ana", "votes")
    folder.mkdir(parents=True)
    with pytest.raises(CourseError, match="course generate votes"):
        list(grade_class(course_copy, "votes"))


def test_a_busy_gradebook_is_waited_for(course_copy: Course) -> None:
    """Another program's short lock on the gradebook costs nobody a grade."""
    steps.generate_assignment(course_copy, "votes")
    _hand_in(course_copy, "ana")
    lock = sqlite3.connect(course_copy.root / "gradebook.db", check_same_thread=False)
    lock.execute("begin exclusive")
    import threading

    timer = threading.Timer(7, lock.rollback)
    timer.start()
    try:
        assert grade_one(course_copy, "votes", "ana").fault is None
    finally:
        timer.join()
        lock.close()
