"""Finds the course folder, reads its nbgrader_config.py and opens nbgrader's own API on it."""

import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.grader.intake.stamp import require_zone

CONFIG_NAME = "nbgrader_config.py"


def find_course(start: Path | None = None) -> Path:
    """Return the nearest folder at or above `start` that holds nbgrader_config.py.

    Raises:
        CourseError: if there is none.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder
    raise CourseError(
        where=str(start),
        expected=f"a course folder: one that holds {CONFIG_NAME}, here or above",
        found="none",
        todo="change into the course folder (cd ...) and run the command again",
    )


def read_source(path: Path) -> Mapping[str, Any]:
    """Return a notebook of source/.

    Raises:
        CourseError: it is none; names the line where it cannot be read.
    """
    where = f"source/{path.parent.name}/{path.name}"
    todo = "take it from your last copy, or save it again in JupyterLab"
    try:
        content = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        found = f"{error.msg}, in line {error.lineno}"
        raise CourseError(where, "a notebook that can be read", found, todo) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(where, "a notebook that can be read", str(error), todo) from error
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise CourseError(where, "a notebook with cells", "a file without any", todo)
    return content


def read_zone(config: Any) -> tzinfo:
    """Return the time zone that nbgrader's settings name (UTC where they name none).

    Raises:
        CourseError: there is no such zone.
    """
    name = str(config.NbGraderAPI.get("timezone", "UTC"))
    return require_zone(name, "c.NbGraderAPI.timezone in nbgrader_config.py")


class Course:
    """One course folder with nbgrader's settings read from it.

    Args:
        root: the folder that holds nbgrader_config.py.

    Attributes:
        root: the folder, absolute.
        config: nbgrader's settings (a traitlets Config).
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        _tools_on_path()
        self.config = _read_config(self.root)

    def api(self) -> Any:
        """Return a fresh nbgrader API (`nbgrader.apps.api.NbGraderAPI`) for this course."""
        from nbgrader.apps.api import NbGraderAPI

        api = NbGraderAPI(self.coursedir(), config=self.config)
        # Its own lines stay off the screen; what matters is told in a table at the end.
        api.log.propagate, api.log.handlers = False, [logging.NullHandler()]
        return api

    def coursedir(self, assignment: str = "", student: str = "*") -> Any:
        """Return nbgrader's description of this course folder."""
        from nbgrader.coursedir import CourseDirectory

        folder = CourseDirectory(config=self.config)
        folder.assignment_id, folder.student_id = assignment, student
        return folder

    def authenticator(self) -> Any:
        """Return nbgrader's authenticator, as the settings choose it."""
        from nbgrader.auth import Authenticator

        return Authenticator(config=self.config)

    def gradebook(self) -> Any:
        """Return the gradebook, open; use it with `with`."""
        from nbgrader.api import Gradebook

        url = self.config.CourseDirectory.db_url
        if not isinstance(url, str):
            raise CourseError(
                where=str(self.root / CONFIG_NAME),
                expected="the settings of the course, c.CourseDirectory.db_url among them",
                found="a file that is empty or cut",
                todo="take it from your last copy",
            )
        return Gradebook(url, self.course_id)

    @property
    def course_id(self) -> str:
        """The course's name in the exchange."""
        return str(self.config.CourseDirectory.course_id)

    @property
    def zone(self) -> tzinfo:
        """The time zone in which dates are read and shown (UTC where none is set).

        Raises:
            CourseError: the setting names no time zone.
        """
        return read_zone(self.config)

    @property
    def exchange(self) -> Path:
        """The folder through which assignments and submissions travel."""
        return Path(self.config.Exchange.root)

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """Return a folder of the course, e.g. `folder("submitted", "ana", "votes")`."""
        return self.root / step / student / assignment

    def submitted_students(self, assignment: str) -> list[str]:
        """Return the students who have a folder submitted/STUDENT/ASSIGNMENT, sorted."""
        return sorted(path.parent.name for path in self.root.glob(f"submitted/*/{assignment}"))

    def assignments(self) -> list[str]:
        """Return the names of the assignments that have a notebook in source/."""
        return sorted({path.parent.name for path in (self.root / "source").glob("*/*.ipynb")})

    def notebooks(self, assignment: str) -> list[str]:
        """Return the names (with .ipynb) of the notebooks an assignment consists of."""
        return sorted(path.name for path in (self.root / "source" / assignment).glob("*.ipynb"))

    def read_sources(self, assignment: str) -> dict[str, Mapping[str, Any]]:
        """Return the notebooks of an assignment in source/, by name; raises as `read_source`."""
        folder = self.root / "source" / assignment
        return {name: read_source(folder / name) for name in self.notebooks(assignment)}

    def require_assignment(self, assignment: str) -> str:
        """Return the name of the assignment when it is one.

        Raises:
            CourseError: if source/ has no such assignment, or a notebook of it is damaged.
        """
        known = self.assignments()
        if assignment in known:
            self.read_sources(assignment)
            return assignment
        raise CourseError(
            where=f"assignment '{assignment}'",
            expected="one of: " + (", ".join(known) or "(source/ holds no notebook)"),
            found=f"no notebook in {self.root / 'source' / assignment}",
            todo="check the spelling; names are in small letters",
        )


def _tools_on_path() -> None:
    """Let nbgrader find `alembic` and `jupyter` when the environment is not activated."""
    tools = str(Path(sys.executable).parent)
    paths = os.environ.get("PATH", "").split(os.pathsep)
    if tools not in paths:
        os.environ["PATH"] = os.pathsep.join([tools, *paths])


def _read_config(root: Path) -> Any:
    """Read nbgrader_config.py the way nbgrader's own commands do."""
    from traitlets.config.loader import PyFileConfigLoader

    try:
        return PyFileConfigLoader(CONFIG_NAME, path=str(root)).load_config()
    except Exception as error:
        raise CourseError(
            where=str(root / CONFIG_NAME),
            expected="settings that Python can read",
            found=f"{type(error).__name__}: {error}",
            todo="undo the last change of that file",
        ) from error
