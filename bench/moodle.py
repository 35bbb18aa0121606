"""How long a class takes from Moodle's ZIP file to the one for it: `python -m bench.moodle`.

Four commands, the goal is two minutes for 200 students on two cores. Seconds on the clock are told
with those that the processors worked, which other programs on the machine change less.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from bench.classroom import ROOT, make_class
from bench.measure import course_command, run
from course.desk.csvtable import write_csv
from course.desk.simulated.lmsclass import HEAD
from course.grader.coursedir import CONFIG_NAME, Course

GOAL = 120  # seconds
BEFORE = (("roster", "import", "people.csv"), ("generate", "votes", "--unchecked"))
COMMANDS = (
    ("collect", "votes", "--from", "submissions.zip", "--people", "worksheet.csv"),
    ("grade", "votes"),
    ("report", "votes"),
    ("feedback", "votes", "--for", "moodle"),
)


def main() -> int:
    """Make the class, run the commands and tell how long each took; 0 when within the goal."""
    parser = argparse.ArgumentParser(prog="bench.moodle", description=__doc__)
    parser.add_argument("--size", type=int, default=200, help="students (default: 200)")
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory(prefix="backyard-moodle-") as name:
        folder, log = Path(name) / "course", Path(name) / "log.txt"
        _write_files(make_class(Path(name) / "made", size), folder)
        for words in BEFORE:
            run(course_command("course", *words), folder, log)
        total = 0.0
        for words in COMMANDS:
            used = run(course_command("course", *words), folder, log)
            print(f"{words[0]:10} {used.seconds:7.1f} s, worked {used.worked:7.1f} s")
            total += used.seconds
        returned = len(zipfile.ZipFile(folder / "feedback/votes-moodle.zip").namelist())
    print(f"{'together':10} {total:7.1f} s for {returned} students; goal: {GOAL} s for 200")
    return 0 if total <= GOAL and returned == size else 1


def _write_files(made: Course, folder: Path) -> None:
    """Write what Moodle gives out for a class that was made, into a course without students."""
    folder.mkdir()
    shutil.copy(ROOT / CONFIG_NAME, folder)
    shutil.copytree(ROOT / "source/votes", folder / "source/votes")
    people: list[tuple[str, ...]] = [("Username", "First name", "Last name", "Email address")]
    sheet: list[tuple[str, ...]] = [HEAD]
    with zipfile.ZipFile(folder / "submissions.zip", "w", zipfile.ZIP_DEFLATED) as download:
        for number, student in enumerate(made.submitted_students("votes"), start=1001):
            name, mail = f"Ana {student.title()}", f"{student}@uni.example"
            people.append((student, *name.split(), mail))
            about = (f"Participant {number}", name, mail, "Submitted for grading", "-", "30.00")
            sheet.append((*about, f"Monday, 4 May 2026, {number % 9 + 1}:30 AM", "-"))
            for path in made.folder("submitted", student, "votes").iterdir():
                if path.name != "timestamp.txt":
                    place = f"{name}_{number}_assignsubmission_file_/{path.name}"
                    download.write(path, place)
    (folder / "people.csv").write_text(write_csv(people), "utf-8")
    (folder / "worksheet.csv").write_text(write_csv(sheet), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
