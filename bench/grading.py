"""What grading a class costs: `make bench`, or `python -m bench.grading --size 200`.

Seconds of the processor, those on the clock beside them, for the whole way from submitted/ to
feedback pages, report and export: nbgrader as it comes, and this project's engine with everything
on, on the same papers in one run; with it the start of a command, and a student's side.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.classroom import ROOT, make_class, phases, points
from bench.measure import Measured, course_command, run
from course.grader.coursedir import Course

STOCK = """
from pathlib import Path

from course.desk.points import WritePoints

c = get_config()
here = Path(__file__).resolve().parent
c.CourseDirectory.root = str(here)
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.db_url = f"sqlite:///{here / 'gradebook.db'}"
c.ClearSolutions.code_stub = {"python": ""}
c.GenerateAssignment.preprocessors.prepend([WritePoints])
"""
GOALS = {  # what is wanted of a figure; the first word says which way
    "worked a paper, 1 worker": ("at most", 0.20),
    "worked a paper, 2 workers": ("at most", 0.20),
    "clock: times stock, 1 worker": ("at least", 10.0),
    "clock: times stock, 2 workers": ("at least", 20.0),
    "memory, 2 workers, MB": ("at most", 350.0),
    "worked: course grade, nothing to do": ("at most", 1.0),
    "worked: course --help": ("at most", 0.1),
    "clock: 200 feedback pages": ("at most", 10.0),
    "students whose points differ from stock": ("at most", 0.0),
    "worked a paper, large class against this one": ("at most", 1.1),
}
NOTEBOOKS = ("start", "argument", "votes", "timeline", "verdict")
RUN = "import sys, nbformat, nbclient; n = nbformat.read(sys.argv[1], 4); "
RUN += "nbclient.NotebookClient(n, allow_errors=True).execute()"


class Results:
    """Says figures as they come, each with its goal, and counts the goals that were missed."""

    missed = 0

    def say(self, name: str, value: float) -> None:
        """Say one figure."""
        word, wanted = GOALS.get(name, ("", 0.0))
        good = value >= wanted if word == "at least" else value <= wanted
        goal = f"goal: {word} {wanted:g}, {'reached' if good else 'NOT REACHED'}" if word else ""
        self.missed += bool(word) and not good
        print(f"{name:46} {value:9.3f}  {goal}".rstrip(), flush=True)

    def say_used(self, name: str, used: Measured, size: int = 1) -> None:
        """Say what a command used, and what that is for each paper."""
        worked, clock = used.worked, used.seconds
        each = f"  a paper {worked / size:6.3f} / {clock / size:6.3f}" if size > 1 else ""
        print(f"{name:46} {worked:9.2f} / {clock:7.2f} s{each}", flush=True)


def main() -> int:
    """Run the benchmark; 0 when all goals were reached."""
    parser = argparse.ArgumentParser(prog="bench.grading", description=__doc__)
    parser.add_argument("--size", type=int, default=50, help="papers (default: 50)")
    parser.add_argument("--large", type=int, default=0, help="also a class of so many, e.g. 1000")
    options = parser.parse_args()
    results = Results()
    with tempfile.TemporaryDirectory(prefix="backyard-bench-") as name:
        _measure_all(Path(name), options.size, options.large, results)
    print(f"{results.missed} goals not reached")
    return 1 if results.missed else 0


def _measure_all(folder: Path, size: int, large: int, results: Results) -> None:
    """Measure a class on its whole way, a student's side, and the start of a command."""
    log = folder / "log.txt"
    ours = make_class(folder / "ours", size)
    stock = make_class(folder / "stock", size, STOCK)
    print(f"a class of {size}: seconds worked / on the clock")
    grade = ("course", "grade", "votes")
    one = _run(results, "course grade, 1 worker", ours, (*grade, "--jobs", "1"), log, size)
    two = _run(results, "course grade, 2 workers", ours, (*grade, "--force", "--jobs=2"), log, size)
    took = phases(ours)
    none = _run(results, "course grade, nothing to do", ours, grade, log)
    pages = _run(results, "course feedback", ours, ("course", "feedback", "votes"), log, size)
    _run(results, "course report", ours, ("course", "report", "votes"), log)
    _run(results, "course export", ours, ("course", "export"), log)
    theirs = _run(
        results, "nbgrader autograde", stock, ("nbgrader", "autograde", "votes"), log, size
    )
    words = ("nbgrader", "generate_feedback", "votes")
    _run(results, "nbgrader generate_feedback", stock, words, log, size)
    _run(results, "nbgrader export", stock, ("nbgrader", "export"), log)
    start = _run(results, "course --help", ours, ("course", "--help"), log)
    for name in NOTEBOOKS:
        notebook = str(ROOT / f"release/{name}/{name}.ipynb")
        _run(results, f"a student runs all of {name}", ours, ("python", "-c", RUN, notebook), log)
    _run(
        results,
        "a student imports the course",
        ours,
        ("python", "-c", "from course import data, scoring; scoring.ask"),
        log,
    )
    print("goals:")
    results.say("worked a paper, 1 worker", one.worked / size)
    results.say("worked a paper, 2 workers", two.worked / size)
    results.say("clock: times stock, 1 worker", theirs.seconds / one.seconds)
    results.say("clock: times stock, 2 workers", theirs.seconds / two.seconds)
    results.say("memory, 2 workers, MB", two.memory / 1e6)
    results.say("worked: course grade, nothing to do", none.worked)
    results.say("worked: course --help", start.worked)
    results.say("clock: 200 feedback pages", pages.seconds * 200 / size)
    mine, his = points(ours), points(stock)
    results.say("students whose points differ from stock", sum(mine[n] != his[n] for n in his))
    print("phases with 2 workers, milliseconds on the clock a paper:")
    for phase, seconds in sorted(took.items(), key=lambda item: -item[1]):
        results.say(f"  {phase}", 1000 * seconds)
    if large:
        many = make_class(folder / "large", large)
        used = _run(results, f"a class of {large}", many, (*grade, "--jobs", "2"), log, large)
        ratio = (used.worked / large) / (two.worked / size)
        results.say("worked a paper, large class against this one", ratio)


def _run(
    results: Results, name: str, course: Course, words: tuple[str, ...], log: Path, size: int = 1
) -> Measured:
    """Run a command in a course, say what it used, and return it."""
    used = run(course_command(*words), course.root, log)
    results.say_used(name, used, size)
    return used


if __name__ == "__main__":
    sys.exit(main())
