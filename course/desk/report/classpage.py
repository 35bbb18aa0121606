"""Makes the report as one HTML page that needs nothing else; first what to know in a minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from course.desk.deadlines.clock import write_moment
from course.desk.deadlines.telling import say_unknown_times
from course.desk.report.classdata import ClassResult, QuestionResult
from course.desk.report.columns import COLUMNS
from course.desk.report.statistics import FEW_QUESTIONS, FEW_STUDENTS
from course.desk.words import (
    write_count,
    write_duration,
    write_list,
    write_number,
    write_percent,
    write_signed,
)

# What an answer may have, as (class of the shape, name), from left to right in a bar.
KINDS = (
    ("full", "full points"),
    ("part", "part of the points"),
    ("wrong", "wrong"),
    ("none", "no answer"),
    ("wait", "waits for the instructor"),
)
EASY, HARD = 0.9, 0.5  # share of the points from which a question is called easy, below it hard
FEW = 10  # students below which a correlation is not put into words
HARDEST = 3  # questions that are named
UNDERSTOOD = 0.85  # a share of the points from which a question is not named as not understood
WEAK = 0.2  # below it a question hardly tells strong from weak students


@dataclass(frozen=True)
class ToDo:
    """Something left to do: what, how much of it, and how."""

    what: str
    how: str = ""


@dataclass(frozen=True)
class Summary:
    """The sentences."""

    # graded, points: plain sentences on how many are graded and what they have
    graded: str
    points: str
    hard: tuple[QuestionResult, ...]  # what the class did not understand, the hardest first
    todo: tuple[ToDo, ...]  # what is left to do


def sum_up(result: ClassResult) -> Summary:
    """Return the summary of an assignment."""
    graded = (
        f"{len(result.graded)} of {write_count(result.submissions, 'submission')} "
        f"{'is' if len(result.graded) == 1 else 'are'} graded."
    )
    if result.missing:
        graded += f" {write_count(len(result.missing), 'student')} handed in nothing."
    return Summary(graded, _say_points(result), _hard_questions(result), _list_todo(result))


def _say_points(result: ClassResult) -> str:
    """Return what the class has, in a sentence."""
    spread = result.spread
    if spread.mean is None or spread.median is None:
        return "There are no points yet."
    share = write_percent(spread.mean / spread.maximum)
    text = (
        f"Mean {write_number(round(spread.mean, 1))} of {write_number(spread.maximum)} points "
        f"({share}), median {write_number(round(spread.median, 1))}."
    )
    if result.left_out:
        rest, names = result.report.maximum - spread.maximum, write_list(result.left_out, 3)
        waits = "point of {} waits" if rest == 1 else "points of {} wait"
        text += f" The {write_number(rest)} {waits.format(names)} for your hand."
    return text


def _hard_questions(result: ClassResult) -> tuple[QuestionResult, ...]:
    """Return the questions with the smallest share of points."""
    known = [q for q in result.questions if q.difficulty.value is not None]
    known = [q for q in known if (q.difficulty.value or 0.0) < UNDERSTOOD]
    return tuple(sorted(known, key=lambda q: (q.difficulty.value or 0.0, q.name))[:HARDEST])


def _list_todo(result: ClassResult) -> tuple[ToDo, ...]:
    """Return what is left to do."""
    todo = []
    answers = sum(result.waiting.values())
    if answers:
        where = f"Nbgrader → Formgrader → Manual Grading → {result.assignment}"
        todo.append(ToDo(f"Grade {write_count(answers, 'written answer')} by hand", where))
    again = sum(q.look_again for s in result.graded for q in s.questions)
    if again:
        text = f"Look again at {write_count(again, 'hand grade')} of an earlier submission"
        todo.append(ToDo(text, "the text may have changed since"))
    # With a reason a new file is needed; without one it only waits to be graded.
    told = sum(bool(fault) for fault in result.faults.values())
    if told:
        what = f"Ask {write_count(told, 'student')} to hand in again: the file cannot be graded"
        todo.append(ToDo(what, "the reasons are below"))
    if len(result.faults) > told:
        amount = write_count(len(result.faults) - told, "submission")
        todo.append(ToDo(f"Grade {amount}", f"course grade {result.assignment}"))
    return tuple(todo)


def html_page(
    results: Sequence[ClassResult],
    course_id: str,
    now: datetime | None = None,
    zone: tzinfo = UTC,
) -> str:
    """Return the page as HTML.

    Args:
        results: the assignments, in the order of the page.
        course_id: the course's name.
        now: when the page is written (default: now).
        zone: the course's time zone.
    """
    environment = Environment(
        loader=PackageLoader("course.desk.report"),
        # Names and answers are anybody's.
        autoescape=True,
        # A name that is misspelled in a template fails in a test, and leaves no gap on a page.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        count=write_count,
        id=_safe_id,
        place="{:.1f}".format,
        duration=write_duration,
        listed=write_list,
        moment=partial(write_moment, zone=zone),
        number=write_number,
        percent=write_percent,
        signed=write_signed,
    )
    environment.filters["verdict"] = describe_quality
    environment.globals["unknown_times"] = say_unknown_times
    now = now or datetime.now(UTC)
    page = environment.get_template("report.html").render(
        sections=[
            {"number": number, "result": one, "summary": sum_up(one)}
            for number, one in enumerate(results, start=1)
        ],
        course_id=course_id,
        written=write_moment(now.astimezone(UTC), zone),
        columns=[column for column in COLUMNS if column.shown],
        kinds=KINDS,
        few_students=FEW_STUDENTS,
        few_questions=FEW_QUESTIONS,
        steps=[f"{low} to {low + 10} %" for low in range(0, 100, 10)],
    )
    return page + "\n"


def describe_quality(question: QuestionResult) -> str:
    """Return in words what difficulty and discrimination together say of a question."""
    share, relation = question.difficulty.value, question.discrimination.value
    if share is None:
        return question.difficulty.reason
    how = "easy" if share >= EASY else "hard" if share < HARD else "medium"
    if relation is None:
        return f"{how}; {question.discrimination.reason}"
    if question.discrimination.n < FEW:
        return f"{how}; too few students to say how it goes with the rest"
    if relation < 0:
        return f"{how}; those who do better elsewhere do worse here: check the key"
    if relation < WEAK:
        return f"{how}; tells little about the rest"
    return how


def _safe_id(name: str) -> str:
    """Return a name that can be part of an id in HTML."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in name)
