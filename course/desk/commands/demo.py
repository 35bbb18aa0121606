"""The demo: one class goes through release, submission, grading, feedback and export."""

import shutil
import zipfile
from argparse import Namespace
from pathlib import Path

import nbformat

from course.desk import steps
from course.desk.classlist.people import read_names
from course.desk.commands.collect import run_collect
from course.desk.commands.context import console
from course.desk.commands.grade import grade_with_progress, say_faults
from course.desk.commands.report import FOLDER, write_report
from course.desk.lms.export import export_grades
from course.desk.lms.giveback import give_back
from course.desk.report import terminal
from course.desk.report.classdata import read_class
from course.desk.report.grades import StudentGrade, StudentReport, read_report
from course.desk.simulated.lmsclass import LMS_CASES, write_download
from course.desk.simulated.students import (
    Case,
    do_the_work,
    fresh_folder,
    load_cases,
    question_points,
)
from course.grader.book.state import Outcome
from course.grader.coursedir import CONFIG_NAME, Course, find_course

# One student of each assignment wrote an endless loop; who watches a demo need not wait long.
IMPATIENT = """
# --- the demo -------------------------------------------------------------------------------
c.Sandbox.cell_seconds = 12
"""


def run_demo(root: Path, folder: Path | None, jobs: int | None) -> int:
    """Run the loop in a folder of its own, ROOT/demo, so that no real gradebook is touched.

    Returns 0 when every student got the expected points or the expected fault, else 1.
    """
    folder = (folder or root / "demo").resolve()
    # Refuses a folder that it did not make: nobody's files are to be lost by a demo.
    fresh_folder(folder)
    course = _make_course(root, folder, "")
    wrong = 0
    for assignment in course.assignments():
        wrong += _demo_assignment(course, assignment, load_cases(root, assignment), jobs)
    wrong += _demo_lms(root, folder / "moodle", jobs)
    export_grades(course, "csv", folder / "grades.csv")
    console.say(f"grades as CSV:   {folder / 'grades.csv'}")
    pages = f"{folder / 'feedback'}/STUDENT/ASSIGNMENT/*.html"
    console.say(f"feedback pages:  {pages}")
    results = [read_class(course, assignment) for assignment in course.assignments()]
    page = write_report(course, results, folder / FOLDER)
    console.say(f"the class report, a page to open in a browser:  {page}")
    console.print(f"the same in JupyterLab (Nbgrader → Formgrader):  make lab FOLDER={folder}")
    if wrong:
        console.print(f"{wrong} students did not get what was expected.", style="bold red")
    return 1 if wrong else 0


def _make_course(root: Path, folder: Path, assignment: str) -> Course:
    """Make a course with all assignments, or this one."""
    # The course's own settings, so that the demo shows what a class would meet.
    settings = (root / CONFIG_NAME).read_text(encoding="utf-8")
    folder.mkdir(exist_ok=True)
    (folder / CONFIG_NAME).write_text(settings + IMPATIENT, encoding="utf-8")
    shutil.copytree(root / "source" / assignment, folder / "source" / assignment)
    return Course(folder)


def _demo_lms(root: Path, folder: Path, jobs: int | None) -> int:
    """Take a small class from Moodle's download to what Moodle takes back; return what differs."""
    course, assignment = _make_course(root, folder, "votes"), "votes"
    cases = [case for case in load_cases(root, assignment) if case.name in LMS_CASES]
    console.rule(f"{assignment} through Moodle: {len(cases)} students")
    steps.generate_assignment(course, assignment)
    _enroll_students(course, cases)
    source = nbformat.read(course.root / "source/votes/votes.ipynb", as_version=4)
    released = course.root / "release" / assignment
    download, worksheet = write_download(cases, read_names(course), released, source, folder)
    run_collect(course, assignment, download, people=worksheet)
    outcomes = grade_with_progress(course, assignment, jobs=jobs)
    faults = steps.make_feedback(course, assignment)
    for line in (*faults, *give_back(course, assignment, "moodle")):
        console.say(f"  {line}")
    report = read_report(course, assignment)
    verdicts = judge_outcomes(course, assignment, cases, outcomes, report)
    with zipfile.ZipFile(folder / "feedback" / "votes-moodle.zip") as made:
        returned = {name.split("_")[1] for name in made.namelist()}
    for number, case in enumerate(cases, start=1001):
        if str(number) not in returned:
            verdicts[case.student] = "no feedback for Moodle"
    wrong = {student: words for student, words in verdicts.items() if words != "as expected"}
    for student, words in wrong.items():
        console.say(f"  {student}: {words}")
    console.print(f"{len(cases) - len(wrong)} of {len(cases)} came out as expected")
    return len(wrong)


