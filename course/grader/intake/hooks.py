"""What happens before nbgrader copies a submission, and after it has graded one."""

import os
import re
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from traitlets.log import get_logger

from course.grader.book import notes, row
from course.grader.book.journal import finish_regrade
from course.grader.book.state import GradingState, Outcome
from course.grader.coursedir import Course
from course.grader.intake.bounds import IntakeBounds, SubmissionError
from course.grader.intake.notebookfile import ASIDE
from course.grader.intake.others import say_others
from course.grader.intake.submission import (
    TIMESTAMP,
    check_names,
    make_fingerprint,
    read_files,
    shorten_name,
)
from course.grader.run.pack import read_digest
from course.wholefile import find_free_path, write_whole

SET_ASIDE = "set_aside"  # the folder of the course that takes what is not graded
BLOCK = "cannot-be-graded"


def before_autograde(assignment: str, student: str, notebooks: list[str]) -> None:
    """Make a submission safe to copy, and take the scores of an older one away.

    Links, devices, pages and what is too large or oddly named go to
    set_aside/STUDENT/ASSIGNMENT/NUMBER-NAME, each with a note that says what it was and why.
    For `c.Autograde.pre_convert_hook`, which is called where nbgrader is about to grade anew.

    Args:
        assignment: as given to nbgrader.
        student: as given to nbgrader, possibly a pattern.
        notebooks: paths of the submission's notebooks, from the course's folder.

    Raises:
        SystemExit: if the submission can be made neither safe nor impossible to grade.
    """
    course = Course(Path.cwd())
    for folder in dict.fromkeys(Path(notebook).absolute().parent for notebook in notebooks):
        names = [Path(n).name for n in notebooks if Path(n).absolute().parent == folder]
        try:
            make_safe(folder, names, course.zone)
        except Exception as error:
            get_logger().error("%s: %s", shorten_name(str(folder)), error)
            _block_grading(folder, names)
            if not isinstance(error, SubmissionError):
                raise
        notes.take_notes(folder.name, folder.parent.name)  # those of an earlier grading
        deque(finish_regrade(course, folder.name), maxlen=0)
        forget_scores(course, folder.name, folder.parent.name)
        GradingState(Path.cwd(), folder.name).forget_outcome(folder.parent.name)


def after_autograde(assignment: str, student: str, notebooks: list[str]) -> None:
    """Note that nbgrader has graded a submission, so that `course grade` need not do it again.

    For `c.Autograde.post_convert_hook`; the arguments are those of `before_autograde`.
    """
    for folder in dict.fromkeys(Path(notebook).absolute().parent for notebook in notebooks):
        course = Course(Path.cwd())
        intake = read_files(folder, IntakeBounds(), list(course.coursedir().ignore), course.zone)
        names = course.notebooks(folder.name)
        others = say_others(intake, folder.parent.name, folder.name, names)
        faults, remarks = notes.take_notes(folder.name, folder.parent.name)
        outcome = Outcome(
            folder.parent.name,
            faults=tuple(fault.as_json() for fault in faults),
            remarks=(*others, *intake.remarks, *remarks),
            fingerprint=make_fingerprint(intake.files),
            questions=read_digest(course, folder.name),
        )
        if any(fault.reason == "tampering" for fault in faults):
            forget_scores(course, folder.name, folder.parent.name, by_hand=True)
        GradingState(course.root, folder.name).note_outcome(outcome)


def make_safe(folder: Path, notebooks: list[str], home: tzinfo) -> None:
    """Set aside what is not safe in a submission's folder.

    A line that says so takes the place of a notebook. The time of handing in is written in UTC,
    because nbgrader reads few other zones right; `home` is the zone of the course.

    Raises:
        SubmissionError: if the folder or its ids are not safe themselves.
    """
    student, assignment = folder.parent.name, folder.name
    check_names(student, assignment)
    intake = read_files(folder, IntakeBounds(), [], home)
    aside = _Aside(Path.cwd() / SET_ASIDE / student / assignment)
    _sort_out(folder, "", set(intake.files), intake.left_out, aside)
    for name in notebooks:
        if name not in intake.files:
            reason = intake.left_out.get(name, "it cannot be read")
            _write_new(folder / name, f"{ASIDE}{reason}\n")
    if intake.timestamp and not intake.files[TIMESTAMP].rstrip().endswith(b" UTC"):
        write_whole(folder / TIMESTAMP, intake.timestamp)


def forget_scores(course: Course, assignment: str, student: str, *, by_hand: bool = False) -> None:
    """Take the computer's scores of a submission away; `by_hand`: a person has to give them."""
    from nbgrader.api import MissingEntry

    with course.gradebook() as gradebook:
        with suppress(MissingEntry):
            row.forget_scores(gradebook.find_submission(assignment, student), by_hand=by_hand)
        gradebook.db.commit()


class _Aside:
    """The place for what is set aside of one submission."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0

    def take_aside(self, path: Path, name: str, reason: str) -> None:
        """Move a file, link or folder here, and note what it was and why."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.number = self.number or len(list(self.folder.iterdir()))
        plain = re.sub(r"[^\w.-]", "_", shorten_name(path.name)).lstrip(".")[:60] or "file"
        self.number += 1
        target = find_free_path(self.folder / f"{self.number}-{plain}")
        os.rename(path, target)
        get_logger().warning("%s is set aside in %s: %s", shorten_name(name), target, reason)
        with suppress(OSError):  # the note is for people; nothing depends on it
            when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
            _write_new(Path(f"{target}.why.txt"), f"{shorten_name(name)}\n{reason}\n{when}\n")


def _sort_out(
    folder: Path, path: str, kept: set[str], reasons: dict[str, str], aside: _Aside
) -> None:
    """Set aside what a folder holds except what may be kept."""
    with os.scandir(folder) as entries:
        found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    for name, is_folder in found:
        inside = f"{path}{name}"
        if is_folder and any(file.startswith(f"{inside}/") for file in kept):
            _sort_out(folder / name, f"{inside}/", kept, reasons, aside)
        elif inside not in kept and not (is_folder and _is_empty(folder / name)):
            reason = reasons.get(inside) or next(
                (why for place, why in reasons.items() if place.startswith(f"{inside}/")),
                "more files and folders than are looked at",
            )
            aside.take_aside(folder / name, inside, reason)


def _is_empty(folder: Path) -> bool:
    """Tell whether a folder holds nothing."""
    with os.scandir(folder) as entries:
        return next(entries, None) is None


def _block_grading(folder: Path, notebooks: list[str]) -> None:
    """Leave a submission in a state that nbgrader cannot grade; nothing is lost.

    The notebooks get another name, and a link that leads nowhere keeps the folder from being
    copied, before the gradebook hears of the submission.

    Raises:
        SystemExit: if that is not possible either.
    """
    try:
        if folder.is_symlink():
            os.rename(folder, folder.with_name(f"{folder.name}.set-aside-{os.getpid()}"))
            folder.mkdir()
        for name in notebooks:
            if os.path.lexists(folder / name):
                os.rename(folder / name, find_free_path(folder / f"{name}.set-aside"))
        if not os.path.lexists(folder / BLOCK):
            os.symlink("nowhere", folder / BLOCK)
    except OSError as error:
        raise SystemExit(
            f"{shorten_name(str(folder))} can be made neither safe nor impossible to grade "
            f"({error}). Take the folder away and grade again."
        ) from error


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with open(os.open(path, flags, 0o644), "w", encoding="utf-8") as file:
        file.write(text)
