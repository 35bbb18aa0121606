"""Says at once what `course grade` would find out again, where nothing has changed since it ran.

To find out takes nbgrader's packages, the gradebook, and each notebook of the class. So the command
keeps, in `.grading/ASSIGNMENT/said`, what it would say next, with the size and times of all that
this depends on; while these are the same, that is printed, and nothing is imported.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR
from typing import Any

from course.desk.screen import Screen
from course.grader.coursedir import CONFIG_NAME
from course.grader.run.warm import stamp_packages
from course.wholefile import write_whole

FILE = "said"
INPUTS = ("source/{}", "submitted/*/{}", "downloaded/{}", CONFIG_NAME, "extensions.csv")
RESULTS = ("autograded/*/{}", ".grading/{}")
TICK = 0.05  # seconds: longer than two changes of a file may lie apart and have the same time


def stamp_inputs(root: Path, assignment: str) -> str:
    """Return a text that changes when what is graded, or how, does."""
    variables = sorted(
        item for item in os.environ.items() if item[0].startswith(("BACKYARD", "TZ"))
    )
    return _stamp_files(root, assignment, INPUTS, repr((variables, stamp_packages())))


def keep_said(
    course: Any, assignment: str, console: Screen, inputs: str, say: Callable[[], None]
) -> None:
    """Keep what the command would say of an assignment from now on.

    Args:
        course: the course.
        assignment: its name.
        console: where `say` prints.
        inputs: what `stamp_inputs` gave before anything was read: who hands in meanwhile is not
            graded yet.
        say: prints it.
    """
    database = _find_database(str(course.config.CourseDirectory.db_url))
    if database is None:  # a server's, whose changes no file shows
        return
    time.sleep(TICK)
    stamp = _stamp_all(course.root, assignment, inputs, database)
    with console.capture() as said:
        say()
    now = _stamp_all(course.root, assignment, stamp_inputs(course.root, assignment), database)
    if now == stamp:
        kept = {"stamp": [now, _describe(console)], "database": database, "said": said.get()}
        write_whole(course.root / ".grading" / assignment / FILE, json.dumps(kept))


def say_unchanged(root: Path, assignment: str, console: Screen) -> bool:
    """Print what was kept of an assignment; tell whether it still holds.

    Args:
        root: the course folder.
        assignment: its name.
        console: where to print.
    """
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads((root / ".grading" / assignment / FILE).read_text("utf-8"))
        inputs = stamp_inputs(root, assignment)
        now = [_stamp_all(root, assignment, inputs, kept["database"]), _describe(console)]
        if kept["stamp"] == now:
            console.file.write(kept["said"])
            return True
    return False


def has_new_work(root: Path, assignment: str) -> bool:
    """Tell whether something was handed in after it was graded, as far as times of files show.

    Args:
        root: the course folder.
        assignment: its name, or "*" for any.
    """
    for folder in root.glob(f"submitted/*/{assignment}"):
        known = root / ".grading" / folder.name / f"{folder.parent.name}.json"
        times = [os.lstat(path).st_ctime for path in _list_paths(folder)]
        if not known.is_file() or max(times) > known.stat().st_mtime:
            return True
    return False


def _find_database(url: str) -> str | None:
    """Return the file that a database's address names; None where it names none."""
    from sqlalchemy import make_url

    found = make_url(url)
    return found.database if found.get_backend_name() == "sqlite" else None


def _stamp_all(root: Path, assignment: str, inputs: str, database: str) -> str:
    beside = [f"{database}{ending}" for ending in ("", "-wal", "-journal")]
    return _stamp_files(root, assignment, (*RESULTS, *beside), inputs)


def _stamp_files(root: Path, assignment: str, places: tuple[str, ...], more: str) -> str:
    """Return a text that changes when `more` does, or a file of some places of a course."""
    whole = sha256(more.encode())
    own = str(root / ".grading" / assignment / FILE)
    for place in places:
        name = place.format(assignment)
        for found in sorted(root.glob(name)) if "*" in name else [root / name]:
            for path in _list_paths(found):
                with suppress(OSError):
                    of = os.stat(path)
                    # A folder's times change with what is written beside the files.
                    times = () if S_ISDIR(of.st_mode) else (of.st_size, of.st_mtime_ns)
                    if path != own:
                        whole.update(
                            repr((path, of.st_ino, times, times and of.st_ctime_ns)).encode()
                        )
    return whole.hexdigest()


def _list_paths(top: Path) -> Iterator[str]:
    """Yield a path and all that it holds."""
    yield str(top)
    for place, folders, files in os.walk(top):
        folders.sort()
        yield from (os.path.join(place, name) for name in sorted(folders + files))


def _describe(console: Screen) -> list[str]:
    """Return what decides how a text is printed."""
    return [f"{console.width} {console.is_terminal} {console.color_system} {console.encoding}"]
