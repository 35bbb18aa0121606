"""The command `course check`: it proves the key of an assignment by grading as a class is graded.

Graded are the model answers, the untouched student version, and every right and wrong answer that
is listed. What students receive is searched for what only solutions and keys hold.
"""

import re
import tempfile
import tomllib
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from course.desk.authoring.begin import examples_of, list_path
from course.desk.commands.context import console, open_course
from course.desk.keys.ledger import require_fresh_key
from course.desk.modelanswers import BOTH, MODEL, grade_desks, read_model
from course.desk.report.grades import QuestionGrade, StudentGrade
from course.desk.soundsource import require_sound_source
from course.errors import CourseError
from course.grader.coursedir import Course, read_source
from course.grader.faults import write_remarks

NEAR = 0.006  # points: what is listed has two decimals
LEAST = 12  # letters of a line that is looked for: shorter ones stand anywhere


@dataclass(frozen=True)
class _Listed:
    """A listed answer: its question, "right" or "wrong", its number, what it has to earn."""

    question: str
    side: str
    number: int
    code: str
    points: float | None
    says: str

    def find_fault(self, grade: QuestionGrade) -> str:
        """Say what it earned, or what was said of it, that is not what is listed; else ""."""
        where = f"{self.question}, {self.side} answer {self.number} ({_shorten(self.code)})"
        wanted = grade.maximum if self.points is None else self.points
        said = " ".join(grade.verdict.lines)
        if self.points is not None and wanted >= grade.maximum:
            return f"{where}: it is listed as wrong, with all {wanted:g} points"
        if grade.points is None or abs(grade.points - wanted) > NEAR:
            return f"{where}: it gets {grade.points or 0:g} points, not {wanted:g}: {said}"
        if self.says not in said:
            return f"{where}: what is said of it lacks “{self.says}”: {said}"
        return ""


def check(options: Namespace) -> int:
    """Say what an assignment lacks, and prove its key; 0 where nothing is to mend.

    Nothing in the course is changed.

    Raises:
        CourseError: a notebook, or the list of answers, cannot be read or graded.
    """
    course, assignment = open_course(), options.assignment
    require_sound_source(course, course.require_assignment(assignment))
    require_fresh_key(course.root, assignment)
    listed = _read_list(course, assignment)
    desks = _share_out(listed)
    with tempfile.TemporaryDirectory(prefix="backyard-proof-") as folder:
        graded = grade_desks(course, assignment, {**BOTH, **_codes_of(desks)}, Path(folder))
        model = read_model(graded, Path(folder) / "autograded" / MODEL / assignment)
        leaks = _find_leaks(course, assignment, Path(folder) / "release" / assignment)
    # Where the key does not fit its own model answer, nothing follows from what others earn.
    broken = {name for name, _ in model.slips}
    doubtful = [one for one, _ in _compare(desks, graded) if one.question not in broken]
    wrong = _retry(course, assignment, doubtful)
    held = {
        model.earned: model.slips,
        "a notebook that nobody touched earns 0": model.given_away,
        f"{len(listed)} listed answers get what is listed": wrong or broken or not listed,
        "nothing of a solution or key was found in what students receive": leaks,
    }
    faults = [f"{line}: what stands below may fail for that" for line in model.stopped]
    faults += [f"{name}: the model answer loses points: {text}" for name, text in model.slips]
    faults += [f"{name}: a notebook that nobody touched gets points" for name in model.given_away]
    faults += [*wrong, *leaks]
    missing = write_remarks(_find_missing(course, assignment, listed))
    for title, lines in (
        ("The key holds:", [line for line, against in held.items() if not against]),
        ("To fix:", faults),
        ("Still missing:", missing),
    ):
        if lines:
            console.print(title)
            console.say(*(f"  {line}" for line in lines))
    again = f"fix it, save, and run this again: course check {assignment}"
    console.print(again if faults else f"Next: course release {assignment}")
    return 1 if faults else 0


def _read_list(course: Course, assignment: str) -> list[_Listed]:
    """Return the listed answers; none where there is no list."""
    path = list_path(course.root, assignment)
    if not path.is_file():
        return []
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        return [
            _Listed(
                question,
                side,
                number,
                str(entry["code"]).strip("\n"),
                float(entry["points"]) if side == "wrong" else None,
                str(entry["says"]) if side == "wrong" else "",
            )
            for question, sides in content.items()
            for side in ("right", "wrong")
            for number, entry in enumerate(sides.get(side, ()), start=1)
        ]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        missing = isinstance(error, KeyError)
        raise CourseError(
            where=str(path),
            expected="lists of right answers (code) and wrong ones (code, points, says)",
            found=f"an answer without {error}" if missing else str(error),
            todo="texts stand in quotation marks; compare it with the example of `course new`",
        ) from error


