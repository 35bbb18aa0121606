"""The command `course lab`: JupyterLab for one of the two seats; one laptop can play both sides."""

import os
import re
import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course.desk.commands.context import open_course
from course.errors import CourseError
from course.grader.coursedir import Course

CONFIG = Path(__file__).parents[1] / "seats" / "config"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Seat:
    """Where a JupyterLab works."""

    folder: Path  # the working folder, the only one that its list of files shows
    config: Path  # a folder with Jupyter's settings for this seat
    # what the environment says besides; None takes a variable away
    settings: Mapping[str, str | None]

    def environment(self) -> dict[str, str]:
        """Return the environment of the server: the present one with this seat's settings."""
        found = dict(os.environ)
        for name, text in self.settings.items():
            # What the shell has set for one seat must not reach the other.
            found.pop(name, None)
            if text is not None:
                found[name] = text
        paths = (str(self.config), found.get("JUPYTER_CONFIG_PATH", ""))
        found["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))
        return found

    def command(self, *options: str) -> list[str]:
        """Return the command that starts JupyterLab here."""
        return [
            *(sys.executable, "-m", "jupyterlab"),
            f"--ServerApp.root_dir={self.folder}",
            # Else both seats would open with each other's tabs.
            f"--LabApp.workspaces_dir={self.folder / '.lab' / 'workspaces'}",
            *options,
        ]


def student_seat(course: Course, student: str) -> Seat:
    """Return the seat of a student, made if need be: students/STUDENT, with the course's exchange.

    Raises:
        CourseError: if the name cannot be a student's.
    """
    if not NAME.fullmatch(student):
        raise CourseError(
            where=f"the student '{student}'",
            expected="a short name of letters, digits, dots, dashes and underscores",
            found=repr(student),
            todo="for example: course lab --role student --student student01",
        )
    folder = course.root / "students" / student
    folder.mkdir(parents=True, exist_ok=True)
    return Seat(
        folder,
        CONFIG / "student",
        {
            "BACKYARD_EXCHANGE": str(course.exchange),
            "BACKYARD_COURSE_ID": course.course_id,
            "BACKYARD_STUDENT": student,
            "BACKYARD_CACHE": str(folder / ".nbgrader_cache"),
            "BACKYARD_DB": None,  # the gradebook is none of a student's business
        },
    )


def instructor_seat(course: Course) -> Seat:
    """Return the instructor's seat: the course folder itself."""
    return Seat(course.root, CONFIG / "instructor", {})


def lab(options: Namespace) -> int:
    """Become JupyterLab for a seat; does not return while it runs.

    Raises:
        CourseError: if the role is unknown, or does not go with the student.
    """
    course, student = open_course(), options.student
    role = options.role or ("student" if student else "instructor")
    if role not in ("instructor", "student") or (role == "student") != bool(student):
        raise CourseError(
            where="course lab",
            expected="--role instructor, or --role student with --student NAME",
            found=f"--role {role}" + (f" --student {student}" if student else ""),
            todo="for example: make lab ROLE=student STUDENT=student01",
        )
    seat = student_seat(course, student) if student else instructor_seat(course)
    print(f"JupyterLab for {student or 'the instructor'}, in {seat.folder}", flush=True)
    os.chdir(seat.folder)
    # Become, not start: Ctrl-C and the exit code are then JupyterLab's own.
    os.execve(sys.executable, seat.command(*options.jupyter), seat.environment())
