"""Measures how long two hostile submissions hold up a class of ten.

    python -m bench.heldup [--only PATTERN] [--jobs N]

A class of ten honest students is graded, then, for each case of the corpus, one of eight with two
copies of the case. Two copies may take their own limits, and no more: with them the class has to be
graded in those and 1.3 times what it takes without.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace

from course.grader.coursedir import Course
from course.grader.run.autograde import GRACE
from course.grader.run.task import seconds_allowed
from tests.hostile_tools.cases import HostileCase, load_corpus
from tests.hostile_tools.grade import read_outcomes
from tests.hostile_tools.supervise import supervise
from tests.hostile_tools.world import ASSIGNMENT, HONEST_RIGHT, World

CLASS, HOSTILE = 10, 2
SLACK = 1.3
CELL_SECONDS = 8
FLOOD_MB = 120
RUN_SECONDS = 600.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each case and print a line for it."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.heldup",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", default="", help="a pattern that a case's name has to match")
    parser.add_argument("--jobs", type=int, default=2, help="how many submissions at once")
    options = parser.parse_args(arguments)
    cases = [c for c in load_corpus() if re.search(options.only, c.name) and not c.rung]
    without, limit = grade_class_with(None, options.jobs)
    print(f"ten honest students: {without:.1f} s; a submission may take {limit:g} s", flush=True)
    slow = []
    for case in cases:
        seconds, _ = grade_class_with(case, options.jobs)
        most = HOSTILE * limit / min(options.jobs, HOSTILE) + SLACK * without
        if seconds > most:
            slow.append(case.name)
        print(f"{case.name:36} {seconds:6.1f} s  (at most {most:.1f})", flush=True)
    print(f"{len(cases)} cases, {len(slow)} hold the class longer: {', '.join(slow) or '-'}")


def grade_class_with(case: HostileCase | None, jobs: int) -> tuple[float, float]:
    """Grade a class of ten, two of it hostile where a case is given.

    Returns:
        The seconds that it took, and those that one submission may take.
    """
    world = World("project", cell_seconds=CELL_SECONDS, flood_mb=FLOOD_MB)
    try:
        names = [f"{case.name}-{number}" for number in range(HOSTILE)] if case else []
        for name in names:
            world.add(replace(case, name=name, student=name))
        right = world.course / "submitted" / HONEST_RIGHT
        for number in range(CLASS - 2 - len(names)):  # beside the two that every world has
            shutil.copytree(right, right.with_name(f"honest-{number}"))
        result = world.base / "outcomes.jsonl"
        command = [sys.executable, "-m", "tests.hostile_tools.grade", str(world.course)]
        supervise(
            [*command, ASSIGNMENT, str(jobs), str(result)],
            seconds=RUN_SECONDS,
            cwd=world.course,
            env=world.environment(),
            scratch=world.base,
        )
        done = [line["at"] for line in read_outcomes(result) if line.get("done") == "grading"]
        limit = seconds_allowed(Course(world.course).config) + GRACE
        return (done[0] if done else float("inf")), limit
    finally:
        world.close()


if __name__ == "__main__":
    main()
