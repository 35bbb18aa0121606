"""Steps of making the Formgrader's page of a submission: the mark scheme, and harmless names."""

from html import escape
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_markdown_cell
from nbgrader.coursedir import CourseDirectory

from course.cells.saved import read_notebook

HEADING = "**For the grader: model answer and mark scheme.** Students do not see this."


class MarkScheme(Preprocessor):
    """Puts before each written answer what the instructor's notebook says about it.

    For `c.HTMLExporter.preprocessors`: the formgrader's page of a submission is made by this
    exporter, and the page alone is changed. The texts come from source/ as it is now. On other
    pages, which do not name an assignment, nothing is added.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with the mark schemes, and the resources as they are."""
        # These names come with the Formgrader's page alone.
        assignment, notebook = resources.get("assignment_id"), resources.get("notebook_id")
        if not assignment or not notebook:
            return nb, resources
        schemes = self._read_schemes(str(assignment), str(notebook))
        cells = []
        for cell in nb.cells:
            tag = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "markdown" and tag.get("grade") and tag.get("grade_id") in schemes:
                cells.append(new_markdown_cell(schemes[tag["grade_id"]]))
            cells.append(cell)
        nb.cells = cells
        return nb, resources

    def _read_schemes(self, assignment: str, notebook: str) -> dict[str, str]:
        """Return what is to be shown, by grade id."""
        course = CourseDirectory(config=self.config)
        folder = Path(course.format_path(course.source_directory, ".", assignment))
        # Read each time: a scheme that was corrected meanwhile shows at once.
        source = read_notebook(Path(course.root) / folder / f"{notebook}.ipynb")
        if source is None:
            return {}
        return {
            name: "\n".join(f"> {line}" for line in [HEADING, "", *cell.source.splitlines()])
            for name, cell in source.written().items()
            if cell.kind == "markdown"
        }


class EscapedNames(Preprocessor):
    """Escapes what the gradebook says of a student: nbgrader's page prints it as it is.

    For `c.HTMLExporter.preprocessors`. Whoever enters names in the gradebook, by a class list of
    ours or by nbgrader's own commands, they are text on the page.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook as it is, and the resources with names that are text in HTML."""
        for name in ("last_name", "first_name", "student", "notebook_path"):
            if isinstance(resources.get(name), str):
                resources[name] = escape(resources[name])
        return nb, resources
