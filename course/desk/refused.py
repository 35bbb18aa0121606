"""Turns what the system, the gradebook or a library refuses into words: the one place for that."""

import errno
import json
import re
import traceback
from pathlib import Path

from course.desk.words import as_text
from course.errors import CourseError

LOG = "nbgrader.log"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
HALF = re.compile(r"\.([^/]+)\.\d+\.tmp$")  # as files are called until they are whole
LATER = "what was done so far is kept"


def explain_error(error: Exception) -> CourseError:
    """Return what an error means to whoever gave the command, and what to do.

    What nobody has foreseen is kept with its traceback in nbgrader.log, where there is one to
    write to.
    """
    if isinstance(error, CourseError):
        return error
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    if missing and missing.split(".")[0] != "course":
        return CourseError(
            "the packages of the command `course`",
            "to be installed",
            f"no package {missing}",
            "pip install 'backyard-course[instructor]'",
        )
    if type(error).__module__.startswith("sqlalchemy"):
        return _explain_gradebook(str(getattr(error, "orig", error)))
    if isinstance(error, json.JSONDecodeError):
        where = f"a file that should hold JSON, line {error.lineno}"
        return CourseError(where, "JSON", error.msg, "restore the file, from a copy or from git")
    if isinstance(error, OSError):
        return _explain_system(error)
    _keep_traceback()
    return CourseError(
        "the program itself",
        "that this cannot happen",
        f"{type(error).__name__}: {as_text(str(error))[:200]}",
        f"run it again; if it comes back, report it with the last lines of {LOG}. {LATER}",
    )


def _explain_gradebook(found: str) -> CourseError:
    """Say why the gradebook refuses."""
    if "locked" in found:
        todo = (
            "let the other program end (a run of nbgrader, the Formgrader, a program that shows "
            f"databases), then run this again; {LATER}"
        )
        return CourseError(
            "the gradebook",
            "that it can be written to",
            f"another program holds it: {found}",
            todo,
        )
    todo = f"check who may write to gradebook.db and its folder, and the disk's room; {LATER}"
    if "malformed" in found or "not a database" in found:
        todo = "restore gradebook.db from a copy; course doctor says what it holds"
    return CourseError("the gradebook", "that it can be read and written", found, todo)


def _explain_system(error: OSError) -> CourseError:
    """Say what the system refuses, and for which file."""
    found = error.strerror or str(error) or type(error).__name__
    todo = (
        "look at the name, the folder and who may write there, or choose another place (--to "
        f"FILE, where the command has it), then run this again; {LATER}"
    )
    if error.errno in NO_ROOM:
        todo = f"make room on the disk, then run this again; {LATER}"
    where = str(error.filename or "a file or a program that the command needs")
    where = HALF.sub(r"\1", as_text(where))
    return CourseError(where, "that it can be read and written", found, todo)


def _keep_traceback() -> None:
    try:
        with Path(LOG).open("a", encoding="utf-8") as log:
            log.write(traceback.format_exc())
    except OSError:
        pass
