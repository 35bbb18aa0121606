"""What a class did in one assignment, as the report shows it: from gradebook, outputs and state."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.desk.classlist.beside import read_beside
from course.desk.classlist.people import read_names
from course.desk.report import statistics
from course.desk.report.attention import Looks, students_to_look_at
from course.desk.report.columns import StudentLine, read_lines
from course.desk.report.grades import QuestionGrade, StudentGrade, StudentReport, read_report
from course.desk.report.statistics import Figure, Points
from course.desk.report.verdicts import MistakeCount, count_mistakes
from course.grader.book.state import GradingState
from course.grader.coursedir import Course

STEPS = 10  # in which shares of the points are counted


@dataclass
class Titles:
    """The title of an assignment, and of each question by its grade id."""

    assignment: str = ""  # e.g. "Votes: what the numbers say"; "" without one
    questions: dict[str, str] = field(default_factory=dict)  # "votes-02": "Three wholes"


@dataclass(frozen=True)
class QuestionResult:
    """What the class did in one question."""

    # name, title: e.g. "votes-02" and "Three wholes for the same votes".
    name: str
    title: str
    maximum: float  # points that can be had
    by_hand: bool  # True when the instructor grades it
    # full, part, wrong, unanswered, waiting: students by what they have; they add up to the graded
    # submissions
    full: int
    part: int
    wrong: int
    unanswered: int
    waiting: int
    difficulty: Figure  # the mean share of the points
    discrimination: Figure  # the corrected item-rest correlation
    lost: float | None  # points that the class lost here; None while somebody's answer waits
    # the mistakes that were made, those that the key names first, the most frequent of them first
    mistakes: tuple[MistakeCount, ...] = ()
    earlier: int = 0  # how many answers an earlier version graded, of which no mistake is known
    # True where its check is written in nbgrader's ordinary way, and can be forged
    ordinary: bool = False
    # practiced, practiced_right: how many tried its practice, and had it right in the end
    practiced: int = 0
    practiced_right: int = 0

    @property
    def counts(self) -> tuple[int, ...]:
        """Students by what they have, in the order of the bars."""
        return self.full, self.part, self.wrong, self.unanswered, self.waiting

    @property
    def often(self) -> MistakeCount | None:
        """The first of its mistakes, if several made it: one slip says nothing about the class."""
        return next((m for m in self.mistakes[:1] if m.students > 1), None)


@dataclass(frozen=True)
class Spread:
    """Where the sums of points lie, over the questions that are graded for everybody."""

    maximum: float  # points that these questions bring
    # students in ten steps of 10 percent of the maximum; 100 percent is in the last
    counts: tuple[int, ...] = (0,) * STEPS
    # mean, median, deviation, low, high: of the sums, in points; None without a student (and the
    # standard deviation without two)
    mean: float | None = None
    median: float | None = None
    deviation: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass
class ClassResult:
    """One assignment of a class."""

    report: StudentReport  # the grades, by student
    titles: Titles  # of the assignment and its questions
    graded: list[StudentGrade]  # the students with points
    faults: dict[str, str]  # why a submission has no points, by student
    missing: list[str]  # students of the gradebook who handed in nothing
    questions: list[QuestionResult]  # in the order of the notebook
    spread: Spread  # the sums of points
    left_out: list[str]  # questions that are not in the sums, because somebody's answer waits
    alpha: Figure  # Cronbach's alpha
    # students who need a look, the most urgent first
    looks: Looks = field(default_factory=dict)
    # the names in the gradebook, by student; "" where there is none
    names: dict[str, str] = field(default_factory=dict)
    # what roster.csv says of students, by id and field
    beside: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def assignment(self) -> str:
        """The assignment's name, e.g. "votes"."""
        return self.report.assignment

    @property
    def submissions(self) -> int:
        """How many handed in."""
        return len(self.graded) + len(self.faults)

    @property
    def ordinary(self) -> list[str]:
        """The questions whose points could be forged."""
        return [question.name for question in self.questions if question.ordinary]

    @property
    def lines(self) -> list[StudentLine]:
        """What is known of each student who handed in."""
        return read_lines(self.report, self.faults, self.names, self.looks, self.beside)

    @property
    def waiting(self) -> dict[str, int]:
        """How many answers wait for the instructor, by student."""
        return {s.student: s.waiting for s in self.graded if s.waiting}


def read_class(course: Course, assignment: str) -> ClassResult:
    """Read what a class did in an assignment.

    Raises:
        CourseError: if there is no such assignment.
    """
    course.require_assignment(assignment)
    report = read_report(course, assignment)
    outcomes = GradingState(course.root, assignment).read_outcomes()
    # Both: what is collected and not graded yet, and what the gradebook has and nobody kept.
    submitted = set(course.submitted_students(assignment)) | {s.student for s in report.students}
    graded = {s.student for s in report.students if s.questions}
    faults = {
        name: (known.fault if (known := outcomes.get(name)) and known.fault else "")
        for name in sorted(submitted - graded)
    }
    names = read_names(course)
    titles = read_titles(course.read_sources(assignment).values())
    result = summarize_class(report, titles, faults, sorted(set(names) - submitted))
    result.looks = students_to_look_at(report.students, faults, outcomes)
    result.names = names
    result.beside = read_beside(course.root)
    return result


