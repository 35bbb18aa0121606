"""A Jupyter server extension for the instructor's seat: nbgrader's Formgrader, made harmless.

It takes the place of nbgrader's extension, whose handlers and pages it uses. nbgrader writes what
stands in an address into its pages as it is, so that a link in a student's answer could bring a
script along; here it is escaped. Names of students: `course.desk.feedback.scheme.EscapedNames`.
"""

from typing import Any

from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension

# It shows the course's own settings and nothing of an address; a path stands there in a script.
OWN_WORDS = "manage_assignments.tpl"


class EscapingFormgrader(FormgradeExtension):  # type: ignore[misc]
    """nbgrader's Formgrader, whose pages take what stands in an address for text."""

    def init_tornado_settings(self, webapp: Any) -> None:
        """Set up the pages as nbgrader does, with escaping."""
        super().init_tornado_settings(webapp)
        webapp.settings["nbgrader_jinja2_env"].autoescape = lambda name: name != OWN_WORDS


def _load_jupyter_server_extension(nbapp: Any) -> None:
    """Load the extension as nbgrader loads its own."""
    formgrader = EscapingFormgrader(parent=nbapp)
    formgrader.root_dir = nbapp.root_dir
    formgrader.log = nbapp.log
    formgrader.initialize([])
    formgrader.init_tornado_settings(nbapp.web_app)
    formgrader.init_handlers(nbapp.web_app)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "course.desk.seats.formgrader"}]
