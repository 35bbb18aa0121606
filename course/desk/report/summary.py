"""What an instructor should know in a minute: a few sentences on an assignment."""

from dataclasses import dataclass

from course.desk.report.classdata import ClassResult, QuestionResult
from course.desk.words import write_count, write_list, write_number, write_percent

HARDEST = 3  # questions that are named
UNDERSTOOD = 0.85  # a share of the points from which a question is not named as not understood


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
