"""What a submission may use and see, and the settings that say so."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from traitlets import Bool, Enum, Float, Integer
from traitlets.config import LoggingConfigurable

from course.grader.sandbox.syscalls import SandboxError

if TYPE_CHECKING:
    from course.grader.sandbox.means import Means

MB = 1 << 20
# Folders that the sandbox has of its own.
_NEVER = ("/", "/proc", "/dev", "/etc", "/tmp", "/sys", "/run")


@dataclass(frozen=True)
class Limits:
    """What one submission's processes may use."""

    memory: int = 1024 * MB  # bytes of address space that a process may add to what it starts with
    cpu_seconds: int = 120  # of computing, per process
    file_bytes: int = 64 * MB  # the largest file
    scratch_bytes: int = 128 * MB  # all files together, where the sandbox has its own file system
    processes: int = 64  # processes and threads at one time
    open_files: int = 256  # file descriptors of a process


@dataclass(frozen=True)
class View:
    """What one submission's processes see of the file system; all paths are absolute."""

    read_only: tuple[str, ...]  # files and folders that can be read, each at its own path
    # files and folders below those that seem empty; missing ones are ignored
    hidden: tuple[str, ...]
    # the folder that can be written, and the working folder. It is an empty one in memory; without
    # namespaces it is this folder itself, made if need be, and whoever gave it clears it away.
    scratch: str

    def __post_init__(self) -> None:
        """Raise a ValueError for paths that would lay something else open or cover it."""
        for path in (*self.read_only, *self.hidden, self.scratch):
            if not os.path.isabs(path):
                raise ValueError(f"{path} is not an absolute path")
        for path in self.read_only:
            if os.path.normpath(path) in _NEVER:
                raise ValueError(f"{path} cannot be shown as a whole")
            if os.path.normpath(self.scratch).startswith(os.path.normpath(path) + "/"):
                raise ValueError(f"{self.scratch} lies in {path}, which is read only")


class Sandbox(LoggingConfigurable):
    """What students' code may use while it is graded.

    Set in nbgrader_config.py, e.g. `c.Sandbox.cell_seconds = 60`.
    """

    required = Bool(
        False,
        help="Refuse to grade where this machine cannot keep students' code from everything that "
        "it must not reach. When False, grading goes on and says what is not protected.",
    ).tag(config=True)
    ordinary_tests = Enum(
        ["allow", "refuse"],
        default_value="allow",
        help="What to do with a check that is not written with course.scoring.Question. It runs "
        "among the student's own cells, so it can be forged and its key read.",
    ).tag(config=True)
    memory = Integer(
        1024 * MB,
        help="Bytes of memory that each program of a submission may take for itself, on top of "
        "what Python and the libraries need.",
        min=64 * MB,
    ).tag(config=True)
    cpu_seconds = Integer(
        120, help="Seconds of computing that each program of a submission may use.", min=1
    ).tag(config=True)
    cell_seconds = Float(30.0, help="Seconds that one cell may take.", min=0.1).tag(config=True)
    total_seconds = Float(
        300.0,
        help="Seconds that the grading of a submission may take in all: reading it, its cells, "
        "the checks, writing it down.",
        min=1.0,
    ).tag(config=True)
    call_seconds = Float(
        5.0, help="Seconds that one call of a student's function by a check may take.", min=0.1
    ).tag(config=True)
    processes = Integer(
        64, help="Processes and threads that a submission may have at one time.", min=2
    ).tag(config=True)
    file_bytes = Integer(
        64 * MB, help="Bytes of the largest file that a submission may write.", min=1
    ).tag(config=True)
    scratch_bytes = Integer(
        128 * MB,
        help="Bytes of all files together that a submission may write. They are kept in memory.",
        min=1 * MB,
    ).tag(config=True)
    output_bytes = Integer(
        10 * MB,
        help="Bytes of output (text, tables, figures) that the cells of one notebook may show.",
        min=1,
    ).tag(config=True)
    open_files = Integer(
        256, help="Files and connections that each program may have open at one time.", min=32
    ).tag(config=True)

    def limits(self) -> Limits:
        """Return the limits of a submission's processes."""
        return Limits(**{one.name: getattr(self, one.name) for one in fields(Limits)})

    def require_complete(self, means: Means) -> None:
        """Refuse to go on without a complete sandbox if `required` is set.

        Raises:
            SandboxError: something is not protected; or students' code cannot run at all without
                the rights of root.
        """
        from course.grader.sandbox.means import closed_python, list_remedies, list_unprotected

        if where := closed_python(means):
            raise SandboxError(
                where="the account for students' code",
                expected="a Python that it can read",
                found=f"{where}, which only root can enter",
                todo=" ".join(list_remedies(means)),
            )
        missing = list_unprotected(means)
        if self.required and missing:
            raise SandboxError(
                where="the sandbox (c.Sandbox.required in nbgrader_config.py)",
                expected="a machine that can keep students' code from everything else",
                found="; ".join(missing),
                todo=" ".join(list_remedies(means)) or "grade on another machine",
            )
