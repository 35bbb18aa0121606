"""The panels of the timeline strand, under the name that notebooks import."""

from course.widgets.event_sorter.panel import EventSorter
from course.widgets.timeline_explorer.panel import TimelineExplorer

__all__ = ["EventSorter", "TimelineExplorer"]
