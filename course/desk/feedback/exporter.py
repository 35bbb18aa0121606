"""The exporter of feedback pages: the module's own nbconvert template, light and self-contained."""

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import TemplateExporter
from traitlets import default

TEMPLATES = Path(__file__).parent / "templates"

_compiled: dict[tuple[str, ...], Any] = {}


class FeedbackPage(TemplateExporter):
    """Writes a graded notebook as one HTML page that fetches nothing.

    For `c.GenerateFeedback.exporter_class`; the preprocessor
    `course.desk.feedback.preprocessors.PageContent` has to stand before it. It is no subclass of
    nbconvert's HTMLExporter, which reads each finished
    page once more: that takes most of the time. The look is in the folder `templates/backyard`; for
    another one set `c.FeedbackPage.template_name` and `c.FeedbackPage.extra_template_basedirs`.
    """

    output_mimetype = "text/html"
    export_from_notebook = "Feedback"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "backyard"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def from_file(  # type: ignore[override]
        self, file_stream: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page of a notebook that grading wrote, which need not be checked once more."""
        return self.from_notebook_node(nbformat.v4.reads(file_stream.read()), resources, **kw)

    def _preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Let the steps work on the copy that there is; nbconvert copies and checks it twice."""
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        return nb, resources

    def _load_template(self) -> Any:
        """Return the template; a process compiles it once for all its pages."""
        # By what it is made of, so that two courses in one process have each their own.
        key = (self.template_name, str(self.template_file), *self.extra_template_basedirs)
        if key not in _compiled:
            _compiled[key] = super()._load_template()  # type: ignore[no-untyped-call]
        return _compiled[key]
