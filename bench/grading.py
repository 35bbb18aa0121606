"""How fast a class is graded: `make bench`, or `python -m bench.grading --size 50`.

Everything is measured in one run on one machine and told as ratios: nbgrader as it comes, this
project's engine with everything on, and the limit (see `bench.limit`).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
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
GOALS = {
    "times stock, 2 workers": (12.0, "at least"),
    "times the limit, 1 worker": (2.0, "at most"),
    "times the limit, 2 workers": (2.0, "at most"),
    "memory, GiB": (1.5, "at most"),
    "course --help, seconds": (0.3, "at most"),
    "1,000 against 50, time a submission": (1.1, "at most"),
}


@dataclass
class Results:
    """What was measured, as lines of a table."""

    lines: list[tuple[str, float, str]] = field(default_factory=list)

    def add(self, name: str, value: float, note: str = "") -> None:
        """Add a figure and say it at once."""
        goal = ""
        if name in GOALS:
            wanted, word = GOALS[name]
            good = value >= wanted if word == "at least" else value <= wanted
            goal = f"goal: {word} {wanted:g}, {'reached' if good else 'NOT REACHED'}"
        self.lines.append((name, value, goal or note))
        print(f"{name:42} {value:9.3f}  {goal or note}", flush=True)


def main() -> int:
    """Run the benchmark; 0 when all goals were reached."""
    parser = argparse.ArgumentParser(prog="bench.grading", description=__doc__)
    parser.add_argument("--size", type=int, default=200, help="submissions (default: 200)")
    parser.add_argument(
        "--stock",
        type=int,
        default=0,
        help="how many of them stock nbgrader grades (default: all); it takes one after another, "
        "so its time a submission does not depend on how many there are",
    )
    parser.add_argument("--long", type=int, default=1000, help="the large class; 0 leaves it out")
    options = parser.parse_args()
    results = Results()
    with tempfile.TemporaryDirectory(prefix="backyard-bench-") as name:
        _bench(Path(name), options.size, options.stock or options.size, options.long, results)
    missed = [line for line in results.lines if "NOT REACHED" in line[2]]
    print(f"{len(missed)} goals not reached")
    return 1 if missed else 0


def _bench(folder: Path, size: int, stock_size: int, long: int, results: Results) -> None:
    log = folder / "log.txt"
    print(f"a class of {size}, made from the simulated students; seconds a submission:")
    ours = make_class(folder / "ours", size)
    two = _grade(ours, 2, log)
    fresh_points = points(ours)
    table = phases(ours)
    one = _grade(ours, 1, log)
    limits = {workers: _limit(ours, workers) for workers in (1, 2)}
    stock_course = make_class(folder / "stock", stock_size, STOCK)
    stock_run = run(course_command("nbgrader", "autograde", "votes"), stock_course.root, log)
    stock = stock_run.seconds / stock_size
    results.add("stock nbgrader autograde", stock, f"{stock_size} submissions")
    results.add("engine, 1 worker", one.seconds / size)
    results.add("engine, 2 workers", two.seconds / size)
    results.add("the limit, 1 fork at a time", limits[1] / size)
    results.add("the limit, 2 forks at a time", limits[2] / size)
    print("ratios:")
    results.add("times stock, 1 worker", stock / (one.seconds / size))
    results.add("times stock, 2 workers", stock / (two.seconds / size))
    results.add("times the limit, 1 worker", one.seconds / limits[1])
    results.add("times the limit, 2 workers", two.seconds / limits[2])
    results.add("memory, GiB", max(one.memory, two.memory) / 2**30)
    _compare(stock_course, fresh_points, results)
    _start(results)
    print("phases, milliseconds a submission (2 workers):")
    for phase, seconds in sorted(table.items(), key=lambda item: -item[1]):
        results.add(f"  {phase}", 1000 * seconds)
    if long:
        _flat(folder, long, log, results)
    _feedback(ours, size, log, results)


def _grade(course: Course, jobs: int, log: Path) -> Measured:
    command = course_command("course", "grade", "votes", "--force", "--jobs", str(jobs))
    return run(command, course.root, log)


def _limit(course: Course, workers: int) -> float:
    command = [sys.executable, "-m", "bench.limit", str(course.root), str(workers)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return float(done.stdout)


def _compare(stock: Course, ours: dict[str, float], results: Results) -> None:
    """Count the students whose points differ; a wrong result that is fast is worth nothing."""
    theirs = points(stock)
    differ = [name for name in theirs if theirs[name] != ours.get(name)]
    results.add("students whose points differ from stock", len(differ), ", ".join(differ[:5]))


def _start(results: Results) -> None:
    """Measure how long it takes until `course --help` has answered."""
    times = []
    for _ in range(7):
        begin = time.perf_counter()
        subprocess.run(course_command("course", "--help"), stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - begin)
    results.add("course --help, seconds", sorted(times)[3])


def _feedback(course: Course, size: int, log: Path, results: Results) -> None:
    """Measure the making of feedback pages."""
    for jobs in (1, 2):
        command = course_command("course", "feedback", "votes", "--jobs", str(jobs))
        begin = time.perf_counter()
        subprocess.run(command, cwd=course.root, stdout=log.open("ab"), stderr=subprocess.STDOUT)
        seconds = time.perf_counter() - begin
        results.add(f"feedback pages, {jobs} at once, ms each", 1000 * seconds / size)


def _flat(folder: Path, long: int, log: Path, results: Results) -> None:
    """Compare the time a submission in a large class with that in a small one.

    The start of the program is taken out: it is the same for both.
    """
    small, large = make_class(folder / "small", 50), make_class(folder / "large", long)
    nothing = run(course_command("course", "grade", "votes", "--student", "s0000"), small.root, log)
    times = {}
    for course, size in ((small, 50), (large, long)):
        seconds = _grade(course, 2, log).seconds
        times[size] = (seconds - nothing.seconds) / (size - 1)
        results.add(f"a class of {size:,}, ms a submission", 1000 * times[size])
    results.add("1,000 against 50, time a submission", times[long] / times[50])


if __name__ == "__main__":
    sys.exit(main())
