"""Makes the report as one HTML page that needs nothing else."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from course.desk import words
from course.desk.deadlines.clock import write_moment
from course.desk.deadlines.telling import say_unknown_times
from course.desk.report.classdata import ClassResult, QuestionResult
from course.desk.report.columns import COLUMNS
from course.desk.report.statistics import FEW_QUESTIONS, FEW_STUDENTS
from course.desk.report.summary import sum_up

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
WEAK = 0.2  # below it a question hardly tells strong from weak students


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
        count=words.write_count,
        id=_safe_id,
        place="{:.1f}".format,
        duration=words.write_duration,
        listed=words.write_list,
        moment=partial(write_moment, zone=zone),
        number=words.write_number,
        percent=words.write_percent,
        signed=words.write_signed,
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
