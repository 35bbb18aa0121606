"""Looks at a submission before nbgrader does, and names what keeps it from being graded."""

import hashlib
import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

from nbformat import NotebookNode

from course.grader.intake.bounds import IntakeBounds, SubmissionError
from course.grader.intake.notebookfile import CLEAR, read_notebook
from course.grader.intake.stamp import read_handed_in, write_stamp

MANY = 20  # how many times more entries are passed by than looked at
REMARKS = 20  # how many remarks on one submission are kept
TIMESTAMP = "timestamp.txt"
NOT_HANDED_IN = {TIMESTAMP, "submission_secret.txt", "answers.json"}
NO_TIME = "not a time when work can have come, or its zone is not certain"
SAY_TIME = "Write in it when the work came, such as 2026-05-12 18:00 -05:00, and grade again"
# What a browser runs when it is opened beside the submission's page.
ACTIVE = {
    ".htm", ".html", ".mht", ".mhtml", ".shtml", ".svg", ".svgz",
    ".swf", ".xht", ".xhtml", ".xml", ".xsl", ".xslt",
}  # fmt: skip

_NAME = re.compile(r"[\w@][\w.@+=,~ -]{0,127}")


@dataclass
class Intake:
    """What was read of a submission's folder."""

    # content by relative path, with "/" between folders
    files: dict[str, bytes] = field(default_factory=dict)
    # a line for each thing that was left out, 20 at most
    remarks: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)  # the reasons, by relative path
    # when it was handed in, as nbgrader writes it; None where nobody knows
    timestamp: str | None = None

    def leave_out(self, path: str, reason: str) -> None:
        """Note that something is left out, and why."""
        self.left_out.setdefault(path, reason)
        if len(self.remarks) < REMARKS:
            self.remarks.append(f"{shorten_name(path)} is left out: {reason}")

    def make_room(self, ours: Iterable[str]) -> None:
        """Leave out each file that stands where a file or folder of ours is to stand."""
        files = set(ours)
        folders = {str(parent) for name in files for parent in PurePosixPath(name).parents}
        for name in list(self.files):
            above = {str(parent) for parent in PurePosixPath(name).parents}
            if name in folders or above & files:
                del self.files[name]
                self.leave_out(name, "its name is that of a file or folder of the assignment")


def read_files(folder: Path, bounds: IntakeBounds, ignore: list[str], home: tzinfo = UTC) -> Intake:
    """Read a submission's folder into memory; no link is followed and nothing is changed.

    Args:
        folder: submitted/STUDENT/ASSIGNMENT.
        bounds: how much is read at most.
        ignore: patterns of names that never travel, as in `CourseDirectory.ignore`.
        home: the time zone of the course.

    Raises:
        SubmissionError: if the folder is missing, is a link or cannot be read.
    """
    intake = Intake()
    try:
        top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise SubmissionError(
            f"the submission's folder {shorten_name(folder.name)} cannot be read "
            f"({error.strerror}). Collect it again."
        ) from None
    try:
        _Reading(intake, bounds, ignore, home).read_folder(top, "", 1)
    finally:
        os.close(top)
    return intake


class _Reading:
    """One walk through a submission's folder."""

    def __init__(
        self, intake: Intake, bounds: IntakeBounds, ignore: list[str], home: tzinfo
    ) -> None:
        self.intake, self.bounds, self.ignore, self.home = intake, bounds, ignore, home
        self.seen = self.total = 0

    def read_folder(self, handle: int, path: str, depth: int) -> None:
        """Read an open folder: its files first, notebooks before all, then what lies deeper."""
        for name, kind in self._list_entries(handle, path):
            inside = f"{path}{name}"
            reason = name_fault(name, self.bounds)
            if reason is not None:
                self.intake.leave_out(inside, reason)
            elif PurePosixPath(name.lower()).suffix in ACTIVE:  # a folder stands in the way of one
                self.intake.leave_out(inside, "a browser would take it for a page to run")
            elif kind == "folder" and depth > self.bounds.folders:
                self.intake.leave_out(inside, "a folder nested too deeply")
            elif kind == "folder":
                self._read_deeper(handle, name, inside, depth)
            elif kind == "file":
                self._read_file(handle, name, inside)
            else:
                self.intake.leave_out(inside, kind)

    def _list_entries(self, handle: int, path: str) -> list[tuple[str, str]]:
        """Return the names in a folder with what each is, in the order of reading."""
        found = []
        with os.scandir(handle) as entries:
            for entry in entries:
                if any(fnmatchcase(entry.name, pattern) for pattern in self.ignore):
                    continue
                self.seen += 1
                if self.seen > MANY * self.bounds.entries:
                    break
                if self.seen > self.bounds.entries:
                    self.intake.leave_out(path or ".", "more files and folders than are looked at")
                    if path or not _goes_first(entry.name):
                        continue
                found.append((entry.name, kind_of(entry)))
        # Files before folders, and what was asked for before other files.
        return sorted(found, key=lambda one: (one[1] == "folder", not _goes_first(one[0]), one[0]))

    def _read_deeper(self, handle: int, name: str, path: str, depth: int) -> None:
        """Read a folder inside a folder."""
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            inner = os.open(name, flags, dir_fd=handle)
        except OSError as error:
            self.intake.leave_out(path, f"cannot be read ({error.strerror})")
            return
        try:
            self.read_folder(inner, f"{path}/", depth + 1)
        finally:
            os.close(inner)

    def _read_file(self, handle: int, name: str, path: str) -> None:
        """Read one file, as far as it is one and within bounds."""
        if len(self.intake.files) >= self.bounds.files:
            self.intake.leave_out(path, f"more than {self.bounds.files} files")
        else:
            # Not to wait for ever, should the file have become a pipe in the meantime.
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            try:
                with open(os.open(name, flags, dir_fd=handle), "rb") as file:
                    self._keep_content(file, path)
            except OSError as error:
                self.intake.leave_out(path, f"cannot be read ({error.strerror})")

    def _keep_content(self, file: Any, path: str) -> None:
        """Keep the content of an open file within bounds."""
        found = os.fstat(file.fileno())
        most = self.bounds.notebook_bytes if path.endswith(".ipynb") else self.bounds.file_bytes
        if not stat.S_ISREG(found.st_mode):
            self.intake.leave_out(path, "not an ordinary file")
            return
        data = b"" if found.st_size > most else file.read(most + 1)
        if found.st_size > most or len(data) > most:
            size = max(found.st_size, len(data)) / 1e6
            self.intake.leave_out(path, f"too large: {size:.1f} MB, at most {most / 1e6:.0f} MB")
        elif self.total + len(data) > self.bounds.total_bytes:
            self.intake.leave_out(path, f"all files together exceed {self.bounds.total_bytes} B")
        elif path == TIMESTAMP and not self._take_time(data):
            said = shorten_name(data[:40].decode("utf-8", "replace").strip())
            self.intake.leave_out(path, f"{NO_TIME} ('{said}'). {SAY_TIME}")
        else:
            self.total += len(data)
            self.intake.files[path] = data

    def _take_time(self, data: bytes) -> bool:
        """Take the time from a timestamp file; False where it says none that is certain."""
        time = read_handed_in(data, self.home)
        self.intake.timestamp = None if time is None else write_stamp(time)
        return time is not None


