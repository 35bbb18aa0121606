"""Reads grades from nbgrader's gradebook, and what was said of each answer from autograded/."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.grading.coursedir import Course
from course.grading.faults import ERROR_NAMES, REASONS, question_of
from course.lines import READ_AS

__all__ = ["QuestionGrade", "StudentGrade", "StudentReport", "read_report"]


@dataclass(frozen=True)
class QuestionGrade:
    """One student's points for one question.

    Attributes:
        question: e.g. "votes-03".
        points: points given by computer or instructor, or None while they wait.
        maximum: points that can be had.
        by_hand: True when the instructor grades it.
        messages: what the grade cell said of the answer, a line a part.
    """

    question: str
    points: float | None
    maximum: float
    by_hand: bool
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class StudentGrade:
    """One student's grades for one assignment.

    Attributes:
        student: the student's id.
        questions: the grades in the order of the notebook; empty when nothing was graded.
        remarks: cells that failed while the notebook ran, e.g. "votes-10: SyntaxError".
    """

    student: str
    questions: tuple[QuestionGrade, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """Points so far, by computer and by hand."""
        return round(sum(q.points or 0.0 for q in self.questions), 2)

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

    def question_names(self) -> list[str]:
        """Return the questions in the order of the notebook."""
        names: dict[str, None] = {}
        for student in self.students:
            names.update(dict.fromkeys(q.question for q in student.questions))
        return sorted(names)

    def frequent_message(self, question: str) -> str:
        """Return the message about a wrong answer that most students got, or ''."""
        said: Counter[str] = Counter()
        for student in self.students:
            for grade in student.questions:
                if grade.question == question and (grade.points or 0) < grade.maximum:
                    said.update({m for m in grade.messages if not _says_nothing(m)})
        return said.most_common(1)[0][0] if said else ""


def read_report(course: Course, assignment: str) -> StudentReport:
    """Read the grades of an assignment from the gradebook.

    Returns:
        The report, students sorted by id. Submissions without a score appear without questions.
    """
    with course.gradebook() as gradebook:
        maximum = float(gradebook.find_assignment(assignment).max_score)
        report = StudentReport(assignment, maximum)
        for submission in gradebook.assignment_submissions(assignment):
            student = submission.student.id
            folder = course.folder("autograded", student, assignment)
            messages, remarks = _read_outputs(folder, course.notebooks(assignment))
            grades = [g for notebook in submission.notebooks for g in notebook.grades]
            graded = any(g.auto_score is not None for g in grades)
            questions = tuple(_question(g, messages) for g in grades) if graded else ()
            questions = tuple(sorted(questions, key=lambda q: q.question))
            report.students.append(StudentGrade(student, questions, remarks if graded else ()))
    report.students.sort(key=lambda s: s.student)
    return report


def _question(grade: Any, messages: dict[str, tuple[str, ...]]) -> QuestionGrade:
    """Turn one row of the gradebook into a QuestionGrade."""
    points: float | None = None
    if grade.manual_score is not None or grade.auto_score is not None:
        points = float(grade.score)
    if grade.needs_manual_grade and grade.manual_score is None:
        points = None
    return QuestionGrade(
        grade.name,
        points,
        float(grade.max_score),
        by_hand=grade.cell.cell_type != "code",
        messages=messages.get(grade.name, ()),
    )


def _read_outputs(
    folder: Path, notebooks: list[str]
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Read from the autograded notebooks what the grade cells said and which cells failed."""
    messages: dict[str, tuple[str, ...]] = {}
    remarks: list[str] = []
    for name in notebooks:
        path = folder / name
        if not path.is_file():
            continue
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            for output in cell.get("outputs", []):
                if output["output_type"] == "error":
                    remarks.append(_remark(grade_id, output))
                elif output["output_type"] == "stream" and output.get("name") == "stdout":
                    lines = [
                        line
                        for line in "".join(output["text"]).splitlines()
                        if line.strip() and not line.startswith(READ_AS)
                    ]
                    messages[grade_id] = messages.get(grade_id, ()) + tuple(lines)
    return messages, tuple(dict.fromkeys(remarks))


def _remark(grade_id: str, output: dict[str, Any]) -> str:
    """Name a cell that failed and why."""
    question = question_of(grade_id) or "a cell without a question"
    if output["ename"] in {"CellTimeoutError", "KeyboardInterrupt"}:
        return f"{question}: the cell took too long and was stopped"
    for reason, name in ERROR_NAMES.items():
        if output["ename"] == name:
            return f"{question}: the cell {REASONS[reason]}"
    return f"{question}: {output['ename']} in the cell"


def _says_nothing(message: str) -> bool:
    """Tell whether a line of a grade cell says nothing about a wrong answer."""
    return (
        " · " not in message
        or message.endswith(": right.")
        or "there is no answer yet" in message.lower()
    )
