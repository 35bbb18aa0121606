"""Reads grades from nbgrader's gradebook, and what was said of each answer from autograded/."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from course.desk.lms.record import read_late_marks
from course.desk.report.verdicts import Verdict, read_verdict
from course.desk.words import first_few
from course.errors import CourseError
from course.grader.coursedir import Course
from course.grader.faults import ERROR_NAMES, REASONS, question_of
from course.practice.kept import Practiced, read_handed_in


@dataclass(frozen=True)
class QuestionGrade:
    """One student's points for one question."""

    question: str  # e.g. "votes-03"
    points: float | None  # points given by computer or instructor, or None while they wait
    maximum: float  # points that can be had
    by_hand: bool  # True when the instructor grades it
    verdict: Verdict = field(default_factory=Verdict)  # what the check said of the answer
    untouched: bool = False  # True when a text for the instructor was left as it was handed out
    # True when the instructor gave points to an earlier version of the answer
    look_again: bool = False
    practiced: Practiced | None = None  # how often the question's practice was tried

    @property
    def unanswered(self) -> bool:
        """Whether there is no answer in any part."""
        return self.untouched or self.verdict.unanswered


@dataclass(frozen=True)
class HandedIn:
    """When a submission came, and what being late costs; times are UTC."""

    at: datetime | None = None  # when it was handed in, or None when that is not known
    # when this student had to hand in, an extension included; None without a due date
    due: datetime | None = None
    extension: timedelta | None = None  # what the instructor granted this student, or None
    seconds_late: float = 0.0  # 0 for what is in time
    penalty: float = 0.0  # points that are taken off
    marked: bool = False  # the LMS calls it late, and says no time

    @property
    def extension_hours(self) -> float | None:
        """The extension in hours."""
        return self.extension.total_seconds() / 3600 if self.extension else None


@dataclass(frozen=True)
class StudentGrade:
    """One student's grades for one assignment."""

    student: str  # the student's id
    # the grades in the order of the notebook; empty when nothing was graded
    questions: tuple[QuestionGrade, ...] = ()
    # cells that failed while the notebook ran, e.g. "votes-10: SyntaxError"
    remarks: tuple[str, ...] = ()
    handed_in: HandedIn = HandedIn()  # when the submission came

    @property
    def points(self) -> float:
        """Points so far, by computer and by hand."""
        return round(sum(q.points or 0.0 for q in self.questions), 2)

    @property
    def counting(self) -> float:
        """Points without what is taken off for being late."""
        return round(max(0.0, self.points - self.handed_in.penalty), 2)

    @property
    def waiting(self) -> int:
        """How many questions wait for the instructor."""
        return sum(q.by_hand and q.points is None for q in self.questions)


@dataclass
class StudentReport:
    """The grades of a class for one assignment."""

    assignment: str
    maximum: float
    students: list[StudentGrade] = field(default_factory=list)


def read_report(course: Course, assignment: str) -> StudentReport:
    """Read the grades of an assignment from the gradebook.

    Returns:
        The report, students sorted by id. Submissions without a score appear without questions.

    Raises:
        CourseError: it was never generated.
    """
    from nbgrader.api import MissingEntry

    marked = read_late_marks(course.root, assignment)
    with course.gradebook() as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry as error:
            raise CourseError(
                where=f"assignment '{assignment}' in the gradebook",
                expected="an assignment that was generated and graded",
                found="none",
                todo=f"make it first: course generate {assignment}, then course grade {assignment}",
            ) from error
        report = StudentReport(assignment, float(found.max_score))
        answers = {cell.name for book in found.notebooks for cell in book.solution_cells}
        for submission in read_submissions(gradebook, found):
            student = submission.student
            folder = course.folder("autograded", student.id, assignment)
            said, remarks = _read_outputs(folder, course.notebooks(assignment))
            practiced = read_handed_in(folder)
            grades = [g for notebook in submission.notebooks for g in notebook.grades]
            graded = any(g.auto_score is not None for g in grades)
            questions = (
                tuple(_read_question(g, said, practiced, g.name in answers) for g in grades)
                if graded
                else ()
            )
            report.students.append(
                StudentGrade(
                    student.id,
                    tuple(sorted(questions, key=lambda q: q.question)),
                    remarks if graded else (),
                    _handed_in(submission, found.duedate, student.id in marked),
                )
            )
    # The gradebook's order is that of entering.
    report.students.sort(key=lambda s: s.student)
    return report


