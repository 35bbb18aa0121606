"""The command `course regrade`: shows by question, reason and student, asks, applies."""

from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from rich.table import Table

from course.desk.classlist.people import read_names
from course.desk.commands.context import console, open_course
from course.desk.regrade.changes import Changes, QuestionChange, StudentChange
from course.desk.regrade.plan import Plan, finish_leftovers, plan_regrade
from course.desk.report.terminal import add_people
from course.desk.screen import make_bar
from course.desk.words import write_count, write_number
from course.errors import CourseError


def regrade(options: Namespace) -> int:
    """Show what the keys in source/ would change; write it when that is agreed to."""
    course, assignment, student = open_course(), options.assignment, options.student
    if options.apply and (student or options.dry_run):
        raise CourseError(
            where="course regrade",
            expected="--apply for the whole class, or --dry-run, or --student to look at one",
            found="--apply together with " + ("--student" if student else "--dry-run"),
            todo="leave one out; a new key holds for everybody",
        )
    if finish_leftovers(course, assignment):
        console.print("An earlier run that was stopped half way came to its end.")
    progress = make_bar("grading again", transient=True, disable=not console.is_terminal)
    told = partial(progress.update, progress.add_task("grading again", total=None))
    with (
        progress,
        plan_regrade(course, assignment, student=student, jobs=options.jobs, told=told) as plan,
    ):
        progress.stop()
        _say_changes(plan.changes, read_names(course), student=student)
        looks_only = student or options.dry_run
        if not looks_only:
            _require_checks_that_run(plan)
        if looks_only or not (options.apply or _ask_yes()):
            console.print("Nothing was written.")
            return 0
        outcomes = list(plan.apply(course))
        console.print(f"{len(outcomes)} grades written.", highlight=False)
        console.print(f"The feedback pages are those of before: course feedback {assignment}")
    return 0


def _require_checks_that_run(plan: Plan) -> None:
    """Raise when a check fails for everybody: that is no matter of answers."""
    names = plan.changes.broken_checks()
    if names:
        raise CourseError(
            where=f"source/{plan.changes.assignment}: the check of {', '.join(names)}",
            expected="a check that runs",
            found=f"an error for all {len(plan.changes.students)} students; nothing was written",
            todo="fix the check (the error is above), then run this again",
        )


