"""The panels of the timeline strand, under the name that notebooks import."""

from course.widgets.timeline_explorer.panel import EventSorter, TimelineExplorer

__all__ = ["EventSorter", "TimelineExplorer"]
