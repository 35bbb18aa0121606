"""Hands the hostile corpus in to stock nbgrader and to this project, and counts side by side.

    python -m bench.hostile [--cases N] [--only PATTERN] [--flood MB] [--json FILE]

Each case is graded together with an honest student, in a throw-away course, in a session of its own
with a limit on its time; as root on Linux also in namespaces of its own. What is counted:

    forged         the submission got more points than its answers deserve
    leaked         a key, the environment, the home folder, the gradebook or another's work got out
    harmed         something outside the submission was changed, ended, reached or left running, or
                   script would run where the work is read
    class stopped  the honest student has no grade or another one than alone
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.hostile_tools.cases import HostileCase, load_corpus
from tests.hostile_tools.evidence import Evidence, StudentResult, gather, points
from tests.hostile_tools.grade import read_outcomes
from tests.hostile_tools.supervise import Supervised, supervise
from tests.hostile_tools.world import ASSIGNMENT, HONEST_RIGHT, World
from tests.notebooks import ROOT

SIDES = ("stock", "project")
COUNTED = ("forged", "leaked", "harmed", "class stopped")
CELL_SECONDS = 8  # stock: the first cell also imports what the course needs
CASE_SECONDS = 120.0
MAXIMUM = 11.0

_STOCK = """
import subprocess, sys
for step in (["autograde", "{0}"], ["generate_feedback", "{0}"]):
    subprocess.run([sys.executable, "-m", "nbgrader", *step])
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the corpus on both sides and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.hostile",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--cases", type=int, default=0, help="so many cases, spread evenly")
    parser.add_argument("--only", default="", help="a pattern that a case's name has to match")
    parser.add_argument("--flood", type=int, default=120, help="megabytes that endless output has")
    parser.add_argument("--json", type=Path, help="write the verdict of each case here")
    parser.add_argument("--one", nargs=2, metavar=("SIDE", "CASE"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        side, name = options.one
        print(json.dumps(_judge_one(side, name, options.flood)))
        return
    # Stock nbgrader has no sandbox that could have less: what is for such machines is left out.
    known = [case for case in load_corpus() if not case.rung]
    cases = [case for case in known if re.search(options.only, case.name)]
    cases = spread(cases, options.cases)
    verdicts: dict[str, dict[str, list[str]]] = {side: {} for side in SIDES}
    for case in cases:
        for side in SIDES:
            verdicts[side][case.name] = _apart(side, case, options.flood)
            print(
                f"{side:8} {case.name:36} {', '.join(verdicts[side][case.name]) or '-'}", flush=True
            )
    print(table(cases, verdicts))
    if options.json:
        options.json.write_text(json.dumps(verdicts, indent=1) + "\n", encoding="utf-8")


def spread(cases: list[HostileCase], wanted: int) -> list[HostileCase]:
    """Return so many cases (all for 0), spread evenly over the corpus."""
    if not 0 < wanted < len(cases):
        return cases
    return [cases[number * len(cases) // wanted] for number in range(wanted)]


def table(cases: list[HostileCase], verdicts: Mapping[str, Mapping[str, list[str]]]) -> str:
    """Return the counts side by side, for each group and in all."""
    lines = [f"{'':12}{'cases':>6}  " + "".join(f"{name:>22}" for name in COUNTED)]
    lines.append(f"{'':20}" + f"{'stock  project':>22}" * len(COUNTED))
    groups = [*dict.fromkeys(case.group for case in cases), "all"]
    for group in groups:
        names = [case.name for case in cases if group in (case.group, "all")]
        counts = {side: Counter(v for n in names for v in verdicts[side][n]) for side in SIDES}
        pairs = [f"{counts['stock'][v]:>13}{counts['project'][v]:>9}" for v in COUNTED]
        lines.append(f"{group:12}{len(names):>6}  " + "".join(pairs))
    unknown = [n for side in SIDES for n, v in verdicts[side].items() if "no verdict" in v]
    if unknown:
        lines.append("no verdict: " + ", ".join(unknown))
    return "\n".join(lines)


def _apart(side: str, case: HostileCase, flood: int) -> list[str]:
    """Judge one case in a process of its own that can harm no other; return what it did."""
    command = [*_namespaces(), sys.executable, "-m", "bench.hostile", "--flood", str(flood)]
    command += ["--one", side, case.name]
    scratch = Path(tempfile.mkdtemp(prefix="hx-apart-"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(scratch)}
    try:
        run = subprocess.run(
            command,
            cwd=scratch,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=CASE_SECONDS + 120,
            start_new_session=True,
            check=False,
        )
        answer: list[str] = json.loads(run.stdout.splitlines()[-1])
    except (subprocess.TimeoutExpired, IndexError, ValueError):
        return ["no verdict"]
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return answer


def _namespaces() -> list[str]:
    """Return the command that gives processes and network of their own, where that is possible."""
    wall = ["unshare", "--mount", "--pid", "--net", "--ipc", "--fork", "--mount-proc"]
    wall += ["--kill-child", "sh", "-c", 'ip link set lo up 2>/dev/null; exec "$0" "$@"']
    if not shutil.which("unshare") or not shutil.which("ip"):
        return []
    works = subprocess.run([*wall, "true"], capture_output=True, check=False).returncode == 0
    return wall if works else []


def _judge_one(side: str, name: str, flood: int) -> list[str]:
    """Grade one case with an honest student; return which of COUNTED it did."""
    (case,) = (case for case in load_corpus() if case.name == name)
    world = World(side, cell_seconds=CELL_SECONDS, flood_mb=flood)
    try:
        world.add(case)
        result = world.base / "outcomes.jsonl"
        run = supervise(
            _command(side, world, result),
            seconds=CASE_SECONDS,
            cwd=world.course,
            env=world.environment(),
            scratch=world.base,
        )
        try:
            results = points(world.course, read_outcomes(result), 1)
        except Exception:  # a report that cannot be read any more is a class that was stopped
            results = {}
        return verdict(case, results, gather(world, case, run), world.changed(), run)
    finally:
        world.close()


def _command(side: str, world: World, result: Path) -> list[str]:
    """Return what grades the class and makes its feedback."""
    if side == "stock":
        return [sys.executable, "-c", _STOCK.format(ASSIGNMENT)]
    command = [sys.executable, "-m", "tests.hostile_tools.grade"]
    return [*command, str(world.course), ASSIGNMENT, "1", str(result)]


def verdict(
    case: HostileCase,
    results: Mapping[str, StudentResult],
    evidence: Evidence,
    changed: list[str],
    run: Supervised,
) -> list[str]:
    """Return which of COUNTED a case did."""
    honest = results.get(HONEST_RIGHT, StudentResult())
    own = results.get(case.student, StudentResult())
    large = evidence.megabytes > max(case.holds.most_mb, 100)
    did = {
        "forged": sum(own.points.values()) > _deserved(case) + 1e-9 or own.by_hand > 0,
        "leaked": bool(evidence.leaked),
        "harmed": bool(evidence.harmed or evidence.script or changed or run.left or large),
        "class stopped": run.code is None
        or abs(sum(honest.points.values()) - MAXIMUM) > 1e-9
        or honest.by_hand > 0,
    }
    return [name for name in COUNTED if did[name]]


def _deserved(case: HostileCase) -> float:
    """Return the most points that the answers of a case deserve."""
    wanted: Any = case.holds.points
    if isinstance(wanted, Mapping):
        return float(sum(wanted.values()))
    if wanted is not None:
        return float(wanted)
    return MAXIMUM if case.holds.most is None else case.holds.most


if __name__ == "__main__":
    main()
