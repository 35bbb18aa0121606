"""What this kernel has met so far: the questions whose checks ran, and the panels that are open.

The table of all questions (`course.overview`) reads it. It knows nothing of either kind of object,
so that both may import it.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakValueDictionary

__all__ = ["panels", "questions"]

questions: dict[str, Any] = {}
"""The latest `course.scoring.Question` of each name whose form was checked."""

panels: WeakValueDictionary[str, Any] = WeakValueDictionary()
"""The latest `course.widgets.base.CourseWidget` of each question."""
