"""The terminal that commands print to: what others wrote stands there as text."""

from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from course.desk.words import as_text


class Screen(Console):
    """A console on which names of people and files, and all words of others, do nothing.

    Each text that is printed, also in a table, is one line and is taken as it is: square brackets
    are no marks of rich, and what would steer the terminal is shown as a character that cannot be.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(highlight=False, markup=False, emoji=False, **options)

    def render_str(self, text: str, **options: Any) -> Text:
        """Return a text as rich prints it; every text that is no `Text` yet comes through here."""
        return super().render_str(as_text(text), **options)

    def say(self, *sentences: str) -> None:
        """Print sentences, a line each, which the terminal breaks where it ends."""
        for sentence in sentences:
            self.print(sentence, soft_wrap=True)


def make_bar(what: str, *more: ProgressColumn, **options: Any) -> Progress:
    """Return a bar that shows how far something is, and how long the rest takes."""
    columns = (TextColumn(what, markup=False), BarColumn(), MofNCompleteColumn(), *more)
    rest = (TextColumn("left"), TimeRemainingColumn())
    return Progress(*columns, *rest, console=console, **options)


console = Screen()
