"""A Jupyter server extension for a student's seat: the start page, and nbgrader's Assignment List.

It takes the place of nbgrader's extension of that list, whose handlers it uses. What it adds: a
submission that is held back says why in plain words, without the lines of a program; and the start
page is written when the server starts, each minute, and whenever the list is asked for.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from nbgrader.server_extensions.assignment_list import handlers
from tornado.ioloop import PeriodicCallback
from traitlets import Integer

from course.desk.seats.start_page import Desk, write_page
from course.desk.seats.submit import HeldBack


class StudentsList(handlers.AssignmentList):  # type: ignore[misc]
    """nbgrader's list of assignments, for a student."""

    refresh_seconds = Integer(
        60, min=1, help="Seconds after which the start page is written again."
    ).tag(config=True)

    def submit_assignment(self, course_id: str, assignment_id: str) -> dict[str, Any]:
        """Submit; where the submission is held back, answer with the reason alone."""
        found: dict[str, Any] = super().submit_assignment(course_id, assignment_id)
        if not found["success"]:  # nbgrader answers with the whole traceback
            _, held_back, message = str(found["value"]).rpartition(f"{HeldBack.__name__}: ")
            return {"success": False, "value": message.strip()} if held_back else found
        self.refresh_page()
        return found

    def list_assignments(self, course_id: str | None = None) -> dict[str, Any]:
        """List the assignments, and bring the start page up to date."""
        self.refresh_page()
        found: dict[str, Any] = super().list_assignments(course_id=course_id)
        return found

    def refresh_page(self) -> None:
        """Write the start page; a folder that cannot be written to has none."""
        with suppress(OSError):
            write_page(self._read_desk())

    def _read_desk(self) -> Desk:
        with handlers.chdir(self.root_dir):
            config = self.load_config()
        course = CourseDirectory(config=config)
        exchange = ExchangeFactory(config=config).List(coursedir=course, config=config)
        return Desk(
            Path(self.root_dir),
            Path(exchange.root) / course.course_id / "outbound",
            Path(exchange.cache) / course.course_id,
            str(course.student_id),
        )


def _load_jupyter_server_extension(nbapp: Any) -> None:
    """Load the extension: nbgrader's handlers with a list of ours, and the start page."""
    handlers.load_jupyter_server_extension(nbapp)
    students_list = StudentsList(parent=nbapp)
    students_list.root_dir = nbapp.root_dir
    nbapp.web_app.settings["assignment_list_manager"] = students_list
    students_list.refresh_page()
    # A server runs for days; whoever opens its page again wants to see what was released since.
    PeriodicCallback(students_list.refresh_page, 1000 * students_list.refresh_seconds).start()


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "course.desk.seats.extension"}]
