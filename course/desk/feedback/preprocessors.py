"""Steps of making feedback pages: grades and comments, what students may see, what a page shows."""

import functools
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader import utils
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from sqlalchemy import make_url
from sqlalchemy.orm import undefer

from course.desk.again import say_again
from course.desk.deadlines.clock import from_gradebook
from course.desk.feedback.view import page_view
from course.grader.book.row import read_cell_rows
from course.practice.kept import read_handed_in

_HIDDEN = re.compile(
    r"^[ \t]*### BEGIN HIDDEN TESTS.*?(### END HIDDEN TESTS[ \t]*$|\Z)", re.M | re.S
)


class PageGrades(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts points, comments and the sum into a notebook, and what still waits for a person.

    Gives what nbgrader's `GetGrades` gives, but asks the gradebook once and not for each cell, and
    adds to a cell's metadata `waiting`: True where a person has not graded it yet.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with points and comments, and the resources with the sum."""
        from nbgrader.api import Comment, Grade

        where = resources["nbgrader"]
        with _read_gradebook(where["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(
                where["notebook"], where["assignment"], where["student"]
            )
            grades, comments = (
                {row.name: row for row in read_cell_rows(gradebook, kind, [notebook.id], *more)}
                for kind, *more in ((Grade, undefer(Grade.max_score)), (Comment,))
            )
            for cell in nb.cells:
                tag = cell.metadata.get("nbgrader", {})
                name = tag.get("grade_id")
                if (utils.is_solution(cell) or utils.is_task(cell)) and name in comments:
                    tag["comment"] = comments[name].comment
                if name in grades:
                    grade = grades[name]
                    tag["score"], tag["points"] = grade.score, grade.max_score
                    tag["waiting"] = grade.needs_manual_grade and grade.manual_score is None
            penalty = notebook.late_submission_penalty or 0.0
            where["score"] = notebook.score - penalty
            where["max_score"], where["late_penalty"] = notebook.max_score, penalty
            due = from_gradebook(notebook.assignment.duedate)
        course = CourseDirectory(config=self.config)
        named = (Path(course.root), where["assignment"], where["student"])
        resources["again"] = say_again(self.config, *named, due)
        folder = course.format_path(
            course.autograded_directory, where["student"], where["assignment"]
        )
        resources["practiced"] = read_handed_in(Path(folder))
        return nb, resources


@contextmanager
def _read_gradebook(url: str) -> Iterator[Any]:
    """Give a gradebook that a process opens once: each opening prepares all its queries anew."""
    path = make_url(url).database or ""
    # By the file that is there now: another one may have been put in its place.
    gradebook = _open_gradebook(url, os.stat(path).st_ino if os.path.isfile(path) else 0)
    try:
        yield gradebook
    finally:
        gradebook.db.remove()  # whoever reads next sees what was written meanwhile


@functools.lru_cache(maxsize=2)
def _open_gradebook(url: str, file: int) -> Any:
    from nbgrader.api import Gradebook

    return Gradebook(url)


class StudentsView(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes keys out of what a feedback page is made of.

    The page is made of the autograded notebook, whose grade cells hold the keys. They are cut down
    to what was handed out, and a failed one to its error without the traceback, which would quote
    the key. Stands before the exporter in `c.GenerateFeedback.preprocessors`; the autograded
    notebook itself stays as it is.
    """

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Return a cell as its student may see it."""
        if cell.cell_type != "code" or not utils.is_grade(cell):
            return cell, resources
        # To the end of the cell where the closing mark is missing: rather too little than a
        # key.
        cell.source = _HIDDEN.sub("", cell.source).rstrip()
        for output in cell.outputs:
            if output.output_type == "error":
                # The traceback quotes the lines of the check, and with them the key.
                output.traceback = [f"{output.ename}: {output.evalue}"]
        return cell, resources


class PageContent(NbGraderPreprocessor):  # type: ignore[misc]
    """Works out what the page shows, for the template: `resources["page"]`, a `PageView`."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook as it is, and the resources with the page."""
        resources["page"] = page_view(nb, resources)
        return nb, resources
