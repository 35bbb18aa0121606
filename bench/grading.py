"""What grading a class costs: `make bench`, or `python -m bench.grading --size 50`.

Seconds that the processor worked (children counted) and seconds on the clock, for the whole way
from submitted/ to feedback pages, report and export: this project with everything on, nbgrader as
it comes, and `otter run`, on the same papers in one run; beside it the start of a command, how
costs grow with the class, and a student's side.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.classroom import ROOT, make_class, phases, points
from bench.measure import Measured, course_command, run
from bench.otter import measure_otter
from bench.student import print_waits
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
    # The same goal on any machine: there, stock took 1.94 seconds a paper.
    "worked: times less than stock, 1 worker": ("at least", 9.7),
    "worked: times less than stock, 2 workers": ("at least", 9.7),
    "clock: times stock, 1 worker": ("at least", 10.0),
    "clock: times stock, 2 workers": ("at least", 20.0),
    "clock: times the limit, 1 worker": ("at most", 1.3),
    "memory, 2 workers, MB": ("at most", 350.0),
    "worked: course grade, nothing to do": ("at most", 1.0),
    "worked: course --help": ("at most", 0.1),
    "clock: 200 feedback pages": ("at most", 10.0),
    "students whose points differ from stock": ("at most", 0.0),
    "worked a paper, largest class against smallest": ("at most", 1.1),
}
STOCK_LOOP = ("nbgrader autograde votes", "nbgrader generate_feedback votes", "nbgrader export")
OUR_LOOP = ("course feedback votes", "course report votes", "course export")
NOTEBOOKS = ("start", "argument", "votes", "timeline", "verdict")
RUN = "import sys, nbformat, nbclient; n = nbformat.read(sys.argv[1], 4); "
RUN += "nbclient.NotebookClient(n, allow_errors=True).execute()"
IMPORT = "from course import data, scoring; scoring.ask"


class Results:
    """Says figures as they come, each with its goal, and counts the goals that were missed."""

    missed = 0
    goals = GOALS

    def say(self, name: str, value: float) -> None:
        """Say one figure."""
        word, wanted = self.goals.get(name, ("", 0.0))
        good = value >= wanted if word == "at least" else value <= wanted
        goal = f"goal: {word} {wanted:g}, {'holds' if good else 'DOES NOT HOLD'}" if word else ""
        self.missed += bool(word) and not good
        print(f"{name:46} {value:9.3f}  {goal}".rstrip(), flush=True)


def main() -> int:
    """Run the benchmark; 0 when all goals were reached."""
    parser = argparse.ArgumentParser(prog="bench.grading", description=__doc__)
    parser.add_argument(
        "--size",
        type=int,
        nargs="+",
        default=[50],
        help="papers (default: 50); goals are the first's",
    )
    parser.add_argument(
        "--growth", type=int, nargs="*", default=[], help="classes of so many, e.g. 50 200 1000"
    )
    options = parser.parse_args()
    results = Results()
    with tempfile.TemporaryDirectory(prefix="backyard-bench-") as name:
        folder = Path(name)
        for size in options.size:
            _measure_loops(folder / f"size-{size}", size, results)
            results.goals = {}
        results.goals = GOALS
        _measure_bare_papers(folder / "bare", options.size[0])
        _measure_growth(folder, options.growth, results)
        _measure_student(folder)
    print(f"{results.missed} goals not reached")
    return 1 if results.missed else 0


def _measure_loops(folder: Path, size: int, results: Results) -> None:
    """Measure a class on its whole way, by each program, and the start of a command."""
    folder.mkdir()
    log = folder / "log.txt"
    ours, again = make_class(folder / "ours", size), make_class(folder / "again", size)
    stock = make_class(folder / "stock", size, STOCK)
    limit = _measure_limit(again)
    print(f"a class of {size}: seconds worked / on the clock")
    (one, *_), all_one = _go_the_way("1 worker", ours, _our_loop(1), log, size)
    (two, *_), all_two = _go_the_way("2 workers", again, _our_loop(2), log, size)
    (theirs, *_), all_stock = _go_the_way("nbgrader", stock, STOCK_LOOP, log, size)
    otter = measure_otter(make_class(folder / "otter", size), log)
    _say_used("otter run, points and no pages", otter, size)
    none = run(course_command("course", "grade", "votes"), again.root, log)
    start = run(course_command("course", "--help"), again.root, log)
    print("goals:" if results.goals else "in figures:")
    results.say("worked a paper, 1 worker", one.worked / size)
    results.say("worked a paper, 2 workers", two.worked / size)
    results.say("worked: times less than stock, 1 worker", theirs.worked / one.worked)
    results.say("worked: times less than stock, 2 workers", theirs.worked / two.worked)
    results.say("clock: times stock, 1 worker", theirs.seconds / one.seconds)
    results.say("clock: times stock, 2 workers", theirs.seconds / two.seconds)
    results.say("clock: times the limit, 1 worker", one.seconds / limit)
    results.say("memory, 2 workers, MB", max(two.memory, all_two.memory) / 1e6)
    results.say("worked: course grade, nothing to do", none.worked)
    results.say("worked: course --help", start.worked)
    mine, his = points(again), points(stock)
    results.say("students whose points differ from stock", sum(mine[n] != his[n] for n in his))
    print("the whole way, so many times less than:")
    for name, other in (("nbgrader", all_stock), ("otter run", otter)):
        results.say(f"  {name}, worked, 1 worker", other.worked / all_one.worked)
        results.say(f"  {name}, clock, 1 worker", other.seconds / all_one.seconds)
        results.say(f"  {name}, clock, 2 workers", other.seconds / all_two.seconds)
    print("phases of grading with 2 workers, milliseconds on the clock a paper:")
    for phase, seconds in sorted(phases(again).items(), key=lambda item: -item[1]):
        results.say(f"  {phase}", 1000 * seconds)


def _measure_bare_papers(folder: Path, size: int) -> None:
    """Measure a class whose notebooks were handed in without outputs, so that figures are drawn."""
    course = make_class(folder, size, outputs=False)
    print(f"a class of {size} without outputs:")
    _go_the_way("2 workers", course, _our_loop(2), folder / "log.txt", size)


def _our_loop(jobs: int) -> tuple[str, ...]:
    return (f"course grade votes --jobs {jobs}", *OUR_LOOP)


def _go_the_way(
    name: str, course: Course, commands: Sequence[str], log: Path, size: int
) -> tuple[list[Measured], Measured]:
    """Run the commands of a whole way; return what each used, and all together."""
    used = [run(course_command(*command.split()), course.root, log) for command in commands]
    together = Measured(
        sum(one.seconds for one in used),
        sum(one.worked for one in used),
        max(one.memory for one in used),
    )
    for command, one in zip(commands, used, strict=True):
        _say_used(f"  {command}", one, size)
    _say_used(f"{name}, together", together, size)
    return used, together


def _say_used(name: str, used: Measured, size: int = 1) -> None:
    """Say what a command used, and what that is for each paper."""
    each = f"  a paper {used.worked / size:6.3f} / {used.seconds / size:6.3f}" if size > 1 else ""
    print(f"{name:46} {used.worked:9.2f} / {used.seconds:7.2f} s{each}", flush=True)


def _measure_limit(course: Course) -> float:
    """Return the seconds that the bare cells of a class take, one paper after the other."""
    command = [sys.executable, "-m", "bench.limit", str(course.root)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return float(done.stdout)


def _measure_growth(folder: Path, sizes: Sequence[int], results: Results) -> None:
    """Measure the whole way of classes of several sizes, with two workers."""
    each = []
    for size in sizes:
        course = make_class(folder / f"class-{size}", size)
        print(f"a class of {size}:")
        used, _ = _go_the_way("2 workers", course, _our_loop(2), folder / "log.txt", size)
        each.append(used[0].worked / size)
        if size == 200:
            results.say("clock: 200 feedback pages", used[1].seconds)
    if len(each) > 1:
        results.say("worked a paper, largest class against smallest", each[-1] / each[0])


def _measure_student(folder: Path) -> None:
    """Measure what a student waits for, without a browser and in one."""
    log, python = folder / "log.txt", course_command("python", "-c")
    print("a student: seconds worked / on the clock")
    _say_used("  import of the course", run([*python, IMPORT], folder, log))
    for name in NOTEBOOKS:
        notebook = str(ROOT / f"release/{name}/{name}.ipynb")
        _say_used(f"  all cells of {name}", run([*python, RUN, notebook], folder, log))
    (folder / "student").mkdir()
    print_waits(folder / "student")


if __name__ == "__main__":
    sys.exit(main())
