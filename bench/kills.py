"""Kills each command at random moments, runs it again, and compares with a run nobody disturbed.

    python -m bench.kills --kills 25 --size 4
    python -m bench.kills --kills 0 --states      what a power cut leaves, in place of kills

Prints a line for each command: how many kills, how many of them ended otherwise than undisturbed,
or with a traceback or an error. The states are those of `tests/grading/test_power_cut.py`: after
each, a report, grading, feedback and the trial of a regrade are run, and compared in the same way.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.classroom import make_class
from course.grader.coursedir import Course
from tests.grading.test_power_cut import LEFT, STUDENTS
from tests.smallclass import edit_source, make_small_class
from tests.test_regrade import MISTAKE, RIGHT

COURSE = str(Path(sys.executable).parent / "course")
# What each command does, in the order of a class; "regrade" after a change of the key.
COMMANDS = {
    "release": ["release", "votes"],
    "collect": ["collect", "votes"],
    "grade": ["grade", "votes", "--jobs", "2"],
    "feedback": ["feedback", "votes"],
    "regrade": ["regrade", "votes", "--apply", "--jobs", "2"],
}
AFTER_A_CUT = (
    ["report", "votes"],
    ["grade", "votes", "--jobs", "2"],
    ["feedback", "votes"],
    ["regrade", "votes", "--dry-run", "--jobs", "2"],
)
PLACES = ("release", "submitted", "autograded", "feedback", "exchange")


def main() -> int:
    """Measure, and print what came out; 1 where anything did not end well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--size", type=int, default=4)
    parser.add_argument("--only", choices=COMMANDS, action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--states", action="store_true")
    options = parser.parse_args()
    bad = _try_states() if options.states else 0
    if options.kills:
        bad += _try_kills(options)
    return 1 if bad else 0


def _try_kills(options: argparse.Namespace) -> int:
    """Kill each command as often as asked for; return how many ended badly."""
    rng, bad = random.Random(options.seed), 0
    with tempfile.TemporaryDirectory(prefix="backyard-kills-") as folder:
        before = Path(folder) / "before" / "course"
        _make_course(before, options.size)
        for name, words in COMMANDS.items():
            if name == "regrade":
                _change_key(before)
            place = Path(folder) / "course"  # the same path each time: settings hold it
            _copy(before, place)
            begin = time.monotonic()
            reference = _run(place, words)
            seconds = time.monotonic() - begin
            after = _copy(place, Path(folder) / "after")
            if not options.only or name in options.only:
                found = [
                    _kill_once(before, place, words, rng.uniform(0.3, seconds), reference)
                    for _ in range(options.kills)
                ]
                faults = [fault for fault in found if fault]
                bad += len(faults)
                print(
                    f"{name}: {options.kills} kills in {seconds:.1f} s, {len(faults)} ended badly",
                    flush=True,
                )
                for fault in faults[:3]:
                    print(f"    {fault}", flush=True)
            before = _copy(after, Path(folder) / name / "course")
    return bad


def _try_states() -> int:
    """Run the commands after each state that a power cut leaves; return how many ended badly."""
    faults = []
    with tempfile.TemporaryDirectory(prefix="backyard-cuts-") as folder:
        before = make_small_class(Path(folder) / "before" / "course", STUDENTS).root
        place = Path(folder) / "course"
        reference = _run_all(_copy(before, place))
        for name, leave in LEFT.items():
            leave(Course(_copy(before, place)))
            try:
                found = _run_all(place)
            except RuntimeError as error:
                faults.append(f"{name}: {str(error)[-300:]!r}")
                continue
            if other := _differences(reference, found):
                faults.append(f"{name}: {other}")
    print(f"states: {len(LEFT)} as a power cut leaves them, {len(faults)} ended badly")
    for fault in faults:
        print(f"    {fault}", flush=True)
    return len(faults)


def _run_all(folder: Path) -> dict[str, Any]:
    """Run the commands that follow a power cut, and return all that they leave."""
    found: dict[str, Any] = {}
    for words in AFTER_A_CUT:
        found = _run(folder, words)
    return found


def _differences(reference: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Return the first rows and files that are otherwise than undisturbed."""
    both = reference.keys() | found.keys()
    return sorted(name for name in both if reference.get(name) != found.get(name))[:5]


def _make_course(folder: Path, size: int) -> None:
    """Make a course whose students have handed in through the exchange."""
    course = make_class(folder, size)
    inbound = folder / "exchange/backyard/inbound"
    for place in sorted(folder.glob("submitted/*/votes")):
        stamp = (place / "timestamp.txt").read_text()
        target = inbound / f"{place.parent.name}+votes+{stamp}+x"
        shutil.copytree(place, target)
        (target / "submission_secret.txt").write_text("x" * 64)
    shutil.rmtree(folder / "submitted")
    shutil.rmtree(course.root / "release")


def _change_key(folder: Path) -> None:
    """Let what was a mistake be right, too."""
    course = Course(folder)
    edit_source(course, "votes-03", MISTAKE, "")
    edit_source(course, "votes-03", RIGHT, f"{RIGHT}also=[100 * valid / roll], ")


def _copy(source: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)
    return target


def _start(folder: Path, words: list[str]) -> subprocess.Popen[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("BACKYARD_")}
    return subprocess.Popen(
        [COURSE, *words],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def _run(folder: Path, words: list[str]) -> dict[str, Any]:
    """Run a command to its end, and return all that it leaves."""
    process = _start(folder, words)
    said, _ = process.communicate(timeout=280)
    if process.returncode or "Traceback" in said:
        raise RuntimeError(said[-2000:])
    return _all_of(folder)


def _kill_once(
    before: Path, folder: Path, words: list[str], after: float, reference: dict[str, Any]
) -> str:
    """Kill a command, run it again; return what is otherwise than undisturbed, or "".

    One that came to its end before its time is begun anew, to be killed earlier.
    """
    process = _start(_copy(before, folder), words)
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    else:
        return _kill_once(before, folder, words, 0.8 * after, reference)
    if words[0] == "release" and _is_released(folder):
        found = _all_of(folder)  # it came to its end: it is not done again
    else:
        try:
            found = _run(folder, words)
        except RuntimeError as error:
            return f"after {after:.2f} s: {str(error)[-300:]!r}"
    other = _differences(reference, found)
    return f"after {after:.2f} s: {other}" if other else ""


def _is_released(folder: Path) -> bool:
    return (folder / "exchange/backyard/outbound/votes/votes.ipynb").is_file()


def _all_of(folder: Path) -> dict[str, Any]:
    """Return the gradebook's rows and the files of a course, without what differs each time."""
    found: dict[str, Any] = {}
    with Course(folder).gradebook() as gradebook:
        for submission in gradebook.assignment_submissions("votes"):
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    found[f"{submission.student.id} {grade.name}"] = grade.auto_score
            found[submission.student.id] = submission.timestamp
    for place in PLACES:
        for path in sorted((folder / place).rglob("*")):
            if path.is_file() and ".cache" not in path.parts:
                text = path.read_text("utf-8", "replace")
                found[str(path.relative_to(folder))] = re.sub(r"0x[0-9a-f]{6,}", "0x", text)
    return found


if __name__ == "__main__":
    sys.exit(main())
