"""Compares the grades that a class has with those that another key would give."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from course.desk.report.grades import read_submissions
from course.desk.report.verdicts import Verdict, read_verdict
from course.grader.book.row import late_penalty
from course.grader.coursedir import Course
from course.grader.run.task import Graded


@dataclass(frozen=True)
class Given:
    """What the gradebook holds of one student's question."""

    notebook: str  # the name of its notebook
    computer: float | None  # the points that the computer gave, or None
    # the points that a person gave, which count in place of the computer's, or None
    hand: float | None
    extra: float = 0.0  # extra credit

    @property
    def points(self) -> float | None:
        """The points that count: a person's, else the computer's."""
        return self.computer if self.hand is None else self.hand


@dataclass
class Known:
    """What is known of one student's submission: grades by question, and what lateness costs."""

    given: dict[str, Given]
    penalty: float
    seconds_late: float


@dataclass(frozen=True)
class QuestionChange:
    """One student's question whose points, or what is said of it, would change."""

    # student, question: whose, and which
    student: str
    question: str
    # before, after: points that count; None while a person has to give them
    before: float | None
    after: float | None
    # maximum_before, maximum_after: points that can be had
    maximum_before: float
    maximum_after: float
    hand: bool  # True when a person gave the points: they stay
    # gone, come: what was said of the answer and is no longer, and what is said instead
    gone: tuple[str, ...]
    come: tuple[str, ...]
    broken: str  # the error with which the new check itself fails, or ""

    @property
    def difference(self) -> float:
        """Points gained, or lost when negative."""
        return round((self.after or 0.0) - (self.before or 0.0), 2)

    @property
    def counts(self) -> bool:
        """Whether more than words would change."""
        return self.before != self.after or self.maximum_before != self.maximum_after


@dataclass(frozen=True)
class StudentChange:
    """One student: the total before and after with late penalties taken off, and the questions."""

    student: str  # the student's id
    # before, after: points
    before: float
    after: float
    # penalty_before, penalty_after: points that lateness takes, in them already
    penalty_before: float = 0.0
    penalty_after: float = 0.0
    questions: tuple[QuestionChange, ...] = ()  # what changes
    # True when another submission came after the last grading: it is graded, too
    anew: bool = False
    # why the new check gives no grade at all; the old one stays. None when it does.
    failure: str | None = None
    hand: int = 0  # how many points given by hand stay

    @property
    def difference(self) -> float:
        """Points gained, or lost when negative."""
        return round(self.after - self.before, 2)


@dataclass
class Changes:
    """What a regrade would change."""

    assignment: str  # its name
    # all that were graded again, by id
    students: dict[str, StudentChange] = field(default_factory=dict)
    # the cells of source/ that differ from those that the gradebook holds
    cells: tuple[str, ...] = ()
    release: bool = False  # whether the student version in release/ is no longer that of source/
    exchange: bool = False  # whether what students fetch from the exchange is not that of source/
    ungraded: tuple[str, ...] = ()  # who handed in and has no grade yet

    def questions(self) -> list[QuestionChange]:
        """Return all changes of questions, sorted by question and student."""
        found = [q for s in self.students.values() for q in s.questions]
        return sorted(found, key=lambda q: (q.question, q.student))

    def broken_checks(self) -> list[str]:
        """Return the questions whose new check fails with an error for everybody."""
        broken = Counter(q.question for q in self.questions() if q.broken)
        # For everybody it is the key; for one student it may be the answer.
        return sorted(name for name, count in broken.items() if count == len(self.students))


def read_known(course: Course, assignment: str) -> dict[str, Known]:
    """Read the grades that a class has, by student; only who has one from the computer."""
    found: dict[str, Known] = {}
    with course.gradebook() as gradebook:
        for submission in read_submissions(gradebook, gradebook.find_assignment(assignment)):
            rows = [(book.name, row) for book in submission.notebooks for row in book.grades]
            if any(row.auto_score is not None for _, row in rows):
                found[submission.student_id] = Known(
                    {
                        row.name: Given(
                            book, row.auto_score, row.manual_score, row.extra_credit or 0.0
                        )
                        for book, row in rows
                    },
                    float(submission.late_submission_penalty or 0.0),
                    float(submission.total_seconds_late),
                )
    return found


