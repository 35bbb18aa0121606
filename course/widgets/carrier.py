"""The output below a widget in which a notebook carries the widget's answer."""

import os
from pathlib import Path
from typing import Any

from IPython.display import display
from IPython.display import update_display as change_display

from course.answers.carried import carried_by_file, make_bundle
from course.answers.store import JsonValue


class AnswerOutput:
    """One line of output that follows the answer, so that it is saved with the notebook.

    Every answer changes the output in all places where the widget is shown; Jupyter's front ends
    do that for outputs that have a display id. Where nbgrader runs the notebook there is no such
    output: nobody saves that notebook.

    ``question``: id such as "votes-11".
    """

    def __init__(self, question: str) -> None:
        self._question = question
        self._entry: dict[str, JsonValue] | None = None
        self._on_disk = True
        self._id = ""

    @property
    def line(self) -> str:
        """The text that is to be read below the widget; "" where it is not shown."""
        return str(self._make_content()["text/plain"]) if self._id else ""

    def take_answer(self, entry: dict[str, JsonValue] | None, *, on_disk: bool = True) -> None:
        """Take up an answer with its time; it is shown where the widget is shown already."""
        self._entry, self._on_disk = entry, on_disk
        if self._id:
            change_display(self._make_content(), display_id=self._id, raw=True)

    def show_output(self) -> None:
        """Put the output below what the cell has put out so far."""
        if os.environ.get("NBGRADER_EXECUTION"):
            return
        # A new one for each widget: two that shared an id would overwrite each other's line.
        self._id = self._id or f"backyard-{self._question}-{os.urandom(6).hex()}"
        display(self._make_content(), display_id=self._id, raw=True)

    def of_before(self, folder: Path) -> dict[str, JsonValue] | None:
        """Return the answer that the saved notebook carries, for a folder without answers.json.

        Jupyter's server names the notebook in the kernel's environment.
        """
        notebook = Path(os.environ.get("JPY_SESSION_NAME", ""))
        if notebook.suffix != ".ipynb" or os.environ.get("NBGRADER_EXECUTION"):
            return None
        # A copy that was moved elsewhere may carry another student's answers.
        if notebook.parent.absolute() != folder.absolute():
            return None
        return carried_by_file(notebook).get(self._question)

    def _make_content(self) -> dict[str, Any]:
        return make_bundle(self._question, self._entry, on_disk=self._on_disk)
