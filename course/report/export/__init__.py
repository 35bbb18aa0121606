"""Export plugins of nbgrader: grades as a general CSV file, for Canvas, for Moodle.

    nbgrader export --exporter=course.report.export.CanvasExport --to canvas.csv

or, with the same plugins, `course export --for canvas`.
"""

from course.report.export.canvas import CanvasExport
from course.report.export.general import CsvExport
from course.report.export.moodle import MoodleExport

__all__ = ["CanvasExport", "CsvExport", "MoodleExport"]