def _ask_yes() -> bool:
    """Ask; no answer is a no."""
    try:
        return input("Apply this? [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        print()
        return False


def _say_changes(changes: Changes, names: Mapping[str, str], *, student: str | None = None) -> None:
    """Print what would change; nothing is written yet."""
    _say_source(changes)
    moved = [s for s in changes.students.values() if s.difference]
    if any(q.counts for q in changes.questions()):
        console.print(_questions_table(changes))
        _say_reasons(changes)
    if moved:
        console.print(_students_table(moved, names))
    console.say(*_caution_lines(changes), *_summary_lines(changes, moved))
    if student is not None:
        _say_words(changes)


def _say_source(changes: Changes) -> None:
    """Say what differs in source/, and what is graded again."""
    who = f"{changes.assignment}: {write_count(len(changes.students), 'student')} graded again"
    lines = [f"{who} by the keys in source/. Nothing is written yet."]
    if changes.cells:
        lines.append("Changed since the class was graded: " + ", ".join(changes.cells))
    else:
        lines.append("The gradebook holds these questions and keys already.")
    console.say(*lines)


def _questions_table(changes: Changes) -> Table:
    """Return the table of questions: who gains, who loses, and the mean before and after."""
    table = Table(title="by question", title_justify="left")
    for name in ("question", "gain", "lose", "points in all", "of points"):
        table.add_column(name, justify="left" if name == "question" else "right", no_wrap=True)
    for name, found in _by_question(changes).items():
        counting = [q for q in found if q.counts]
        if not counting:
            continue
        one = counting[0]
        maximum = write_number(one.maximum_after)
        if one.maximum_before != one.maximum_after:
            maximum = f"{write_number(one.maximum_before)} → {maximum}"
        table.add_row(
            name,
            str(sum(q.difference > 0 for q in counting)),
            str(sum(q.difference < 0 for q in counting)),
            _write_signed(sum(q.difference for q in counting)),
            maximum,
        )
    return table


def _by_question(changes: Changes) -> dict[str, list[QuestionChange]]:
    found: dict[str, list[QuestionChange]] = defaultdict(list)
    for change in changes.questions():
        found[change.question].append(change)
    return found


def _say_reasons(changes: Changes) -> None:
    """Say, for each question, who moves from where to where, and what is said instead of what."""
    for name, found in _by_question(changes).items():
        groups: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for q in found:
            if q.before != q.after:
                groups[q.before, q.after, q.gone, q.come].append(q.student)
        # The largest first, then by the first student.
        order = sorted(groups.items(), key=lambda group: (-len(group[1]), group[1][0]))
        for (before, after, gone, come), students in order:
            move = f"{write_number(before, 'by hand')} → {write_number(after, 'by hand')}"
            who = f"{name}  {move}  {write_count(len(students), 'student')}: {', '.join(students)}"
            console.say(who, *_word_lines(gone, come))


def _word_lines(gone: Iterable[str], come: Iterable[str]) -> Iterator[str]:
    """Yield what was said of an answer, and what is said of it now."""
    yield from (f"    before: {line}" for line in gone)
    yield from (f"    now:    {line}" for line in come)


def _students_table(moved: list[StudentChange], names: Mapping[str, str]) -> Table:
    """Return the table of students whose total changes."""
    table = Table(title="by student", title_justify="left")
    shown = add_people(table, names)
    for name in ("before", "after", "change"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("where")
    for one in sorted(moved, key=lambda s: s.student):
        places = [
            f"{q.question} {_write_signed(q.difference)}" for q in one.questions if q.difference
        ]
        if one.penalty_before != one.penalty_after:
            places.append(f"late {_write_signed(one.penalty_before - one.penalty_after)}")
        if one.anew:
            places.append("(submitted again since)")
        table.add_row(
            *shown(one.student),
            write_number(one.before),
            write_number(one.after),
            _write_signed(one.difference),
            ", ".join(places),
        )
    return table


def _summary_lines(changes: Changes, moved: list[StudentChange]) -> Iterator[str]:
    """Yield the lines that stand below the tables."""
    gain = sum(s.difference > 0 for s in moved)
    lose = sum(s.difference < 0 for s in moved)
    rest = len(changes.students) - gain - lose
    total = _write_signed(sum(s.difference for s in moved))
    yield f"{gain} gain, {lose} lose, {rest} keep their points; {total} points in all."
    words = sum(not q.counts and bool(q.gone or q.come) for q in changes.questions())
    if words:
        yield f"In {write_count(words, 'answer')} only the words change, not the points."
    if hand := sum(s.hand for s in changes.students.values()):
        grades = write_count(hand, "grade given by hand stays", "grades given by hand stay")
        yield f"{grades}, and all comments."
    if changes.release:
        yield (f"release/{changes.assignment} is not in step with source/: applying makes it anew.")
    if changes.exchange:
        yield (
            "Students fetch another version from the exchange: "
            f"course release {changes.assignment} --force"
        )
    if changes.ungraded:
        count = len(changes.ungraded)
        yield f"{count} handed in and not graded yet: course grade {changes.assignment}"


def _caution_lines(changes: Changes) -> Iterator[str]:
    """Yield what to look at before agreeing."""
    for name, found in _by_question(changes).items():
        broken = [q for q in found if q.broken]
        if broken:
            yield (
                f"LOOK AT {name}: the check itself fails for {write_count(len(broken), 'student')} "
                f"of {len(changes.students)} ({broken[0].broken})"
            )
        kept = [q.student for q in found if q.hand and q.maximum_before != q.maximum_after]
        if kept:
            yield (
                f"LOOK AT {name}: its points change, those given by hand stay, and the "
                f"formgrader asks for them again: {', '.join(kept)}"
            )
    for student in changes.students.values():
        if student.failure is not None:
            yield f"{student.student} keeps the old grade: {student.failure}"


def _say_words(changes: Changes) -> None:
    """Say which words change where the points do not."""
    for q in changes.questions():
        if not q.counts:
            console.print(f"{q.question}  {write_number(q.after, 'by hand')} as before")
            console.say(*_word_lines(q.gone, q.come))


def _write_signed(value: float) -> str:
    value = round(value, 2)
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{write_number(abs(value))}"