def _demo_assignment(course: Course, assignment: str, cases: list[Case], jobs: int | None) -> int:
    """Take one assignment through the loop; return how many students came out otherwise."""
    console.rule(f"{assignment}: {len(cases)} students")
    console.print("releasing: the student version goes into the exchange")
    steps.release_assignment(course, assignment)
    _enroll_students(course, cases)
    console.print(f"working: {len(cases)} students fetch it, work on it and submit it")
    simulate_class(course, assignment, cases)
    console.print(
        f"collecting: {len(steps.collect_submissions(course, assignment)[0])} submissions"
    )
    outcomes = grade_with_progress(course, assignment, jobs=jobs)
    console.print("feedback: a page for each student, back through the exchange")
    for fault in steps.make_feedback(course, assignment):
        console.print(f"  {fault}")
    for case in cases:
        if case.fault is None:
            steps.fetch_feedback(course, assignment, case.student, _student_desk(course, case))
    report = read_report(course, assignment)
    verdicts = judge_outcomes(course, assignment, cases, outcomes, report)
    faults = {o.student: o.fault for o in outcomes if o.fault}
    console.print(terminal.students_table(report, faults, {}, verdicts))
    say_faults(outcomes)
    console.print(terminal.questions_table(read_class(course, assignment)))
    return sum(text != "as expected" for text in verdicts.values())


def _enroll_students(course: Course, cases: list[Case]) -> None:
    """Enter the students' names in the gradebook, as the formgrader's page of students does."""
    with course.gradebook() as gradebook:
        for case in cases:
            first, last = (name.capitalize() for name in case.student.split("-"))
            gradebook.update_or_create_student(case.student, first_name=first, last_name=last)


def _student_desk(course: Course, case: Case) -> Path:
    """Return the folder in which a student works."""
    return course.root / "students" / case.student


def simulate_class(course: Course, assignment: str, cases: list[Case]) -> None:
    """Let each student fetch, work and submit through the real exchange."""
    path = course.root / "source" / assignment / course.notebooks(assignment)[0]
    source = nbformat.read(path, as_version=4)
    for case in cases:
        desk = _student_desk(course, case)
        desk.mkdir(parents=True, exist_ok=True)  # of an earlier assignment
        steps.fetch_assignment(course, assignment, desk)
        # Before the work: the exchange then holds two submissions, and the newer must count.
        if case.resubmits:
            steps.submit_assignment(course, assignment, case.student, desk)
        do_the_work(case, source, desk / assignment)
        steps.submit_assignment(course, assignment, case.student, desk)


def judge_outcomes(
    course: Course,
    assignment: str,
    cases: list[Case],
    outcomes: list[Outcome],
    report: StudentReport,
) -> dict[str, str]:
    """Return by student whether what came out is "as expected", or what differs."""
    path = course.root / "source" / assignment / course.notebooks(assignment)[0]
    maxima = question_points(nbformat.read(path, as_version=4))
    faults = {o.student: o.fault for o in outcomes}
    grades = {grade.student: grade for grade in report.students}
    return {
        case.student: _say_differences(
            case, maxima, faults.get(case.student), grades.get(case.student)
        )
        for case in cases
    }


def _say_differences(
    case: Case, maxima: dict[str, float], fault: str | None, grade: StudentGrade | None
) -> str:
    """Say in what one student's result differs from the expected one."""
    if case.fault is not None:
        good = fault is not None and case.fault in fault
        return "as expected" if good else f"expected the fault '{case.fault}', got {fault!r}"
    if fault is not None or grade is None:
        return f"expected a grade, got the fault {fault!r}"
    got = {q.question: q for q in grade.questions}
    found = []
    for question, points in case.expected_points(maxima).items():
        given = got[question].points if question in got else None
        if given != points:
            found.append(f"{question}: expected {points:g} points, got {given}")
    for question, text in case.messages.items():
        if text not in "\n".join(got[question].verdict.lines):
            found.append(f"{question}: the feedback does not say '{text}'")
    if case.remark is not None and not any(case.remark in remark for remark in grade.remarks):
        found.append(f"no remark '{case.remark}'")
    return "; ".join(found) or "as expected"


def demo(options: Namespace) -> int:
    """Run the whole loop on a simulated class."""
    return run_demo(find_course(), folder=options.folder, jobs=options.jobs)
