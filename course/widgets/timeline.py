"""The panels of the timeline strand, under the name that notebooks import."""

from course.widgets.close_reading import CloseReading
from course.widgets.event_sorter import EventSorter
from course.widgets.timeline_explorer import TimelineExplorer

__all__ = ["CloseReading", "EventSorter", "TimelineExplorer"]
