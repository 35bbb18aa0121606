"""What this kernel has met so far: the questions whose checks ran, and the panels that are open.

The table of all questions (`course.overview`) reads it. It knows nothing of either kind of object,
so that both may import it.
"""

from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakValueDictionary

questions: dict[str, Any] = {}
"""The latest `course.scoring.Question` of each name whose form was checked."""

panels: WeakValueDictionary[str, Any] = WeakValueDictionary()
"""The latest `course.widgets.base.CourseWidget` of each question."""

watchers: list[Callable[[str, Sequence[str]], str]] = []
"""What looks at the cells of a question's names in this notebook; `course.cells` adds it."""


def find_trouble(question: str, names: Sequence[str]) -> str:
    """Say what keeps the answers under these names from being judged; "" where nothing does."""
    return next(filter(None, (look(question, names) for look in watchers)), "")