_Said = tuple[float, Verdict]  # what a notebook says of a question: the points to be had, and how


def compare_grades(
    course: Course, assignment: str, known: Known, graded: Graded, *, anew: bool = False
) -> StudentChange:
    """Compare what a student has with what the new check gives."""
    before, penalty = _sum_points(known.given), known.penalty
    hand = sum(given.hand is not None for given in known.given.values())
    old_total = round(before - penalty, 2)
    # The old grade stays; a new key is no reason to take it away.
    if graded.failure is not None:
        return StudentChange(
            graded.student, old_total, old_total, penalty, penalty, (), anew, graded.failure, hand
        )
    folder = course.folder("autograded", graded.student, assignment)
    old = _read_notebooks({path.name: path.read_bytes() for path in folder.glob("*.ipynb")})
    new = _read_notebooks({n: c for n, c in graded.files.items() if n.endswith(".ipynb")})
    scores = {grade.cell: grade.score for grade in graded.grades}
    given = {
        name: Given(one.notebook, scores.get(name), one.hand, one.extra)
        for name, one in known.given.items()
    }
    questions = tuple(
        change
        for name in sorted(given)
        if (
            change := _compare_question(
                graded.student, name, known.given[name], given[name], old, new
            )
        )
    )
    lost = _new_penalty(course, graded.student, known, given)
    after = round(_sum_points(given) - lost, 2)
    return StudentChange(
        graded.student, old_total, after, penalty, lost, questions, anew, None, hand
    )


def _sum_points(given: Mapping[str, Given]) -> float:
    return sum((one.points or 0.0) + one.extra for one in given.values())


def _new_penalty(course: Course, student: str, known: Known, given: Mapping[str, Given]) -> float:
    """Return what lateness takes from the new points, notebook by notebook."""
    lost = 0.0
    for notebook in sorted({one.notebook for one in given.values()}):
        score = _sum_points({n: one for n, one in given.items() if one.notebook == notebook})
        # Each notebook by itself, as nbgrader does, so that the rounding is the same.
        lost += late_penalty(course.config, student, score, known.seconds_late) or 0.0
    return lost


def _compare_question(
    student: str,
    name: str,
    old: Given,
    new: Given,
    old_said: Mapping[str, _Said],
    new_said: Mapping[str, _Said],
) -> QuestionChange | None:
    """Return what changes of one question, or None when nothing does."""
    maximum, now = new_said.get(name, (0.0, Verdict()))
    # Without the old notebook nothing can be said of what has changed in words.
    maximum_before, was = old_said.get(name, (maximum, now))
    change = QuestionChange(
        student,
        name,
        old.points,
        new.points,
        maximum_before,
        maximum,
        hand=old.hand is not None,
        gone=tuple(line for line in was.lines if line not in now.lines),
        come=tuple(line for line in now.lines if line not in was.lines),
        broken=now.stopped,
    )
    if was.earlier and not change.counts:  # what was said before is not known
        change = replace(change, gone=(), come=())
    same = not (change.counts or change.gone or change.come) and old.computer == new.computer
    return None if same else change


def _read_notebooks(notebooks: Mapping[str, bytes]) -> dict[str, _Said]:
    """Read what autograded notebooks say of each question."""
    found = {}
    for content in notebooks.values():
        for cell in json.loads(content)["cells"]:
            about = cell["metadata"].get("nbgrader", {})
            if about.get("grade") or about.get("task"):
                said = float(about.get("points") or 0.0), read_verdict(cell)
                found[str(about["grade_id"])] = said
    return found