def read_submissions(gradebook: Any, assignment: Any) -> list[Any]:
    """Return nbgrader's rows of the submissions with all their grades, in a handful of queries."""
    from nbgrader.api import Grade, SubmittedAssignment, SubmittedNotebook

    notebooks = selectinload(SubmittedAssignment.notebooks)
    wanted = (
        select(SubmittedAssignment)
        .where(SubmittedAssignment.assignment_id == assignment.id)
        .options(
            joinedload(SubmittedAssignment.student),
            notebooks.selectinload(SubmittedNotebook.grades).joinedload(Grade.cell),
        )
    )
    return list(gradebook.db.scalars(wanted))


def _handed_in(submission: Any, due: datetime | None, marked: bool) -> HandedIn:
    """Return when a submission came and what being late costs."""
    # nbgrader's own `duedate` of a submission has it in already; the two are shown apart here.
    extension = submission.extension
    if due is not None and extension is not None:
        due = due + extension
    at = submission.timestamp
    late = max(0.0, (at - due).total_seconds()) if at and due else 0.0
    penalty = sum(notebook.late_submission_penalty or 0.0 for notebook in submission.notebooks)
    return HandedIn(at, due, extension, late, round(float(penalty), 2), marked and at is None)


def _read_question(
    grade: Any, said: dict[str, Verdict], practiced: dict[str, Practiced], by_hand: bool
) -> QuestionGrade:
    """Turn one row of the gradebook into a QuestionGrade; `by_hand`: its answer is graded itself.

    Points of a check that a person changed do not make it a question to grade by hand.
    """
    points: float | None = None
    if grade.manual_score is not None or grade.auto_score is not None:
        points = float(grade.score)
    if grade.needs_manual_grade and grade.manual_score is None:
        points = None
    by_hand = by_hand or grade.cell.cell_type != "code"
    return QuestionGrade(
        grade.name,
        points,
        float(grade.cell.max_score),
        by_hand=by_hand,
        verdict=said.get(grade.name, Verdict()),
        untouched=by_hand and grade.manual_score is None and points == 0,
        look_again=grade.needs_manual_grade and grade.manual_score is not None,
        practiced=practiced.get(grade.name),
    )


def _read_outputs(folder: Path, notebooks: list[str]) -> tuple[dict[str, Verdict], tuple[str, ...]]:
    """Read from the autograded notebooks what the checks said and which cells failed."""
    said: dict[str, Verdict] = {}
    remarks: list[str] = []
    for name in notebooks:
        path = folder / name
        if not path.is_file():
            continue
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (OSError, ValueError, KeyError, TypeError):  # a power cut leaves such files
            remarks.append(f"autograded/…/{name} cannot be read: grade again")
            continue
        for cell in cells:
            tag = cell["metadata"].get("nbgrader", {})
            grade_id = tag.get("grade_id", "")
            remarks += [
                _failure_remark(grade_id, output)
                for output in cell.get("outputs", [])
                if output["output_type"] == "error"
            ]
            if tag.get("grade"):
                said[grade_id] = read_verdict(cell)
    return said, tuple(first_few(remarks))


def _failure_remark(grade_id: str, output: dict[str, Any]) -> str:
    """Name a cell that failed and why."""
    question = question_of(grade_id) or "a cell without a question"
    if output["ename"] in {"CellTimeoutError", "KeyboardInterrupt"}:
        return f"{question}: the cell took too long and was stopped"
    for reason, name in ERROR_NAMES.items():
        if output["ename"] == name:
            return f"{question}: the cell {REASONS[reason]}"
    return f"{question}: {output['ename']} in the cell"