def _share_out(listed: Sequence[_Listed]) -> dict[str, list[_Listed]]:
    """Put the first right answer to every question into one hand-in, and so on; by a name."""
    rows: dict[tuple[str, str], list[_Listed]] = {}
    for one in listed:
        rows.setdefault((one.side, one.question), []).append(one)
    desks = {}
    for side in ("right", "wrong"):
        lists = [row for (which, _), row in rows.items() if which == side]
        for number, desk in enumerate(zip_longest(*lists), start=1):
            desks[f"{side}-{number}"] = [one for one in desk if one]
    return desks


def _codes_of(desks: Mapping[str, Sequence[_Listed]]) -> dict[str, dict[str, str]]:
    """Return the code for each question, by hand-in."""
    return {name: {one.question: one.code for one in desk} for name, desk in desks.items()}


def _compare(
    desks: Mapping[str, Sequence[_Listed]], graded: Mapping[str, StudentGrade]
) -> Iterator[tuple[_Listed, str]]:
    """Yield the answers that were not graded as listed, and why."""
    for name, desk in desks.items():
        grades = {grade.question: grade for grade in graded[name].questions}
        for one in desk:
            if one.question not in grades:
                yield one, f"{one.question} is listed, but there is no such question"
            elif fault := one.find_fault(grades[one.question]):
                yield one, fault


def _retry(course: Course, assignment: str, doubtful: Sequence[_Listed]) -> list[str]:
    """Grade answers again, each alone; return what is not as listed.

    In one hand-in with others, an answer may follow from a wrong one to an earlier question.
    """
    desks = {f"alone-{number}": [one] for number, one in enumerate(doubtful)}
    if not desks:
        return []
    with tempfile.TemporaryDirectory(prefix="backyard-proof-") as folder:
        graded = grade_desks(course, assignment, _codes_of(desks), Path(folder))
    return [fault for _, fault in _compare(desks, graded)]


def _find_leaks(course: Course, assignment: str, release: Path) -> list[str]:
    """Say where in the student version a line of a solution or a key stands."""
    texts, shown = {}, set[str]()
    for path in sorted(path for path in release.rglob("*") if path.is_file()):
        if path.suffix == ".ipynb":
            cells = read_source(path)["cells"]
            shown |= {line.strip() for c in cells for line in "".join(c["source"]).splitlines()}
        else:
            texts[path.relative_to(release)] = path.read_text("utf-8", errors="replace")
    found = []
    for question, line, is_answer in _secret_lines(course, assignment):
        places = [str(name) for name, text in texts.items() if line in text]
        places += ["another cell of the notebook"] if is_answer and line in shown else []
        found += [f"{question}: “{_shorten(line)}” can be read in {place}" for place in places]
    return list(dict.fromkeys(found))


_SECRET = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END \1", re.S)
_ANSWERS = re.compile(r"[A-Za-z_]\w*(?:\.value)? = ")


def _secret_lines(course: Course, assignment: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the lines of solutions and keys: the cell, the line, whether it gives the answer."""
    for nb in course.read_sources(assignment).values():
        for cell in nb["cells"]:
            tag = cell["metadata"].get("nbgrader") or {}
            for kind, text in _SECRET.findall("".join(cell["source"])):
                for line in map(str.strip, text.splitlines()):
                    if len(line) >= LEAST and "import" not in line:
                        answer = kind == "SOLUTION" and bool(_ANSWERS.match(line))
                        yield str(tag.get("grade_id")), line, answer


def _find_missing(
    course: Course, assignment: str, listed: Sequence[_Listed]
) -> Iterator[tuple[str, str]]:
    """Yield what is still to be written, as pairs of question and sentence."""
    file = list_path(course.root, assignment).relative_to(course.root)
    for nb in course.read_sources(assignment).values():
        cells = nb["cells"]
        checks = {
            str(tag["grade_id"]): not tag.get("solution")
            for cell in cells
            if (tag := cell["metadata"].get("nbgrader") or {}).get("grade")
        }
        sources = ["".join(cell["source"]) for cell in cells]
        for question, checked in checks.items():
            if not any(f"Question {question} " in source for source in sources):
                yield question, "no text has its line `> **Question … · answer: …**`"
            if examples_of(assignment, [question]) & set(sources):
                yield question, "still the example: write your own"
            for side in ("right", "wrong") if checked else ():
                if not any(one.question == question and one.side == side for one in listed):
                    yield question, f"no {side} answer is listed in {file}"


def _shorten(code: str) -> str:
    """Return the beginning of a code in one line."""
    line = " ".join(code.split())
    return line if len(line) <= 60 else f"{line[:60]}…"