def kind_of(entry: os.DirEntry[str]) -> str:
    """Return "file", "folder", or in words what else an entry of a folder is."""
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError:
        return "gone or not readable"
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return "a link" if stat.S_ISLNK(mode) else "a device, pipe or socket"


def _goes_first(name: str) -> bool:
    """Tell whether a file is what was asked for, which nothing else may crowd out."""
    return name.endswith(".ipynb") or name in (TIMESTAMP, "answers.json")


def name_fault(name: str, bounds: IntakeBounds) -> str | None:
    """Return what is wrong with the name of a file or folder, or None."""
    raw = os.fsencode(name)
    if len(raw) > bounds.name_bytes:
        return "a name that is too long"
    with suppress(UnicodeDecodeError):
        raw.decode("utf-8")
        if not name.isprintable() or "\\" in name or name in ("", ".", ".."):
            return "a name with characters that no file name should hold"
        if any(mark in name for mark in "<>\"'&"):
            return "a name with characters that a web page would take for its own"
        return None
    return "a name that is not text"


def shorten_name(path: str) -> str:
    """Return a path as it can be printed and put into a page: short, without odd characters."""
    text = os.fsencode(path).decode("utf-8", "replace")
    clean = "".join(c if c.isprintable() and c not in "<>\"'&`" else "?" for c in text)
    return clean if len(clean) <= 80 else f"{clean[:60]}…{clean[-19:]}"


def check_names(student: str, assignment: str = "") -> None:
    """Check that ids are harmless where pages and paths are made of them.

    Raises:
        SubmissionError: naming the id and what it may hold.
    """
    for what, name in (("student id", student), ("assignment", assignment or "a")):
        if not _NAME.fullmatch(name) or name != name.strip():
            raise SubmissionError(
                f"the {what} '{shorten_name(name)}' holds characters that an id may not hold "
                "(letters, digits and . _ - + @ = , ~ are fine). Rename the folder and grade again."
            )


def make_fingerprint(files: dict[str, bytes]) -> str:
    """Return a checksum of names and contents: equal when, and only when, the files are."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{len(name.encode())} {len(files[name])} {name}\n".encode())
        total.update(files[name])
    return total.hexdigest()


def take_notebook(intake: Intake, name: str, bounds: IntakeBounds) -> NotebookNode:
    """Return one of the notebooks of a submission; adds remarks on what was repaired.

    Raises:
        SubmissionError: if it is missing, was left out or cannot be read.
    """
    if name not in intake.files:
        if name in intake.left_out:
            raise SubmissionError(
                f"{name} cannot be read: {intake.left_out[name]}. Hand in the notebook itself. "
                f"{CLEAR} and submit again."
            )
        raise SubmissionError(_say_missing(sorted(intake.files), name))
    return read_notebook(name, intake.files[name], bounds, intake.remarks)


def _say_missing(found: list[str], name: str) -> str:
    """Say that a notebook is missing, and what is there in its place."""
    others = ", ".join(other for other in found if other not in NOT_HANDED_IN) or "no notebook"
    return (
        f"{name} is missing (found: {others[:200]}). "
        f"Rename the notebook to {name} and submit again; or the instructor says which file it is: "
        f"course grade --use FILE."
    )