_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*$", re.M)
_NUMBER = re.compile(r"^\d+\s*[·.:)–-]\s*")
_CODE = re.compile(r"```.*?```", re.S)


def read_titles(notebooks: Iterable[Mapping[str, Any]]) -> Titles:
    """Return the titles that stand in notebooks: a question's is the heading nearest above it."""
    titles = Titles()
    for nb in notebooks:
        heading = ""
        for cell in nb["cells"]:
            tag = cell["metadata"].get("nbgrader", {})
            if tag.get("grade"):
                titles.questions[tag["grade_id"]] = heading
            elif cell["cell_type"] == "markdown" and not tag.get("solution"):
                found = _HEADING.findall(_CODE.sub("", "".join(cell["source"])))
                if found:
                    titles.assignment = titles.assignment or found[0]
                    heading = _NUMBER.sub("", found[-1])
    return titles


def summarize_class(
    report: StudentReport,
    titles: Titles,
    faults: dict[str, str] | None = None,
    missing: Iterable[str] = (),
) -> ClassResult:
    """Compute what the report says of a class's grades."""
    graded = [student for student in report.students if student.questions]
    answers: dict[str, list[QuestionGrade]] = {}
    for student in graded:
        for grade in student.questions:
            answers.setdefault(grade.question, []).append(grade)
    names = sorted(answers)
    matrix = _points_matrix(graded, names)
    complete = set(statistics.complete_columns(matrix).tolist())
    questions = [
        _question_result(name, titles.questions.get(name, ""), answers[name], matrix, column)
        for column, name in enumerate(names)
    ]
    counted = [q for column, q in enumerate(questions) if column in complete]
    return ClassResult(
        report,
        titles,
        graded,
        faults or {},
        list(missing),
        questions,
        _points_spread(matrix, sorted(complete), sum(q.maximum for q in counted)),
        [q.name for column, q in enumerate(questions) if column not in complete],
        statistics.cronbach_alpha(matrix),
    )


def _points_matrix(students: list[StudentGrade], names: list[str]) -> Points:
    """Return the points with a row a student and a column a question; nan where they wait."""
    # nan, not 0: an answer that waits is no wrong one.
    matrix = np.full((len(students), len(names)), np.nan)
    column = {name: number for number, name in enumerate(names)}
    for row, student in enumerate(students):
        for grade in student.questions:
            if grade.points is not None:
                matrix[row, column[grade.question]] = grade.points
    return matrix


def _question_result(
    name: str, title: str, answers: list[QuestionGrade], matrix: Points, column: int
) -> QuestionResult:
    maximum = answers[0].maximum
    kinds = Counter(_answer_kind(answer) for answer in answers)
    points = matrix[:, column]
    given = points[np.isfinite(points)]
    waits = kinds["waiting"]
    # Of what is graded so far the mean says little: blank texts get their 0 before all others.
    wait = Figure(None, len(given), f"{waits} of {len(answers)} wait for the instructor")
    return QuestionResult(
        name,
        title,
        maximum,
        answers[0].by_hand,
        kinds["full"],
        kinds["part"],
        kinds["wrong"],
        kinds["unanswered"],
        kinds["waiting"],
        wait if waits else statistics.mean_share(points, maximum),
        wait if waits else statistics.item_rest(matrix, column),
        None if waits else round(float((maximum - given).sum()), 2),
        count_mistakes(answer.verdict for answer in answers),
        sum(answer.verdict.earlier for answer in answers),
        any(answer.verdict.ordinary for answer in answers),
        sum(answer.practiced is not None for answer in answers),
        sum(bool(answer.practiced and answer.practiced.right) for answer in answers),
    )


def _answer_kind(answer: QuestionGrade) -> str:
    """Return what became of an answer."""
    if answer.points is None:
        return "waiting"
    if answer.points >= answer.maximum:
        return "full"
    if answer.points > 0:
        return "part"
    return "unanswered" if answer.unanswered else "wrong"


def _points_spread(matrix: Points, columns: list[int], maximum: float) -> Spread:
    sums = matrix[:, columns].sum(axis=1).round(2)
    if not len(sums) or not maximum:
        return Spread(maximum)
    # The tiny part takes back what the rounding of floats may have taken from a full step.
    steps = np.clip(np.floor(sums / maximum * STEPS + 1e-9), 0, STEPS - 1).astype(int)
    return Spread(
        maximum,
        tuple(int(n) for n in np.bincount(steps, minlength=STEPS)),
        float(sums.mean()),
        float(np.median(sums)),
        float(sums.std(ddof=1)) if len(sums) > 1 else None,
        float(sums.min()),
        float(sums.max()),
    )
